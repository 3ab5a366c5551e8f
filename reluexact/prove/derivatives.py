"""Derivatives of a proved optimum in the penalty, a target, or an entry of X: the implicit function theorem at its solution.

The change of the data is (db, dy, dX). A wall of a neuron turns with its row: with q the vector that is dual to its normal n
among the normals of the neuron's walls, and tau = q.(s X'D theta) the wall's multiplier, ``s X'D theta = b u + sum tau n``,

    dw = B zeta - q (dn.w),     dfit = Z zeta + e,     e = sum s D (dX w - X q (dn.w)) + dX v,
    J zeta = Z'(dy - e) + [s B'dX'D theta - db B'u - tau B'dn;  L'dX'theta].

q is orthogonal to B and to u.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reluexact.numbers.linalg import dot, rank
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.scalar_systems import solve_scalars
from reluexact.numbers.scalar_vectors import ScalarVector, scalar_dot
from reluexact.numbers.types import Vector
from reluexact.prove.linearized import NONE, ZERO, Block, Linearized, product, rational_dot, signed
from reluexact.prove.unique_split import Split, split_of
from reluexact.prove.walls import dual_vectors


@dataclass(frozen=True, slots=True)
class Change:
    """A direction: of the penalty, of the target of rows, or of one column of rows; row c changes with the factor f of (c, f)."""

    rows: tuple[tuple[int, Fraction], ...] = ()
    column: int | None = None

    @property
    def kind(self) -> str:
        """Return penalty, target or entry."""
        return "penalty" if not self.rows else "target" if self.column is None else "entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """The derivative of the solution along a change: of the fit, and per block of amount (of pairs both added) and direction.

    free: of v. partners: of the amounts of the second neurons of the pairs, by block; None where they are not unique. split:
    these amounts.
    """

    fit: ScalarVector
    amounts: ScalarVector
    directions: tuple[ScalarVector, ...]
    free: ScalarVector
    partners: dict[int, Scalar] | None
    split: Split | None


def moves(system: Linearized, changes: Sequence[Change]) -> tuple[Moves, ...]:
    """Return the derivatives of the solution; raises Undecided where the box is too wide for the matrix."""
    turns = [_turns(system, change) for change in changes]
    explicit = [_explicit(system, change, turn) for change, turn in zip(changes, turns, strict=True)]
    rights = [_right(system, change, turn, e) for change, turn, e in zip(changes, turns, explicit, strict=True)]
    exact = [_exact_answer(system, change) for change in changes]
    wanted = [right for right, known in zip(rights, exact, strict=True) if known is None]
    solved = iter(solve_scalars(system.matrix, wanted, system.bits))
    answers = [next(solved) if known is None else known for known in exact]
    split = split_of(system)
    found = (_moves(system, zeta, turn, e, split) for zeta, turn, e in zip(answers, turns, explicit, strict=True))
    return tuple(_with_exact_fit(system, change, moved) for change, moved in zip(changes, found, strict=True))


def _exact_answer(system: Linearized, change: Change) -> ScalarVector | None:
    """Return zeta where the known features take up a change of targets, and the residual stays."""
    if change.kind != "target":
        return None
    targets = dict(change.rows)
    factors = system.combined([targets.get(i, NONE) for i in range(system.point.kkt.program.data.n)])
    if factors is None:
        return None
    zeta = [ZERO] * len(system.features)
    for (position, _), factor in zip(system.known, factors, strict=True):
        zeta[position] = Scalar.of(factor, system.bits)
    return tuple(zeta)


def _with_exact_fit(system: Linearized, change: Change, moved: Moves) -> Moves:
    """Put in the entries of the fit that the known features determine."""
    if change.kind == "entry":
        return moved
    targets, fit = dict(change.rows), list(moved.fit)
    for i, factors in system.determined.items():
        if change.kind == "target":
            fit[i] = Scalar.of(targets.get(i, NONE), system.bits)
            continue
        total = RadicalSum()
        for factor, (_, length) in zip(factors, system.known, strict=True):
            total = total + length.scaled(-factor)
        fit[i] = Scalar.of(total, system.bits)
    return replace(moved, fit=tuple(fit))


def value_move(system: Linearized, change: Change) -> Scalar:
    """Return the derivative of the optimal value: that of the Lagrangian, as the rest does not matter at an optimum."""
    if change.kind == "penalty":
        return _sum(block.amount for block in system.blocks)
    pulled = _sum(Scalar.of(factor, system.bits) * system.residual[c] for c, factor in change.rows)
    if change.column is None:
        return pulled
    j, total = change.column, ZERO
    for c, factor in change.rows:
        slope = _sum(signed(block.weights[j], block.sign) for block in system.blocks if c in block.on) + system.free[j]
        if not slope.is_zero:
            total = total - Scalar.of(factor, system.bits) * system.residual[c] * slope
    for block, wall in _held(system, change):
        total = total + _tension(system, block, wall[0]) * Scalar.of(wall[1], system.bits) * block.weights[j]
    return total


Turn = tuple[Vector, Scalar]
"""A vector q and the factor of ``dw = q * factor`` that keeps a neuron on its wall."""


def _held(system: Linearized, change: Change) -> list[tuple[Block, tuple[int, Fraction]]]:
    """Return the blocks on the wall of the rows that change, with the wall and the factor of the row that is its normal."""
    planes, factors = system.point.kkt.program.hyperplanes, dict(change.rows)
    wall = planes.hyperplane_of[change.rows[0][0]]
    if wall is None:
        return []
    return [(block, (wall, factors[planes.rows[wall]])) for block in system.blocks if wall in block.walls]


def dual_vector(system: Linearized, block: Block, wall: int) -> Vector | None:
    """Return q, None where the normal of the wall depends on those of the block's other walls."""
    normals = system.point.kkt.program.hyperplanes.normals
    others = [normals[h] for h in block.walls if h != wall]
    chosen: list[Vector] = []
    for normal in others:
        if rank([*chosen, normal]) > len(chosen):
            chosen.append(normal)
    if rank([*chosen, normals[wall]]) == len(chosen):
        return None
    return dual_vectors([*chosen, normals[wall]])[-1]


