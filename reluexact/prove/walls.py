"""How firmly neurons lie on their walls: whether a small change of penalty, targets or data leaves the structure as it is.

Near a neuron u on walls h (hyperplanes of X, normals n_h) the dual function is ``v.x + sum_h phi_h(n_h.x)``, v = s X'D theta, and
phi_h has the slopes ``s sum f_i theta_i`` over the rows ``x_i = f_i n_h`` with f_i > 0 on one side, f_i < 0 on the other. It is
below b |x| if numbers T_h between the two slopes of each wall have ``v + sum T_h n_h = b u``. Where they lie strictly between, or
at a slope by an identity that holds for all penalties and targets, this is so for all near ones, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, permutations

from reluexact.numbers.linalg import dot, independent_rows, inverse, matmul, solve, transpose
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.types import Matrix, Vector
from reluexact.prove.linearized import Linearized
from reluexact.prove.neurons import TightNeuron

ORDERS = 24
"""Choices of independent walls that are tried where the walls of a neuron are dependent."""

STRICT, KEPT, ZERO, UNKNOWN = "strict", "kept", "zero", "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """How a neuron (its index) is held at a wall (hyperplane).

    state: strict; kept: at one end by an identity, for all penalties and all targets y + dy with ``rest . dy = 0``; zero: at one
    end at this very point; unknown.
    """

    neuron: int
    wall: int
    state: str
    rests: tuple[Vector, ...] = ()

    @property
    def free(self) -> bool:
        """Say whether the neuron stays on the wall at all near penalties and targets, and all near rows."""
        return self.state == STRICT

    def stays(self, rows: Sequence[int]) -> bool:
        """Say whether it stays when the penalty changes, or the targets of these rows."""
        return self.state == STRICT or (self.state == KEPT and not any(rest[i] for rest in self.rests for i in rows))


def holds(system: Linearized) -> tuple[Hold, ...]:
    """Return how the neurons with a block are held at their walls, each wall once."""
    blocks = ((k, neuron) for k, neuron in enumerate(system.point.neurons) if neuron.block is not None)
    return tuple(hold for k, neuron in blocks for hold in _holds(system, k, neuron))


def _holds(system: Linearized, k: int, neuron: TightNeuron) -> tuple[Hold, ...]:
    """Return the best that some choice of independent walls shows."""
    best: tuple[Hold, ...] = ()
    for walls in _choices(system, neuron):
        found = _with_basis(system, k, neuron, walls)
        if all(hold.state in (STRICT, KEPT) for hold in found):
            return found
        best = best or found
    return best


def _choices(system: Linearized, neuron: TightNeuron) -> Iterator[tuple[int, ...]]:
    """Yield maximal independent sets of the walls of a neuron."""
    normals, walls, seen = system.point.kkt.program.hyperplanes.normals, neuron.face.zeros, set()
    for order in islice(permutations(walls), ORDERS):
        chosen = tuple(order[i] for i in independent_rows([normals[h] for h in order])) if order else ()
        if frozenset(chosen) not in seen:
            seen.add(frozenset(chosen))
            yield chosen


def _with_basis(system: Linearized, k: int, neuron: TightNeuron, walls: tuple[int, ...]) -> tuple[Hold, ...]:
    """Return how the walls hold where T_h of all but these is the middle of its slopes."""
    normals = system.point.kkt.program.hyperplanes.normals
    others = tuple(h for h in neuron.face.zeros if h not in walls)
    pull = list(_pull_rows(system, neuron))
    for h in others:
        low, high = slopes(system, neuron, h)
        for j, entry in enumerate(normals[h]):
            pull[j] = tuple(v + entry * (a + b) / 2 for v, a, b in zip(pull[j], low, high, strict=True))
    found = [_hold(system, k, h, [minus(*reversed(slopes(system, neuron, h)))]) for h in others]
    for h, dual in zip(walls, dual_vectors([normals[h] for h in walls]), strict=True):
        tension = tuple(-dot(dual, column) for column in zip(*pull, strict=True))
        ahead, behind = slopes(system, neuron, h)
        found.append(_hold(system, k, h, [minus(tension, ahead), minus(behind, tension)]))
    return tuple(found)


def dual_vectors(normals: Sequence[Vector]) -> Matrix:
    """Return q_h in the span of independent vectors n_h with ``q_h . n_h = 1`` and ``q_h . n_g = 0``.

    >>> dual_vectors([(Fraction(2), Fraction(0))])
    ((Fraction(1, 2), Fraction(0, 1)),)
    """
    if not normals:
        return ()
    return matmul(inverse(matmul(normals, transpose(normals))), normals)


def slopes(system: Linearized, neuron: TightNeuron, wall: int) -> tuple[Vector, Vector]:
    """Return the slopes of phi_h on the side of the normal and on the other, as forms in theta."""
    planes, s = system.point.kkt.program.hyperplanes, neuron.face.sign
    inside = [planes.hyperplane_of[i] == wall for i in range(len(planes.factor))]
    pairs = list(zip(inside, planes.factor, strict=True))
    ahead = tuple(s * factor if there and factor > 0 else Fraction(0) for there, factor in pairs)
    return ahead, tuple(s * factor if there and factor < 0 else Fraction(0) for there, factor in pairs)


def _pull_rows(system: Linearized, neuron: TightNeuron) -> tuple[Vector, ...]:
    """Return v = s X'D theta as d forms in theta."""
    program, s = system.point.kkt.program, neuron.face.sign
    on = set(program.on_rows(neuron.face))
    rows = program.data.X
    return tuple(tuple(s * row[j] if i in on else Fraction(0) for i, row in enumerate(rows)) for j in range(program.data.d))


