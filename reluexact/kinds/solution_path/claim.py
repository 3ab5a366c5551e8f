"""The solution path: the optimum for every penalty from some low one on, and what happens where its structure changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from os import PathLike
from typing import TYPE_CHECKING

from reluexact.errors import InputError, Message
from reluexact.evidence.path import PathEvidence
from reluexact.evidence.status import Status
from reluexact.geometry.signs import Signs
from reluexact.model.dataset import Dataset
from reluexact.numbers.counts import counted
from reluexact.numbers.decimals import rounded_text
from reluexact.numbers.rational import to_penalty
from reluexact.numbers.real import Real
from reluexact.public import Formula, Pictured, Tabular, public

if TYPE_CHECKING:
    from reluexact.kinds.cross_validation.claim import CrossValidation
    from reluexact.kinds.optimal_set.claim import OptimalSet
    from reluexact.kinds.optimum.claim import Optimum
    from reluexact.kinds.selection.claim import Selection
    from reluexact.progress import Progress

WORDS = {
    "enters": "a neuron enters",
    "leaves": "a neuron leaves",
    "meets": "a neuron meets a hyperplane",
    "parts": "a neuron leaves a hyperplane",
    "crosses": "a neuron crosses a hyperplane",
    "pairs": "a neuron becomes one of a pair",
    "unpairs": "a neuron stops being one of a pair",
}
"""The events of :class:`PathEvent` in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathNeuron:
    """A neuron of a piece: its output sign, the sign of ``x_i . u`` per row of X, and the position of its opposite, or None.

    idle: it is tight, but no optimal network uses it.
    """

    sign: int
    gate: Signs
    partner: int | None = None
    idle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PathEvent:
    """What happens at a breakpoint as the penalty falls: ``event`` is a key of WORDS; row: of the hyperplane."""

    event: str
    neuron: PathNeuron
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakpoint(Tabular):
    """A penalty at which the structure of the optimum changes, and what happens there going down.

    penalty: exact where it is known as a rational number or a sum of square roots, else enclosed, with more digits on demand.
    jump: how much the dimension of the optimal set grows there as the penalty falls. settled: the optimal set is proved to be
    continuous there: see :attr:`SolutionPath.continuity`.
    """

    penalty: Real
    events: tuple[PathEvent, ...]
    jump: int = 0
    settled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An interval of penalties on which the structure of the optimum is the same.

    high: None for infinity. neurons: those of all optimal networks. dimension: of the optimal set (0: the optimal network is
    unique but for permutation and splits). segments: the range of the proved segments that cover it. fewest, greatest: m* and
    M*, the neurons of the smallest optimal network, and of the largest one that cannot be pruned, at every penalty of the piece
    but those in ``unsettled``; None where they are not known.

    Both are proved. Where the network is unique they are its neurons. Where all freedom is that of K pairs (opposite neurons
    that divide their amounts subject to r equations, dimension K - r), a minimal network is a vertex of the polytope of
    divisions; unless that is degenerate it divides r pairs, and has as many neurons as ``neurons`` less the dimension. A polytope
    that moves with the penalty may have a degenerate vertex at single penalties; there m* is smaller. That none is degenerate
    is proved but for short intervals around such penalties: ``unsettled`` (from high to low). In these M* is still at most that
    number, and ``path.optimal_set(penalty)`` has m* and M* at one penalty. (No obligation of the certificate: it is proved
    anew from the segments when a path is loaded.)
    """

    high: Real | None
    low: Real
    neurons: tuple[PathNeuron, ...]
    dimension: int
    segments: tuple[int, int]
    fewest: int | None = None
    greatest: int | None = None
    unsettled: tuple[tuple[Fraction, Fraction], ...] = ()

    @property
    def unique(self) -> bool:
        """Say whether there is one optimal network only, but for the order of its neurons and splits."""
        return self.dimension == 0

    @property
    def pairs(self) -> int:
        """Return the number of pairs of opposite neurons."""
        return sum(neuron.partner is not None for neuron in self.neurons) // 2


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SolutionPath(Tabular, Formula, Pictured):
    """The optimum as a function of the penalty, from ``low`` to infinity.

    status: PROVED when every piece, every breakpoint and that there are no others is proved; UNDECIDED where there are ``gaps``
    or the path ends above the penalty that was asked for (the ``reason`` says why); everything that is listed is proved in any
    case. pieces, breakpoints: from high penalty to low; the first breakpoint of a PROVED path is ``max_penalty(data)``, above
    which the zero network is optimal. gaps: intervals about which nothing is claimed. The value is a concave and increasing
    function of the penalty; its derivative is the sum of the amounts (:meth:`slope`). Source: Mishkin & Pilanci 2023, on the
    path; here every event is proved.
    """

    data: Dataset
    low: Fraction
    status: Status
    reason: Message
    pieces: tuple[Piece, ...]
    breakpoints: tuple[Breakpoint, ...]
    gaps: tuple[tuple[Fraction, Fraction], ...]
    evidence: PathEvidence = field(repr=False)
    produced_by: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    def __repr__(self) -> str:
        """Show status and counts."""
        counts = f"{counted(len(self.pieces), 'piece')}, {counted(len(self.breakpoints), 'breakpoint')}"
        gaps = f", {counted(len(self.gaps), 'gap')}" if self.gaps else ""
        low = rounded_text(self.low, 6)
        low = low.rstrip("0").rstrip(".") if "." in low and "e" not in low else low
        return f"SolutionPath({self.status.name}, down to {low}, {counts}{gaps})"

    def piece(self, penalty: object) -> Piece:
        """Return the piece that a penalty lies in; raise InputError below ``low``, in a gap, and at a breakpoint."""
        wanted = to_penalty(penalty)
        for piece in self.pieces:
            if piece.low < wanted and (piece.high is None or piece.high > wanted):
                return piece
        if wanted == self.low:
            return self.pieces[-1]
        raise InputError(
            f"penalty: {wanted} is no inner point of a piece of this path, which ends at {self.low}; use solve there"
        )

    def at(self, penalty: object, *, digits: int = 30) -> Optimum:
        """Return the proved optimum at a penalty, from the structure of its piece; elsewhere what ``solve`` gives.

        >>> from reluexact import Dataset, solution_path
        >>> path = solution_path(Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2")
        >>> [path.at(b).value for b in ("1/2", 2, 4)]
        [7/4, 9/2, 5]
        """
        found: Optimum = public("optimum_on_path")(self, penalty, digits=digits)
        return found

    def value(self, penalty: object) -> Real:
        """Return the optimal value at a penalty."""
        return self.at(penalty).value

    def value_formula(self, penalty: object) -> tuple[Real, Real, Real] | None:
        """Return c_0, c_1, c_2 of the value ``c_0 + c_1 b + c_2 b^2`` on the piece of a penalty; None where a neuron turns.

        >>> from reluexact import Dataset, solution_path
        >>> solution_path(Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2").value_formula(2)
        (1/2, 3, -1/2)
        """
        found: tuple[Real, Real, Real] | None = public("value_formula")(self, penalty)
        return found

    def slope(self, penalty: object) -> Real:
        """Return the derivative of the optimal value in the penalty: the sum of the amounts ``|w| |a|`` of an optimal network."""
        found: Real = public("slope_on_path")(self, penalty)
        return found

    def optimal_set(self, penalty: object) -> OptimalSet:
        """Return the set of all optimal networks at a penalty."""
        found: OptimalSet = public("optimal_set")(self.at(penalty))
        return found

    def least_norm(self, penalty: object) -> Selection:
        """Return the optimal network of least Euclidean norm at a penalty; continuous where the optimal set is.

        See ``rx.least_norm_on_path``.

        >>> from reluexact import Dataset, solution_path
        >>> solution_path(Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2").least_norm("3/4").amounts
        (9/4, 1/4)
        """
        found: Selection = public("least_norm_on_path")(self, penalty)
        return found

    @property
    def continuity(self) -> tuple[tuple[Real | None, Real, str], ...]:
        """Return intervals (high, low) and what is proved there of the map from the penalty to the set of optimal networks.

        The fit and the value are continuous everywhere, and the map is closed: limits of optimal networks are optimal. Where
        the optimum is unique a closed map is continuous; on a piece with one structure the set is that of all ways to share the
        amounts of pairs, which moves with the penalty without a jump; at a proved breakpoint what enters or leaves has amount
        0, and the set shrinks to a face of itself. In a gap nothing but the closedness is known, and at a breakpoint at which
        neurons begin or cease to be tight that depend on others, and other neurons are there (the set may jump there).
        """
        lines = [(piece.high, piece.low, "unique" if piece.unique else f"dimension {piece.dimension}") for piece in self.pieces]
        known: list[tuple[Real | None, Real, str]] = [(high, low, f"continuous: {why}") for high, low, why in lines]
        left = [(Real.rational(high), Real.rational(low)) for low, high in self.gaps]
        left += [(point.penalty, point.penalty) for point in self.breakpoints if not point.settled]
        known += [(high, low, "closed; continuity is not decided") for high, low in left]
        return tuple(sorted(known, key=lambda line: -line[1].low))

    def cross_validate(
        self, *, folds: int | Sequence[object] | None = None, digits: int = 6, progress: Progress | None = None
    ) -> CrossValidation:
        """Find the penalties of the least cross-validation error among all from ``low`` on; see ``rx.cross_validate``."""
        found: CrossValidation = public("cross_validate")(self.data, self.low, folds=folds, digits=digits, progress=progress)
        return found

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate; see ``rx.save``."""
        public("save")(self, path)
