"""LaTeX of every claim; each kind writes its own in ``kinds/KIND/latex.py``. The formulas parse in KaTeX's strict mode, too."""

from __future__ import annotations

from reluexact.evidence.bound import BoundProof
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.kinds.table import kind_of
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.network import Network
from reluexact.numbers.rational import to_count
from reluexact.numbers.real import MAX_DIGITS, Real
from reluexact.tex.formulas import Writers, written
from reluexact.tex.network import bound_latex, network_latex
from reluexact.tex.neuron import neuron_latex
from reluexact.tex.numbers import DIGITS, real_latex

_PARTS: Writers = {
    Real: real_latex,
    Neuron: neuron_latex,
    Network: network_latex,
    BiasedNetwork: network_latex,
    BoundProof: bound_latex,
    ProblemBound: bound_latex,
}
"""What belongs to no kind, because claims of many kinds contain it."""


def latex(claim: object, digits: int = DIGITS) -> str:
    r"""Return a claim as one LaTeX formula, without dollar signs; numbers without a short exact form get ``digits`` digits.

    >>> latex(Real.rational(7))
    '7'
    """
    count = to_count(digits, where="digits", most=MAX_DIGITS)
    kind = kind_of(claim)
    writer = None if kind is None else kind.part("latex")
    if writer is None:
        return written(claim, count, _PARTS)
    text: str = writer.latex(claim, count)
    return text