def _required_dual(system: Linearized, block: Block, wall: int) -> Vector:
    found = dual_vector(system, block, wall)
    if found is None:
        raise ArithmeticError("the walls of a neuron are dependent")
    return found


def _tension(system: Linearized, block: Block, wall: int) -> Scalar:
    """Return tau."""
    kkt, dual = system.point.kkt, _required_dual(system, block, wall)
    form = [block.sign * dot(row, dual) if i in block.on else NONE for i, row in enumerate(kkt.program.data.X)]
    return system.point.scalar(*kkt.pull(form))


def _turns(system: Linearized, change: Change) -> dict[int, Turn]:
    """Return how the walls turn the blocks."""
    if change.column is None:
        return {}
    places = {id(block): k for k, block in enumerate(system.blocks)}
    found = {}
    for block, (wall, factor) in _held(system, change):
        amount = Scalar.of(-factor, system.bits) * block.weights[change.column]
        found[places[id(block)]] = (_required_dual(system, block, wall), amount)
    return found


def _explicit(system: Linearized, change: Change, turns: dict[int, Turn]) -> ScalarVector:
    """Return e."""
    data, total = system.point.kkt.program.data, [ZERO] * system.point.kkt.program.data.n
    if change.column is not None:
        for c, factor in change.rows:
            slope = _sum(signed(block.weights[change.column], block.sign) for block in system.blocks if c in block.on)
            total[c] = Scalar.of(factor, system.bits) * (slope + system.free[change.column])
    for k, (dual, amount) in turns.items():
        block = system.blocks[k]
        for i in block.on:
            height = dot(data.X[i], dual) * block.sign
            if height and not amount.is_zero:
                total[i] = total[i] + Scalar.of(height, system.bits) * amount
    return tuple(total)