def _hold(system: Linearized, k: int, wall: int, forms: Sequence[Vector]) -> Hold:
    """Say how firmly a wall holds where these forms in theta have to be at least 0."""
    states, rests = [], []
    for form in forms:
        sign = system.point.forms.sign(form)
        rest = None if sign == 1 else _always_zero(system, form)
        if rest is not None:
            rests.append(rest)
        states.append(STRICT if sign == 1 else KEPT if rest is not None else ZERO if sign == 0 else UNKNOWN)
    state = next(state for state in (UNKNOWN, ZERO, KEPT, STRICT) if state in states)
    return Hold(neuron=k, wall=wall, state=state, rests=tuple(rests))


def _always_zero(system: Linearized, form: Vector) -> Vector | None:
    """Return f0 where a form f in theta is 0 at all penalties, and at all targets with ``f0 . dy = 0``; else None.

    ``f = f0 + f1`` with f0 across all features, so that ``f0 . theta = f0 . y``, and f1 a sum of the left-hand sides of
    ``L'X'theta = 0`` and, for blocks on rays, ``s B'X'D theta = b |B|``, of which the right-hand sides add up to 0.
    """
    point = system.point
    chosen = [system.features[i] for i in independent_rows(system.features)] if system.features else []
    across = minus(form, projected(form, chosen))
    factors = system.combined(minus(form, across))
    if factors is None or dot(across, point.kkt.program.data.y):
        return None
    total = RadicalSum()
    for factor, (_, length) in zip(factors, system.known, strict=True):
        total = total + length.scaled(factor)
    return None if total.sign() else across


def projected(vector: Vector, basis: Sequence[Vector]) -> Vector:
    """Return the projection of a vector onto the span of independent ones.

    >>> projected((Fraction(1), Fraction(2)), [(Fraction(0), Fraction(5))])
    (Fraction(0, 1), Fraction(2, 1))
    """
    if not basis:
        return (Fraction(0),) * len(vector)
    table = [[dot(a, b) for b in basis] for a in basis]
    factors = solve(table, [dot(a, vector) for a in basis])
    if factors is None:
        raise ArithmeticError("a Gram matrix of independent vectors is singular")
    return tuple(dot(factors, column) for column in zip(*basis, strict=True))


def minus(left: Vector, right: Vector) -> Vector:
    """Return the difference of two vectors."""
    return tuple(a - b for a, b in zip(left, right, strict=True))
