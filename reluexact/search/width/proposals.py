"""Good networks of a given width, in floats: restricted programs on few columns, improved column by column."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from math import comb

from reluexact.search.sampled.columns import members
from reluexact.search.width.field import Field, Relaxed

_SUBSETS = 300
_BETTER = 1e-10
_ROUNDS = 200
_LISTED = 40


class Proposals:
    """Keeps the best set of at most ``width`` columns met so far, and its value in floats.

    Every set is solved once; nothing here is trusted.
    """

    def __init__(self, field: Field, width: int) -> None:
        self.field, self.width = field, width
        self.best, self.value = 0, float(field.targets @ field.targets) / 2
        self._seen: set[int] = {0}

    def consider(self, mask: int) -> bool:
        """Improve a set of columns as far as it goes; say whether it beats the best so far."""
        if mask in self._seen:
            return False
        value = self._value(mask)
        for _ in range(_ROUNDS):
            better = self._neighbour(mask, value)
            if better is None:
                break
            mask, value = better
        if value < self.value - _BETTER * abs(self.value):
            self.best, self.value = mask, value
            return True
        return False

    def from_relaxed(self, relaxed: Relaxed) -> None:
        """Try subsets of the directions of a relaxed solution, then exchange single columns of the best set for these."""
        listed = [self.field.columns_at(one.sign, one.gate)[0] for one in relaxed.directions[:_LISTED]]
        size = min(self.width, len(listed))
        if comb(len(listed), size) <= _SUBSETS:
            for chosen in combinations(listed, size):
                self.consider(sum({1 << k for k in chosen}))
        else:
            self.consider(sum({1 << k for k in listed[:size]}))
        self._exchange(listed)

    def _exchange(self, others: Iterable[int]) -> None:
        """Replace one column of the best set, as long as that helps."""
        pool = list(others)
        improved = True
        while improved:
            improved = False
            kept = list(members(self.best))
            bases = [self.best & ~(1 << k) for k in kept] if len(kept) >= self.width else [self.best]
            for base in bases:
                for other in pool:
                    improved = self.consider(base | 1 << other) or improved

    def _value(self, mask: int) -> float:
        self._seen.add(mask)
        return self.field.relax(mask, self.field.every.chosen(mask)).value

    def _neighbour(self, mask: int, value: float) -> tuple[int, float] | None:
        """Move a neuron that lies on walls to the cells beyond them: the first set that is better."""
        relaxed = self.field.relax(mask, self.field.every.chosen(mask))
        for direction in relaxed.directions:
            if not (direction.gate == 0).any():
                continue
            own = self.field.columns_at(direction.sign, direction.gate, mask)
            around = self.field.columns_at(direction.sign, direction.gate)
            if not own or len(around) > _LISTED:
                continue
            for other in around:
                moved = (mask & ~(1 << own[0])) | 1 << other
                if moved in self._seen:
                    continue
                found = self._value(moved)
                if found < value - _BETTER * abs(value):
                    return moved, found
        return None
