"""LaTeX of networks as functions, and of proved bounds of the optimal value."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.network import Network
from reluexact.tex.formulas import MOST_LINES, aligned
from reluexact.tex.numbers import rational_latex


def network_latex(network: Network | BiasedNetwork, digits: int) -> str:
    r"""Write a network as a function of x, a neuron a line; dots stand for neurons after the first ones.

    >>> network_latex(Network([[1, -1]], ["1/2"]), 5)
    'f(x)=\\frac{1}{2}\\,\\bigl(x_{1}-x_{2}\\bigr)_+'
    """
    one = BiasedNetwork.of(network) if isinstance(network, Network) else network
    neurons = zip(one.hidden[:MOST_LINES], one.hidden_bias, one.output, strict=False)
    terms = [_times(a, rf"\bigl({_affine(row, c, digits)}\bigr)_+", digits, space=r"\,") for row, c, a in neurons]
    terms += [r"+\cdots"] if one.width > MOST_LINES else []
    linear = _affine(one.skip, one.output_bias, digits)
    terms += [linear if linear.startswith("-") else f"+{linear}"] if linear != "0" else []
    if not terms:
        return "f(x)=0"
    first = f"f(x)={terms[0].removeprefix('+')}"
    if len(terms) == 1:
        return first
    return aligned([first.replace("=", "&=", 1), *(rf"&\quad{term}" for term in terms[1:])])


def bound_latex(proof: BoundProof | ProblemBound, digits: int) -> str:
    """Write the optimal value between its bounds."""
    return rf"{rational_latex(proof.lower, digits)}\le p^\star\le {rational_latex(proof.upper, digits)}"


def _affine(row: Iterable[Fraction], constant: Fraction, digits: int) -> str:
    parts = [_times(entry, f"x_{{{j}}}", digits) for j, entry in enumerate(row, 1) if entry]
    if constant:
        parts.append(f"{'-' if constant < 0 else '+'}{rational_latex(abs(constant), digits)}")
    return "".join(parts).removeprefix("+") or "0"


def _times(factor: Fraction, what: str, digits: int, space: str = "") -> str:
    """Write a signed multiple."""
    number = "" if abs(factor) == 1 else f"{rational_latex(abs(factor), digits)}{space}"
    return f"{'-' if factor < 0 else '+'}{number}{what}"
