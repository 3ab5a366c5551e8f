"""Tight leaves: multipliers on the hyperplanes of a known maximiser prove it the only one of its cone (CERTIFICATE.md, O7b)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import frexp

import numpy as np

from reluexact.evidence.tree import Multipliers, TightLeaf
from reluexact.numbers.linalg import dot
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import LinearProgram
from reluexact.propose.numerics import pivot_order
from reluexact.propose.tree.leaf import Cone, dyadic
from reluexact.propose.tree.projection import independent
from reluexact.propose.tree.scaled import Scaled
from reluexact.prove.form import Form, TightCone

_TIE = 2.0**-40
_CAP = 2.0**-12
_NEAR = 2.0**-20
_FIXED_BITS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Maximiser:
    """A known maximiser prepared for its leaves.

    direction (d,): the maximiser, rounded. gate (m,), zeros: its hyperplanes. need (d,): what the normals of its hyperplanes must
    add up to, in units of the bound, each coordinate divided by the scale of the basis.
    basis: independent hyperplanes among ``zeros``; multipliers (len(zeros),): their only solution when all of them are
    independent. stands, free: as in :class:`TightCone`.
    """

    neuron: int
    direction: np.ndarray
    gate: np.ndarray
    zeros: tuple[int, ...]
    need: np.ndarray
    basis: tuple[int, ...]
    multipliers: np.ndarray | None
    stands: tuple[tuple[int, int], ...] = ()
    free: tuple[tuple[int, int], ...] = ()


def maximiser(form: Form, scaled: Scaled, bound: Fraction, tight: TightCone) -> Maximiser:
    """Prepare a known maximiser."""
    on = [hyperplane for hyperplane, gate in enumerate(tight.gate) if gate > 0]
    kinks = [form.kinks[hyperplane] for hyperplane in on]
    need = [
        bound * u - a - dot(kinks, [form.normals[hyperplane][j] for hyperplane in on])
        for j, (u, a) in enumerate(zip(tight.direction, form.linear, strict=True))
    ]
    target = scaled.point(tuple(entry / bound for entry in need))
    target = target if scaled.scale is None else target / scaled.scale
    zeros = tight.zeros
    rows = _equations(scaled, zeros)
    order = [zeros[i] for i in pivot_order(rows)] if zeros else []
    basis = independent(form.normals, order)
    alone = len(basis) == len(zeros)
    multipliers = np.linalg.lstsq(rows.T, target, rcond=None)[0] if alone and zeros else np.zeros(0) if alone else None
    return Maximiser(
        neuron=tight.neuron,
        direction=scaled.point(tight.direction),
        gate=np.array(tight.gate, dtype=np.int8),
        zeros=zeros,
        need=target,
        basis=basis,
        multipliers=multipliers,
        stands=tight.stands,
        free=tight.free,
    )


def _equations(scaled: Scaled, zeros: Sequence[int]) -> np.ndarray:
    """Return the unit normals of a maximiser's hyperplanes, each coordinate divided by the scale of the basis."""
    rows = scaled.rows[list(zeros)]
    return rows if scaled.scale is None else rows / scaled.scale


def tight_leaf(form: Form, scaled: Scaled, cone: Cone, known: Maximiser, zero: float) -> TightLeaf | None:
    """Return the leaf of a cone that holds one maximiser and no undecided positive kink off its hyperplanes, or None."""
    zeros = np.array(known.zeros, dtype=np.intp)
    sides, kinks = cone.side[zeros], scaled.kinks[zeros]
    kinks = np.where(np.abs(kinks) <= zero, 0.0, kinks)
    if bool(((sides == 0) & (kinks > 0.0)).any()):
        return None
    if known.stands and not any(scaled.kinks[w] > zero and cone.side[w] * side < 0 for w, side in known.stands):
        return _standing(known)
    low = np.where(sides < 0, -np.inf, kinks)
    high = np.where(sides > 0, np.inf, 0.0)
    if known.free:
        return _free(scaled, cone, known, low, high)
    tie = _TIE * scaled.size
    if known.multipliers is not None:
        fits = bool(((known.multipliers >= low - tie) & (known.multipliers <= high + tie)).all())
        return TightLeaf(known.neuron, solve=known.zeros) if fits else None
    return _dependent(form, scaled, known, low, high, tie)


def _free(scaled: Scaled, cone: Cone, known: Maximiser, low: np.ndarray, high: np.ndarray) -> TightLeaf:
    """Let one of the hyperplanes that the neuron is about to meet make up for the others, which stand on bounds of the cone."""
    kept = [wall for wall in known.zeros if wall not in dict(known.free)]
    if all(cone.side[wall] in (0, side) for wall, side in known.free):
        return TightLeaf(known.neuron, solve=tuple(kept))
    found = []
    for chosen, _ in known.free:
        on = [wall for wall, side in known.free if wall != chosen and (int(cone.side[wall]) or side) > 0]
        solve = sorted([*kept, chosen])
        rest = known.need - _equations(scaled, on).T @ scaled.kinks[on]
        values = np.linalg.lstsq(_equations(scaled, solve).T, rest, rcond=None)[0]
        places = [known.zeros.index(wall) for wall in solve]
        room = float(np.minimum(values - low[places], high[places] - values).min())
        found.append((room, TightLeaf(known.neuron, solve=tuple(solve), kinks=tuple((wall, Fraction(1)) for wall in sorted(on)))))
    best = max(found, key=lambda one: one[0])[1]
    return replace(best, free=tuple(sorted(wall for wall, _ in known.free)))


