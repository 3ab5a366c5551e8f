"""Kind `minimum-network`, the fewest neurons of an optimal network: O1 to O9, S1, S2, M1 and M2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations
from math import comb

from ..document import LARGE, Item
from ..linear import ROUND, dot, left_inverse, pivots
from ..network.o1_structure import CLAIM
from ..polytope.s1_amounts import Polytope, rational, s1_polytope
from ..polytope.s2_labels import Point, all_vertices, combine, not_negative, s2_point, support
from ..polytope.s4_vertices import s4_amounts, s4_network
from ..problem import Problem
from ..quantities import ONE, ZERO, Interval, Matrix, Vector
from .optimum import EVIDENCE, prove_optimum

MAX_SUMS, MAX_HALF, MAX_MATCHES = 1 << 24, 1 << 21, 1 << 13


def check_minimum_network(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check O1-O9 and S1, S2, M1, M2: an optimal network with the fewest neurons."""
    *optimum, fewest, network = claim.fields(*CLAIM, "fewest", "network")
    *parts, label, minimum = evidence.fields(*EVIDENCE, "label", "minimum")
    proof = prove_optimum(problem, optimum, parts, lines)
    count = fewest.index(LARGE)
    lines.append(f"the fewest neurons of an optimal network: {count}")
    polytope = s1_polytope(proof)
    m1_network(polytope, s2_point(polytope, label, perturbed=False), network, count, fewest)
    checks = {"labels": m2_vertices, "sums": m2_sums, "tree": m2_tree}
    name = next((name for name in checks if name in minimum.table()), "labels")
    checks[name](polytope, minimum.fields(name)[0], count)


def m1_network(polytope: Polytope, point: Point, network: Item, count: int, fewest: Item) -> None:
    """M1: the claimed network is the point of the label and has so many neurons."""
    neurons, boxes, place = s4_network(polytope, network)
    if neurons != support(polytope, point):
        raise network.reject("M1: the network of the label has other neurons")
    s4_amounts(polytope, point, neurons, boxes, place)
    if len(neurons) != count:
        raise fewest.reject(f"M1: the network has {len(neurons)} neurons")


def m2_vertices(polytope: Polytope, labels: Item, count: int) -> None:
    """M2 by the list of all vertices: the fewest neurons are those of a vertex."""
    if min(len(support(polytope, point)) for point in all_vertices(polytope, labels)) < count:
        raise labels.reject("M2: a vertex has fewer neurons")


def m2_sums(polytope: Polytope, item: Item, count: int) -> None:
    """M2 by sums: at a vertex with fewer neurons, fewer than `size` shares are between their bounds, the others at one."""
    size, pairs = item.index(len(polytope.right) + 1), len(polytope.columns)
    if None in polytope.upper:
        raise item.reject("M2: sums need a polytope of pairs")
    if m2_count(polytope, frozenset()) + size < count:
        raise item.reject("M2: networks with fewer neurons are left out")
    between = min(size - 1, pairs)
    half = 1 << (pairs - max(between, 0) + 1) // 2
    if half > MAX_HALF or comb(pairs, max(between, 0)) * half > MAX_SUMS:
        raise item.reject(f"M2: more than {MAX_SUMS} sums, or {MAX_HALF} at once")
    budget = iter(range(MAX_MATCHES))
    for chosen in combinations(range(pairs), between) if size else ():
        if not m2_excluded(polytope, chosen, budget):
            raise item.reject(
                f"M2: a network with only the shares {[*chosen]} between their bounds is not proved to be impossible"
            )


