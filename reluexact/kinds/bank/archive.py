"""The file of the bank: one archive with an index and the certificates, made by ``benchmarks/bank/make.py``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from reluexact.errors import InputError
from reluexact.kinds.bank.instance import BankInstance
from reluexact.numbers.rational import parse_fraction

if TYPE_CHECKING:
    from reluexact.model.problem import Problem

ARCHIVE, INDEX = "instances.zip", "index.json"


def bank(group: str | None = None) -> tuple[BankInstance, ...]:
    """Return the instances of the bank, all or those of a group, in a fixed order.

    Their optima are proved, and a slow test has the stand-alone checker accept every certificate again. Raises InputError for a
    group that there is not.

    >>> len(bank()) >= 100, bank("paper")[0].name
    (True, 'toy-1-10')
    """
    groups = tuple(dict.fromkeys(entry.group for entry in _instances().values()))
    if group is not None and group not in groups:
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
    version: str = _index()["version"]
    return version


@cache
def _content() -> bytes:
    return files(__package__).joinpath(ARCHIVE).read_bytes()


@cache
def _index() -> Mapping[str, Any]:
    with ZipFile(BytesIO(_content())) as archive:
        index: Mapping[str, Any] = json.loads(archive.read(INDEX))
    return index


@cache
def _instances() -> Mapping[str, BankInstance]:
    return {entry["name"]: _instance(entry) for entry in _index()["instances"]}


def _instance(entry: Mapping[str, Any]) -> BankInstance:
    bounds = {end: parse_fraction(entry[end]) for end in ("low", "high")}
    return BankInstance(**{**entry, **bounds, "parts": tuple(entry["parts"])})


def certificate_of(name: str) -> bytes:
    """Return the certificate of an instance."""
    with ZipFile(BytesIO(_content())) as archive:
        return archive.read(f"{name}.json")


@cache
def problem_of(name: str) -> Problem:
    """Return the problem that the certificate of an instance states."""
    from reluexact.certificates.problems import read_extended_problem
    from reluexact.certificates.reading import Read
    from reluexact.model.problem import Problem

    document = json.loads(certificate_of(name))
    if document["version"] == 1:
        program = Read.of(document).program
        return Problem(program.data, program.penalty)
    return read_extended_problem(document["statement"]["problem"], document["produced_by"])
