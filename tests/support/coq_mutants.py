"""Certificates changed at random in one place, for the tests that compare checkers."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from fractions import Fraction


def change_number(draw, text):
    value = Fraction(text)
    steps = [
        value + 1,
        value - 1,
        -value,
        value * 2,
        value / 2,
        Fraction(0),
        value + Fraction(1, 2**70),
        value - Fraction(1, 2**70),
    ]
    return str(draw.choice(steps))


WORDS = {
    "hi": ("lo",),
    "lo": ("hi",),
    "difference": ("margin",),
    "margin": ("difference",),
    "none": ("free", "penalised"),
    "free": ("none", "penalised"),
    "penalised": ("none", "free"),
}


def change(draw, value):
    """Return another value of a similar shape."""
    if isinstance(value, str):
        return draw.choice(WORDS[value]) if value in WORDS else change_number(draw, value)
    if isinstance(value, int):
        return max(0, value + draw.choice([-1, 1, 1000]))
    if isinstance(value, list) and value:
        i, j = draw.randrange(len(value)), draw.randrange(len(value))
        swapped = list(value)
        swapped[i], swapped[j] = swapped[j], swapped[i]
        return draw.choice([value[:i] + value[i + 1 :], swapped, [*value[:i], value[j], *value[i:]]])
    if isinstance(value, dict) and value:
        key = draw.choice(sorted(value))
        rest = {name: entry for name, entry in value.items() if name != key}
        return draw.choice([rest, {**rest, str(draw.randrange(7)): value[key]}])
    return value


def places(value, path=()):
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


def mutant(seed, sources, parts):
    """Change one of the documents below one of the parts, which are paths."""
    draw = random.Random(seed)
    document = deepcopy(draw.choice(sources))
    scope = document
    for key in draw.choice(parts):
        scope = scope[key]
    path = draw.choice([path for path in places(scope) if path])
    for key in path[:-1]:
        scope = scope[key]
    scope[path[-1]] = change(draw, scope[path[-1]])
    return json.dumps(document).encode()
