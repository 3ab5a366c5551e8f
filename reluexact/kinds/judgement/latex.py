"""LaTeX of a judgement: the objective of the network, and what it exceeds the optimal value by."""

from __future__ import annotations

from reluexact.kinds.judgement.claim import Judgement
from reluexact.numbers.real import Real
from reluexact.tex.formulas import aligned, written
from reluexact.tex.numbers import real_latex


def latex(claim: object, digits: int) -> str:
    """Write the objective, and the excess or its bounds."""
    return written(claim, digits, {Judgement: _judgement})


def _judgement(found: Judgement, digits: int) -> str:
    objective = real_latex(Real.rational(found.objective), digits)
    low, high = (Real.rational(end) for end in (found.excess.low, found.excess.high))
    if found.excess.is_exact:
        return aligned([rf"&J={objective}", rf"&J-p^\star={real_latex(high, digits)}"])
    bounds = rf"&{real_latex(low, digits)}\le J-p^\star\le {real_latex(high, digits)}"
    return aligned([rf"&J={objective}", bounds])
