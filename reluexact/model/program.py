"""The convex program of a data set and a penalty, in exact numbers.

The program is, with one block per (sign s, closed cell K of the arrangement of X's rows, D its 0/1 pattern),

    min 1/2 |sum s D X w - y|^2 + penalty * sum |w|,    w in K;

its value equals that of the network problem of :mod:`reluexact.model.network` (Pilanci & Ergen 2020).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from reluexact.geometry.column import Face
from reluexact.geometry.hyperplanes import Hyperplanes
from reluexact.geometry.signs import Signs
from reluexact.model.dataset import Dataset
from reluexact.model.law import Law, law_at
from reluexact.model.pivots import views
from reluexact.model.problem import LinearColumn, Problem
from reluexact.numbers.linalg import independent_rows, kernel, primitive
from reluexact.numbers.types import IntVector, Matrix


@dataclass(frozen=True, kw_only=True)
class Program:
    """Data and penalty; ``problem`` for another problem than the short form: its losses and its linear part."""

    data: Dataset
    penalty: Fraction
    problem: Problem | None = None

    @property
    def linear(self) -> tuple[LinearColumn, ...]:
        """Return the columns of the linear part."""
        return self.problem.linear if self.problem else ()

    def laws(self, places: Sequence[int]) -> tuple[Law, ...]:
        """Return how theta follows from the fit of each row, where these are the places of the rows on their losses."""
        losses = self.problem.row_losses if self.problem else ()
        return tuple(law_at(function, place) for function, place in zip(losses, places, strict=True))

    @cached_property
    def views(self) -> tuple[Program, ...]:
        """Return the programs of the rows that the neurons see: this one, or with a free hidden bias one for each pivot."""
        if self.problem is None or not self.problem.free_bias:
            return (self,)
        return tuple(Program(data=view.data, penalty=self.penalty) for view in views(self.problem))

    @cached_property
    def _places(self) -> dict[int, int]:
        """Return the view that each row is a pivot of."""
        return {row: place for place, view in enumerate(views(self.problem)) for row in view.rows} if self.problem else {}

    def seated(self, face: Face) -> Face:
        """Return the same face in the first view that has it: that of the first row through which the kink passes."""
        if len(self.views) == 1:
            return face
        gates = self.row_gates(face)
        view = self._places[gates.index(0)]
        return Face(sign=face.sign, gate=self.views[view].hyperplanes.hyperplane_gates(gates), view=view)

    def read_face(self, sign: int, gates: Signs) -> Face:
        """Return the face with this sign and these signs of the rows."""
        view = self._places[gates.index(0)] if len(self.views) > 1 else 0
        return Face(sign=sign, gate=self.views[view].hyperplanes.hyperplane_gates(gates), view=view)

    def of(self, face: Face) -> Program:
        """Return the program that a face is one of."""
        return self.views[face.view]

    @property
    def hyperplanes(self) -> Hyperplanes:
        """Return the hyperplanes of the data."""
        return self.data.hyperplanes

    def on_rows(self, face: Face) -> tuple[int, ...]:
        """Return the rows with ``x_i . u > 0``."""
        return tuple(i for i, gate in enumerate(self.row_gates(face)) if gate > 0)

    def row_gates(self, face: Face) -> Signs:
        """Return the sign of what each row sees of the face's neurons."""
        return self.of(face).hyperplanes.row_gates(face.gate)

    def face_basis(self, face: Face) -> tuple[IntVector, ...]:
        """Return primitive integer vectors spanning the face's linear hull within the row space of X."""
        conditions = [self.of(face).hyperplanes.normals[hyperplane] for hyperplane in face.zeros]
        return tuple(primitive(vector) for vector in kernel((*conditions, *self.of(face).lineality), width=self.data.d))

    @cached_property
    def lineality(self) -> Matrix:
        """Return a basis of the directions that no row of X sees."""
        return kernel(self.hyperplanes.normals, width=self.data.d)


def make_program(data: Dataset, penalty: Fraction) -> Program:
    """Return the program."""
    return Program(data=data, penalty=penalty)


def program_of(problem: Problem) -> Program:
    """Return the program of a problem."""
    return Program(data=problem.data, penalty=problem.penalty, problem=None if problem.is_plain else problem)


def span_basis(vectors: Iterable[Sequence[Fraction | int]]) -> tuple[IntVector, ...]:
    """Return an independent subset of the vectors, each scaled to coprime integers."""
    table = [primitive(vector) for vector in vectors]
    table = [vector for vector in table if any(vector)]
    return tuple(table[index] for index in independent_rows(table)) if table else ()
