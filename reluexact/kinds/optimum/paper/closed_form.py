"""The section on closed forms: rational numbers, square roots, the root of a polynomial, or the polynomial system."""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from reluexact.kinds.optimum.blocks import Structure, structure_of
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.closed_form import ClosedForm, closed_form
from reluexact.kinds.optimum.single_root import AMOUNT, SingleRoot
from reluexact.numbers.decimals import magnitude
from reluexact.tex.numbers import DIGITS, PLACES, digits_latex
from reluexact.tex.text import display, plural, table

MOST_LETTERS = 700
"""A longer formula is described instead of printed."""

MOST_BASIS = 24
"""Integers of a basis that the table of blocks prints."""

COMMA = r",\;\allowbreak "
"""Between the entries of a list in a formula that may be broken."""

NARROW = 60
"""A table with a basis of more letters than this, or with longer vectors, breaks the lines of its cells."""

LINE = 90
"""Letters of LaTeX on one line of a long sum."""


def section(optimum: Optimum) -> str:
    """Return the section; the optimum has neurons."""
    form = closed_form(optimum)
    writers = {"rational": _rational, "radical": _radical, "root": _root, "system": _system}
    return r"\section{Closed form}" + "\n" + writers[form.kind](optimum, form)


def _rational(optimum: Optimum, form: ClosedForm) -> str:
    return "The optimum is rational: value, residual, directions and the vertices of the optimal set are rational numbers."


def _radical(optimum: Optimum, form: ClosedForm) -> str:
    text = (
        "Value, residual and directions are sums of square roots of integers: the equations of neurons are linear in $\\theta$"
        " with such numbers as coefficients. "
    )
    formula = sympy.latex(form.value)
    if len(formula) <= MOST_LETTERS:
        terms = [sympy.latex(term) for term in sympy.Add.make_args(form.value)]
        text += "The value is\n" + display(long_sum(r"p^\star", terms, "."))
    return text


def _root(optimum: Optimum, form: ClosedForm) -> str:
    root = form.root
    if root is None:
        return ""
    k = root.index + 1
    what = rf"t=\alpha_{{{k}}}" if root.partner is None else rf"t=\alpha_{{{k}}}+\alpha_{{{root.partner + 1}}}"
    several = len(structure_of(optimum).blocks) > 1
    rest = " The amounts of the other neurons enter linearly and were eliminated." if several else ""
    text = (
        rf"Only the direction $u_{{{k}}}$ is no multiple of an integer vector.{rest} With ${what}$ its stationarity is a linear"
    )
    text += r" system for $w=t\,u$ whose solution is a quotient of polynomials in $t$, and"
    text += r" $\lVert w\rVert^2=t^2$ leaves one equation. "
    text += _polynomial(root)
    direction = r",\;".join(map(sympy.latex, root.direction))
    if len(direction) <= MOST_LETTERS // 2 and root.partner is None:
        text += "\nIn terms of $t$,\n" + display(
            rf"\begin{{gathered}}u_{{{k}}}=\Bigl({direction}\Bigr){_value(root)}\end{{gathered}}"
        )
    return text


def _polynomial(root: SingleRoot) -> str:
    low, high = root.bounds
    degree, terms = root.polynomial.degree(), root.polynomial.terms()
    number = digits_latex(low, high, 30)
    formula = [sympy.latex(coefficient * AMOUNT**power) for (power,), coefficient in terms]
    if sum(map(len, formula)) <= MOST_LETTERS:
        shown = display(long_sum("0", formula, ","))
        return f"It is irreducible over the rationals:\n{shown}\nand $t={number}$ is its only root in the proved enclosure."
    size = max(len(str(abs(coefficient))) for _, coefficient in terms)
    return (
        f"Multiplied by its conjugates it becomes an irreducible polynomial of degree {degree} with integer coefficients of at"
        f" most {size} digits, of which $t={number}$ is the only root in the proved enclosure. The polynomial is too long to"
        " print;"
        r" \texttt{reluexact.closed\_form} returns it."
    )


def _value(root: SingleRoot) -> str:
    value = sympy.latex(root.value)
    return rf",\\[3pt] p^\star={value}." if len(value) <= MOST_LETTERS // 2 else "."


