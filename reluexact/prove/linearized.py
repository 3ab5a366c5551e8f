"""The KKT equations of a proved structure, linearised at its solution, without the amounts as unknowns.

Unknown are the changes zeta of the weights w_k within the spans of their faces, and of the linear part X v of pairs, v = L c.
With the features Z = [s_k D_k X B_k, X L] the matrix is symmetric and positive definite,

    J = Z'Z + blockdiag(b / |w_k| B_k'(I - u_k u_k')B_k, 0),

which is rational where all faces are rays. (Mishkin & Pilanci 2023, the sensitivity of minimal networks, with the walls of
the neurons taken into the spans B_k.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from reluexact.model.program import span_basis
from reluexact.numbers.linalg import dot, primitive, solve, transpose
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.scalar_vectors import ScalarVector, scalar_dot
from reluexact.numbers.types import IntVector, Vector
from reluexact.prove.certified import CertifiedPoint

ZERO = Scalar.of(0)
NONE = Fraction(0)


@dataclass(frozen=True)
class Block:
    """A block at the solution: ``weights`` w = amount * u (of a pair: of both), a basis of its face, its rows, its features.

    basis: first ``seen`` vectors in the row space of X, then those that no row sees. features: one column of n entries for each.
    """

    sign: int
    walls: tuple[int, ...]
    on: frozenset[int]
    basis: tuple[IntVector, ...]
    seen: int
    features: tuple[Vector, ...]
    amount: Scalar
    direction: ScalarVector
    weights: ScalarVector

    @property
    def along(self) -> ScalarVector:
        """Return B'u."""
        return tuple(rational_dot(vector, self.direction) if i < self.seen else ZERO for i, vector in enumerate(self.basis))


