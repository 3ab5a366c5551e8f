"""What the unknowns of a poorer structure are, in those of a richer one in which some quantities are 0.

A richer structure has neurons with weight: every block, and the opposite of every pair. Where an amount or a slack is 0 some of
them have none; where a gate is 0 a neuron lies on one more wall. All others must be the neurons of the poorer structure, each
once: then the fit is the same, and its equations follow from those of the richer one: E1 and E2 are those of the same neurons
(of an opposite by E3; on the smaller span by projection: that of one more wall, or of what the rows of a neuron reach), E3 as
its span is part of the other's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.evidence.path import PathBlock, Segment, Vanishing
from reluexact.evidence.path_layout import Layout
from reluexact.geometry.column import Face
from reluexact.model.program import Program
from reluexact.numbers.linalg import dot, inverse, matmul, rank, solve, transpose
from reluexact.numbers.types import IntVector, Matrix, Vector
from reluexact.prove.unproved import Unproved

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, kw_only=True)
class Match:
    """One row per unknown of the poorer structure: its value is ``row . z`` of the richer one's unknowns z."""

    rows: tuple[Vector, ...]


@dataclass(frozen=True, kw_only=True)
class Member:
    """A neuron with weight. block, side: of which block, 1 for its own direction and -1 for the opposite; amount: a row for z."""

    block: int
    side: int
    face: Face
    amount: Vector


def match(rich: Segment, poor: Segment, items: Sequence[Vanishing], program: Program, *, crosses: bool = False) -> Match:
    """Return the map; raises Unproved where the structures do not fit together.

    crosses: gates that vanish do not become 0 but the opposite.
    """
    _check_span(rich, poor, program)
    layout, own = (Layout(segment.blocks, len(segment.lineality)) for segment in (rich, poor))
    members = [member for member in _members(layout) if not _lost(rich, member, items)]
    rows: dict[int, Vector] = {}
    slacks: dict[int, int] = {}
    for index, block in enumerate(poor.blocks):
        found = [member for member in members if _fits(rich, member, block, items, program, crosses)]
        if not found:
            raise Unproved(f"block {index} of the poorer structure has no counterpart")
        member = found[0]
        known = rich.blocks[member.block]
        if block.paired:
            _pair_slack(items, known, block, slacks)
            both = [other for other in members if other.block == member.block]
            if member.side < 0 or len(both) < 2:
                raise Unproved(f"the pair of block {index} of the poorer structure is none of the richer one")
            members = [other for other in members if other.block != member.block]
            rows[own.beta(index)] = layout.row({layout.beta(member.block): ONE})
        else:
            members.remove(member)
            rows[own.beta(index)] = member.amount
        for place, line in zip(own.nu(index), _coordinates(block.basis, known.basis), strict=True):
            entries = zip(layout.nu(member.block), line, strict=True)
            rows[place] = layout.row({position: member.side * entry for position, entry in entries})
    if members:
        raise Unproved(f"a neuron of block {members[0].block} of the richer structure is none of the poorer one")
    for index in range(len(poor.lineality)):
        if index not in slacks:
            raise Unproved(f"the unknown s {index} of the poorer structure has no counterpart")
        rows[own.slack(index)] = layout.row({layout.slack(slacks[index]): ONE})
    return Match(rows=tuple(rows[position] for position in range(own.size)))


def _members(layout: Layout) -> list[Member]:
    found = []
    for k, block in enumerate(layout.blocks):
        part = layout.partner(k)
        rest = {position: -value for position, value in part.items()}
        rest[layout.beta(k)] += 1
        found.append(Member(block=k, side=1, face=block.face, amount=layout.row(rest)))
        if block.paired:
            found.append(Member(block=k, side=-1, face=block.face.opposite(), amount=layout.row(part)))
    return found


def _lost(rich: Segment, member: Member, items: Sequence[Vanishing]) -> bool:
    """Say whether a neuron has no weight where the quantities are 0 (the obligations of the segment fix share and slack)."""
    block = rich.blocks[member.block]
    for item in items:
        if item.what == "amount" and item.index == member.block:
            return True
        if item.what == "slack" and item.index == block.hang and member.side == (1 if block.share else -1):
            return True
    return False


