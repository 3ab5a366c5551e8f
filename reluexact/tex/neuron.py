"""LaTeX of a neuron."""

from __future__ import annotations

from reluexact.evidence.neuron import Neuron
from reluexact.tex.formulas import sign_latex
from reluexact.tex.numbers import real_latex, vector_latex


def neuron_latex(neuron: Neuron, digits: int) -> str:
    """Write sign, direction, and the amount if it has one."""
    amount = "" if neuron.amount is None else rf",\quad \alpha={real_latex(neuron.amount, digits)}"
    return rf"s={sign_latex(neuron.sign)}1,\quad u={vector_latex(neuron.direction, digits)}{amount}"