@dataclass(frozen=True)
class Linearized:
    """The linearised system of a point."""

    point: CertifiedPoint

    @property
    def bits(self) -> int:
        """Return the fineness of the numbers."""
        return self.point.bits

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks."""
        return tuple(self._block(k) for k in range(len(self.point.kkt.bases)))

    def _block(self, k: int) -> Block:
        kkt = self.point.kkt
        face, short, data = kkt.structure.blocks[k], kkt.bases[k], kkt.program.data
        places = kkt.omega(k)
        weights = []
        for j in range(data.d):
            row = [NONE] * len(kkt.design)
            for place, vector in zip(places, short, strict=True):
                row[place] = Fraction(vector[j])
            weights.append(self.point.scalar(tuple(row)))
        amount = self.point.unknown(kkt.amount(k))
        if len(short) == 1:  # |B| omega, exactly where omega is known
            length = Scalar.of(RadicalSum.root(dot(short[0], short[0])), self.bits)
            amount = length * self.point.unknown(places[0])
            direction = tuple(_multiple(entry, short[0], self.bits) for entry in short[0])
        else:
            direction = tuple(entry if entry.is_zero else entry / amount for entry in weights)
        seen = kkt.program.face_basis(face)
        basis = (*seen, *(primitive(vector) for vector in kkt.program.lineality))
        on = frozenset(kkt.program.on_rows(face))
        features = tuple(
            tuple(face.sign * dot(row, vector) if i in on else NONE for i, row in enumerate(data.X)) for vector in basis
        )
        return Block(
            sign=face.sign,
            walls=face.zeros,
            on=on,
            basis=basis,
            seen=len(seen),
            features=features,
            amount=amount,
            direction=direction,
            weights=tuple(weights),
        )

    @cached_property
    def free(self) -> ScalarVector:
        """Return v, the linear part of all pairs."""
        kkt, found = self.point.kkt, []
        for j in range(kkt.program.data.d):
            row = [NONE] * len(kkt.design)
            for position, vector in zip(kkt.free, kkt.lineality, strict=True):
                row[position] = Fraction(vector[j])
            found.append(self.point.scalar(tuple(row)))
        return tuple(found)

    @cached_property
    def lineality(self) -> tuple[IntVector, ...]:
        """Return L: a basis of what the faces of all pairs span, none of which the rows do not see."""
        program, structure = self.point.kkt.program, self.point.kkt.structure
        pairs = (face for face, paired in zip(structure.blocks, structure.paired, strict=True) if paired)
        return span_basis(vector for face in pairs for vector in program.face_basis(face))

    @cached_property
    def residual(self) -> ScalarVector:
        """Return theta."""
        kkt = self.point.kkt
        return tuple(self.point.scalar(*kkt.pull_entry(i)) for i in range(kkt.program.data.n))

    @cached_property
    def features(self) -> tuple[Vector, ...]:
        """Return the columns of Z."""
        rows = self.point.kkt.program.data.X
        free = (tuple(dot(row, vector) for row in rows) for vector in self.lineality)
        return (*(column for block in self.blocks for column in block.features), *free)

    @cached_property
    def known(self) -> tuple[tuple[int, RadicalSum], ...]:
        """Return the features (their positions) with ``feature . theta = penalty * length`` at all penalties and targets.

        Those of blocks on rays, with B'u, and those of pairs, with length 0; for them J has no more than Z'Z.
        """
        found, start = [], 0
        for block in self.blocks:
            if block.seen == 1:
                found.append((start, block.along[0].radical or RadicalSum()))
            start += len(block.basis)
        return (*found, *((start + i, RadicalSum()) for i in range(len(self.lineality))))

    def combined(self, form: Sequence[Fraction]) -> Vector | None:
        """Return factors with which the known features add up to a form in theta; None where they do not."""
        if not self.known:
            return None if any(form) else ()
        return solve(transpose([self.features[position] for position, _ in self.known]), form)

    @cached_property
    def determined(self) -> dict[int, Vector]:
        """Return the rows whose theta the known features determine, with the factors."""
        n = self.point.kkt.program.data.n
        found = ((i, self.combined([Fraction(int(i == row)) for row in range(n)])) for i in range(n))
        return {i: factors for i, factors in found if factors is not None}

    @cached_property
    def matrix(self) -> tuple[ScalarVector, ...]:
        """Return J."""
        table = [[Scalar.of(dot(left, right), self.bits) for right in self.features] for left in self.features]
        start = 0
        for block in self.blocks:
            for i, row in enumerate(self.curvature(block)):
                for j, entry in enumerate(row):
                    if not entry.is_zero:
                        table[start + i][start + j] = table[start + i][start + j] + entry
            start += len(block.basis)
        return tuple(map(tuple, table))

    def curvature(self, block: Block) -> list[ScalarVector]:
        """Return ``b / |w| B'(I - u u')B``, 0 along a ray."""
        count, along = len(block.basis), block.along
        if count == 1:
            return [(ZERO,)]
        factor, table = Scalar.of(self.point.kkt.program.penalty, self.bits) / block.amount, [[ZERO] * count for _ in block.basis]
        for i in range(count):
            for j in range(count):
                both = i < block.seen and j < block.seen
                if both != (i < block.seen or j < block.seen) or (both and block.seen == 1):
                    continue
                across = Scalar.of(dot(block.basis[i], block.basis[j]), self.bits)
                table[i][j] = factor * (across - along[i] * along[j] if both else across)
        return list(map(tuple, table))


def _multiple(entry: int, ray: IntVector, bits: int) -> Scalar:
    """Return an entry of a ray's unit vector."""
    return Scalar.of(RadicalSum.root(1 / Fraction(dot(ray, ray))).scaled(Fraction(entry)), bits)


def rational_dot(vector: Sequence[Fraction | int], values: ScalarVector) -> Scalar:
    """Return the inner product of a rational vector with one of Scalars.

    >>> rational_dot((2, 0), (Scalar.of(3), Scalar.of(5))).rational
    Fraction(6, 1)
    """
    terms = [(factor, value) for factor, value in zip(vector, values, strict=True) if factor and not value.is_zero]
    return scalar_dot(
        tuple(Scalar.of(Fraction(factor), value.bits) for factor, value in terms), tuple(value for _, value in terms)
    )


def signed(value: Scalar, sign: int) -> Scalar:
    """Return the number with a sign; a known 0 stays one."""
    return value if sign > 0 or value.is_zero else -value


def product(left: Scalar, right: Scalar) -> Scalar:
    """Return the product; a known 0 stays one."""
    return ZERO if left.is_zero or right.is_zero else left * right
