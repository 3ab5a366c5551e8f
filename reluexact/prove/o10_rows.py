"""Obligation O10 of CERTIFICATE.md: every row lies where the structure says, so that ``-theta_i`` is a slope of its loss."""

from __future__ import annotations

from fractions import Fraction

from reluexact.model.law import BreakLaw, PieceLaw
from reluexact.numbers.types import Vector
from reluexact.prove.identities import ResidualForms
from reluexact.prove.neurons import Unproved
from reluexact.prove.structure import Kkt


def check_rows(kkt: Kkt, forms: ResidualForms) -> None:
    """Prove that fits on a piece are between its ends, and the theta of a breakpoint between its slopes; raise Unproved."""
    laws = kkt.program.laws(kkt.structure.places)
    for i, law in enumerate(laws):
        if isinstance(law, PieceLaw):
            row, constant = tuple(column[i] for column in kkt.design), Fraction(0)
            what = "the fit of row {i} is not proved to lie on its piece of the loss"
        else:
            row, constant = kkt.pull_entry(i)
            what = "theta of row {i} is not proved to be a slope of the loss at its breakpoint"
        if not _between(forms, row, constant, law.low, law.high):
            raise Unproved(f"O10: {what.format(i=i)}")
    for i, _ in (*kkt.structure.pins, *kkt.structure.tied):
        law = laws[i]
        if not isinstance(law, BreakLaw) or forms.row_sign(tuple(column[i] for column in kkt.design), -law.level) != 0:
            raise Unproved(f"O10: the fit of row {i} is not proved to be at the breakpoint of its loss")


def _between(forms: ResidualForms, row: Vector, constant: Fraction, low: Fraction | None, high: Fraction | None) -> bool:
    above = low is None or forms.row_sign(row, constant - low) in (0, 1)
    return above and (high is None or forms.row_sign(row, constant - high) in (-1, 0))
