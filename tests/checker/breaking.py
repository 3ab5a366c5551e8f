"""How good certificates are broken, each in one place; the false ones of each kind stand in kinds/false_*.py."""

from __future__ import annotations

import json
from fractions import Fraction

from make_certificates import HERE

WIDE = {"low": "-100", "high": "100"}
EXPECTED: dict[str, tuple[str, str]] = {}
MAKERS = {}


def good(name):
    return json.loads((HERE / "good" / f"{name}.json").read_text(encoding="utf-8"))


def bad(name, path, reason):
    """Register a function that returns a false certificate, and where it must be rejected."""

    def register(make):
        MAKERS[name], EXPECTED[name] = make, (path, reason)
        return make

    return register


def at(document, path):
    """Follow a list of keys."""
    for key in path:
        document = document[key]
    return document


def breaking(name, base, path, reason, *steps):
    """Register a certificate made from a good one by assignments: (keys, value) or (keys, function of the old value)."""

    @bad(name, path, reason)
    def make():
        document = good(base)
        for keys, value in steps:
            owner = at(document, keys[:-1])
            owner[keys[-1]] = value(owner[keys[-1]]) if callable(value) else value
        return document


def shift(by):
    """Add to a number."""
    return lambda old: str(Fraction(old) + Fraction(by))


def move(by):
    """Move a box."""
    return lambda old: {end: shift(by)(number) for end, number in old.items()}


def tight(neuron, solve=(), fixed=None):
    return {"neuron": neuron, "solve": list(solve), "fixed": fixed or {}}


STEP = "1/10000000000000000000000000"
CLAIM, DATA, NEURONS, SYSTEM = (
    ("statement", "claim"),
    ("statement", "problem"),
    ("statement", "claim", "neurons"),
    ("evidence", "system"),
)
P, N = ("evidence", "positive"), ("evidence", "negative")
MINIMUM = ("evidence", "minimum")
LEAF = {"rho": {}, "slope": {}}
