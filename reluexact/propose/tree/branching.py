"""Branching on walls: cones on a stack, the walls to split, the bounds to tighten. Shared by the proof and by pricing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

import numpy as np

from reluexact.budget import check
from reluexact.errors import Argument, Cure, Limit, LimitReached, Message
from reluexact.evidence.tree import Node, Split
from reluexact.geometry.signs import Cell
from reluexact.progress import Progress, Stage
from reluexact.propose.tree.leaf import Cone, decide, halve, relax
from reluexact.propose.tree.projection import Shortest, project_on, shortest
from reluexact.propose.tree.scaled import Scaled
from reluexact.propose.tree.tightening import Bound, Combinations, bounded, imply, tighten, vanishes
from reluexact.prove.form import Form

ROUNDING = 2.0**-46
"""Relative rounding error that a value of unit size may carry."""

_ON_HYPERPLANE = 2.0**-36
_NO_GAP = 2.0**-36
_SMALLEST = 2.0**-500
_REPORT = 256
_GAIN = 0.8
"""A bound is tightened only if it falls at least by this factor."""
_NEARLY_ZERO = 2.0**-24
_BATCH = 3
_SHARE = 0.02
_LONG, _THIN, _MANY, _PARALLEL = 256, 2.0**-5, 32, 2.0**8
"""Bounds are tightened for hyperplanes whose gap is at least this share of what the cone lacks, the greatest few at a time."""


def over_limit(limit: int, visited: int) -> LimitReached:
    """Return the error of a tree with more than ``limit`` nodes."""
    text, cure = f"the branch tree has more than {limit} nodes", Cure("raise ", Argument("limit"), " to go on")
    return LimitReached(Message(text, cure, limit=Limit(counted="nodes of a branch tree", value=limit, reached=visited)))


class Branching:
    """A depth-first search over cones; the stack holds them in reverse prefix order.

    good: values up to this multiple of the bound need no further splitting. nodes: the tree so far, in prefix order.
    """

    def __init__(self, form: Form, bound: Fraction, *, limit: int, progress: Progress | None) -> None:
        """Scale the form by the bound; ``limit`` is the greatest number of nodes."""
        self.scaled = Scaled.of(form, bound)
        self.near = Combinations(self.scaled)
        self.normals = form.normals
        self.limit, self.progress = limit, progress
        self.patience = _LONG
        self.good = 1.0
        self.nodes: list[Node] = []
        self.deciding: set[int] = set()
        self.stack: list[Cone] = []
        self.visited = 0

    def pop(self) -> Cone:
        """Return the next cone; raises LimitReached."""
        check()
        self.visited += 1
        if self.visited > self.limit:
            raise over_limit(self.limit, self.visited)
        if self.progress is not None and self.visited % _REPORT == 0:
            self.progress(Stage(f"branch tree, {self.visited:,} nodes", done=self.visited))
        return self.stack.pop()

    def split(
        self, cone: Cone, hyperplane: int, answer: Shortest, inside: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    ) -> None:
        """Put the two halves on the stack, or the cone itself with the hyperplane decided when the cone does not cross it.

        ``inside`` names the known maximisers of the sides on and off.
        """
        decided = self._decided(cone, hyperplane)
        if decided is not None:
            self.stack.append(replace(decided, start=answer.coefficients, free=answer.free))
            return
        self.nodes.append(Split(hyperplane))
        self.stack.append(halve(self.scaled, cone, hyperplane, -1, answer, inside[1]))
        self.stack.append(halve(self.scaled, cone, hyperplane, 1, answer, inside[0]))

    def tightened(self, cone: Cone, answer: Shortest, value: float) -> tuple[Cone, Shortest, float]:
        """Improve the bounds of the hyperplanes with the greatest gaps as long as that pays; may close the cone."""
        tried = np.zeros(len(cone.side), dtype=bool)
        while value > self.good:
            gaps = np.where(tried, 0.0, self.gaps(cone, answer))
            share, batch = self._effort(answer)
            chosen = [int(w) for w in np.argsort(-gaps, kind="stable")[:batch] if gaps[w] > share * (value - self.good)]
            tried[chosen] = True
            before = len(self.nodes)
            cone = self._improved(cone, chosen)
            if len(self.nodes) == before:
                break
            cone = replace(cone, start=answer.coefficients, free=answer.free)
            answer, value = relax(self.scaled, cone, enough=self.good)
        return cone, answer, value

    def _effort(self, answer: Shortest) -> tuple[float, int]:
        """Return the share of what a cone lacks from which a bound is tightened, and for how many hyperplanes at a time.

        In a long search thin cones, of which nearly parallel rows make many, are closed by bounds: each gives little, all a lot.
        """
        thin = answer.length < _THIN and self.visited > self.patience and self.parallel
        return (0.0, _MANY) if thin else (_SHARE, _BATCH)

    @cached_property
    def parallel(self) -> bool:
        """Say whether rows are nearly parallel."""
        sizes = np.linalg.svd(self.scaled.rows, compute_uv=False)
        return bool(sizes.max(initial=0.0) > _PARALLEL * sizes.min(initial=np.inf))

    def _improved(self, cone: Cone, hyperplanes: Sequence[int]) -> Cone:
        """Tighten both bounds of hyperplanes.

        One that the cone does not cross gets a bound near 0; where that is exactly 0, the hyperplane is decided.
        """
        found: list[Bound] = []
        for hyperplane in hyperplanes:
            for side in ("hi", "lo"):
                bound = tighten(self.near, cone, hyperplane, side, gain=_GAIN)
                found += [] if bound is None else [bound]
                if bound is not None and bound.value < _NEARLY_ZERO:
                    break
        sides = []
        for bound in found:
            if bound.vanishes and vanishes(self.normals, cone, bound.node):
                self.deciding.add(len(self.nodes))
                sides.append((bound.node.hyperplane, -bound.sign))
            self.nodes.append(bound.node)
        cone = bounded(self.scaled, cone, found)
        for hyperplane, side_of in sides:
            cone = decide(self.scaled, cone, hyperplane, side_of)
        return cone

    def _decided(self, cone: Cone, hyperplane: int) -> Cone | None:
        """Decide a hyperplane that the cone does not cross, with the node that shows it; None when it may cross."""
        implied = imply(self.near, self.normals, cone, hyperplane)
        if implied is None:
            return None
        self.deciding.add(len(self.nodes))
        self.nodes.append(implied[1])
        return implied[0]

    def gaps(self, cone: Cone, answer: Shortest) -> np.ndarray:
        """Return how much each wall adds to the relaxation at its maximiser; its slack where the cone is too thin for one."""
        direction = answer.vector / max(answer.length, _SMALLEST)
        products = self.scaled.rows @ direction
        chord = cone.share * products - np.maximum(products, 0.0)
        gaps: np.ndarray = np.where(cone.slack > 0.0, self.scaled.kinks * chord + cone.slack, 0.0)
        lacking = answer.length + float(cone.slack.sum()) - self.scaled.value(direction)
        return gaps if 2.0 * float(gaps.sum()) >= lacking else cone.slack

    def widest(self, cone: Cone, answer: Shortest, allowed: np.ndarray) -> int:
        """Return the allowed hyperplane with the greatest gap, or with the greatest slack where there is no gap to speak of."""
        gaps = np.where(allowed, self.gaps(cone, answer), -1.0)
        if gaps.max() <= _NO_GAP:
            gaps = np.where(allowed, cone.slack, -1.0)
        return int(gaps.argmax())


def climb(scaled: Scaled, direction: np.ndarray) -> tuple[np.ndarray, float]:
    """Return a direction at least as good, the maximiser of its closed cell, and the value over the bound."""
    value = scaled.value(direction)
    count = len(scaled.rows)
    for _ in range(count + 1):
        sides = np.array(cell_of(scaled, direction))
        cone = scaled.rows * np.where(sides, 1.0, -1.0)[:, None]
        pull = scaled.linear + np.where(sides, scaled.kinks, 0.0) @ scaled.rows
        if scaled.scale is None:
            vector = shortest(cone, pull, np.zeros(count), np.full(count, np.inf), start=np.zeros(count)).vector
        else:
            vector = project_on(cone, pull, scaled.scale)[0]
        length = float(np.linalg.norm(vector))
        if length <= value * (1.0 + ROUNDING):
            break
        better = vector / length
        if scaled.value(better) <= value:
            break
        direction, value = better, scaled.value(better)
    return direction, value


def cell_of(scaled: Scaled, direction: np.ndarray) -> Cell:
    """Return a full-dimensional cell whose closure holds the direction (hyperplanes within rounding count as met)."""
    products = scaled.heights(direction)
    aside = scaled.even @ np.exp(np.arange(len(direction)) / len(direction))
    met = np.abs(products) <= _ON_HYPERPLANE
    return tuple(bool(x) for x in np.where(met, aside >= 0.0, products > 0.0))