def m2_excluded(polytope: Polytope, chosen: tuple[int, ...], budget: Iterator[int]) -> bool:
    """M2: no subset of the others, at their upper bounds, solves the equations together with any values of the chosen ones.

    A functional g that nearly vanishes on the columns of the chosen ones turns the equations into one sum of whole numbers,
    with an error that is known; the sums of one half of the others are matched with those of the other half. Each match is
    examined exactly; when there are more than the budget has, nothing is proved.
    """
    _, full, right = polytope.balls
    balls = [*full, right]
    middles = [[middle for middle, _ in ball] for ball in balls]
    basis = [middles[chosen[place]] for place in pivots(middles[j] for j in chosen)]
    g = start = [Fraction(1237, 1000) ** place for place in range(len(right))]
    readings = left_inverse(basis) or []
    for column, row in zip(basis, readings, strict=True):
        g = [a - dot(row, start) * b for a, b in zip(g, column, strict=True)]
    sizes = [dot(g, middle) for middle in middles]
    unit = max(map(abs, sizes)) / (1 << 2 * ROUND)
    if not unit:
        return False
    values = [round(size / unit) for size in sizes]
    slack = len(balls) + sum(abs(values[j]) for j in chosen) + -(-m2_blur(balls, g) // unit)
    others = [(value, 1 << j) for j, value in enumerate(values[:-1]) if j not in chosen]
    matches = m2_matches(others, values[-1] - slack, values[-1] + slack)
    independent = len(basis) == len(chosen)
    return all(independent and next(budget, -1) >= 0 and m2_misses(balls, subset, readings) for subset in matches)


def m2_blur(balls: list[list[Interval]], functional: Vector) -> Fraction:
    """M2: return the error of a functional of the equations, for all values from 0 to the upper bounds."""
    return sum((dot(map(abs, functional), (spread for _, spread in ball)) for ball in balls), ZERO)


def m2_matches(numbers: list[tuple[int, int]], low: int, high: int) -> Iterable[int]:
    """M2: yield the subsets, as sums of their marks, whose values add up to a number from low to high."""
    halves = []
    for part in (numbers[::2], numbers[1::2]):
        sums = [(0, 0)]
        for value, mark in part:
            sums += [(total + value, marks + mark) for total, marks in sums]
        halves.append(sorted(sums))
    first, second = halves
    end = len(second)
    for value, marks in first:
        while end and value + second[end - 1][0] > high:
            end -= 1
        place = end - 1
        while place >= 0 and value + second[place][0] >= low:
            yield marks + second[place][1]
            place -= 1


def m2_misses(balls: list[list[Interval]], subset: int, readings: Matrix) -> bool:
    """M2: with this subset at its upper bounds, one of the chosen shares would not lie between 0 and 1."""
    rest = [middle for middle, _ in balls[-1]]
    for j, ball in enumerate(balls[:-1]):
        if subset >> j & 1:
            rest = [a - middle for a, (middle, _) in zip(rest, ball, strict=True)]
    return any(not -m2_blur(balls, row) <= dot(row, rest) <= 1 + m2_blur(balls, row) for row in readings)


def m2_tree(polytope: Polytope, root: Item, count: int) -> None:
    """M2 by branching: at each branch a neuron is out (first subtree) or counted (second subtree)."""
    stack: list[tuple[frozenset[int], frozenset[int]]] = [(frozenset(), frozenset())]
    for node in root.entries():
        if not stack:
            raise node.reject("M2: the tree is complete before this node")
        (out, counted), kind = stack.pop(), node.table()
        if "branch" in kind:
            (name,) = node.fields("branch")
            k = name.index(len(polytope.amounts))
            stack += [(out, counted | {k}), (out | {k}, counted)]
        elif "farkas" in kind:
            (weights,) = node.fields("farkas")
            if not m2_infeasible(polytope, out, weights.vector(len(polytope.right))):
                raise node.reject("M2: the weights do not prove that there is no such optimal network")
        else:
            node.fields()
            if m2_count(polytope, counted) < count:
                raise node.reject("M2: this leaf counts fewer neurons")
    if stack:
        raise root.reject(f"M2: the tree ends with {len(stack)} sides left open")


def m2_count(polytope: Polytope, counted: frozenset[int]) -> int:
    """M2: count the neurons of a leaf, those that every optimal network has, and one of each fixed pair."""
    amounts, total = polytope.amounts, len(counted)
    total += sum(k not in counted and a.variable < 0 and rational(a.total) != 0 for k, a in enumerate(amounts))
    used = {amounts[k].variable for k in counted}
    return total + sum(a.rest and a.variable not in used for a in amounts)


def m2_infeasible(polytope: Polytope, out: frozenset[int], weights: Vector) -> bool:
    """M2: with the neurons of `out` gone, weights.(sum_j x_j columns[j] - right) < 0 for all x within their bounds."""
    proof, total = polytope.proof, combine(polytope.proof, (-w for w in weights), polytope.right)
    places = [(polytope.amounts[k].variable, polytope.amounts[k].rest) for k in out]
    if any(
        (j < 0 and rational(polytope.amounts[k].total) != 0) or (j, not rest) in places
        for k, (j, rest) in zip(out, places, strict=True)
    ):
        return True
    spare = ZERO
    for j, (column, full, bound) in enumerate(zip(polytope.columns, polytope.full, polytope.upper, strict=True)):
        if (j, True) in places:
            total = total.plus(ONE, combine(proof, weights, full))
        elif (j, False) not in places and bound is not None:
            spare += max(ZERO, proof.enclosure(combine(proof, weights, full))[1])
        elif (j, False) not in places and not not_negative(proof, [-w for w in weights], column):
            return False
    return proof.enclosure(total)[1] + spare < 0