def _fits(rich: Segment, member: Member, block: PathBlock, items: Sequence[Vanishing], program: Program, crosses: bool) -> bool:
    """Say whether a neuron of the richer structure is that of a block of the poorer one."""
    if member.face.sign != block.sign:
        return False
    known = rich.blocks[member.block]
    walls = [item.hyperplane for item in items if item.what == "gate" and item.index == member.block]
    gate = tuple((-side if crosses else 0) if place in walls else side for place, side in enumerate(member.face.gate))
    if gate != block.gate:
        return False
    if rank(heights(program, known, walls)) > 1:
        raise Unproved("a neuron that meets two independent walls at once is not covered")
    if _reaches(program, member.face, known.basis) and _reaches(program, block.face, block.basis):
        return True
    if not walls or crosses:
        return same_span(known.basis, block.basis) or (not crosses and _holds_range(known.basis, block, program))
    nested = rank((*known.basis, *block.basis)) == len(known.basis)
    return nested and len(block.basis) == len(known.basis) - 1 == rank(block.basis)


def heights(program: Program, block: PathBlock, walls: Sequence[int | None]) -> Matrix:
    """Return for each wall the heights of a block's basis over it: the rows of multiples are multiples on its whole span."""
    normals = program.hyperplanes.normals
    return tuple(tuple(dot(normals[wall], vector) for vector in block.basis) for wall in walls if wall is not None)


def _pair_slack(items: Sequence[Vanishing], known: PathBlock, block: PathBlock, slacks: dict[int, int]) -> None:
    """Check that a pair divides in both structures in the same way, and note which s is which."""
    if (
        not known.paired
        or (known.share, known.slack) != (block.share, block.slack)
        or (known.hang is None) != (block.hang is None)
    ):
        raise Unproved("a pair of both structures divides in different ways")
    if block.hang is not None and known.hang is not None:
        if slacks.setdefault(block.hang, known.hang) != known.hang:
            raise Unproved("two pairs hang on one s in one structure only")
        if any(item.what == "slack" and item.index == known.hang for item in items):
            raise Unproved("a pair that stays hangs on the slack that vanishes")


def _check_span(rich: Segment, poor: Segment, program: Program) -> None:
    """Prove that ``L'X'theta = 0`` of the poorer structure follows from that of the richer one."""
    table = [tuple(dot(row, vector) for vector in rich.lineality) for row in program.data.X]
    for vector in poor.lineality:
        image = [dot(row, vector) for row in program.data.X]
        if not rich.lineality or solve(table, image) is None:
            raise Unproved("the span of the pairs of the poorer structure is no part of the other's")


def same_span(left: tuple[IntVector, ...], right: tuple[IntVector, ...]) -> bool:
    """Say whether two bases span the same."""
    return left == right or (len(left) == len(right) == rank((*left, *right)) == rank(left))


def _reaches(program: Program, face: Face, basis: tuple[IntVector, ...]) -> bool:
    """Say whether a span holds what all rows of a neuron can reach on its face: then it holds the neuron, whatever else it holds.

    By E1 (of an opposite neuron with E3) the neuron is a sum of ``P x_i`` of its rows, P the projector onto its span. Where this
    holds ``P_K x_i``, K the directions on all its walls, these are the same; and a neuron that lies on one more wall is its own
    projection onto that, so a sum of what its rows reach there.
    """
    view = program.of(face)
    walls, rows = [view.hyperplanes.normals[wall] for wall in face.zeros], view.on_rows(face)
    return rank((*basis, *walls, *(view.data.X[i] for i in rows))) == rank(basis) + rank(walls)


def _holds_range(whole: tuple[IntVector, ...], block: PathBlock, program: Program) -> bool:
    """Say whether the span of a block is part of that of its neuron in the richer structure, and holds ``P x_i`` of its rows.

    P is the projector on the greater span. By E1 the neuron is a sum of these, so it lies in the smaller span.
    """
    count = len(block.basis)
    if rank((*whole, *block.basis)) != len(whole) or rank(block.basis) != count:
        return False
    view = program.of(Face(sign=block.sign, gate=block.gate))
    gram = matmul(whole, transpose(whole))
    for i in view.on_rows(Face(sign=block.sign, gate=block.gate)):
        parts = solve(gram, [dot(vector, view.data.X[i]) for vector in whole])
        if parts is None or rank((*block.basis, matmul((tuple(parts),), whole)[0])) != count:
            return False
    return True


def _coordinates(target: tuple[IntVector, ...], source: tuple[IntVector, ...]) -> tuple[Vector, ...]:
    """Return the matrix that maps coordinates of a vector in one basis to those in the other, in whose span it lies."""
    gram = matmul(target, transpose(target))
    return matmul(inverse(gram), matmul(target, transpose(source)))
