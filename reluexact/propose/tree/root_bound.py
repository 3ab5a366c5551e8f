"""A bound of a form without a tree: what the root alone shows, up to rounding."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from reluexact.propose.tree.leaf import relax, root
from reluexact.propose.tree.scaled import Scaled
from reluexact.prove.form import Form


def root_bound(form: Form, bound: Fraction) -> float:
    """Return a number that ``form.value(u) / bound`` does not exceed on unit vectors, as far as floats can tell.

    >>> one = Fraction(1)
    >>> root_bound(Form(normals=((one,),), kinks=(2 * one,), linear=(-one,)), one)
    1.0
    """
    scaled = Scaled.of(form, bound)
    return relax(scaled, root(scaled, 0.0, 0), enough=0.0)[1]


def greatest_root_bound(forms: Iterable[Form], bound: Fraction) -> float:
    """Return the greatest :func:`root_bound`, at least 1."""
    return max((root_bound(form, bound) for form in forms), default=1.0)
