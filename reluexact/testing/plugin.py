"""The plugin of pytest: a test that asks for ``reluexact_instance`` runs on every instance of the bank.

It is there wherever reluexact is installed, and loads nothing before a test asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from reluexact.testing.case import Case

FIXTURE, MARK, OPTION = "reluexact_instance", "reluexact_bank", "--reluexact-bank"
NEITHER = "neither a group nor an instance of the bank"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that says which instances run."""
    parser.getgroup("reluexact").addoption(
        OPTION,
        metavar="NAMES",
        default=None,
        help=f"Groups and names of instances, separated by commas, that tests with the fixture {FIXTURE} run on "
        "(default: all; `reluexact bank list` has them).",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Describe the mark, and refuse an option that names nothing, before any test is collected."""
    option: str | None = config.getoption(OPTION)
    if option:
        fault = _unknown(option.split(","))
        if fault:
            raise pytest.UsageError(f"{OPTION}: {fault}")
    config.addinivalue_line(
        "markers",
        f"{MARK}(*names, where=None): the groups and instances of the bank that a test with the fixture {FIXTURE} runs on; "
        "where: a function of an rx.BankInstance that says whether it does.",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on every instance that its marks and the option name; none at all is an error, not a skipped test."""
    if FIXTURE not in metafunc.fixturenames:
        return
    from reluexact.kinds.bank.find import bank

    instances = list(bank())
    option: str | None = metafunc.config.getoption(OPTION)
    wanted = [(option.split(","), None)] if option else []
    wanted += [(list(mark.args), mark.kwargs.get("where")) for mark in metafunc.definition.iter_markers(MARK)]
    for names, where in wanted:
        fault = _unknown(names)
        if fault:
            pytest.fail(f"{metafunc.definition.nodeid}: {MARK}: {fault}", pytrace=False)
        instances = [entry for entry in instances if not names or entry.name in names or entry.group in names]
        instances = [entry for entry in instances if where is None or where(entry)]
    if not instances:
        text = f"{metafunc.definition.nodeid}: no instance of the bank is left by {OPTION} and the mark {MARK}"
        pytest.fail(text, pytrace=False)
    metafunc.parametrize(FIXTURE, instances, indirect=True, ids=[entry.name for entry in instances])


def _unknown(names: Iterable[str]) -> str:
    """Say what is wrong with the first name that the bank has not; empty where it has all."""
    from difflib import get_close_matches

    from reluexact.kinds.bank.find import bank

    known = {name for entry in bank() for name in (entry.group, entry.name)}
    for name in names:
        if name not in known:
            near = get_close_matches(str(name), sorted(known), 1)
            groups = ", ".join(dict.fromkeys(entry.group for entry in bank()))
            meant = f"did you mean {near[0]}? groups are" if near else "groups are"
            return f"{name!r} is {NEITHER}; {meant} {groups}, and `reluexact bank list` has the instances"
    return ""


@pytest.fixture
def reluexact_instance(request: Any) -> Case:
    """Give one instance of the bank after the other: ``.problem``, ``.X`` and ``.y`` as floats, ``.assert_optimal(network)``."""
    from reluexact.testing.case import Case

    return Case(instance=request.param)
