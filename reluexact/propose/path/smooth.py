"""The equations of a structure in floats, for every penalty: Newton's method, and how the solution moves with the penalty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from reluexact.evidence.path import PathBlock
from reluexact.evidence.path_layout import Layout
from reluexact.geometry.hyperplanes import Hyperplanes
from reluexact.model.dataset import Dataset
from reluexact.numbers.types import IntVector
from reluexact.propose.path.edges import edges
from reluexact.propose.path.shape import Shape
from reluexact.propose.types import Floats

_STEPS = 30
_SETTLED = 1e-13


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The data in floats, with the normals of its hyperplanes and their lengths."""

    X: Floats
    y: Floats
    normals: Floats
    lengths: Floats
    hyperplanes: Hyperplanes
    factor: Floats
    owner: Floats

    @staticmethod
    def of(data: Dataset) -> Rows:
        """Convert exact data."""
        known = data.hyperplanes
        normals = np.array([[float(entry) for entry in normal] for normal in known.normals]).reshape(-1, data.d)
        return Rows(
            X=np.array([[float(entry) for entry in row] for row in data.X]).reshape(-1, data.d),
            y=np.array([float(entry) for entry in data.y]),
            normals=normals,
            lengths=np.linalg.norm(normals, axis=1),
            hyperplanes=known,
            factor=np.array([float(entry) for entry in known.factor]),
            owner=np.array([-1 if place is None else place for place in known.hyperplane_of], dtype=np.intp),
        )

    def strictly_on(self, gate: Sequence[int]) -> Floats:
        """Return the 0/1 mask of the rows with ``x_i . u > 0``."""
        gates = np.append(np.array(gate, dtype=float), 0.0)[self.owner] * np.sign(self.factor)
        return np.asarray((gates > 0).astype(float))

    def kinks(self, theta: Floats, sign: int) -> Floats:
        """Return the kink of every hyperplane."""
        real = self.owner >= 0
        weights = sign * np.abs(self.factor[real]) * theta[real]
        return np.asarray(np.bincount(self.owner[real], weights=weights, minlength=len(self.normals)), dtype=float)


class SmoothBlock:
    """One block: features of its own neuron and of the linear function of its span, for an orthonormal basis."""

    def __init__(self, rows: Rows, block: PathBlock) -> None:
        self.block = block
        self.basis = np.linalg.qr(np.array(block.basis, dtype=float).T)[0]
        seen = block.sign * rows.X @ self.basis
        self.own = rows.strictly_on(block.gate)[:, None] * seen
        self.whole = seen if block.paired else np.zeros_like(seen)
        self.zeros = [place for place, value in enumerate(block.gate) if value == 0]
        self.edges = edges(rows.normals, self.zeros)

    @property
    def size(self) -> int:
        """Return the dimension of the span."""
        return int(self.basis.shape[1])


