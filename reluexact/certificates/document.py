"""The frame of a certificate, one JSON document as CERTIFICATE.md says: problem, claim, evidence; and how numbers are written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Protocol

from reluexact.model.dataset import Dataset
from reluexact.numbers.intervals import Interval
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.real import Real
from reluexact.version import __version__

Json = Mapping[str, object]

PROGRAM = ("program", f"reluexact {__version__}")
"""The entry of ``produced_by`` that names this program."""


class About(Protocol):
    """The problem that a claim is about."""

    @property
    def data(self) -> Dataset:
        """Return the data."""

    @property
    def penalty(self) -> Fraction:
        """Return the penalty."""


def make_document(kind: str, about: About, claim: Json, evidence: Json, produced_by: Mapping[str, str]) -> Json:
    """Return a certificate of any kind as a JSON object; ``produced_by`` keeps the names of the columns, if they have any."""
    problem = {
        "X": [texts(row) for row in about.data.X],
        "y": texts(about.data.y),
        "penalty": format_fraction(about.penalty),
    }
    return {
        "format": "reluexact-certificate",
        "version": 1,
        "statement": {"kind": kind, "problem": problem, "claim": claim},
        "evidence": evidence,
        "produced_by": dict(sorted({**about_names(about.data), **produced_by}.items())),
    }


def about_names(data: Dataset) -> dict[str, str]:
    """Return the names of the columns as an entry of ``produced_by``; none when they are those of a data set without names."""
    if data.names == tuple(f"x{j + 1}" for j in range(data.d)) and data.target_name == "y":
        return {}
    return {"names": json.dumps([*data.names, data.target_name])}


def to_bytes(document: Json) -> bytes:
    """Return the file of a JSON document."""
    return (json.dumps(document, ensure_ascii=True, separators=(",", ":")) + "\n").encode("ascii")


def texts(values: Iterable[Fraction | int]) -> list[str]:
    """Write numbers."""
    return [format_fraction(Fraction(value)) for value in values]


def interval(value: Real | Interval) -> Json:
    """Write an enclosure as it is."""
    return {"low": format_fraction(value.low), "high": format_fraction(value.high)}


def wider(value: Real, bits: int) -> Json:
    """Write an enclosure on a grid of 2^-bits, a rational number as it is."""
    if value.is_rational:
        return interval(value)
    return interval(Interval(low=value.low, high=value.high).outward(bits))


def sign_text(sign: int) -> str:
    """Write the sign of a neuron."""
    return "+" if sign > 0 else "-"