def _right(system: Linearized, change: Change, turns: dict[int, Turn], explicit: ScalarVector) -> ScalarVector:
    """Return the right-hand side."""
    targets = dict(change.rows) if change.kind == "target" else {}
    moved = tuple(
        Scalar.of(targets[i], system.bits) if i in targets else entry if entry.is_zero else -entry
        for i, entry in enumerate(explicit)
    )
    right = [rational_dot(column, moved) for column in system.features]
    if change.kind == "target":
        return tuple(right)
    start = 0
    for k, block in enumerate(system.blocks):
        for i, extra in enumerate(_block_right(system, change, block, turned=k in turns)):
            if not extra.is_zero:
                right[start + i] = right[start + i] + extra
        start += len(block.basis)
    if change.column is not None:
        pulled = _sum(Scalar.of(factor, system.bits) * system.residual[c] for c, factor in change.rows)
        for i, vector in enumerate(system.lineality):
            if vector[change.column]:
                right[start + i] = right[start + i] + Scalar.of(vector[change.column], system.bits) * pulled
    return tuple(right)


def _block_right(system: Linearized, change: Change, block: Block, *, turned: bool) -> list[Scalar]:
    """Return what stands in the brackets for a block."""
    if change.column is None:
        return [entry if entry.is_zero else -entry for entry in block.along]
    j = change.column
    pulled = _sum(Scalar.of(factor, system.bits) * system.residual[c] for c, factor in change.rows if c in block.on)
    pulled = signed(pulled, block.sign)
    if turned:
        (wall, factor) = next(held for known, held in _held(system, change) if known is block)
        pulled = pulled - Scalar.of(factor, system.bits) * _tension(system, block, wall)
    return [product(Scalar.of(vector[j], system.bits), pulled) for vector in block.basis]


def _moves(system: Linearized, zeta: ScalarVector, turns: dict[int, Turn], explicit: ScalarVector, split: Split | None) -> Moves:
    """Put the derivatives together from the solution of the linear system."""
    columns = list(zip(*system.features, strict=True)) or [()] * len(explicit)
    fit = tuple(rational_dot(row, zeta) + entry for row, entry in zip(columns, explicit, strict=True))
    amounts, directions, start = [], [], 0
    for k, block in enumerate(system.blocks):
        inside = zeta[start : start + len(block.basis)]
        start += len(block.basis)
        amount = scalar_dot(block.along, inside)
        aside = _aside(block, inside, turns.get(k), amount)
        direction = tuple(entry if entry.is_zero else entry / block.amount for entry in aside)
        amounts.append(amount)
        directions.append(direction)
    rows = list(zip(*system.lineality, strict=True)) or [()] * system.point.kkt.program.data.d
    free = tuple(rational_dot(row, zeta[start:]) for row in rows)
    shares = None if split is None else split.moved(zeta[start:], directions)
    return Moves(fit=fit, amounts=tuple(amounts), directions=tuple(directions), free=free, partners=shares, split=split)


def _aside(block: Block, inside: ScalarVector, turn: Turn | None, amount: Scalar) -> list[Scalar]:
    """Return the part of dw across u, exactly where the block is on a ray."""
    first = 1 if block.seen == 1 else 0
    aside = [rational_dot(row[first:], inside[first:]) for row in zip(*block.basis, strict=True)]
    if not first:
        aside = [entry - product(u, amount) for entry, u in zip(aside, block.direction, strict=True)]
    if turn is not None:
        dual, factor = turn
        aside = [entry + rational_dot((q,), (factor,)) for entry, q in zip(aside, dual, strict=True)]
    return aside


def _sum(values: Iterable[Scalar]) -> Scalar:
    total = ZERO
    for value in values:
        total = total + value
    return total
