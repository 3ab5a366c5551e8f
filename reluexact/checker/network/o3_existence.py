"""O3, O4: a solution of the equations exists in the box, and no neuron of it is zero."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from operator import mul

from ..linear import dot, whole_numbers
from ..quantities import ZERO, Matrix, Vector
from .proof import Proof


def equations(proof: Proof) -> tuple[Vector, Matrix, Vector]:
    """Evaluate E1, E2, E3 at the midpoint: values, Jacobian, and for each row a number s.

    On the box the entries of the row differ from those at the midpoint by at most radius * s, all differences added up.
    E1 and E3 are written with the columns A of the fit and S of theta = base - S (omega, c): s_k B_k'X'D_k and L'X' are in A'.
    """
    columns, square = proof.columns, proof.columns.unit**2
    gram = [[Fraction(sum(map(mul, a, b)), square) for b in columns.slopes] for a in columns.design]
    middle = proof.linear_midpoint
    pull = [
        Fraction(sum(map(mul, a, columns.base)), square) - dot(row, middle) for a, row in zip(columns.design, gram, strict=True)
    ]
    omegas, blocks = proof.omegas, list(proof.blocks.items())
    first: list[tuple[Fraction, Vector, Fraction]] = []
    second: list[tuple[Fraction, Vector, Fraction]] = []
    for index, (k, place) in enumerate(blocks):
        basis, t = proof.neurons[k].basis, proof.midpoint[omegas + index]
        inner = [[dot(v, w) for w in basis] for v in basis]
        omega = proof.midpoint[place : place + len(basis)]
        marks = [Fraction(j == index) for j in range(len(blocks))]
        for a, row in enumerate(inner, start=place):
            padded = [ZERO] * place + row + [ZERO] * (len(gram) - place - len(basis))
            slopes = [-t * h - proof.problem.penalty * g for h, g in zip(gram[a], padded, strict=True)]
            jacobian = slopes[:omegas] + [pull[a] * mark for mark in marks] + slopes[omegas:]
            first.append((t * pull[a] - proof.problem.penalty * dot(row, omega), jacobian, 2 * sum(map(abs, gram[a]), ZERO)))
        padded = [ZERO] * place + [-2 * dot(row, omega) for row in inner] + [ZERO] * (omegas - place - len(basis))
        jacobian = padded + [2 * t * mark for mark in marks] + [ZERO] * (len(gram) - omegas)
        spread = 2 + 2 * sum((abs(entry) for row in inner for entry in row), ZERO)
        second.append((t * t - dot(omega, map(partial(dot, omega), inner)), jacobian, spread))
    third = [
        (pull[i], [-h for h in gram[i][:omegas]] + [ZERO] * len(blocks) + [-h for h in gram[i][omegas:]], ZERO)
        for i in range(omegas, omegas + len(proof.lineality))
    ]
    third += linear_equations(proof, gram, pull)
    values, jacobian_rows, spreads = zip(*first, *second, *third, strict=True) if gram else ((), (), ())
    return list(values), list(jacobian_rows), list(spreads)


def linear_equations(proof: Proof, gram: Matrix, pull: Vector) -> list[tuple[Fraction, Vector, Fraction]]:
    """Evaluate E4, E5, E6 of version 2: G'theta = ridge g, or g = 0; the fit of a row at a breakpoint, or a tie for its theta."""
    rows: list[tuple[Fraction, Vector, Fraction]] = []
    extension = proof.extension
    if extension is None:
        return []
    omegas, blocks, middle = proof.omegas, len(proof.blocks), proof.linear_midpoint
    first = omegas + len(proof.lineality)
    for i, (_, ridge) in enumerate(extension.linear, start=first):
        if i - first in extension.spanned:
            rows.append((middle[i], [Fraction(i == j) for j in range(len(gram))], ZERO))
            continue
        slopes = [-h - (ridge if j == i else 0) for j, h in enumerate(gram[i])]
        rows.append((pull[i] - ridge * middle[i], slopes, ZERO))
    for i, level in extension.broken:
        if i in proof.tied:
            line, square = proof.tied[i]
            value = line.constant.get(1, ZERO) + dot(line.coefficients, middle)
            slopes = [2 * value * entry for entry in line.coefficients]
            spread = 2 * sum(map(abs, line.coefficients), ZERO) ** 2
            rows.append((value * value - proof.problem.penalty**2 * square, slopes, spread))
            continue
        fit = proof.fit(i).coefficients
        rows.append((dot(fit, middle) - level, fit, ZERO))
    return [(value, [*slopes[:omegas], *[ZERO] * blocks, *slopes[omegas:]], spread) for value, slopes, spread in rows]


def o3_existence(proof: Proof) -> Proof:
    """O3: the midpoint is a solution exactly, and the box shrinks to it; or Krawczyk puts a solution into the box.

    Krawczyk: |Y F(m)| + radius (|I - Y J(m)| + radius |Y| s) < radius in every row.
    """
    item, size = proof.evidence["preconditioner"], len(proof.midpoint)
    numbers, under = whole_numbers(entry for row in item.entries(size) for entry in row.vector(size))
    values, jacobian, spreads = equations(proof)
    if not any(values):
        return replace(proof, radius=ZERO)
    slopes, scale = whole_numbers(entry for row in jacobian for entry in row)
    columns = [slopes[j::size] for j in range(size)]
    for i in range(size):
        row = numbers[i * size : (i + 1) * size]
        step = abs(sum(map(mul, row, values), ZERO)) / under
        unit = under * scale
        rest = Fraction(sum(abs(unit * (i == j) - sum(map(mul, row, column))) for j, column in enumerate(columns)), unit)
        bend = sum(map(mul, map(abs, row), spreads), ZERO) / under
        if step + proof.radius * (rest + proof.radius * bend) >= proof.radius:
            raise proof.evidence["system"].reject(f"O3: row {i} of the Krawczyk operator leaves the interior of the box")
    return proof


def o4_positive(proof: Proof) -> None:
    """O4: t_k > 0 on the box."""
    for k in proof.blocks:
        if proof.size(k)[0] <= 0:
            raise proof.evidence["system"].reject(f"O4: t of neuron {k} is not positive on the box")
