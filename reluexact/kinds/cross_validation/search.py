"""Branch and bound over the penalty: the error of all folds on parts of their segments, enclosed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heappop, heappush
from itertools import pairwise
from math import ceil, floor

from reluexact.budget import check
from reluexact.evidence.path import PathEvidence
from reluexact.model.dataset import Dataset
from reluexact.numbers.decimals import magnitude
from reluexact.numbers.range_polynomials import Ranged, precisely
from reluexact.numbers.types import Bounds, Vector
from reluexact.prove.path.prediction import Prediction

FINER = 64
"""How much shorter than the part between two cuts the one is on which the error at a single penalty is enclosed."""

Part = tuple[Fraction, Fraction]
Here = tuple[Prediction, ...]


@dataclass(frozen=True)
class Reach:
    """Where a segment may describe the optimum: between two penalties (None: infinity)."""

    low: Fraction
    high: Fraction | None
    prediction: Prediction

    def holds(self, part: Part) -> bool:
        """Say whether a part lies within."""
        return self.low <= part[0] and (self.high is None or part[1] <= self.high)


@dataclass(frozen=True)
class Fold:
    """The path of the rows outside of a fold, and the targets of those inside."""

    reaches: tuple[Reach, ...]
    targets: Vector

    def here(self, part: Part) -> Here:
        """Return what may predict on a part between neighbouring cuts: nothing in a gap, both sides of an event near it."""
        return tuple(reach.prediction for reach in self.reaches if reach.holds(part))

    def error(self, here: Here, part: Part) -> Ranged:
        """Return the sum of squares of the fold on a part."""
        total, found = Ranged.between(Fraction(0)), [prediction.on(*part) for prediction in here]
        for i, target in enumerate(self.targets):
            value = found[0][i] if len(found) == 1 else Ranged.hull([known[i] for known in found])
            difference = value - Ranged.between(target)
            total = total + difference * difference
        return total


def fold_of(data: Dataset, evidence: PathEvidence, rows: tuple[Vector, ...], targets: Vector) -> Fold:
    """Return a fold from the path of the others, whose data these are.

    An event lies somewhere in its link, so both sides may hold there. A segment whose optimal networks share their amounts with
    ties predicts nothing: they agree on the rows of the fold's own data only, so it counts as a gap, and so does an event at its
    end.
    """
    reaches: list[Reach] = []
    high: Fraction | None = None
    silent = [any(tie.weight for tie in segment.ties) for segment in evidence.segments]
    for place, segment in enumerate(evidence.segments):
        low, after = segment.low, segment.low
        if place < len(evidence.links):
            link = evidence.links[place]
            low, after = {"same": (low, low), "gap": (link.high, link.low)}.get(link.kind, (link.low, link.high))
            if silent[place] != silent[place + 1]:
                low, after = link.high, link.low
        if not silent[place]:
            reaches.append(Reach(low, high, Prediction(data, segment, rows)))
        high = after
    return Fold(tuple(reaches), targets)


@dataclass(frozen=True)
class Errors:
    """The error of all folds as a function of the penalty, from ``low`` on; total: the weights of all rows."""

    folds: tuple[Fold, ...]
    low: Fraction
    total: Fraction

    @property
    def cuts(self) -> list[Fraction]:
        """Return the penalties between which no fold changes its segments; from the last one on all optima are zero."""
        found = {self.low}
        for fold in self.folds:
            for reach in fold.reaches:
                found |= {end for end in (reach.low, reach.high) if end is not None and end > self.low}
        return sorted(found)

    def here(self, part: Part) -> tuple[Here, ...] | None:
        """Return what predicts each fold on a part between neighbouring cuts; None where some fold has a gap."""
        found = tuple(fold.here(part) for fold in self.folds)
        return found if all(found) else None

    def on(self, here: tuple[Here, ...], part: Part) -> Bounds:
        """Return bounds of the error on a part."""
        check()
        with precisely():
            sums = [fold.error(known, part) for fold, known in zip(self.folds, here, strict=True)]
            low, high = sum(sums[1:], sums[0]).bounds()
        return low / self.total, high / self.total

    def at(self, penalty: Fraction) -> Bounds | None:
        """Return bounds of the error at a penalty; None in a gap."""
        here = self.here((penalty, penalty))
        if here is None:
            return None
        below = max((cut for cut in self.cuts if cut < penalty), default=penalty)
        above = min((cut for cut in self.cuts if cut > penalty), default=penalty)
        room = min(penalty - below, above - penalty) / FINER
        part = (penalty - room, penalty + room)
        return self.on(within(here, part) if room else here, (penalty, penalty))


def within(here: tuple[Here, ...], part: Part) -> tuple[Here, ...]:
    """Return finer predictions for a part."""
    return tuple(tuple(prediction.within(*part) for prediction in known) for known in here)


@dataclass(frozen=True)
class Least:
    """Parts that hold every penalty of least error, and bounds of it; open: whether some part is a gap."""

    parts: tuple[tuple[Fraction, Fraction | None], ...]
    low: Fraction
    high: Fraction
    open: bool


def least_error(errors: Errors, digits: int) -> Least:
    """Return where the error is least: parts are halved until those that are left are short, or flat."""
    cuts = errors.cuts
    beyond = errors.at(cuts[-1])
    if beyond is None:
        raise ArithmeticError("the zero networks beyond the last cut have no error")
    search = _Search(errors, Fraction(1, 10**digits), beyond[1])
    for cut in cuts:
        here = errors.here((cut, cut))
        if here is not None:
            search.lower(errors.on(here, (cut, cut)))
    for part in pairwise(cuts):
        here = errors.here(part)
        if here is None:
            search.left.append((*part, None))
        else:
            search.add(part, here)
    search.run()
    if beyond[0] <= search.best:
        search.left.append((cuts[-1], None, beyond[0]))
    kept = sorted((part for part in search.left if part[2] is None or part[2] <= search.best), key=lambda part: part[0])
    known = [low for *_, low in kept if low is not None]
    return Least(
        tuple(_short(part, digits, errors.low) for part in _merged(kept)),
        min(known) if len(known) == len(kept) else Fraction(0),
        search.best,
        len(known) < len(kept),
    )


def _short(part: tuple[Fraction, Fraction | None], digits: int, least: Fraction) -> tuple[Fraction, Fraction | None]:
    """Round the ends of a part outward."""
    scale = Fraction(10) ** (digits + 3 - magnitude(part[0]))
    low, high = floor(part[0] * scale) / scale, part[1]
    return max(low, least), None if high is None else ceil(high * scale) / scale


@dataclass
class _Search:
    """The state of the search: parts that are left to halve, parts that are short enough, and the least error seen."""

    errors: Errors
    fine: Fraction
    best: Fraction
    queue: list[tuple[Fraction, Fraction, Fraction, tuple[Here, ...]]] = field(default_factory=list)
    left: list[tuple[Fraction, Fraction | None, Fraction | None]] = field(default_factory=list)

    def lower(self, *known: Bounds) -> None:
        """Note errors that are reached."""
        self.best = min(self.best, *(high for _, high in known))

    def add(self, part: Part, here: tuple[Here, ...]) -> None:
        """Bound the error on a part, and keep the part for later unless it is excluded."""
        finer, (low, high) = here, self.errors.on(here, part)
        if low <= self.best:
            finer = within(here, part)
            low, high = self.errors.on(finer, part)
        self.lower((low, high))
        if low > self.best:
            return
        if part[1] - part[0] <= self.fine * part[1] or high - low <= self.fine**2 * self.best:
            self.left.append((*part, low))
        else:
            heappush(self.queue, (low, *part, finer))

    def run(self) -> None:
        """Halve the parts of least bounds until all others are excluded."""
        while self.queue:
            low, start, end, here = heappop(self.queue)
            if low > self.best:
                return
            middle = (start + end) / 2
            self.lower(self.errors.on(here, (middle, middle)))
            self.add((start, middle), here)
            self.add((middle, end), here)


def _merged(parts: Sequence[tuple[Fraction, Fraction | None, Fraction | None]]) -> list[tuple[Fraction, Fraction | None]]:
    found: list[tuple[Fraction, Fraction | None]] = []
    for start, end, _ in parts:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
