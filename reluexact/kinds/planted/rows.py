"""Rows of data and their dual entries, drawn so that chosen directions reach the penalty: exact arithmetic, no solver.

With ``theta`` fixed, ``h(u) = theta.(Xu)+``. One new row (x, t) with ``t x = s b u - grad h(u)``, active at u and at no direction
that was chosen before, lifts ``s h(u)`` to b and its gradient to ``s b u``, so that u is a local maximiser on the sphere (KKT:
:mod:`reluexact.model.problem`). Whether it is a global one is for the proof to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from operator import mul

from reluexact.budget import check
from reluexact.kinds.planted.draws import Draws
from reluexact.kinds.planted.plan import Plan
from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Vector
from reluexact.numbers.whole import whole

ZERO = Fraction(0)
LEVEL, STARTS, STEPS, TRIES = 3, 12, 12, 40
Row = tuple[Vector, Fraction]
Whole = Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A direction with its sign that reaches the penalty but for a relative distance."""

    sign: int
    direction: Vector
    short: Fraction
    bias: Fraction = ZERO


@dataclass(slots=True, kw_only=True)
class Draft:
    """Rows and seats while they grow."""

    plan: Plan
    draws: Draws
    penalty: Fraction = ZERO
    rows: list[Row] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)

    def built(self) -> bool:
        """Draw everything; False when something does not fit, then another draft may."""
        self._draw_others()
        plan, places = self.plan, self.plan.neurons // self.plan.orbit
        walls = plan.on_hyperplane // plan.orbit
        shorts = [(ZERO, number < walls) for number in range(places)] + [(distance, False) for distance in plan.distances]
        if not all(any(self._seated(short, wall) for _ in range(TRIES)) for short, wall in shorts):
            return False
        if plan.closed and not self._close():
            return False
        self._repeat()
        if plan.balanced and not self._balance():
            return False
        self._shuffle()
        return True

    def _shuffle(self) -> None:
        """Put the rows into an order that says nothing."""
        for i in range(len(self.rows) - 1, 0, -1):
            j = self.draws.between(0, i)
            self.rows[i], self.rows[j] = self.rows[j], self.rows[i]

    def _draw_others(self) -> None:
        """Draw the rows that nothing is known of, and a penalty that they do not reach by far."""
        while len(self.rows) < self.plan.others:
            x = self._entries()
            alone = len(self.rows) + self.plan.orbit > self.plan.others
            x = (ZERO, *x[1:]) if alone and self.plan.symmetric else x
            if any(x):
                self.rows += (
                    [(x, self._weight(self.draws.sign()))] if alone else self._images((x, self._weight(self.draws.sign())))
                )
        size = sum(abs(t) * sum(map(abs, x)) for x, t in self.rows)
        self.penalty = Fraction(max(4, int(size * self.draws.between(1, 4) / 12)))

    def _entries(self) -> Vector:
        entries = [Fraction(self.draws.between(-9, 9)) for _ in range(self.plan.features)]
        return tuple([*entries, Fraction(1)] if self.plan.bias else entries)

    def _weight(self, sign: int) -> Fraction:
        top = self.plan.level and self.draws.between(0, 1)
        return Fraction(sign * (LEVEL if top else self.draws.between(1, LEVEL)))

    def _images(self, row: Row) -> list[Row]:
        """Return the row and its mirror image."""
        return [row, (mirrored(row[0]), row[1])] if self.plan.symmetric else [row]

    def _direction(self) -> tuple[int, Vector]:
        """Draw a direction, often near a chosen one of its sign."""
        sign = self.draws.sign()
        same = [seat.direction for seat in self.seats if seat.sign == sign]
        if same and self.draws.between(0, 1):
            return sign, self.draws.turned(same[self.draws.between(0, len(same) - 1)])
        return sign, self.draws.unit(self.plan.size)

    def _seated(self, short: Fraction, wall: bool) -> bool:
        """Draw a direction and the row that lifts it; False, and nothing changed, when it does not fit."""
        check()
        rows, seats = list(self.rows), list(self.seats)
        sign, u = self._direction()
        images = {u, mirrored(u)} if self.plan.symmetric else {u}
        known = {seat.direction for seat in seats} | {_negative(seat.direction) for seat in seats if seat.sign == sign}
        if not images & known and not (self.plan.symmetric and not u[0]) and self._lifted(sign, u, short, wall):
            self.seats.append(Seat(sign=sign, direction=u, short=short))
            if self.plan.symmetric:
                self.seats.append(Seat(sign=sign, direction=mirrored(u), short=short))
            if not self._exceeds():
                return True
        self.rows, self.seats = rows, seats
        return False

    def _lifted(self, sign: int, u: Vector, short: Fraction, wall: bool) -> bool:
        """Add the row through which u reaches its height, after one whose hyperplane contains u if ``wall``."""
        held: Vector = (ZERO,) * len(u)
        if wall:
            row = self._orthogonal(u, sign)
            if row is None or not self._off(row[0]):
                return False
            self.rows += self._images(row)
            share = Fraction(self.draws.between(1, 3), 4)
            held = tuple(share * row[1] * entry for entry in row[0])
        heights = [dot(x, u) for x, _ in self.rows]
        if heights.count(ZERO) != wall:
            return False
        goal = sign * self.penalty * (1 - short)
        row = self._row([goal * a - b - c for a, b, c in zip(u, gradient(self.rows, u), held, strict=True)], sign)
        here = [mirrored(u)] if self.plan.symmetric else []
        if row is None or dot(row[0], u) <= 0 or not self._off(row[0], here):
            return False
        self.rows += self._images(row)
        return True

    def _orthogonal(self, u: Vector, sign: int) -> Row | None:
        """Return a row whose hyperplane contains u, bent against the sign."""
        x = self._entries()
        along = dot(x, u)
        x = tuple(a - along * b for a, b in zip(x, u, strict=True))
        if not any(x) or (self.plan.bias and not x[-1]):
            return None
        scale = x[-1] if self.plan.bias else max(map(abs, x)) / self.draws.between(3, 9)
        return tuple(entry / scale for entry in x), self._weight(-sign)

    def _row(self, product: list[Fraction], sign: int) -> Row | None:
        """Return the row x and its dual entry t, of the given sign, with ``t x = product``."""
        if not any(product) or (self.plan.bias and product[-1] * sign <= 0):
            return None
        length = max(1, round(max(map(abs, product)) / 7))
        t = product[-1] if self.plan.bias else sign * Fraction(LEVEL if self.plan.level else length)
        return tuple(entry / t for entry in product), t

    def _off(self, x: Vector, more: list[Vector] | None = None) -> bool:
        """Say whether a row and its mirror image are inactive at all seats."""
        places = [seat.direction for seat in self.seats] + (more or [])
        return all(dot(x, u) < 0 for u in places)  # the seats are symmetric where the rows are

    def _close(self) -> bool:
        """Add the row that makes ``X' theta`` zero."""
        size = range(self.plan.size)
        product = [-sum((t * x[j] for x, t in self.rows), ZERO) for j in size]
        for sign in (1, -1):
            row = self._row(product, sign)
            if row is not None and self._off(row[0]):
                self.rows.append(row)
                return not self._exceeds()
        return False

    def _repeat(self) -> None:
        """Split rows into two with the same entries, whose dual entries add up to the old one."""
        for _ in range(self.plan.repeated // self.plan.orbit):
            row = self.rows[self.draws.between(0, len(self.rows) - 1)]
            extra = self._weight(self.draws.sign())
            for x, t in dict.fromkeys([row, (mirrored(row[0]), row[1])] if self.plan.symmetric else [row]):
                place = self.rows.index((x, t))
                self.rows[place : place + 1] = [(x, t - extra), (x, extra)]

    def _balance(self) -> bool:
        """Scale one row against its dual entry, so that these add up to zero."""
        total = sum((t for _, t in self.rows), ZERO)
        options = []
        for place, (_, t) in enumerate(self.rows):
            factor = 1 - total / t if t else ZERO
            if factor > 0:
                options.append((max(factor, 1 / factor), place, factor))
        if not options or self.plan.symmetric:
            return not total
        _, place, factor = min(options)
        x, t = self.rows[place]
        self.rows[place] = (tuple(entry / factor for entry in x), factor * t)
        return True

    def _exceeds(self) -> bool:
        """Say whether a few ascents find a direction beyond the penalty: most bad drafts end here."""
        ascents = Ascents.of(self.rows, self.penalty)
        starts = (whole(self.draws.unit(self.plan.size))[0] for _ in range(STARTS))
        return any(ascents.climbs(sign, start) for start in starts for sign in (1, -1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ascents:
    """Rows in whole numbers: their directions, and ``t x`` and the penalty times one number."""

    directions: Sequence[Whole]
    products: Sequence[Whole]
    penalty: int

    @staticmethod
    def of(rows: list[Row], penalty: Fraction) -> Ascents:
        """Return the rows for ascents."""
        size = len(rows[0][0])
        entries, _ = whole([*(t * entry for x, t in rows for entry in x), penalty])
        products = [entries[k * size : (k + 1) * size] for k in range(len(rows))]
        return Ascents(directions=[whole(x)[0] for x, _ in rows], products=products, penalty=entries[-1])

    def climbs(self, sign: int, place: Whole) -> bool:
        """Go to the gradient as long as that rises; say whether the penalty is exceeded."""
        for _ in range(STEPS):
            step = [sign * entry for entry in self._gradient(place)]
            height = sign * sum(map(mul, self._gradient(step), step))
            if height > 0 and height**2 > self.penalty**2 * sum(map(mul, step, step)):
                return True
            if step == place or height <= 0:
                return False
            place = step
        return False

    def _gradient(self, u: Whole) -> list[int]:
        rows = zip(self.directions, self.products, strict=True)
        on = [product for x, product in rows if sum(map(mul, x, u)) > 0]
        return [sum(column) for column in zip(*on, strict=True)] if on else [0] * len(u)


def gradient(rows: list[Row], u: Vector) -> Vector:
    """Return the gradient of ``theta.(Xu)+`` where the rows through u count as inactive."""
    on = [(x, t) for x, t in rows if dot(x, u) > 0]
    return tuple(sum((t * x[j] for x, t in on), ZERO) for j in range(len(u)))


def _negative(u: Vector) -> Vector:
    return tuple(-entry for entry in u)


def mirrored(x: Vector) -> Vector:
    """Return the mirror image: the first entry changes its sign."""
    return (-x[0], *x[1:])