class Smooth:
    """The system of a shape. Unknowns: the coordinates of ``b u`` of every block, the amounts over b, the slacks."""

    def __init__(self, rows: Rows, shape: Shape) -> None:
        self.rows, self.shape = rows, shape
        self.blocks = [SmoothBlock(rows, block) for block in shape.blocks]
        self.layout = Layout(shape.blocks, len(shape.lineality))
        self.slices = [slice(a, b) for a, b in pairwise(self.layout.starts)]
        self.count, self.size = self.layout.starts[-1], self.layout.size
        self.free = rows.X @ _orthonormal(shape.lineality, rows.X.shape[1])

    def amount(self, k: int) -> int:
        """Return the position of an amount."""
        return self.layout.beta(k)

    def slack(self, j: int) -> int:
        """Return the position of a slack."""
        return self.layout.slack(j)

    def partner(self, k: int, z: Floats) -> float:
        """Return the amount of a partner over b."""
        return sum(float(factor) * float(z[place]) for place, factor in self.layout.partner(k).items())

    def vector(self, k: int, z: Floats) -> Floats:
        """Return ``b u`` of a block."""
        return np.asarray(self.blocks[k].basis @ z[self.slices[k]])

    def theta(self, z: Floats) -> Floats:
        """Return the residual."""
        rest = self.rows.y.copy()
        for k, (block, piece) in enumerate(zip(self.blocks, self.slices, strict=True)):
            rest -= (z[self.amount(k)] * block.own - self.partner(k, z) * block.whole) @ z[piece]
        return rest

    def _derivatives(self, z: Floats) -> tuple[Floats, Floats, Floats]:
        """Return residual, values of the equations without the penalty, and their Jacobian."""
        theta, slope = self.theta(z), np.zeros((len(self.rows.y), self.size))
        for k, (block, piece) in enumerate(zip(self.blocks, self.slices, strict=True)):
            own, whole = block.own @ z[piece], block.whole @ z[piece]
            slope[:, piece] = -(z[self.amount(k)] * block.own - self.partner(k, z) * block.whole)
            slope[:, self.amount(k)] = float(block.block.share) * whole - own
            if block.block.hang is not None:
                slope[:, self.slack(block.block.hang)] += float(block.block.slack) * whole
        value, table = np.zeros(self.size), np.zeros((self.size, self.size))
        for k, (block, piece) in enumerate(zip(self.blocks, self.slices, strict=True)):
            value[piece] = block.own.T @ theta - z[piece]
            table[piece] = block.own.T @ slope
            table[piece, piece] -= np.eye(block.size)
            value[self.amount(k)] = z[piece] @ z[piece] / 2
            table[self.amount(k), piece] = z[piece]
        last = slice(self.count + len(self.blocks), self.size)
        value[last], table[last] = self.free.T @ theta, self.free.T @ slope
        return theta, value, table

    def solve(self, z: Floats, penalty: float) -> Floats | None:
        """Return the solution near z by Newton's method; None where it does not settle."""
        if not self.size:
            return z
        best = np.inf
        for step in range(_STEPS):
            _, value, table = self._derivatives(z)
            value[self.count : self.count + len(self.blocks)] -= penalty * penalty / 2
            move = _solved(table, value)
            if move is None:
                return None
            z = z - move
            size = self.relative(move, z, penalty)
            if not np.isfinite(size) or (step > 12 and size > best):
                return None
            if size < _SETTLED or (size < 1e-7 and size >= best / 2):
                return z
            best = min(best, size)
        return None

    def relative(self, move: Floats, z: Floats, penalty: float) -> float:
        """Return how large a move is beside a solution."""
        vectors = float(np.max(np.abs(move[: self.count]), initial=0.0)) / penalty
        features = np.linalg.norm(self.rows.X) * penalty
        usual = float(np.linalg.norm(self.rows.y) / features)
        amounts: float = max(usual, float(np.max(np.abs(z[self.count :]), initial=0.0)))
        return max(vectors, float(np.max(np.abs(move[self.count :]), initial=0.0)) / amounts)

    def slope(self, z: Floats, penalty: float) -> Floats | None:
        """Return the derivative of the solution in the penalty."""
        if not self.size:
            return z
        _, _, table = self._derivatives(z)
        right = np.zeros(self.size)
        right[self.count : self.count + len(self.blocks)] = penalty
        return _solved(table, right)


def _solved(table: Floats, right: Floats) -> Floats | None:
    """Solve with rows and columns scaled; None for a singular table."""
    try:
        rows = np.max(np.abs(table), axis=1)
        scaled = table / rows[:, None]
        columns = np.max(np.abs(scaled), axis=0)
        found = np.linalg.solve(scaled / columns, right / rows) / columns
    except (np.linalg.LinAlgError, FloatingPointError):
        return None
    return np.asarray(found) if np.all(np.isfinite(found)) else None


def _orthonormal(vectors: Sequence[IntVector], width: int) -> Floats:
    if not vectors:
        return np.zeros((width, 0))
    return np.asarray(np.linalg.qr(np.array(vectors, dtype=float).T)[0])
