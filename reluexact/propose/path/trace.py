"""Follow the optimum while the penalty falls: the next event of a structure, in floats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from reluexact.budget import check
from reluexact.model.program import Program
from reluexact.propose.path.candidates import Watched, beyond
from reluexact.propose.path.quantities import Quantity, quantities
from reluexact.propose.path.shape import Shape, unit_vector
from reluexact.propose.path.smooth import Rows, Smooth
from reluexact.propose.pricing import Pricing
from reluexact.propose.types import Floats

FIRST, LARGEST, SMALLEST = 0.02, 0.2, 1e-13
_NEGATIVE = -1e-10
_ZERO = 1e-9
_TRIES = 60
_FAR = 0.1
_SAME = 1e-6
_CLOSE, _LEAST_PART = 1e-5, 1e-3


Trail = tuple[tuple[float, Floats], ...]
"""Penalties with the solutions there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """The structure lasts down to the lowest penalty that was asked for. trail: solutions on the way, from high to low."""

    penalty: float
    point: Floats
    trail: Trail = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something vanishes at a penalty: quantities of the structure, or what other neurons lack to the penalty; trail as above."""

    penalty: float
    point: Floats
    quantities: tuple[Quantity, ...]
    neurons: tuple[Watched, ...]
    trail: Trail = ()


class Lost(Exception):
    """The structure cannot be followed."""


class Tracer:
    """Follows one structure after another on one data set."""

    def __init__(self, program: Program, pricing: Pricing) -> None:
        self.program, self.pricing, self.rows = program, pricing, Rows.of(program.data)

    def smooth(self, shape: Shape) -> Smooth:
        """Return the equations of a structure."""
        return Smooth(self.rows, shape)

    def follow(self, smooth: Smooth, z: Floats, penalty: float, low: float) -> Hit | Reached:
        """Return where the structure ends below a penalty at which z solves its equations."""
        step, trail = FIRST, [(penalty, z)]
        while penalty > low:
            check()
            below = max(low, penalty * (1 - step))
            found = self._at(smooth, z, penalty, below)
            if found is None:
                step /= 4
                if step < SMALLEST:
                    raise Lost("Newton's method does not settle")
                continue
            negative = self._negative(smooth, found, below)
            new = [] if negative else self._beyond(smooth, found, below)
            if negative or new:
                hit = self._located(_Bracket(self, smooth, (penalty, z), (below, found)), negative, new)
                return replace(hit, trail=(*trail, (hit.penalty, hit.point)))
            penalty, z, step = below, found, min(LARGEST, 2 * step)
            trail.append((penalty, z))
        return Reached(penalty=low, point=z, trail=tuple(trail))

    def climb(self, smooth: Smooth, z: Floats, penalty: float, high: Fraction) -> tuple[float, Floats]:
        """Return how far up towards ``high`` a structure lasts, about, with the solution there."""
        part, top = 0.75, float(high)
        while part > _LEAST_PART and top - penalty > _CLOSE * top:
            check()
            above = penalty + part * (top - penalty)
            found = self._at(smooth, z, penalty, above)
            if found is None or self._negative(smooth, found, above) or self._beyond(smooth, found, above):
                part /= 2
            else:
                penalty, z = above, found
        return penalty, z

    def _at(self, smooth: Smooth, z: Floats, penalty: float, below: float) -> Floats | None:
        slope = smooth.slope(z, penalty)
        if slope is None:
            return None
        guess = z + (below - penalty) * slope
        found = smooth.solve(guess, below)
        return None if found is None or smooth.relative(found - guess, found, below) > _FAR else found

    def _negative(self, smooth: Smooth, z: Floats, penalty: float) -> list[Quantity]:
        return [quantity for quantity, value in quantities(smooth, z, penalty) if value < _NEGATIVE]

    def _beyond(self, smooth: Smooth, z: Floats, penalty: float) -> list[Watched]:
        return beyond(self.program, self.rows, self.pricing, smooth, z, penalty)

    def _located(self, bracket: _Bracket, negative: list[Quantity], new: list[Watched]) -> Hit:
        """Find the first event inside a bracket: whatever is violated there comes into question."""
        for _ in range(_TRIES):
            penalty, z = bracket.above
            if any(bracket.lack_of(neuron)(z, penalty) < _NEGATIVE for neuron in new):
                bracket, negative, new = self._halved(bracket)
                continue
            roots = [bracket.root(bracket.value_of(quantity)) for quantity in negative]
            roots += [bracket.root(bracket.lack_of(neuron)) for neuron in new]
            penalty, z = max(roots, key=lambda root: root[0])
            extra = [quantity for quantity in self._negative(bracket.smooth, z, penalty) if quantity not in negative]
            fresh = self._beyond(bracket.smooth, z, penalty)
            fresh = [one for one in fresh if all(one.face != known.face for known in new)]
            if not extra and not fresh and bracket.crosses(new, (penalty, z)):
                bracket, negative, new = self._halved(_Bracket(self, bracket.smooth, (penalty, z), bracket.below))
                continue
            if not extra and not fresh:
                return self._hit(bracket, penalty, z, new)
            negative, new = negative + extra, new + fresh
        raise Lost("the events come too close for floats")

    def _halved(self, bracket: _Bracket) -> tuple[_Bracket, list[Quantity], list[Watched]]:
        """Halve a bracket in which a neuron passes a hyperplane, so that it is not the same neuron at both ends."""
        middle = bracket.middle()
        penalty, z = middle
        negative, new = self._negative(bracket.smooth, z, penalty), self._beyond(bracket.smooth, z, penalty)
        if negative or new:
            return _Bracket(self, bracket.smooth, bracket.above, middle), negative, new
        penalty, z = bracket.below
        negative = self._negative(bracket.smooth, z, penalty)
        lower = _Bracket(self, bracket.smooth, middle, bracket.below)
        return lower, negative, [] if negative else self._beyond(bracket.smooth, z, penalty)

    def _hit(self, bracket: _Bracket, penalty: float, z: Floats, new: list[Watched]) -> Hit:
        """Return what vanishes there; a neuron beyond the penalty only because a quantity vanished is none."""
        values = dict(quantities(bracket.smooth, z, penalty))
        vanishing = tuple(quantity for quantity, value in values.items() if abs(value) < _ZERO)
        theta = bracket.smooth.theta(z)
        vectors = [(one, one.vector(self.rows, theta)) for one in new]
        tight = [(one, vector) for one, vector in vectors if abs(np.linalg.norm(vector) / penalty - 1) < _ZERO]
        own = [(block.block.sign, bracket.smooth.vector(k, z)) for k, block in enumerate(bracket.smooth.blocks)]
        own += [(tie.sign, penalty * unit_vector(tie)) for tie in bracket.smooth.shape.ties]
        others = tuple(
            one
            for one, vector in tight
            if not any(sign == one.face.sign and np.linalg.norm(mine - vector) < _SAME * penalty for sign, mine in own)
        )
        return Hit(penalty=penalty, point=z, quantities=vanishing, neurons=others)


class _Bracket:
    """An interval of the penalty, with the solutions at its ends; finds where a function vanishes in it."""

    def __init__(self, tracer: Tracer, smooth: Smooth, above: tuple[float, Floats], below: tuple[float, Floats]) -> None:
        self.tracer, self.smooth, self.above, self.below = tracer, smooth, above, below

    def middle(self) -> tuple[float, Floats]:
        """Return the middle with the solution there."""
        (high, up), (low, down) = self.above, self.below
        z = self.smooth.solve((up + down) / 2, (high + low) / 2)
        if z is None:
            raise Lost("Newton's method does not settle between two solutions")
        return (high + low) / 2, z

    def value_of(self, quantity: Quantity) -> Callable[[Floats, float], float]:
        """Return the function of a quantity."""
        return lambda z, penalty: dict(quantities(self.smooth, z, penalty))[quantity]

    def lack_of(self, neuron: Watched) -> Callable[[Floats, float], float]:
        """Return what a neuron lacks to the penalty."""
        rows = self.tracer.rows
        return lambda z, penalty: 1 - float(np.linalg.norm(neuron.vector(rows, self.smooth.theta(z)))) / penalty

    def crosses(self, new: Sequence[Watched], at: tuple[float, Floats]) -> bool:
        """Say whether a neuron that has the length of the penalty somewhere has left its gate there, so that it is none."""
        rows, (penalty, z) = self.tracer.rows, at
        theta = self.smooth.theta(z)
        for neuron in new:
            if abs(self.lack_of(neuron)(z, penalty)) < _ZERO:
                heights = rows.normals @ neuron.vector(rows, theta) / (rows.lengths * penalty)
                if np.any(heights * np.array(neuron.face.gate) < -_SAME):
                    return True
        return False

    def root(self, function: Callable[[Floats, float], float]) -> tuple[float, Floats]:
        """Return the place where a function that is negative below vanishes; the upper end where it does not there."""
        (high, up), (low, down) = self.above, self.below
        f_high, f_low = function(up, high), function(down, low)
        if f_low >= 0:
            return low, down
        if f_high <= 0:
            return high, up
        side = 0
        for _ in range(80):
            middle = (f_high * low - f_low * high) / (f_high - f_low)
            if not low < middle < high:
                middle = (low + high) / 2
            if middle in (low, high):
                break
            share = (middle - low) / (high - low)
            z = self.smooth.solve((1 - share) * down + share * up, middle)
            if z is None:
                raise Lost("Newton's method does not settle between two solutions")
            value = function(z, middle)
            if value == 0 or high - low <= 4e-16 * high:
                return middle, z
            if value > 0:
                high, up, f_high, f_low, side = middle, z, value, f_low / 2 if side == 1 else f_low, 1
            else:
                low, down, f_low, f_high, side = middle, z, value, f_high / 2 if side == -1 else f_high, -1
            if abs(value) < 1e-15:
                return middle, z
        return high, up