def _system(optimum: Optimum, form: ClosedForm) -> str:
    structure = structure_of(optimum)
    count = len(form.system.variables)
    lines = [
        r"\theta&=y-\sum_k s_kD_kXB_k\omega_k" + (r"-XLc," if structure.free else ","),
        r"s_k\,t_k\,B_k^{\top}X^{\top}D_k\theta&=b\,B_k^{\top}B_k\,\omega_k,",
        r"t_k^2&=\omega_k^{\top}B_k^{\top}B_k\,\omega_k" + ("," if structure.free else "."),
    ]
    if structure.free:
        lines.append(r"L^{\top}X^{\top}\theta&=0.")
    body = r"\\ ".join(lines)
    system = rf"\begin{{aligned}}{body}\end{{aligned}}"
    radius = rf"10^{{{magnitude(structure.radius) + 1}}}"
    pairs = (
        r" A pair is one block: $t_k$ is the sum of its two amounts, and $XLc$ is what the shares of its members add."
        if structure.free
        else ""
    )
    what = r"With $D_k$ the diagonal matrix of the rows where $x_i^{\top}u_k>0$, and $w_k=t_ku_k=B_k\omega_k$"
    return rf"""In general an optimum has no closed form in radicals; its exact description is a system of polynomials with
rational coefficients and a box that isolates one solution. The blocks of this optimum are the neurons of
Table~\ref{{tab:blocks}}.{pairs} {what} for
the integer matrix $B_k$ of the table, the equations are
{display(system)}
These are {plural(count, "equation")} in the {plural(count, "unknown")} $\omega_k$, $t_k${", $c$" if structure.free else ""}.
Krawczyk's test proves that exactly one solution lies in a cube of radius less than ${radius}$.
{_free(structure)}

{_block_table(structure)}"""


def _block_table(structure: Structure) -> str:
    rows = []
    for block in structure.blocks:
        name = str(block.index + 1) if block.partner is None else f"{block.index + 1}, {block.partner + 1}"
        omega = COMMA.join(digits_latex(*structure.enclosure(position), PLACES) for position in block.omega)
        rows.append(
            [
                f"${name}$",
                f"${_basis(block.basis)}$",
                f"${omega}$",
                f"${digits_latex(*structure.enclosure(block.amount), DIGITS)}$",
            ]
        )
    headings = ["neurons", r"$B_k^{\top}$", r"$\omega_k$", "$t_k$"]
    narrow = all(len(block.basis) <= 2 and len(_basis(block.basis)) <= NARROW for block in structure.blocks)
    return table(
        headings,
        rows,
        "llll" if narrow else f"l{_wrapped('0.24')}{_wrapped('0.34')}l",
        caption=r"The blocks of the optimum\label{tab:blocks}.",
    )


def _wrapped(width: str) -> str:
    """Return a column of a table that breaks its lines."""
    return rf">{{\raggedright\arraybackslash}}p{{{width}\linewidth}}"


def _basis(basis: Sequence[Sequence[int]]) -> str:
    """Write the rows of B', the identity by its name."""
    size = len(basis)
    if all(vector == tuple(int(i == j) for j in range(len(vector))) for i, vector in enumerate(basis)) and size == len(basis[0]):
        return f"I_{{{size}}}"
    if size * len(basis[0]) > MOST_BASIS or max(abs(entry) for vector in basis for entry in vector) >= 10**8:
        return rf"\mathbb{{Z}}^{{{size}\times {len(basis[0])}}}"
    return COMMA.join("(" + r",\,\allowbreak ".join(map(str, vector)) + ")" for vector in basis)


def _free(structure: Structure) -> str:
    if not structure.free:
        return ""
    start = len(structure.midpoint) - len(structure.free)
    values = COMMA.join(
        rf"c_{{{place + 1}}}={digits_latex(*structure.enclosure(start + place), DIGITS)}" for place in range(len(structure.free))
    )
    return rf"The columns of $L$ are ${_basis(structure.lineality)}$, and ${values}$."


def long_sum(left: str, terms: Sequence[str], mark: str) -> str:
    """Write ``left = sum of terms`` on as many lines as it needs, with a mark of punctuation at the end."""
    lines: list[str] = [""]
    for place, text in enumerate(terms):
        signed = text if place == 0 or text.startswith("-") else f"+{text}"
        if lines[-1] and len(lines[-1]) + len(signed) > LINE:
            lines.append("")
        lines[-1] += signed
    lines[-1] += mark
    if len(lines) == 1:
        return f"{left}={lines[0]}"
    body = r"\\ &\quad ".join(lines)
    return rf"\begin{{aligned}}{left}&={body}\end{{aligned}}"
