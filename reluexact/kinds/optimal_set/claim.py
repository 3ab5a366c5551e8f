"""All optimal networks of a training problem: a polytope of amounts over the finitely many optimal neurons."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from os import PathLike
from typing import TYPE_CHECKING

from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.kinds.optimal_set.system import AmountSystem
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.kinds.optimum.claim import Optimum
from reluexact.model.loss import SQUARED
from reluexact.model.misplaced import misplaced
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Scalar
from reluexact.public import Formula, Pictured, Tabular, public

if TYPE_CHECKING:
    from reluexact.kinds.connectivity.configuration import Configuration
    from reluexact.kinds.connectivity.path import OptimalPath
    from reluexact.kinds.connectivity.staircase import Staircase
    from reluexact.kinds.membership.claim import Verdict
    from reluexact.kinds.minimum_network.claim import MinimumNetwork
    from reluexact.kinds.optimal_set.blocks import Block
    from reluexact.kinds.optimal_set.point import Point
    from reluexact.kinds.selection.claim import Selection
    from reluexact.model.dataset import Dataset
    from reluexact.model.network import Network
    from reluexact.numbers.rational import Floats
    from reluexact.prove.certified import CertifiedPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class OptimalSet(Tabular, Formula, Pictured):
    """Every optimal network, up to order and splitting of neurons: the amounts ``alpha >= 0`` with ``sum alpha_k f_k = fit``.

    Here ``f_k = sign_k (X u_k)+`` is the feature of neuron k (n Reals); Mishkin & Pilanci 2023 (Thm 3.2, Cor 4.1), on directions
    that are counted once (the papers' blocks of adjacent cells share directions).

    status: PROVED when neurons, dimension and vertices are; UNDECIDED with the ``reason`` otherwise (what is known then is given,
    the rest is None or empty). neurons: as in the optimum, with ``positive`` decided. vertices: all, fewest neurons first.
    total: the sum of the amounts, equal at every point (fit.residual / penalty). labels: every basis of the reduced polytope, the
    evidence that the list of vertices is complete. optimum: its box is as fine as the vertices needed. certified: the proved
    structure with this box, as long as it is at hand.
    """

    optimum: Optimum
    status: Status
    reason: str
    neurons: tuple[Neuron, ...]
    dimension: int | None
    vertices: tuple[Vertex, ...]
    total: Real
    system: AmountSystem | None = field(default=None, compare=False)
    labels: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = field(default=(), compare=False)
    certified: CertifiedPoint | None = field(default=None, compare=False, repr=False)

    @property
    def min_width(self) -> int | None:
        """Return m*, the fewest neurons of an optimal network; None when the vertices are not known."""
        return min((vertex.width for vertex in self.vertices), default=None)

    @property
    def max_vertex_width(self) -> int | None:
        """Return M*, the most neurons of a minimal (irreducible) optimal network; None when the vertices are not known."""
        return max((vertex.width for vertex in self.vertices), default=None)

    @property
    def p_unique(self) -> bool | None:
        """Say whether the optimal network is unique up to order and splitting of neurons (None: not known)."""
        return None if self.dimension is None else self.dimension == 0

    @property
    def unique(self) -> bool | None:
        """Say whether the papers' convex program has one solution: p-unique, and no neuron with weight lies on a hyperplane.

        A neuron on a hyperplane belongs to several closed cells, so its amount divides freely among their blocks.
        """
        answer: bool | None = public("unique")(self)
        return answer

    @property
    def facets(self) -> tuple[int, ...]:
        """Return neurons whose inequalities ``amount >= 0`` describe the polytope within the equations, none superfluous.

        Of several neurons with the same facet the first is named. Empty when the vertices are not known and for a point.
        """
        everything = frozenset(range(len(self.vertices)))
        faces: dict[frozenset[int], int] = {}
        for k in range(len(self.neurons)):
            face = frozenset(v for v, vertex in enumerate(self.vertices) if k not in vertex.support)
            if face and face != everything:
                faces.setdefault(face, k)
        return tuple(sorted(k for face, k in faces.items() if not any(face < other for other in faces)))

    def blocks(self) -> tuple[Block, ...]:
        """Return the papers' block form: every (sign, cell) that an optimal solution of the convex program may use."""
        blocks: tuple[Block, ...] = public("blocks")(self)
        return blocks

    def features(self) -> tuple[tuple[Real, ...], ...]:
        """Return for every neuron its feature ``sign (X u)+``, n Reals, as finely enclosed as the directions are.

        Here and in ``fit`` the rows are those that were given, also where they have weights.
        """
        data = self.optimum.data
        rows, gates = data.given.X, [data.per_row(neuron.gate) for neuron in self.neurons]
        return tuple(
            tuple(_height(row, side, neuron) for row, side in zip(rows, gate, strict=True))
            for gate, neuron in zip(gates, self.neurons, strict=True)
        )

    def fit(self) -> tuple[Real, ...]:
        """Return the fit that all optimal networks share, ``y - residual``."""
        data, residual = self.optimum.data, [entry.scalar for entry in self.optimum.residual]
        values = data.unscaled(tuple(map(Real.of_scalar, SQUARED.fit(residual, data.y))))
        return tuple(value if any(row) else Real.rational(0) for row, value in zip(data.given.X, values, strict=True))

    def minimal_networks(self) -> tuple[Vertex, ...]:
        """Return the minimal (irreducible) optimal networks: the vertices (Mishkin & Pilanci 2023, Prop 3.6).

        Minimal means that no optimal network uses fewer of the same neurons; it does not mean fewest: the same data can
        have minimal networks of one and of two neurons.
        """
        return self.vertices

    def minimum_network(self, *, engine: str = "scip", limit: int = 1_000_000_000) -> MinimumNetwork:
        """Find an optimal network of fewest neurons, and prove that none has fewer: ``rx.minimum_network``."""
        answer: MinimumNetwork = public("minimum_network")(self, engine=engine, limit=limit)
        return answer

    def contains(self, network: object, *, floats: Floats = None) -> Verdict:
        """Decide whether a network (or a pair hidden, output) is optimal, with the reason: ``rx.contains``."""
        answer: Verdict = public("contains")(self, network, floats=floats)
        return answer

    def point(self, weights: object, *, floats: Floats = None) -> Point:
        """Return the point with these weights of the vertices (rational, not negative, sum 1)."""
        place: Point = public("point")(self, weights, floats=floats)
        return place

    def midpoint(self) -> Point:
        """Return the mean of all vertices, where every neuron has weight that has any in some optimal network."""
        place: Point = public("midpoint")(self)
        return place

    def random_point(self, *, seed: int, steps: int = 100) -> Point:
        """Return a random point with exact weights, the same for the same seed: ``rx.random_point``."""
        place: Point = public("random_point")(self, seed=seed, steps=steps)
        return place

    def network(
        self,
        amounts: Vertex | Point | Selection | MinimumNetwork | Configuration | None = None,
        *,
        width: int | None = None,
        digits: int = 30,
        zeros: bool = False,
    ) -> Network:
        """Return a rational network near (where possible at) a point of the set, fewest neurons by default."""
        network: Network = public("network")(self, amounts, width=width, digits=digits, zeros=zeros)
        return network

    def path(
        self, start: Vertex | Point | Configuration | Network, end: Vertex | Point | Configuration | Network, *, width: int
    ) -> OptimalPath:
        """Connect two optimal networks of a width by optimal networks, or prove that nothing does: ``rx.path``."""
        answer: OptimalPath = public("path")(self, start, end, width=width)
        return answer

    def staircase(self) -> Staircase:
        """Describe how the set of optimal networks of each width hangs together: ``rx.staircase``."""
        answer: Staircase = public("staircase")(self)
        return answer

    def least_norm(self) -> Selection:
        """Choose the amounts of least Euclidean norm: ``rx.least_norm``."""
        answer: Selection = public("least_norm")(self)
        return answer

    def least_loss(self, validation: Dataset) -> Selection:
        """Choose an optimal network of least squared error on other data: ``rx.least_loss``."""
        answer: Selection = public("least_loss")(self, validation)
        return answer

    def extreme(self, direction: object, *, floats: Floats = None) -> Selection:
        """Choose the optimal network with the greatest ``direction . amounts``: ``rx.extreme``."""
        answer: Selection = public("extreme")(self, direction, floats=floats)
        return answer

    def band(self, row: object, *, floats: Floats = None) -> tuple[Real, Real]:
        """Return the least and the greatest output that optimal networks have at a row of features, proved: ``rx.band``."""
        ends: tuple[Real, Real] = public("band")(self, row, floats=floats)
        return ends

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate (kind ``optimal-set``), whole or not at all; InputError when the set is not PROVED."""
        public("save")(self, path)

    def __repr__(self) -> str:
        """Show what is known in one line."""
        if self.status is not Status.PROVED:
            return f"OptimalSet({self.status.name}, dimension={self.dimension}, {self.reason})"
        known = f"dimension={self.dimension}, vertices={len(self.vertices)}"
        return f"OptimalSet(PROVED, {known}, min_width={self.min_width}, max_vertex_width={self.max_vertex_width})"


def _height(row: tuple[Fraction, ...], gate: int, neuron: Neuron) -> Real:
    total = Scalar.of(0)
    if gate > 0:
        for factor, entry in zip(row, neuron.direction, strict=True):
            total = total + Scalar.of(neuron.sign * factor) * entry.scalar
    return Real.of_scalar(total)


def require_set(best: object) -> None:
    """Raise InputError for anything but an optimal set."""
    if not isinstance(best, OptimalSet):
        raise misplaced("best", best, "the answer of optimal_set", "pass rx.optimal_set(optimum)")
