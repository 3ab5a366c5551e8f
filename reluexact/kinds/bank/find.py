"""The bank: its instances, all or by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any

from reluexact.errors import InputError
from reluexact.kinds.bank.archive import index
from reluexact.kinds.bank.instance import BankInstance
from reluexact.numbers.rational import parse_fraction


def bank(group: str | None = None, *, loss: str | None = None, parts: Sequence[str] | None = None) -> tuple[BankInstance, ...]:
    """Return the instances of the bank, all or those of a group, in a fixed order.

    loss: only those with this loss, "huber(1)", or "huber" with any parameter. parts: only those with all of these parts beside
    data, penalty and loss, such as "skip" or "hidden_bias free"; an empty list asks for none of them. Their optima are proved,
    and a slow test has the stand-alone checker accept every certificate again. Raises InputError for what no instance has.

    >>> len(bank()) >= 100, bank("paper")[0].name
    (True, 'toy-1-10')
    >>> [entry.name for entry in bank(loss="huber", parts=["skip penalised"])]
    ['steps-huber-penalised-skip']
    """
    known = tuple(_instances().values())
    groups = tuple(dict.fromkeys(entry.group for entry in known))
    if group is not None and not (isinstance(group, str) and group in groups):
        raise InputError(f"group: {group!r}; choose one of {', '.join(groups)}")
    _require(
        "loss",
        () if loss is None else (loss,),
        {name for entry in known for name in _spellings(entry.loss, "(")},
    )
    _require(
        "parts",
        parts or (),
        {name for entry in known for part in _parts(entry) for name in _spellings(part, " ")},
    )
    return tuple(
        entry
        for entry in known
        if group in (None, entry.group)
        and (loss is None or loss in _spellings(entry.loss, "("))
        and (parts is None or _has(entry, parts))
    )


def _has(entry: BankInstance, wanted: Sequence[str]) -> bool:
    there = {name for part in _parts(entry) for name in _spellings(part, " ")}
    return there >= set(wanted) if wanted else not there


def _parts(entry: BankInstance) -> tuple[str, ...]:
    return tuple(part for part in entry.parts if not part.startswith("loss "))


def _spellings(text: str, mark: str) -> tuple[str, str]:
    """Return a word, and how it begins.

    >>> _spellings("huber(1)", "("), _spellings("skip free", " ")
    (('huber(1)', 'huber'), ('skip free', 'skip'))
    """
    return text, text.partition(mark)[0]


def _require(name: str, wanted: Sequence[str], known: set[str]) -> None:
    if isinstance(wanted, str):
        raise InputError(f"{name}: {wanted!r} is one text; give a list of them")
    for word in wanted:
        if not isinstance(word, str) or word not in known:
            raise InputError(f"{name}: no instance of the bank has {word!r}; choose of {', '.join(sorted(known))}")


def bank_instance(name: str) -> BankInstance:
    """Return one instance of the bank; InputError for a name that there is not.

    >>> hat = bank_instance("hat")
    >>> str(hat.low), hat.low == hat.high, hat.fewest, hat.problem
    ('49/200', True, 3, Problem(3 rows, penalty 1/10, hidden_bias penalised))
    """
    try:
        return _instances()[name]
    except (KeyError, TypeError):
        near = get_close_matches(str(name), _instances(), 3)
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        raise InputError(f"the bank has no instance {name!r}{meant}; rx.bank() and `reluexact bank list` have all") from None


def bank_version() -> str:
    """Return the version of the bank: it changes with any instance.

    >>> bank_version()
    '2'
    """
    version: str = index()["version"]
    return version


@cache
def _instances() -> Mapping[str, BankInstance]:
    return {entry["name"]: _instance(entry) for entry in index()["instances"]}


def _instance(entry: Mapping[str, Any]) -> BankInstance:
    bounds = {end: parse_fraction(entry[end]) for end in ("low", "high")}
    return BankInstance(**{**entry, **bounds, "parts": tuple(entry["parts"])})
