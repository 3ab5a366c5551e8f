"""The first pieces of a way down, in rational numbers: balance, merge, prune.

Each keeps the fit on the data, and the penalty term is convex in the time with its minimum at the end, or does not rise:

- balance: (c w, a / c), c from 1 to sqrt(|a| / |w|): c^2 |w|^2 + a^2 / c^2 falls.
- merge: v_1 + t sum v_j and (1 - t) v_j, for neurons of one sign in one closed cell (no row with x.v_i > 0 > x.v_j): the cell is
  convex, so the fit stays, and |v_1 + t w| + (1 - t) sum |v_j| does not rise because |w| <= sum |v_j| for w = sum v_j.
- prune: (1 - t beta_j) v_j with sum beta_j s_j (X v_j)+ = 0 and sum beta_j |v_j| >= 0.

Source: Wang, Lacotte, Pilanci, "The Hidden Convex Optimization Landscape of Regularized Two-Layer ReLU Networks" (ICLR 2022),
the continuous path; the pruning step with its sign as in :mod:`reluexact.kinds.pruning.find`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from reluexact.geometry.signs import share_a_cell, signs_of
from reluexact.kinds.descent_path.piece import Kind, Piece
from reluexact.kinds.descent_path.waypoint import PathNeuron, Slots, Waypoint
from reluexact.kinds.pruning.find import prune
from reluexact.model.dataset import Dataset
from reluexact.model.loss import SQUARED
from reluexact.model.network import Network
from reluexact.model.symmetries import is_balanced, radical_total
from reluexact.numbers.linalg import dot
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector

RationalNeuron = tuple[int, Vector]
"""A neuron after balancing: its sign and the vector |a| w."""

WHY: dict[Kind, str] = {
    "balance": "the fit stays; c^2 |w|^2 + a^2 / c^2 falls to its minimum 2 |w| |a|",
    "merge": "one sign, one closed cell: the fit stays; |v + t w| + (1 - t) |w| does not rise",
    "prune": "the features are dependent: the fit stays; sum beta |v| >= 0",
    "interpolate": "convex, with a slope of at most 0 at its end, where no neuron on the way exceeds the penalty",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exact:
    """A rational neuron in its slot, with its length and what it adds to the fit."""

    neuron: PathNeuron
    length: RadicalSum
    feature: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class PathProblem:
    """The problem, and the neurons that were written down for it."""

    data: Dataset
    penalty: Fraction
    _known: dict[RationalNeuron, Exact] = field(default_factory=dict, compare=False, repr=False)

    def waypoint(self, neurons: Sequence[RationalNeuron | None], value: Fraction | None = None) -> Waypoint:
        """Return rational neurons as a waypoint; ``value`` replaces the objective of the balanced network."""
        exact = [None if neuron is None else self._exact(neuron) for neuron in neurons]
        residual = list(self.data.y)
        for one in exact:
            if one is not None:
                residual = [rest - share for rest, share in zip(residual, one.feature, strict=True)]
        return Waypoint(
            slots=tuple(None if one is None else one.neuron for one in exact),
            residual=tuple(map(Real.rational, residual)),
            value=Real.rational(value)
            if value is not None
            else self._objective(residual, [one.length for one in exact if one is not None]),
        )

    def _exact(self, neuron: RationalNeuron) -> Exact:
        if neuron not in self._known:
            sign, vector = neuron
            heights = [dot(row, vector) for row in self.data.X]
            length = RadicalSum.root(dot(vector, vector))
            held = PathNeuron(
                sign=sign,
                vector=tuple(map(Real.rational, vector)),
                amount=Real.of_radical(length),
                gate=signs_of(heights),
            )
            feature = tuple(sign * max(height, Fraction(0)) for height in heights)
            self._known[neuron] = Exact(neuron=held, length=length, feature=feature)
        return self._known[neuron]

    def _objective(self, residual: Sequence[Fraction], lengths: Sequence[RadicalSum]) -> Real:
        loss = RadicalSum.rational(SQUARED.of_residual(residual))
        return Real.of_radical(loss + radical_total(lengths).scaled(self.penalty))


def first_pieces(problem: PathProblem, network: Network) -> tuple[Waypoint, tuple[Piece, ...]]:
    """Return the given network as a waypoint, and the rational pieces that change something.

    >>> data = Dataset([[1], [2]], [1, 2])
    >>> first, pieces = first_pieces(PathProblem(data=data, penalty=Fraction(1)), Network([[1], [2], [0]], [1, 1, 3]))
    >>> [piece.kind for piece in pieces], [piece.after.held for piece in pieces]
    (['balance', 'merge'], [(0, 1), (0,)])
    """
    neurons = balanced_neurons(network)
    start = problem.waypoint(neurons, network.objective(problem.data, problem.penalty))
    pieces: list[Piece] = []
    here = start
    if not is_balanced(network):
        pieces.append(rational_piece("balance", start, problem.waypoint(neurons), nonzero_neurons(network)))
        here = pieces[-1].after
    groups = merge_groups(here.slots)
    if groups:
        neurons = merged(neurons, groups)
        pieces.append(rational_piece("merge", here, problem.waypoint(neurons), len(here.held), groups=groups))
        here = pieces[-1].after
    for beta, after in _prunings(neurons, problem.data):
        pieces.append(rational_piece("prune", here, problem.waypoint(after), len(here.held), null_vector=beta))
        here = pieces[-1].after
    return start, tuple(pieces)


def pruned(neurons: Sequence[RationalNeuron | None], null_vector: Vector) -> list[RationalNeuron | None]:
    """Return the slots after a prune: every vector times 1 - beta / (greatest beta).

    >>> pruned([(1, (Fraction(3),)), None, (1, (Fraction(5),))], (Fraction(2), Fraction(0), Fraction(1)))
    [None, None, (1, (Fraction(5, 2),))]
    """
    scales = [1 - beta / max(null_vector) for beta in null_vector]
    return [
        None if neuron is None or not scale else (neuron[0], tuple(scale * entry for entry in neuron[1]))
        for neuron, scale in zip(neurons, scales, strict=True)
    ]


def rational_piece(
    kind: Kind,
    before: Waypoint,
    after: Waypoint,
    slots: int,
    *,
    groups: tuple[tuple[int, ...], ...] = (),
    null_vector: Vector = (),
) -> Piece:
    """Return a piece between rational networks."""
    return Piece(kind=kind, before=before, after=after, slots=slots, why=WHY[kind], groups=groups, null_vector=null_vector)


def balanced_neurons(network: Network) -> list[RationalNeuron | None]:
    """Return the neurons of a network after balancing, None for those that are 0 then."""
    neurons: list[RationalNeuron | None] = []
    for weights, amount in zip(network.hidden, network.output, strict=True):
        zero = not amount or not any(weights)
        neurons.append(None if zero else (1 if amount > 0 else -1, tuple(abs(amount) * entry for entry in weights)))
    return neurons


def nonzero_neurons(network: Network) -> int:
    """Return how many neurons have a weight that is not 0."""
    return sum(bool(amount or any(weights)) for weights, amount in zip(network.hidden, network.output, strict=True))


def merge_groups(slots: Slots) -> tuple[tuple[int, ...], ...]:
    """Group the neurons of one sign in one closed cell, first come first; only groups of two and more, without silent neurons."""
    groups: list[tuple[int, list[int], list[int]]] = []
    for place, neuron in enumerate(slots):
        if neuron is None or 1 not in neuron.gate:
            continue
        for k, (sign, gate, members) in enumerate(groups):
            if sign == neuron.sign and share_a_cell(gate, neuron.gate):
                groups[k] = sign, [a or b for a, b in zip(gate, neuron.gate, strict=True)], [*members, place]
                break
        else:
            groups.append((neuron.sign, list(neuron.gate), [place]))
    return tuple(tuple(members) for _, _, members in groups if len(members) > 1)


def agree(first: Sequence[int], second: Sequence[int]) -> bool:
    """Say whether two vectors with these gates lie in one closed cell.

    >>> agree((1, 0, -1), (0, 1, -1)), agree((1,), (-1,))
    (True, False)
    """
    return all(a * b >= 0 for a, b in zip(first, second, strict=True))


def merged(neurons: Sequence[RationalNeuron | None], groups: Sequence[tuple[int, ...]]) -> list[RationalNeuron | None]:
    """Return the slots after a merge."""
    found = list(neurons)
    for first, *others in groups:
        for place in others:
            one, other = found[first], found[place]
            if one is not None and other is not None:
                found[first] = one[0], tuple(a + b for a, b in zip(one[1], other[1], strict=True))
            found[place] = None
    return found


def _prunings(neurons: Sequence[RationalNeuron | None], data: Dataset) -> list[tuple[Vector, list[RationalNeuron | None]]]:
    """Return null vectors per slot, and the slots after each: all silent neurons at once, then the steps of :func:`prune`."""
    here = list(neurons)
    silent = [neuron is not None and all(dot(row, neuron[1]) <= 0 for row in data.X) for neuron in here]
    found: list[tuple[Vector, list[RationalNeuron | None]]] = []
    if any(silent):
        here = [None if quiet else neuron for neuron, quiet in zip(here, silent, strict=True)]
        found.append((tuple(Fraction(int(quiet)) for quiet in silent), list(here)))
    places = [place for place, neuron in enumerate(here) if neuron is not None]
    held = [neuron for neuron in here if neuron is not None]
    for step in prune(Network([vector for _, vector in held], [sign for sign, _ in held]), data).steps:
        beta = [Fraction(0)] * len(here)
        for place, entry, scale in zip(places, step.null_vector, step.scales, strict=True):
            beta[place] = entry
            neuron = here[place]
            if neuron is not None:
                here[place] = (neuron[0], tuple(scale * entry for entry in neuron[1])) if scale else None
        places = [place for k, place in enumerate(places) if k not in step.removed]
        found.append((tuple(beta), list(here)))
    return found
