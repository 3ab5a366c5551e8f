"""Good networks of a given width, in floats: restricted programs on few columns, improved column by column."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from math import comb

from reluexact.evidence.column_supports import members
from reluexact.evidence.region import whole
from reluexact.propose import loss
from reluexact.propose.width.field import Field, Relaxed
from reluexact.propose.width.splitting import merged

_SUBSETS = 200
_IMPROVED = 3
_BETTER = 1e-10
_ROUNDS = 200
_LISTED = 40


class Proposals:
    """Keeps the best set of at most ``width`` columns met so far, and its value in floats.

    Every set is solved once; nothing here is trusted.
    """

    def __init__(self, field: Field, width: int) -> None:
        self.field, self.width = field, width
        self.best, self.value = 0, loss.value(field.targets)
        self._seen: set[int] = {0}

    def consider(self, mask: int) -> bool:
        """Improve a set of columns as far as it goes; say whether it beats the best so far."""
        return mask not in self._seen and self._improve(mask, self._value(mask))

    def from_relaxed(self, relaxed: Relaxed) -> None:
        """Try subsets of the directions of a relaxed solution, then exchange single columns of the best set for these."""
        anywhere = whole(2, 1)
        found = [self.field.columns_at(one.sign, one.gate)[:1] for one in merged(anywhere, relaxed.directions)]
        listed = [column for columns in found for column in columns][:_LISTED]
        size = min(self.width, len(listed))
        while comb(len(listed), size) > _SUBSETS:
            listed.pop()
        masks = {sum({1 << k for k in chosen}) for chosen in combinations(listed, size)} - self._seen
        values = sorted((self._value(mask), mask) for mask in sorted(masks))
        for value, mask in values[:_IMPROVED]:
            self._improve(mask, value)
        self._exchange(listed)

    def _exchange(self, others: Iterable[int]) -> None:
        """Replace one column of the best set, as long as that helps."""
        pool, improved = list(others), True
        while improved:
            kept = list(members(self.best))
            bases = [self.best & ~(1 << k) for k in kept] if len(kept) >= self.width else [self.best]
            masks = {base | 1 << other for base in bases for other in pool} - self._seen
            values = sorted((self._value(mask), mask) for mask in sorted(masks))
            improved = any(self._improve(mask, value) for value, mask in values[:1])

    def _improve(self, mask: int, value: float) -> bool:
        for _ in range(_ROUNDS):
            better = self._neighbour(mask, value)
            if better is None:
                break
            mask, value = better
        if value < self.value - _BETTER * abs(self.value):
            self.best, self.value = mask, value
            return True
        return False

    def _value(self, mask: int) -> float:
        self._seen.add(mask)
        return self.field.relax(mask, self.field.every.chosen(mask)).value

    def _neighbour(self, mask: int, value: float) -> tuple[int, float] | None:
        """Move a neuron that lies on hyperplanes to the cells beyond them: the first set that is better."""
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
