"""Optimal functions of one feature with few kinks, by exhaustion: no theorem about runs, no second differences.

A function with m kinks is m + 1 lines. For each way to put the places on the lines (a line may have none) and each sign of the
kinks, whether such a function exists at a cost is a linear program: two lines meet between two places if their difference has
opposite signs there, and what a network pays is that of neurons to the right and to the left at every kink, and of one outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement, product

import numpy as np
from scipy.optimize import linprog

TINY = 1e-8
"""Numbers are small and rational: what is not zero is far above this."""
WIDE = 1e-4
STEPS = 4


@dataclass
class Task:
    """Places and fit, the skip connection (None: free), the greatest cost (in units of the penalty)."""

    places: list
    fit: list
    skip: float | None
    cost: float

    def found(self, kinks):
        """Return the programs of functions with so many kinks that are as cheap."""
        return [program for program in programs(self, kinks) if program.solve(np.zeros(program.size)) is not None]


def programs(task, kinks):
    """Yield the linear program of each layout and signs; of lines without places some, see ``Program.cross``."""
    for cuts in combinations_with_replacement(range(1, len(task.places)), kinks):
        together = [k for k in range(kinks - 1) if cuts[k] == cuts[k + 1]]
        for signs in product((1, -1), repeat=kinks):
            for shares in product(range(1, STEPS), repeat=len(together)):
                yield Program(task, cuts, signs, dict(zip(together, shares, strict=True)))


class Program:
    """Variables: slope and height of each line, then (left, right) of each kink, up and down, the outside neuron, and skip."""

    def __init__(self, task, cuts, signs, between):
        self.task, self.cuts, self.signs = task, cuts, signs
        kinks = len(cuts)
        self.size = 2 * (kinks + 1) + 4 * kinks + 2 + 1
        self.equal, self.below = [], []
        for i, (place, value) in enumerate(zip(task.places, task.fit, strict=True)):
            self.equal.append((self.line(sum(cut <= i for cut in cuts), place), value))
        self.cross(between)
        self.pay()

    def line(self, number, place, factor=1.0):
        row = np.zeros(self.size)
        row[2 * number], row[2 * number + 1] = factor * place, factor
        return row

    def difference(self, kink, place):
        """Return how far the line after a kink lies above that before it."""
        return self.line(kink + 1, place) - self.line(kink, place)

    def cross(self, between):
        """Demand that each kink lies between its places; of two in one gap, one before and one after a place of a grid."""
        for kink, sign in enumerate(self.signs):
            low, high = self.task.places[self.cuts[kink] - 1], self.task.places[self.cuts[kink]]
            first, last = between.get(kink - 1), between.get(kink)
            start = low if first is None else low + first * (high - low) / STEPS
            stop = high if last is None else low + last * (high - low) / STEPS
            self.below.append((sign * self.difference(kink, start), 0.0))
            self.below.append((-sign * self.difference(kink, stop), 0.0))

    def pay(self):
        kinks, first = len(self.cuts), 2 * (len(self.cuts) + 1)
        slope, cost = np.zeros(self.size), np.zeros(self.size)
        for kink in range(kinks):
            left, right = first + 4 * kink, first + 4 * kink + 2
            row = np.zeros(self.size)
            row[2 * kink + 2], row[2 * kink] = -1.0, 1.0
            row[[left, right]] += 1.0
            row[[left + 1, right + 1]] -= 1.0
            self.equal.append((row, 0.0))
            slope[left], slope[left + 1] = -1.0, 1.0
            cost[left : left + 4] = 1.0
        slope[-3], slope[-2], slope[-1] = 1.0, -1.0, 1.0
        cost[-3:-1] = 1.0
        slope[0] -= 1.0
        self.equal.append((slope, 0.0))
        if self.task.skip is not None:
            fixed = np.zeros(self.size)
            fixed[-1] = 1.0
            self.equal.append((fixed, self.task.skip))
        self.cost = cost

    def solve(self, objective, limited=True):
        """Return the greatest value of a linear function; None where there is no such function."""
        below = [*self.below, (self.cost, self.task.cost + TINY)] if limited else self.below
        free = 2 * (len(self.cuts) + 1)
        bounds = [(None, None)] * free + [(0, None)] * (self.size - free - 1) + [(None, None)]
        found = linprog(
            -objective,
            A_ub=np.array([row for row, _ in below]) if below else None,
            b_ub=[value for _, value in below] or None,
            A_eq=np.array([row for row, _ in self.equal]),
            b_eq=[value for _, value in self.equal],
            bounds=bounds,
            method="highs",
        )
        assert found.status in (0, 2), found.message
        return -found.fun if found.status == 0 else None


def reach(found, number, place):
    """Say whether the kink of this number lies strictly to the left of a place in one of these functions, and to the right.

    A kink with a positive change lies to the left of a place if the line after it is above that before it there.
    """
    left = right = False
    for program in found:
        above = program.signs[number] * program.difference(number, place)
        left |= program.solve(above) > WIDE
        right |= program.solve(-above) > WIDE
    return left, right


def pays(task, slope, kinks):
    """Return the least cost of neurons to the right and to the left that make these kinks, and this slope at the first place."""
    count = len(kinks)
    size = 4 * count + 3
    cost, rows, right = np.ones(size), [], []
    cost[-1] = 0.0
    first = np.zeros(size)
    first[-3], first[-2], first[-1] = 1.0, -1.0, 1.0
    for k, (_, change) in enumerate(kinks):
        row = np.zeros(size)
        row[[4 * k, 4 * k + 2]], row[[4 * k + 1, 4 * k + 3]] = 1.0, -1.0
        first[4 * k], first[4 * k + 1] = -1.0, 1.0
        rows.append(row)
        right.append(change)
    rows.append(first)
    right.append(slope)
    skip = (None, None) if task.skip is None else (task.skip, task.skip)
    found = linprog(cost, A_eq=np.array(rows), b_eq=right, bounds=[(0, None)] * (size - 1) + [skip], method="highs")
    assert found.status == 0
    return found.fun


def extremes(task, place):
    """Return the least and the greatest value at a place of functions as cheap as the task asks.

    A function of least or greatest value at a place may have its kinks there and in the dots.
    """
    grid = sorted({*task.places, place})[1:-1] if task.places[0] < place < task.places[-1] else task.places[1:-1]
    count = len(grid)
    size = 4 * count + 3  # left and right, up and down, for each kink; outside, up and down; skip

    def height(x):
        """Return the coefficients of the value at x above that at the first place."""
        row = np.zeros(size)
        row[-3], row[-2], row[-1] = np.array([1.0, -1.0, 1.0]) * (x - task.places[0])
        for k, t in enumerate(grid):
            bend = max(0.0, x - t)
            row[4 * k : 4 * k + 4] = bend - (x - task.places[0]), (x - task.places[0]) - bend, bend, -bend
        return row

    cost = np.ones(size)
    cost[-1] = 0.0
    skip = (None, None) if task.skip is None else (task.skip, task.skip)
    found = [
        linprog(
            sign * height(place),
            A_ub=[cost],
            b_ub=[task.cost + TINY],
            A_eq=np.array([height(x) for x in task.places[1:]]),
            b_eq=[value - task.fit[0] for value in task.fit[1:]],
            bounds=[(0, None)] * (size - 1) + [skip],
            method="highs",
        )
        for sign in (1, -1)
    ]
    assert all(one.status == 0 for one in found)
    return task.fit[0] + found[0].fun, task.fit[0] - found[1].fun


def task_of(problem, value, places, fit, skip):
    """Return the task of a claim: what a function through the fit may cost at most, when ``value`` is the optimal value."""
    heights = dict(zip(places, fit, strict=True))
    errors = problem.loss_value([heights[row[0]] for row in problem.data.X])
    ridge = problem.penalty * skip * skip / 2 if skip and problem.skip == "penalised" else 0
    cost = (value - errors - ridge) / problem.penalty
    return Task(list(map(float, places)), list(map(float, fit)), None if skip is None else float(skip), float(cost))


def assert_sparsest(task, slope, kinks):
    """Demand that a function is as cheap as the task asks, that none has fewer kinks, and that the ranges are right.

    kinks: (at, change, low, high) of each.
    """
    heights = [task.fit[0] + slope * (x - task.places[0]) + sum(c * max(0.0, x - t) for t, c, _, _ in kinks) for x in task.places]
    assert np.allclose(heights, task.fit, atol=1e-7)
    assert pays(task, slope, [(at, change) for at, change, _, _ in kinks]) <= task.cost + 1e-7
    assert not kinks or not task.found(len(kinks) - 1)
    found = task.found(len(kinks)) if kinks else []
    for number, (at, _, low, high) in enumerate(kinks):
        assert low <= at <= high
        assert not reach(found, number, low)[0]
        assert not reach(found, number, high)[1]
        if low < high:
            inside = (high - low) / 50
            assert reach(found, number, low + inside)[0]
            assert reach(found, number, high - inside)[1]
