"""The structure of a proved optimum, read from its evidence: blocks and the matrix of their features (CERTIFICATE.md, "System").

A block is a neuron that carries weight, or a pair {u, -u}. The optimal residual is ``theta = y - A z`` with one column of A for
every basis vector of every block (``s D X B``) and for every vector of L (``X L``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import InputError
from reluexact.evidence.network import OptimumEvidence
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.claim import Optimum, require_optimum
from reluexact.numbers.linalg import dot
from reluexact.numbers.real import Real
from reluexact.numbers.types import IntVector, Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One neuron with weight, or a pair.

    index: its neuron in the optimum. partner: the index of the opposite neuron of a pair. basis: integer vectors that span its
    directions. columns: ``s D X B``, one per basis vector. omega, amount: where its coordinates and its amount stand in z.
    """

    index: int
    partner: int | None
    basis: tuple[IntVector, ...]
    columns: tuple[Vector, ...]
    omega: range
    amount: int

    @property
    def is_ray(self) -> bool:
        """Say whether the direction is a multiple of an integer vector."""
        return len(self.basis) == 1

    @property
    def gram(self) -> tuple[Vector, ...]:
        """Return B'B."""
        return tuple(tuple(dot(left, right) for right in self.basis) for left in self.basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The blocks of an optimum, with the box that isolates the unknowns z = (omega of all blocks, amounts, c)."""

    optimum: Optimum
    blocks: tuple[Block, ...]
    lineality: tuple[IntVector, ...]
    free: tuple[Vector, ...]
    midpoint: Vector
    radius: Fraction

    def enclosure(self, position: int) -> tuple[Fraction, Fraction]:
        """Return rational bounds of one unknown."""
        return self.midpoint[position] - self.radius, self.midpoint[position] + self.radius


def structure_of(optimum: Optimum) -> Structure:
    """Read the structure of a PROVED optimum; InputError for any other."""
    require_optimum(optimum)
    evidence = optimum.evidence
    if optimum.status is not Status.PROVED or not isinstance(evidence, OptimumEvidence):
        raise InputError(f"the optimum is {optimum.status.name}; closed forms exist only for one that is PROVED")
    data = optimum.data
    chosen = [k for k, role in enumerate(evidence.roles) if role in ("free", "pair")]
    height, blocks, start = sum(len(evidence.bases[k]) for k in chosen), [], 0
    for place, k in enumerate(chosen):
        neuron, basis = optimum.neurons[k], evidence.bases[k]
        block = Block(
            index=k,
            partner=neuron.partner if evidence.roles[k] == "pair" else None,
            basis=basis,
            columns=tuple(_image(data.X, vector, neuron.sign, neuron.gate) for vector in basis),
            omega=range(start, start + len(basis)),
            amount=height + place,
        )
        blocks.append(block)
        start += len(basis)
    everything = (1,) * data.n
    return Structure(
        optimum=optimum,
        blocks=tuple(blocks),
        lineality=evidence.lineality,
        free=tuple(_image(data.X, vector, 1, everything) for vector in evidence.lineality),
        midpoint=evidence.midpoint,
        radius=evidence.radius,
    )


def known_residual(optimum: Optimum) -> tuple[Real, ...]:
    """Return the residual, with the entries that no neuron reaches as the rational numbers that they are."""
    structure = structure_of(optimum)
    columns = [*structure.free, *(column for block in structure.blocks for column in block.columns)]
    return tuple(
        entry if any(column[i] for column in columns) else Real.rational(optimum.data.y[i])
        for i, entry in enumerate(optimum.residual)
    )


def _image(rows: Sequence[Vector], vector: IntVector, sign: int, gate: Sequence[int]) -> Vector:
    """Return ``sign * D X vector``."""
    return tuple(sign * dot(row, vector) if value > 0 else Fraction(0) for row, value in zip(rows, gate, strict=True))
