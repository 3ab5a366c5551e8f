"""What proofs of the solution path leave behind: the structure on intervals of the penalty, and what happens between them.

On a segment the penalty is ``b(t) = m + h t`` with ``-1 <= t <= 1``, where m and h are middle and half width of ``low .. high``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import InputError
from reluexact.evidence.tree import Tree
from reluexact.geometry.column import Face
from reluexact.geometry.signs import Signs
from reluexact.numbers.types import IntVector, Matrix, Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class PathBlock:
    """A neuron that carries weight on a segment; ``paired``: its opposite does, too.

    gate: the sign (-1, 0, 1) per hyperplane. basis: integer vectors that span its directions. The part of the amount (over b)
    that the opposite neuron has is ``share * beta + slack * s[hang]``; hang is None for share alone, and for no pair (share 0).
    """

    sign: int
    gate: Signs
    basis: tuple[IntVector, ...]
    paired: bool = False
    share: Fraction = Fraction(0)
    slack: Fraction = Fraction(0)
    hang: int | None = None

    @property
    def face(self) -> Face:
        """Return where the neuron lies."""
        return Face(sign=self.sign, gate=self.gate)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedNeuron:
    """A direction that is nearly tight: ``v = s P X'D theta`` on its face, P the projector onto the span of the basis."""

    sign: int
    gate: Signs
    basis: tuple[IntVector, ...]

    @property
    def face(self) -> Face:
        """Return where the neuron lies."""
        return Face(sign=self.sign, gate=self.gate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vanishing:
    """A quantity that is positive on a segment and passes through 0 once, near one end of it.

    what: ``amount`` (beta of block ``index``), ``slack`` (``s[index]``), ``gate`` (the gate's sign times ``n.v`` of block
    ``index`` at the hyperplane), ``tau`` (the multiplier of the hyperplane in the face of block ``index``: ``-tau`` for side
    ``off``, ``tau - kink`` for side ``on``), ``watched`` (``b^2 - |v|^2`` of the watched neuron ``index``).
    others: further hyperplanes of the face whose multipliers stand on a bound, 0 for ``off``, the kink for ``on``: where the
    hyperplanes are dependent, tau is the multiplier with these.
    """

    end: str
    what: str
    index: int
    hyperplane: int | None = None
    side: str | None = None
    others: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One structure on ``low <= b <= high`` (between the points where what vanishes does), with the evidence.

    lineality: integer vectors that span, modulo the kernel of X, what the pairs span; as many as there are s.
    coefficients: ``Z(t) = sum c_k t^k``, a curve in the unknowns z: nu of every block, then beta of every block, then s.
    unique, radius, slope: one entry per unknown. For each t the system has one solution z(t) with ``|z - Z| <= unique``, it has
    ``|z - Z| <= radius`` and its derivative in t ``|z' - Z'| <= slope``. preconditioner: what shows this.
    drift: the targets are ``y + t drift``; empty where they are y.
    positive, negative: the trees; a tight leaf names a neuron by its position in :attr:`tight`.
    """

    low: Fraction
    high: Fraction
    blocks: tuple[PathBlock, ...]
    lineality: tuple[IntVector, ...]
    watched: tuple[WatchedNeuron, ...]
    coefficients: tuple[Vector, ...]
    unique: Vector
    radius: Vector
    slope: Vector
    preconditioner: Matrix
    vanishing: tuple[Vanishing, ...]
    positive: Tree
    negative: Tree
    drift: Vector = ()

    @property
    def tight(self) -> tuple[TightPlace, ...]:
        """Return what tight leaves may name: every block, each followed by its opposite if paired, then the watched neurons."""
        return tuple(tight_places(self.blocks, self.watched))

    def at_end(self, end: str) -> tuple[Vanishing, ...]:
        """Return what vanishes at one end (``low`` or ``high``)."""
        return tuple(item for item in self.vanishing if item.end == end)


@dataclass(frozen=True, slots=True, kw_only=True)
class TightPlace:
    """A neuron that tight leaves may name. kind: ``block``, ``partner`` or ``watched``; index: its place there."""

    kind: str
    index: int
    face: Face
    basis: tuple[IntVector, ...]


def tight_places(blocks: tuple[PathBlock, ...], watched: tuple[WatchedNeuron, ...]) -> Iterator[TightPlace]:
    """Yield the neurons that tight leaves may name, in the order of their numbers."""
    for index, block in enumerate(blocks):
        yield TightPlace(kind="block", index=index, face=block.face, basis=block.basis)
        if block.paired:
            yield TightPlace(kind="partner", index=index, face=block.face.opposite(), basis=block.basis)
    for index, neuron in enumerate(watched):
        yield TightPlace(kind="watched", index=index, face=neuron.face, basis=neuron.basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathSymmetry:
    """A map of the data to itself: row i goes to row ``rows[i]``, with ``X[rows] = X columns`` and ``y[rows] = sign y``."""

    rows: tuple[int, ...]
    columns: Matrix
    sign: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What lies between a segment and the next lower one.

    kind: ``same``, ``gap`` (nothing is claimed), or the event going down in the penalty: ``enter``, ``leave``, ``meet``,
    ``part``, ``cross`` (a neuron meets a hyperplane, leaves one, crosses one), ``pairing-begins``, ``pairing-ends``. low, high:
    enclose the penalty at which it happens (for ``same`` where the segments overlap, for ``gap`` what is left open).
    symmetries: why several quantities vanish at one point.
    """

    kind: str
    low: Fraction
    high: Fraction
    symmetries: tuple[PathSymmetry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PathEvidence:
    """Segments from high to low penalty, and one link between each and the next; InputError for another number of them."""

    segments: tuple[Segment, ...]
    links: tuple[Link, ...]

    def __post_init__(self) -> None:
        """Refuse links that are not one between each segment and the next."""
        wanted = max(0, len(self.segments) - 1)
        if len(self.links) != wanted:
            raise InputError(f"evidence: {len(self.segments)} segments need {wanted} links, not {len(self.links)}")
