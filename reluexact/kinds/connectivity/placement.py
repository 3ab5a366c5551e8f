"""What users give as a place in the optimal set, as a configuration: a vertex, a point, a network that is optimal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from reluexact.errors import InputError, LimitReached, Message
from reluexact.evidence.status import Status
from reluexact.kinds.connectivity.configuration import Configuration, configuration, fault
from reluexact.kinds.membership.find import contains, listed_neuron
from reluexact.kinds.optimal_set.claim import OptimalSet, require_set
from reluexact.kinds.optimal_set.point import Point
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.model.network import Network
from reluexact.numbers.linalg import dot, solve
from reluexact.numbers.rational import to_count


def require_vertices(best: OptimalSet) -> None:
    """Raise LimitReached when the vertices of the set are not known, InputError for what is no set."""
    require_set(best)
    if best.status is not Status.PROVED or not best.vertices:
        raise LimitReached(Message("the minimal networks of this optimal set are not known: ", best.reason))


def vertex_index(best: OptimalSet, vertex: Vertex, where: str) -> int:
    """Return the place of a vertex in the list of the set."""
    for index, known in enumerate(best.vertices):
        if known == vertex:
            return index
    raise InputError(f"{where}: this vertex belongs to another optimal set; take one of its .vertices")


def require_width(width: object, needed: int, where: str) -> int:
    """Return a number of slots that has room for the neurons needed."""
    if isinstance(width, int) and not isinstance(width, bool) and width == 0 == needed:
        return 0
    slots = to_count(width, where="width")
    if slots < needed:
        raise InputError(f"width: {where} has {needed} neurons, which do not fit into {slots} slots; give at least {needed}")
    return slots


def to_configuration(best: OptimalSet, place: object, *, width: object, where: str) -> Configuration:
    """Return the configuration of a width that a vertex, a point, an optimal network or a configuration stands for."""
    require_vertices(best)
    if isinstance(place, Configuration):
        return _checked(best, place, width, where)
    if isinstance(place, Network):
        return _of_network(best, place, width, where)
    if isinstance(place, Vertex):
        weights = {vertex_index(best, place, where): Fraction(1)}
        support = place.support
    elif isinstance(place, Point):
        if len(place.weights) != len(best.vertices):
            raise InputError(f"{where}: this point belongs to another optimal set; make one with .point(weights)")
        weights, support = {j: weight for j, weight in enumerate(place.weights) if weight}, place.support
    else:
        raise InputError(
            f"{where}: a {type(place).__name__} is no place in the set; give a vertex, a point, or an optimal network"
        )
    slots = require_width(width, len(support), where)
    filled: list[tuple[int | None, Mapping[int, Fraction]]] = [(k, weights) for k in support]
    return configuration(best.vertices, weights, [*filled, *[(None, {})] * (slots - len(support))])


def _checked(best: OptimalSet, given: Configuration, width: object, where: str) -> Configuration:
    slots = require_width(width, given.width, where)
    if any(j >= len(best.vertices) for j, _ in given.weights):
        raise InputError(f"{where}: this configuration belongs to another optimal set")
    problem = fault(best.vertices, given)
    if problem is not None:
        raise InputError(f"{where}: this configuration is not one of the set: {problem}")
    held = [(slot.neuron, dict(slot.parts)) for slot in given.slots]
    return configuration(best.vertices, dict(given.weights), [*held, *[(None, {})] * (slots - given.width)])


def _of_network(best: OptimalSet, network: Network, width: object, where: str) -> Configuration:
    """Read the slots of an optimal network; its amounts are rational, because its weights are."""
    verdict = contains(best, network)
    if verdict.status is not Status.PROVED:
        raise InputError(f"{where}: the network is not shown to be optimal: {verdict.reason}")
    slots = require_width(width, network.width, where)
    neurons = [listed_neuron(best, weights, a) for weights, a in zip(network.hidden, network.output, strict=True)]
    squares = [amount * amount for amount in network.output]
    totals: dict[int, Fraction] = {}
    for k, square in zip(neurons, squares, strict=True):
        if k is not None:
            totals[k] = totals.get(k, Fraction(0)) + square
    weights = _weights(best, totals, _features(best, network, neurons))
    held: list[tuple[int | None, Mapping[int, Fraction]]] = []
    for k, square in zip(neurons, squares, strict=True):
        held.append((None, {}) if k is None else (k, {j: weight * square / totals[k] for j, weight in weights.items()}))
    return configuration(best.vertices, weights, [*held, *[(None, {})] * (slots - network.width)])


def _features(best: OptimalSet, network: Network, neurons: Sequence[int | None]) -> dict[int, tuple[Fraction, ...]]:
    """Return sign (X u)+ of the neurons of a balanced network, whose unit directions are rational."""
    result = {}
    for k, weights, amount in zip(neurons, network.hidden, network.output, strict=True):
        if k is not None and k not in result:
            heights = (max(dot(row, weights), Fraction(0)) for row in best.optimum.data.X)
            result[k] = tuple(height / amount for height in heights)
    return result


def _weights(
    best: OptimalSet, totals: Mapping[int, Fraction], features: Mapping[int, tuple[Fraction, ...]]
) -> dict[int, Fraction]:
    """Write rational amounts as a convex combination of vertices: take as much of a vertex away as there is, repeatedly.

    A vertex whose support lies in that of the point uses neurons of rational features only, so its amounts are rational: the
    solution of a linear system. Every step empties a neuron (Caratheodory).
    """
    left, rest, weights = dict(totals), Fraction(1), {}
    fit = [sum((totals[k] * features[k][i] for k in totals), Fraction(0)) for i in range(best.optimum.data.n)]
    for j, vertex in enumerate(best.vertices):
        if not all(left.get(k) for k in vertex.support):
            continue
        matrix = [[features[k][i] for k in vertex.support] for i in range(len(fit))]
        corner = solve(matrix, fit) if vertex.support else ()
        if corner is None:
            raise ArithmeticError("a vertex of the optimal set does not give the optimal fit")
        share = min([rest, *(left[k] / amount for k, amount in zip(vertex.support, corner, strict=True))])
        weights[j] = share
        rest -= share
        for k, amount in zip(vertex.support, corner, strict=True):
            left[k] -= share * amount
        if not rest:
            return weights
    raise ArithmeticError("amounts of an optimal network are no convex combination of the vertices")
