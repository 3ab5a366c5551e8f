"""The bank: its instances, all or by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from reluexact.errors import InputError
from reluexact.kinds.bank.archive import index
from reluexact.kinds.bank.instance import BankInstance
from reluexact.numbers.rational import parse_fraction


def bank(group: str | None = None) -> tuple[BankInstance, ...]:
    """Return the instances of the bank, all or those of a group, in a fixed order.

    Their optima are proved, and a slow test has the stand-alone checker accept every certificate again. Raises InputError for a
    group that there is not.

    >>> len(bank()) >= 100, bank("paper")[0].name
    (True, 'toy-1-10')
    """
    groups = tuple(dict.fromkeys(entry.group for entry in _instances().values()))
    if group is not None and not (isinstance(group, str) and group in groups):
        raise InputError(f"group: {group!r}; choose one of {', '.join(groups)}")
    return tuple(entry for entry in _instances().values() if group in (None, entry.group))


def bank_instance(name: str) -> BankInstance:
    """Return one instance of the bank; InputError for a name that there is not.

    >>> hat = bank_instance("hat")
    >>> str(hat.low), hat.low == hat.high, hat.fewest, hat.problem
    ('49/200', True, 3, Problem(3 rows, penalty 1/10, hidden_bias penalised))
    """
    try:
        return _instances()[name]
    except (KeyError, TypeError):
        raise InputError(f"the bank has no instance {name!r}; rx.bank() has all") from None


def bank_version() -> str:
    """Return the version of the bank: it changes with any instance.

    >>> bank_version()
    '1'
    """
    version: str = index()["version"]
    return version


@cache
def _instances() -> Mapping[str, BankInstance]:
    return {entry["name"]: _instance(entry) for entry in index()["instances"]}


def _instance(entry: Mapping[str, Any]) -> BankInstance:
    bounds = {end: parse_fraction(entry[end]) for end in ("low", "high")}
    return BankInstance(**{**entry, **bounds, "parts": tuple(entry["parts"])})
