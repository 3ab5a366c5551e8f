"""Programs of the frontier of a walk, proved several at a time before the walk comes to them.

Many programs of a frontier have the same optimum, and the walk proves only the first of them. Which these are, floats guess: of
programs whose optima look alike, the first is proved. A wrong guess costs time; the walk itself decides, so its nodes and steps
are the same as without.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from reluexact.kinds.subsampled.find import SampledOptimum, looks_of, sampled_optimum
from reluexact.propose.columns import Columns
from reluexact.prove.neurons import Unproved
from reluexact.work import Work

AT_ONCE, LOOKED_AT = 24, 64
"""Programs proved at a time, and looked at for it."""


@dataclass(slots=True)
class Frontier:
    """What is proved ahead of a walk; ``ready`` holds it, or why there is no proof, until the walk asks for it.

    looks: how the optima of programs look in floats.
    """

    every: Columns
    bits: int
    work: Work
    ready: dict[int, SampledOptimum | Unproved] = field(default_factory=dict)
    looks: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def prepare(self, mask: int, following: Iterator[int]) -> None:
        """Prove a program and some of those that may follow, unless it is proved already."""
        if mask in self.ready:
            return
        others = dict.fromkeys(other for other in islice(following, LOOKED_AT) if other not in self.ready)
        new = [other for other in {mask: None, **others} if other not in self.looks]
        self.looks |= zip(new, self.work.each(partial(looks_of, self.every), new), strict=True)
        waiting = {self.looks[other] for other in self.ready}
        chosen: dict[tuple[str, ...], int] = {self.looks[mask]: mask}
        for other in others:
            if self.looks[other] not in waiting:
                chosen.setdefault(self.looks[other], other)
        masks = list(chosen.values())[:AT_ONCE]
        self.ready |= zip(masks, self.work.each(partial(_proved, self.every, self.bits), masks), strict=True)

    def prove(self, mask: int) -> SampledOptimum:
        """Return the proved optimum of a program; raises Unproved."""
        found = self.ready.pop(mask, None) or _proved(self.every, self.bits, mask)
        if isinstance(found, Unproved):
            raise found
        return found


def _proved(every: Columns, bits: int, mask: int) -> SampledOptimum | Unproved:
    """Return the proof, or why there is none: other programs are proved all the same."""
    try:
        return sampled_optimum(every, mask, bits=bits)
    except Unproved as problem:
        return problem
