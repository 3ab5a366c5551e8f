"""Judges of graphs of stationary points: every sub-sampled program solved in floats, from its definition, by another solver.

The program of a set of columns is ``min 1/2 |sum s D X v - y|^2 + b sum |v|``, each v in the closed cell of its column.
One problem is compiled for all sets: a column outside of the set gets a penalty that no residual can reach, so it is not used.
"""

from __future__ import annotations

import warnings
from functools import cached_property
from itertools import pairwise

import cvxpy as cp
import numpy as np

NEAR = 1e-5


class Programs:
    """All sub-sampled programs of some columns (sign, pattern over the rows)."""

    def __init__(self, X, y, penalty, columns):
        self.X, self.y = np.array([[float(x) for x in row] for row in X]), np.array([float(t) for t in y])
        self.penalty, self.columns = float(penalty), list(columns)
        self.size = 1 + abs(self.y).max() + self.penalty
        self.known = {}

    @cached_property
    def compiled(self):
        n, d = self.X.shape
        weights = cp.Parameter(len(self.columns), nonneg=True)
        fit, norms, cells = np.zeros(n), [], []
        for sign, pattern in self.columns:
            v = cp.Variable(d)
            on = np.array([letter == "+" for letter in pattern], dtype=float)
            sides = np.array([{"+": 1.0, "-": -1.0, "0": 0.0}[letter] for letter in pattern])
            fit = fit + sign * (on[:, None] * self.X) @ v
            norms.append(cp.norm(v))
            cells.append((sides[:, None] * self.X) @ v >= 0)
        loss = cp.sum_squares(fit - self.y) / 2 + weights @ cp.hstack(norms)
        return cp.Problem(cp.Minimize(loss), cells), weights, fit

    def solve(self, mask):
        """Return (value, residual) of the program of a set of columns."""
        if mask not in self.known:
            problem, weights, fit = self.compiled
            beyond = 2 * (self.penalty + np.linalg.norm(self.X, axis=1).sum() * np.linalg.norm(self.y))
            weights.value = np.array([self.penalty if mask >> k & 1 else beyond for k in range(len(self.columns))])
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                problem.solve(solver=cp.CLARABEL, tol_gap_abs=1e-10, tol_gap_rel=1e-10, tol_feas=1e-10)
            assert problem.status in ("optimal", "optimal_inaccurate")
            self.known[mask] = problem.value, self.y - fit.value
        return self.known[mask]

    def agree(self, mask, value, residual):
        """Say whether a value and a residual are those of the program of a set."""
        true_value, true_residual = self.solve(mask)
        near_value = abs(true_value - float(value)) < NEAR * self.size**2
        return near_value and np.abs(true_residual - np.array([float(r) for r in residual])).max() < 100 * NEAR * self.size


def programs_of(graph):
    columns = [(column.sign, column.pattern) for column in graph.columns]
    return Programs(graph.data.X, graph.data.y, graph.penalty, columns)


def assert_every_program_has_its_node(graph, masks=None):
    """Solve the programs of all sets (or of ``masks``): one node answers each, with the value and residual of the solver."""
    judge, sets = programs_of(graph), range(graph.programs) if masks is None else masks
    for mask in sets:
        answering = [node for node in graph.nodes if node.answers(mask)]
        assert len(answering) == 1, f"{len(answering)} nodes answer {mask:b}"
        assert graph.node_of(mask) is answering[0]
        assert judge.agree(mask, answering[0].value, answering[0].residual), f"{mask:b}: {answering[0]}, {judge.solve(mask)}"


def values_rise(lower, higher):
    """Say whether it is certain that the first number is lower."""
    return lower.high < higher.low


def assert_sound(graph):
    """Demand what holds for every graph: order, edges, disjoint families, counts."""
    for first, second in pairwise(graph.nodes):
        assert second.value.low <= first.value.high
    for node in graph.nodes:
        assert node.covers >= 1
        assert node.answers(node.largest)
        for smallest in node.smallest():
            assert node.answers(smallest)
            assert not any(node.answers(smallest & ~(1 << k)) for k in range(node.size) if smallest >> k & 1)
    for edge in graph.edges:
        source, target = graph.nodes[edge.source], graph.nodes[edge.target]
        assert edge.column in source.violated
        assert edge.before in set(source.smallest())
        assert values_rise(target.value, source.value)
        assert target.answers(edge.before | 1 << edge.column)
    assert graph.covered == sum(node.covers for node in graph.nodes) <= graph.programs
    assert graph.complete is (graph.covered == graph.programs)
    widths = graph.values_by_width()
    assert all(values_rise(second[1], first[1]) for first, second in pairwise(widths))


def network_in_floats(node, network):
    """Return (sign, direction, amount) of the neurons of a minimal network."""
    entries = []
    for k in network.support:
        direction = np.array([float(entry) for entry in node.neurons[k].direction])
        entries.append((node.neurons[k].sign, direction, float(network.amounts[k])))
    return entries


def objective(X, y, penalty, hidden, output):
    """Evaluate the objective of a network, from its definition."""
    fit = np.maximum(X @ hidden.T, 0) @ output if len(output) else np.zeros(len(y))
    return ((fit - y) ** 2).sum() / 2 + penalty * ((hidden**2).sum() + (output**2).sum()) / 2


def weights_of(vectors, signs, d):
    """Return the balanced network of vectors |v| u and signs."""
    sizes = [max(np.linalg.norm(v), 1e-300) for v in vectors]
    hidden = np.array([v / np.sqrt(size) for v, size in zip(vectors, sizes, strict=True)]).reshape(len(vectors), d)
    return hidden, np.array([sign * np.sqrt(size) for sign, size in zip(signs, sizes, strict=True)])
