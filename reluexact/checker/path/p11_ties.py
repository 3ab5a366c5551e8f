"""P11: neurons that are tight on a whole segment without an amount in its network, and the dimension of the optimal set."""

from __future__ import annotations

from ..linear import dot, pivots
from ..quantities import ZERO, Matrix, Vector
from ..radicals import plus
from .p3_signs import pull_forms
from .segment import Segment, Tie


def p11_ties(segment: Segment) -> None:
    """P11: ties are tight, the weights can be added to the network, idle ties have no amount in any."""
    if not segment.ties:
        return
    for number, tie in enumerate(segment.ties):
        p11_tight(segment, segment.carriers + number, tie)
    features = [tie_feature(segment, number) for number in range(len(segment.ties))]
    weights = [tie.weight for tie in segment.ties]
    total = [dot(weights, entries) for entries in zip(*features, strict=True)]
    less = columns(segment, rays=True)
    if grade([*less, total]) > grade(less):
        raise segment.item.reject("P11: what the weights of the ties add is not in the span of the features on rays")
    p11_apart(segment, features)
    p11_dimension(segment)


def p11_tight(segment: Segment, k: int, tie: Tie) -> None:
    """P11, one tie: its gates are those of its ray, and the identities say that its pull is b ray / |ray|."""
    neuron, square = segment.neurons[k], dot(tie.ray, tie.ray)
    for i, (row, gate) in enumerate(zip(segment.problem.X, neuron.gate, strict=True)):
        height = dot(row, tie.ray)
        if gate != ("+" if height > 0 else "-" if height < 0 else "0"):
            raise tie.item.reject(f"P11: the gate of row {i} is not the side of the ray")
    length = segment.radicals.root(int(square))
    for form, entry in zip(pull_forms(segment, k), tie.ray, strict=True):
        known = segment.known(form)
        if known is None or plus(known, -entry / square, {-q: v for q, v in length.items()}):
            raise tie.item.reject("P11: the tie is not known to have the direction of its ray and the length of the penalty")


def p11_apart(segment: Segment, features: Matrix) -> None:
    """P11, idle ties: a function that is 0 on all that blocks add to the fit, and on the other ties, is positive on them."""
    item, idle = segment.evidence["apart"], [not tie.weight for tie in segment.ties]
    if not any(idle):
        if item.value is not None:
            raise item.reject("P11: null is expected here, as no tie is idle")
        return
    apart = item.vector(len(segment.problem.y))
    if any(dot(apart, column) for column in columns(segment, rays=False)):
        raise item.reject("P11: the function is not 0 on all that blocks add to the fit")
    for tie, alone, feature in zip(segment.ties, idle, features, strict=True):
        height = dot(apart, feature)
        if height <= 0 if alone else height:
            raise tie.item.reject("P11: the function is not positive on this idle tie, or not 0 on one that is not idle")


def p11_dimension(segment: Segment) -> int:
    """P11: return the dimension of the set of optimal networks."""
    pairs = len(segment.partners) - len(segment.lineality)
    features = [tie_feature(segment, number) for number, tie in enumerate(segment.ties) if tie.weight]
    if not features:
        return pairs
    tables = [columns(segment, rays=rays) for rays in (True, False)]
    ranks = {grade([*table, *features]) - grade(table) for table in tables}
    if len(ranks) > 1:
        raise segment.item.reject("P11: the rank of the features of the ties is not proved")
    return pairs + len(features) - ranks.pop()


def tie_feature(segment: Segment, number: int) -> Vector:
    """Return ``s D X ray``."""
    sign, ray = segment.neurons[segment.carriers + number].sign, segment.ties[number].ray
    return [sign * max(dot(row, ray), ZERO) for row in segment.problem.X]


def columns(segment: Segment, rays: bool) -> Matrix:
    """Return ``X L``, and ``D X B`` of all blocks, or of those with one basis vector."""
    found = [[dot(row, vector) for row in segment.problem.X] for vector in segment.lineality]
    for k in segment.blocks:
        neuron = segment.neurons[k]
        if len(neuron.basis) == 1 or not rays:
            rows = list(zip(neuron.gate, segment.problem.X, strict=True))
            found += [[dot(row, vector) if gate == "+" else ZERO for gate, row in rows] for vector in neuron.basis]
    return found


def grade(vectors: Matrix) -> int:
    """Return the rank."""
    return len(pivots(vectors))


def neurons_of(segment: Segment) -> set[tuple[int, str, bool, bool]]:
    """Return the optimal neurons: sign, gate, whether one of a pair, whether idle."""
    mates = {*segment.partners, *segment.partners.values()}
    idle = {segment.carriers + number for number, tie in enumerate(segment.ties) if not tie.weight}
    return {(n.sign, n.gate, k in mates, k in idle) for k, n in enumerate(segment.neurons[: segment.active])}