def _standing(known: Maximiser) -> TightLeaf:
    """Let all dependent multipliers but the first stand on their bounds."""
    given = dict(known.stands[1:])
    kinks = tuple((wall, Fraction(1)) for wall, side in sorted(given.items()) if side > 0)
    return TightLeaf(known.neuron, solve=tuple(wall for wall in known.zeros if wall not in given), kinks=kinks)


def _dependent(form: Form, scaled: Scaled, known: Maximiser, low: np.ndarray, high: np.ndarray, tie: float) -> TightLeaf | None:
    """Choose multipliers of dependent normals as far inside their intervals as possible; fix all but a basis.

    The multipliers of the basis take up the rounding of the fixed ones, so hyperplanes without any room join the basis last.
    """
    rows = _equations(scaled, known.zeros)
    found = _central(rows, known.need, low, high, tie)
    if found is None:
        return None
    values, depth = found
    near = tie
    if depth > tie:
        room = dict(zip(known.zeros, low < high, strict=True))
        basis = independent(form.normals, sorted((*known.basis, *known.zeros), key=lambda hyperplane: not room[hyperplane]))
    else:
        found = _supported(rows, known.need, low, high)
        if found is None:
            return None
        values, near = found[0], _NEAR
        ends = list(zip(known.zeros, values, low, high, strict=True))
        forced = [w for w, v, a, b in ends if a < b and v <= a + near]
        inner = [w for w, v, a, b in ends if a + near < v < b - near]
        rest = [w for w in known.zeros if w not in forced and w not in inner]
        basis = independent(form.normals, [*forced, *inner, *rest])
        if _depends(scaled, basis, forced, [w for w in inner if w not in basis]):
            return _at_kinks(form, known, forced, [*inner, *rest])
    chosen = (low < high) & (np.abs(values) > near)
    outside = [(w, float(v), b) for w, v, b, use in zip(known.zeros, values, high, chosen, strict=True) if use and w not in basis]
    return TightLeaf(known.neuron, solve=tuple(sorted(basis)), fixed=_fixed(scaled, outside))


def _depends(scaled: Scaled, basis: tuple[int, ...], forced: list[int], others: list[int]) -> bool:
    """Say whether a multiplier that must stand on its kink is moved by the rounding of others."""
    if not others:
        return False
    weights = np.linalg.lstsq(scaled.rows[list(basis)].T, scaled.rows[others].T, rcond=None)[0]
    held = [place for place, hyperplane in enumerate(basis) if hyperplane in forced]
    return bool((np.abs(weights[held]) > _NEAR).any())


def _at_kinks(form: Form, known: Maximiser, forced: list[int], others: list[int]) -> TightLeaf:
    """Put multipliers that must stand on their kinks there exactly, and solve for the others first."""
    basis = independent(form.normals, [*others, *forced])
    kinks = tuple((hyperplane, Fraction(1)) for hyperplane in sorted(forced) if hyperplane not in basis)
    return TightLeaf(known.neuron, solve=tuple(sorted(basis)), kinks=kinks)


def _fixed(scaled: Scaled, outside: list[tuple[int, float, float]]) -> Multipliers:
    """Round the multipliers of (hyperplane, value, greatest value allowed) to short numbers in the units of the data."""
    entries = []
    for hyperplane, value, top in outside:
        bits = max(0, _FIXED_BITS - frexp(float(scaled.unit[hyperplane]))[1])
        number = dyadic(value * float(scaled.unit[hyperplane]), bits)
        entries.append((hyperplane, min(number, Fraction(0)) if top == 0.0 else number))
    return tuple((hyperplane, number) for hyperplane, number in entries if number)


def _central(
    rows: np.ndarray, need: np.ndarray, low: np.ndarray, high: np.ndarray, tie: float
) -> tuple[np.ndarray, float] | None:
    """Maximise the least distance (at most 1) to the ends of the intervals, points apart; None when nothing fits."""
    count = len(rows)
    matters = (low < high).astype(float)
    finite_low, finite_high = np.isfinite(low), np.isfinite(high)
    below = np.hstack([-np.eye(count), matters[:, None]])[finite_low]
    above = np.hstack([np.eye(count), matters[:, None]])[finite_high]
    limits = np.concatenate([-low[finite_low], high[finite_high]])
    program = LinearProgram(
        cost=np.append(np.zeros(count), -1.0),
        rows=np.vstack([below, above]),
        limits=limits,
        equations=np.hstack([rows.T, np.zeros((rows.shape[1], 1))]),
        right=need,
        bounds=[(None, None)] * count + [(-1.0, 1.0)],
    )
    answer = engine("linear").solve(program)
    if answer is None or answer.point[-1] < -max(tie, 2.0**-30):
        return None
    return answer.point[:-1], float(answer.point[-1])


def _supported(rows: np.ndarray, need: np.ndarray, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, float] | None:
    """Keep as many multipliers as possible off the ends of their intervals; used when some must stand on an end."""
    count = len(rows)
    below = np.hstack([-np.eye(count), np.eye(count)])[np.isfinite(low)]
    above = np.hstack([np.eye(count), np.eye(count)])[np.isfinite(high)]
    limits = np.concatenate([-low[np.isfinite(low)], high[np.isfinite(high)]])
    program = LinearProgram(
        cost=np.concatenate([np.zeros(count), -np.ones(count)]),
        rows=np.vstack([below, above]),
        limits=limits,
        equations=np.hstack([rows.T, np.zeros_like(rows.T)]),
        right=need,
        bounds=[(None, None)] * count + [(0.0, _CAP)] * count,
    )
    answer = engine("linear").solve(program)
    return None if answer is None else (answer.point[:count], 0.0)
