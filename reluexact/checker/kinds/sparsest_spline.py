"""Kind `sparsest-spline` of version 2, optimal functions of fewest kinks, for one feature and free biases: O1-O10, E4, L1-L5."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ..document import Item
from ..extended import Extended
from ..piecewise import Piecewise, row_loss
from ..quantities import ZERO, Vector
from .extended_optimum import CLAIM, check_extended_optimum

SPLINE = ("places", "fit", "slope", "skip", "kinks")


@dataclass(frozen=True, slots=True)
class Function:
    """A piecewise linear function: the value at the first place, the slope there, and the places of kinks with their changes."""

    start: Fraction
    value: Fraction
    slope: Fraction
    kinks: list[tuple[Fraction, Fraction]]

    def at(self, place: Fraction) -> Fraction:
        """Return the value at a place, the first one or a later one."""
        total = self.value + self.slope * (place - self.start)
        return total + sum((change * (place - kink) for kink, change in self.kinks if kink < place), ZERO)


def check_sparsest_spline(problem: Extended, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check O1-O10, E4 and L1-L5: an optimal function of fewest kinks, and the range of each kink."""
    names = (*CLAIM, *SPLINE)
    parts = dict(zip(names, claim.fields(*names), strict=True))
    l1_problem(problem, claim)
    check_extended_optimum(problem, Item({name: parts[name].value for name in CLAIM}, claim.path), evidence, lines)
    places, fit, function, skip = l2_function(problem, parts)
    l3_objective(problem, function, skip, parts["value"])
    chords = [(after - before) / (q - p) for (p, before), (q, after) in pairwise(zip(places, fit, strict=True))]
    turns = [after - before for before, after in pairwise(chords)]
    blocks = runs(turns)
    fewest = sum((last - first + 2) // 2 for first, last in blocks)
    if len(function.kinks) != fewest:
        raise parts["kinks"].reject(f"L4: the fewest kinks are {fewest}")
    excess = steep(chords[0] - skip, turns) if chords and skip is not None else ZERO
    known = ranges(places, turns, blocks, excess)
    l5_ranges(parts["kinks"], known)
    moving = sum(low < high for low, high in known)
    kinks = "kink" if fewest == 1 else "kinks"
    lines.append(
        f"a function of an optimal network with {fewest} {kinks} between the first and the last place of the data; "
        f"no optimal network, of whatever width, has fewer there; {moving} can move, within the claimed ranges"
    )


def l1_problem(problem: Extended, claim: Item) -> None:
    """L1: one column, a free hidden bias (so a free output bias), a loss without a line."""
    if len(problem.base.X[0]) != 1 or problem.hidden_bias != "free":
        raise claim.reject("L1: this kind is about one column and a free hidden bias")
    if not isinstance(problem.loss, Piecewise) or not all(piece[0] > 0 for piece in problem.loss.pieces):
        raise claim.reject("L1: a piece of the loss is linear, so the fit need not be unique")


def l2_function(problem: Extended, parts: dict[str, Item]) -> tuple[Vector, Vector, Function, Fraction | None]:
    """L2: the places are those of the data, and the function has kinks inside of them and goes through the fit."""
    places = parts["places"].vector()
    if places != sorted({row[0] for row in problem.base.X}):
        raise parts["places"].reject("L2: these are not the distinct entries of X, ascending")
    fit = parts["fit"].vector(len(places))
    kinks: list[tuple[Fraction, Fraction]] = []
    if len(parts["kinks"].entries()) > len(places):
        raise parts["kinks"].reject("L4: more kinks than places")
    for item in parts["kinks"].entries():
        at, change = (entry.number() for entry in item.fields("at", "change", "low", "high")[:2])
        if not (kinks[-1][0] if kinks else places[0]) < at < places[-1]:
            raise item.reject("L2: the kinks do not ascend between the first and the last place")
        if not change:
            raise item.reject("L2: the slope does not change here")
        kinks.append((at, change))
    function = Function(places[0], fit[0], parts["slope"].number(), kinks)
    for place, value, item in zip(places, fit, parts["fit"].entries(), strict=True):
        if function.at(place) != value:
            raise item.reject("L2: the function does not have this value at its place")
    free = problem.skip_ridge == 0
    if free is not (parts["skip"].value is None):
        raise parts["skip"].reject("L2: the coefficient is null where the skip connection is free, and only there")
    skip = None if free else parts["skip"].number()
    if problem.skip_ridge is None and skip:
        raise parts["skip"].reject("L2: this problem has no skip connection")
    return places, fit, function, skip


def l3_objective(problem: Extended, function: Function, skip: Fraction | None, value: Item) -> None:
    """L3: the loss of the function and the least cost of a network that computes it are the optimal value, known exactly."""
    low, high = value.box()
    if low != high:
        raise value.reject("L3: the optimal value is not known exactly")
    up = sum((change for _, change in function.kinks if change > 0), ZERO)
    down = sum((-change for _, change in function.kinks if change < 0), ZERO)
    cost = up + down
    if skip is not None:
        cost = max(cost, down + skip - function.slope, up + function.slope - skip)
    rows = zip(problem.base.X, problem.base.y, problem.weights, strict=True)
    total = sum((row_loss(problem.loss, y, o, function.at(row[0])) for row, y, o in rows), ZERO)
    total += problem.base.penalty * cost + (problem.skip_ridge or ZERO) * (skip or ZERO) ** 2 / 2
    if total != low:
        raise value.reject(f"L3: the objective of the function is not this value, but {total}")


def runs(turns: Vector) -> list[tuple[int, int]]:
    """Return first and last index of the maximal stretches whose entries are all positive or all negative."""
    found: list[tuple[int, int]] = []
    for k, turn in enumerate(turns):
        if turn and k and turn * turns[k - 1] > 0:
            found[-1] = found[-1][0], k
        elif turn:
            found.append((k, k))
    return found


def steep(slope: Fraction, turns: Vector) -> Fraction:
    """Return D of L5: positive, negative or 0."""
    falls, rises = (sum((abs(turn) for turn in turns if turn * sign > 0), ZERO) for sign in (-1, 1))
    if slope > falls:
        return slope - falls
    return slope + rises if slope < -rises else ZERO


def ranges(places: Vector, turns: Vector, blocks: list[tuple[int, int]], excess: Fraction) -> list[tuple[Fraction, Fraction]]:
    """L5: return the least and the greatest place of each kink."""
    weighed = list(zip(places, [excess, *turns, -excess], strict=False))  # entry k + 1 is the turn k, with its place
    found = []
    for first, last in blocks:
        if (last - first) % 2:
            found += [(place, place) for k in range(first, last, 2) for place in [mean(weighed[k + 1], weighed[k + 2])]]
            continue
        for k in range(first + 1, last + 2, 2):
            own, sides = weighed[k], []
            for side, inside in ((k - 1, k > first + 1), (k + 1, k < last + 1)):
                outside = side in (0, len(weighed) - 1) and own[1] * weighed[side][1] > 0
                sides.append(mean(own, weighed[side]) if inside or outside else own[0])
            found.append((sides[0], sides[1]))
    return found


def mean(one: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction]) -> Fraction:
    """Return the mean of two places, weighed by their turns, which have one sign."""
    return (one[0] * one[1] + other[0] * other[1]) / (one[1] + other[1])


def l5_ranges(kinks: Item, known: list[tuple[Fraction, Fraction]]) -> None:
    """L5: the ranges are those; none is too wide or too narrow."""
    for item, (low, high) in zip(kinks.entries(), known, strict=True):
        _, _, low_item, high_item = item.fields("at", "change", "low", "high")
        for entry, end in ((low_item, low), (high_item, high)):
            if entry.number() != end:
                raise entry.reject(f"L5: the range of this kink ends at {end}")
