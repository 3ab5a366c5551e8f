"""Cones as certificates write them (CERTIFICATE.md, kind ``bound``, B4): written, and read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reluexact.certificates.document import Json, texts
from reluexact.certificates.reading import vector
from reluexact.evidence.cones import Below, Cones, Halve


def cones_entry(cones: Cones) -> Json:
    """Return cones as a JSON object: a halving as one number, a bound as a list.

    >>> from fractions import Fraction
    >>> one = Fraction(1)
    >>> cones_entry(Cones(center=(one,), axes=(one, one), nodes=(Halve(0, 1), Below(), Below((-5,)))))["cells"]
    [1, [], [-5]]
    """
    count = len(cones.axes)
    cells = [node.first * count + node.second if isinstance(node, Halve) else list(node.slope) for node in cones.nodes]
    return {"center": texts(cones.center), "axes": texts(cones.axes), "cells": cells}


def read_cones(entry: Mapping[str, Any]) -> Cones:
    """Return the cones of a certificate that the checker has accepted."""
    count = len(entry["axes"])
    nodes = tuple(Halve(*divmod(cell, count)) if isinstance(cell, int) else Below(tuple(cell)) for cell in entry["cells"])
    return Cones(center=vector(entry["center"]), axes=vector(entry["axes"]), nodes=nodes)
