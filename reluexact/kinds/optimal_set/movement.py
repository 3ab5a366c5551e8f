"""Moving about in the optimal set: points with exact weights, and rational networks of any width at or next to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from reluexact.errors import Argument, Cure, InputError, LimitReached, Message
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.kinds.connectivity.configuration import Configuration
from reluexact.kinds.connectivity.path import OptimalPath
from reluexact.kinds.connectivity.placement import require_vertices, require_width, to_configuration
from reluexact.kinds.minimum_network.claim import MinimumNetwork
from reluexact.kinds.optimal_set.certified import point_of_set
from reluexact.kinds.optimal_set.claim import OptimalSet, require_set
from reluexact.kinds.optimal_set.point import Point, point_of
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.kinds.selection.claim import Selection
from reluexact.model.entries import vector
from reluexact.model.misplaced import misplaced
from reluexact.model.network import Network
from reluexact.numbers.combination import combination
from reluexact.numbers.rational import Floats, to_count
from reluexact.numbers.real import MAX_DIGITS, Real
from reluexact.numbers.squares import square_roots
from reluexact.prove.directions import unit_direction
from reluexact.prove.rounding import rational_network

GRID = 1 << 20
"""Random points have weights that are multiples of 1 / (GRID * number of vertices), and none of them is 0."""

Held = tuple[int, Real]
"""A neuron and its amount."""


def point(best: OptimalSet, weights: object, *, floats: Floats = None) -> Point:
    """Return the convex combination of the vertices with these weights: rational, at least 0, sum 1.

    >>> from reluexact.kinds.optimal_set.find import optimal_set
    >>> from reluexact.kinds.optimum.find import solve
    >>> from reluexact.model.dataset import Dataset
    >>> toy = optimal_set(solve(Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1]), penalty=1))
    >>> point(toy, ["1/3", "2/3"]).amounts
    (1/6, 1/6, 1/6)
    """
    require_vertices(best)
    given = vector(weights, "weights", floats=floats)
    if len(given) != len(best.vertices):
        raise InputError(f"weights: {len(given)} given, but the set has {len(best.vertices)} vertices; give one for each")
    if any(weight < 0 for weight in given) or sum(given) != 1:
        raise InputError("weights: give numbers that are at least 0 and sum to 1")
    return point_of(best.vertices, given)


def midpoint(best: OptimalSet) -> Point:
    """Return the mean of the vertices, a point of the relative interior: it uses every neuron that optimal networks use.

    >>> from reluexact.kinds.optimal_set.find import optimal_set
    >>> from reluexact.kinds.optimum.find import solve
    >>> from reluexact.model.dataset import Dataset
    >>> toy = optimal_set(solve(Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1]), penalty=1))
    >>> midpoint(toy).amounts
    (1/4, 1/8, 1/8)
    """
    require_vertices(best)
    count = len(best.vertices)
    return point_of(best.vertices, (Fraction(1, count),) * count)


def random_point(best: OptimalSet, *, seed: int, steps: int = 100) -> Point:
    """Return a point of the relative interior, by hit and run (Smith 1984) over the weights of the vertices.

    Every step picks two vertices and divides their common weight anew, uniformly on a grid; so the weights are exact, the same
    for the same seed, and all positive. In the long run they are uniform among the weights of that grid (not among the amounts,
    unless the polytope is a simplex).

    >>> from reluexact.kinds.optimal_set.find import optimal_set
    >>> from reluexact.kinds.optimum.find import solve
    >>> from reluexact.model.dataset import Dataset
    >>> toy = optimal_set(solve(Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1]), penalty=1))
    >>> first = random_point(toy, seed=1)
    >>> sum(first.weights), min(first.weights) > 0, first == random_point(toy, seed=1), first == random_point(toy, seed=2)
    (Fraction(1, 1), True, True, False)
    """
    require_vertices(best)
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise InputError(f"seed: {seed!r} is not an integer from 0 on")
    to_count(steps, where="steps")
    count = len(best.vertices)
    weights = [GRID] * count
    source = Random(seed)
    for _ in range(steps if count > 1 else 0):
        i = source.getrandbits(64) % count
        j = (i + 1 + source.getrandbits(64) % (count - 1)) % count
        both = weights[i] + weights[j]
        weights[i] = 1 + source.getrandbits(64) % (both - 1)
        weights[j] = both - weights[i]
    return point_of(best.vertices, [Fraction(weight, GRID * count) for weight in weights])


def network(
    best: OptimalSet,
    amounts: Vertex | Point | Selection | MinimumNetwork | Configuration | None = None,
    *,
    width: int | None = None,
    digits: int = 30,
    zeros: bool = False,
) -> Network:
    """Return a rational network with these amounts, every weight within 10^-digits, exact where the weights are rational.

    amounts: a vertex, a point, a selection, the answer of ``minimum_network``, or a configuration (which has its own width);
    without it the first vertex, a network with fewest neurons. width: more neurons than needed are copies, the parts chosen so
    that the weights stay or become rational where they can, or zero neurons (``zeros=True``, and for the zero network).
    Raises InputError for a width below the support.

    >>> from reluexact.kinds.optimal_set.find import optimal_set
    >>> from reluexact.kinds.optimum.find import solve
    >>> from reluexact.model.dataset import Dataset
    >>> toy = optimal_set(solve(Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1]), penalty=1))
    >>> exact = network(toy, width=2)
    >>> [str(a) for a in exact.output], exact.objective(toy.optimum.data, 1) == toy.optimum.value
    (['1/2', '1/2'], True)
    >>> Real.rational(network(toy).output[0]).decimal(10), network(toy).objective(toy.optimum.data, 1) == toy.optimum.value
    ('0.7071067812', False)
    """
    require_set(best)
    to_count(digits, where="digits", most=MAX_DIGITS)
    if isinstance(amounts, Configuration):
        slots = amounts.width if width is None else width
        return slotted_network(best, to_configuration(best, amounts, width=slots, where="amounts"), digits=digits)
    held = _held(best, amounts)
    slots = len(held) if width is None else require_width(width, len(held), "this optimum")
    if held and not zeros:
        held = _split(best, held, slots - len(held))
    empty: list[Held | None] = [None] * (slots - len(held))
    return _network(best, [*held, *empty], digits)


def path_networks(path: OptimalPath, count: object, *, digits: int = 30) -> tuple[Network, ...]:
    """Return ``count`` >= 2 networks at equal times along a path, from start to end, rational to ``digits`` decimals."""
    if not isinstance(path, OptimalPath):
        raise misplaced("path", path, "an OptimalPath", "make one with rx.path(best, start, end, ", Argument("width"), ")")
    number = to_count(count, where="count")
    if number < 2:
        raise InputError("count: give at least 2 networks, the start and the end")
    best = path.best
    if not isinstance(best, OptimalSet):
        raise InputError("path: it does not know its optimal set; make it with rx.path")
    times = (Fraction(i, number - 1) for i in range(number))
    return tuple(slotted_network(best, path.at(t), digits=digits) for t in times)


def slotted_network(best: OptimalSet, given: Configuration, *, digits: int = 30) -> Network:
    """Return a rational network next to a configuration, slot by slot, zero slots as zero neurons."""
    slots = [None if slot.neuron is None else (slot.neuron, slot.amount) for slot in given.slots]
    return _network(best, slots, digits)


def _held(best: OptimalSet, amounts: object) -> list[Held]:
    """Return the neurons of a place with their amounts."""
    if amounts is None and not best.vertices:
        known = [(k, neuron.amount) for k, neuron in enumerate(best.neurons)]
        return [(k, amount) for k, amount in known if amount is not None]
    place = best.vertices[0] if amounts is None else amounts
    if not isinstance(place, Vertex | Point | Selection | MinimumNetwork):
        raise InputError(f"amounts: a {type(place).__name__} is no place in the set; give a vertex, a point or a configuration")
    if isinstance(place, Selection) and place.status is not Status.PROVED:
        raise InputError(f"amounts: the selection is UNDECIDED ({place.reason}), so it has no amounts; give a vertex or a point")
    if not _fits(best, place.amounts):
        raise InputError("amounts: these belong to another optimal set; take a place of this one")
    return [(k, place.amounts[k]) for k in place.support]


def _fits(best: OptimalSet, amounts: Sequence[Real]) -> bool:
    """Say whether amounts can be those of a network of this set: their features add up to its fit, as far as all is known."""
    if len(amounts) != len(best.neurons):
        return False
    used = [(feature, amount.scalar) for feature, amount in zip(best.features(), amounts, strict=True) if amount.high]
    for i, fit in enumerate(best.fit()):
        excess = -fit.scalar
        for feature, amount in used:
            excess = excess + feature[i].scalar * amount
        if excess.low > 0 or excess.high < 0:
            return False
    return True


def _split(best: OptimalSet, held: Sequence[Held], extra: int) -> list[Held]:
    """Replace neurons by copies: first those whose weights become rational by it, the first neuron takes the rest."""
    copies = [1] * len(held)
    for place, (k, amount) in enumerate(held):
        needed = _least_copies(best.neurons[k], amount, extra + 1)
        if needed is not None:
            copies[place], extra = needed, extra - needed + 1
    copies[0] += extra
    return [(k, part) for (k, amount), count in zip(held, copies, strict=True) for part in _parts(amount, count)]


def _least_copies(neuron: Neuron, amount: Real, most: int) -> int | None:
    """Return the least number of copies that makes the weights of a neuron rational, None when up to ``most`` do not."""
    if not amount.is_rational or not all(entry.is_rational for entry in neuron.direction):
        return None
    return next((count for count in range(1, min(most, 4) + 1) if square_roots(amount.low, count) is not None), None)


def _parts(amount: Real, count: int) -> Iterator[Real]:
    """Divide an amount into rational squares where possible, else into equal parts."""
    roots = square_roots(amount.low, count) if amount.is_rational else None
    for place in range(count):
        yield combination([(Fraction(1, count), amount)]) if roots is None else Real.rational(roots[place] ** 2)


def _network(best: OptimalSet, slots: Sequence[Held | None], digits: int) -> Network:
    """Round the network slot by slot."""
    used = sorted({slot[0] for slot in slots if slot is not None})
    fine = dict(zip(used, _neurons(best, used, digits), strict=True))
    d = best.optimum.data.d
    hidden: list[Sequence[Fraction]] = []
    output: list[Fraction] = []
    for slot in slots:
        if slot is None:
            hidden.append([Fraction(0)] * d)
            output.append(Fraction(0))
            continue
        amount = _refined(slot[1], 2 * digits + 4)  # |sqrt(s) - sqrt(t)| <= sqrt |s - t|
        weights, last = _weights(replace(fine[slot[0]], amount=amount), digits)
        hidden.append(weights)
        output.append(last)
    return Network(hidden, output)


def _refined(amount: Real, digits: int) -> Real:
    try:
        return amount.refined(digits)
    except LimitReached as problem:
        text = f", but {digits} decimals of the amount are needed"
        raise LimitReached(Message(problem.message, text, Cure("pass a smaller ", Argument("digits")))) from None


def _weights(neuron: Neuron, digits: int) -> tuple[Sequence[Fraction], Fraction]:
    """Round one neuron; a rational direction stays as it is, so that the neuron is balanced and optimal but for its amount."""
    rounded = rational_network([neuron], 64 + 4 * digits)
    root = abs(rounded.output[0])
    if all(entry.is_rational for entry in neuron.direction):
        return [entry.low * root for entry in neuron.direction], rounded.output[0]
    return rounded.hidden[0], rounded.output[0]


def _neurons(best: OptimalSet, used: Sequence[int], digits: int) -> list[Neuron]:
    """Return neurons with directions fine enough for weights of so many digits."""
    size = 1 + int(best.total.high)
    goal = Fraction(1, 10 ** (digits + 2) * size)
    chosen = [best.neurons[k] for k in used]
    if all(entry.high - entry.low <= goal for neuron in chosen for entry in neuron.direction):
        return chosen
    certified = point_of_set(best)
    for factor in range(1, 4):
        fine = certified.refined(factor * (128 + 4 * digits + size.bit_length()))
        directions = [unit_direction(fine.kkt, fine.box, fine.neurons[k]) for k in used]
        if all(entry.high - entry.low <= goal for direction in directions for entry in direction):
            return [replace(neuron, direction=entry) for neuron, entry in zip(chosen, directions, strict=True)]
    raise LimitReached(f"directions are not known to {digits} digits")
