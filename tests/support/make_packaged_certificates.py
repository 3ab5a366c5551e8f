"""Certificates that the package itself produces, kept as files: larger sets than the small producer of the tests can make.

Run this file to write them to tests/good again.
"""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from itertools import permutations, product

from make_judgements import JUDGED
from paths import TESTS

from reluexact.kinds.classification.find import classify
from reluexact.kinds.descent_path.find import descent_path
from reluexact.kinds.files import to_document
from reluexact.kinds.minimum_network.find import minimum_network
from reluexact.kinds.optimal_set.find import optimal_set
from reluexact.kinds.optimum.find import solve
from reluexact.kinds.optimum.problem_find import solve_problem
from reluexact.kinds.solution_path.find import solution_path
from reluexact.kinds.sparsest_spline.find import sparsest_spline
from reluexact.kinds.stationary_graph.find import stationary_graph
from reluexact.kinds.width_optimum.find import solve_width
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.model.problem import Problem

HERE = TESTS


def best(X, y, penalty):
    return optimal_set(solve(Dataset(X=X, y=y), penalty=penalty))


def golden(place):
    """Return a problem of tests/golden/optima.json."""
    case = json.loads((HERE / "golden" / "optima.json").read_text(encoding="utf-8"))[place]
    return best([[Fraction(x) for x in row] for row in case["Z"]], [Fraction(t) for t in case["y"]], Fraction(case["penalty"]))


def symmetric(vector, penalty):
    """Return all signed permutations of one vector, with equal targets."""
    signs = list(product((1, -1), repeat=len(vector)))
    rows = sorted({tuple(s * x for s, x in zip(each, order, strict=True)) for order in permutations(vector) for each in signs})
    return best(rows, [1] * len(rows), penalty)


def of_width(X, y, penalty, width):
    return to_document(solve_width(Dataset(X=X, y=y), Fraction(penalty), width))


def motorcycle(penalty):
    with (HERE.parent / "examples" / "data" / "motorcycle.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return best([[Fraction(x), 1] for x, _ in rows], [Fraction(t) for _, t in rows], penalty)


def whole_path(X, y, share):
    return to_document(solution_path(Dataset(X, y), share=share))


def classified(X, residual, hidden, output):
    """Return the certificate of a network that leaves a residual, at penalty 1."""
    network = Network(hidden, output)
    y = [f + Fraction(r) for f, r in zip(network.predict(X), residual, strict=True)]
    return to_document(classify(network, Dataset(X, y), 1))


UPWARDS = [[4, 2, 1], [1, -1, 0], [2, 1, 0], [1, 2, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 0, -1]]
"""At the neuron e_3: three walls that bend downwards hold three dependent ones that bend upwards; the last row wants a neuron."""


def path(X, y, penalty, hidden, output, method="auto"):
    return to_document(descent_path(Network(hidden, output), Dataset(X=X, y=y), penalty, method=method))


CLARKE = ([[0, 1], [1, -1]], [2, 2], 1)
PLANE = ([[1, 2], [-1, 1], [2, -1], [1, 1]], [3, 1, 2, -2], "1/2")


def graph(X, y, penalty, **options):
    return to_document(stationary_graph(Dataset(X=X, y=y), penalty, **options))


CHOSEN = [(1, "+-+"), (1, "-++"), (-1, "+-+"), (-1, "+--"), (-1, "-++")]
"""Some of the 12 columns of the rows (1, 0), (0, 1), (1, 1)."""


XOR = ([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], [0, 1, 1, 0])
FOUR = [(1, "--++"), (1, "-+-+"), (1, "+-+-"), (1, "++--")]
"""Of the 28 columns of a truth table with a bias: a program whose irrational optimum is not unique."""


def optimum(X, y, penalty):
    return to_document(solve(Dataset(X=X, y=y), penalty=penalty))


ROOTED = [[-1, 1], [0, 1], [0, 1], [1, -1], [0, 0], [0, -1], [1, 0], [-1, -1], [0, -1]]
"""The optimum lies in Q(sqrt 3), and one neuron is tight for that reason alone."""


KINKED = [[1, -1, 1], [0, -1, 1], [-1, -1, 1], [1, 0, 1], [0, 1, 1], [0, 0, 1], [1, 1, 1], [1, 0, 1], [-1, 1, 1]]


def spline(y, penalty, skip):
    """Return the certificate of the fewest kinks for targets at 0, 1, 2, ...; the targets are a fit of integers, plus theta."""
    data = Dataset([[x] for x in range(len(y))], y)
    return to_document(sparsest_spline(solve_problem(Problem(data, penalty, "squared", "free", "free", skip))))


PACKAGED = {
    "optimum-relation-and-tie": lambda: optimum([[1, -2, 1], [2, 2, 2], [1, 1, -2]], [2, 1, 1], 2),
    "optimum-in-square-roots": lambda: optimum(ROOTED, [-1, 0, -1, 1, -1, 0, -1, 1, 0], 1),
    "optimum-symmetric": lambda: optimum([[-1, 3, 1], [3, -1, 1], [-3, 2, 1], [2, -3, 1]], [0, 0, 2, 2], 1),
    "optimum-relations-together": lambda: optimum([[1, 0], [-1, 0], [0, 1], [0, -1], [0, 1]], [1] * 5, "1/2"),
    "optimum-multiplier-on-its-kink": lambda: optimum(KINKED, [-1, 0, -2, 2, -2, 2, 2, -1, 2], 1),
    "descent-path-clarke": lambda: path(*CLARKE, [[1, 0], [0, 0], [1, 3], [2, 2], [-1, -1]], [1, 0, 2, 1, -1], "walk"),
    "descent-path-nothing-to-do": lambda: path(*CLARKE, [[1, 0], [0, 0]], [1, 0]),
    "descent-path-plane": lambda: path(*PLANE, [[1, 1], [-1, 2], [1, -3], [0, 0]], [2, -1, 1, 3]),
    "descent-path-to-zero": lambda: path([[1], [2]], [1, 2], 50, [[3]], ["-1/2"]),
    "stationary-two-points": lambda: graph([[1], [2]], [1, 2], 1),
    "stationary-three-directions": lambda: graph([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1], "1/10"),
    "stationary-pairs-and-walls": lambda: graph([[1, 0], [0, 1], [1, 1]], [1, 2, -1], "1/2"),
    "stationary-some-columns": lambda: graph([[1, 0], [0, 1], [1, 1]], [1, 2, -1], "1/2", columns=CHOSEN),
    "stationary-dependent-features": lambda: graph(*XOR, "1/10", columns=FOUR, start=FOUR),
    "stationary-parallel-rows": lambda: graph([[1, 1], [-2, -2], [0, 0]], [2, 1, 3], "1/2"),
    "optimal-set-in-square-roots": lambda: to_document(optimal_set(solve(Dataset(ROOTED, [-1, 0, -1, 1, -1, 0, -1, 1, 0]), 1))),
    "optimal-set-twelve-points": lambda: to_document(golden(6)),
    "optimal-set-octahedron": lambda: to_document(symmetric((1, 0, 0), 1)),
    "optimal-set-last-breakpoint": lambda: to_document(symmetric((1, 1, 1), 4)),
    "optimal-set-cube": lambda: to_document(symmetric((1, 1, 3), 1)),
    "optimal-set-motorcycle-50": lambda: to_document(motorcycle(50)),
    "minimum-network-octahedron": lambda: to_document(minimum_network(symmetric((1, 0, 0), 1))),
    "minimum-network-cube-of-edges": lambda: to_document(minimum_network(symmetric((0, 1, 2), 1))),
    "minimum-network-cube": lambda: to_document(minimum_network(symmetric((1, 1, 3), 1))),
    "classification-three-walls": lambda: classified(
        UPWARDS, [1, -2, -2, -2, "1/4", "1/4", "1/4", 100], [[0, 0, 1], [0, 0, 0]], [1, 0]
    ),
    "sparsest-spline-collinear": lambda: spline([2, -2, 0, 5, 4, 6, 14], 2, "free"),  # fit 0, 0, 1, 3, 5, 8, 12
    "sparsest-spline-odd-run": lambda: spline([1, -1, 1, 2, 7], 1, "free"),  # fit 0, 0, 1, 3, 6
    "sparsest-spline-penalised": lambda: spline([0, 1, 3], "7/32", "penalised"),
    "path-walls": lambda: whole_path([[1, -2], [1, 0], [0, 3], [-1, 0]], [-1, -3, 1, 1], "1/10"),
    "path-symmetric": lambda: whole_path([[1, 2], [2, 1], [1, 1]], [1, 1, -2], "1/4"),
    "path-spans": lambda: whole_path([[0, 1, -1], [2, 1, -2], [2, 2, 2], [-3, -1, 0]], [-3, 0, 1, 3], "3/10"),
    "path-follower": lambda: whole_path([[0, -1], [3, -1], [-2, -2]], [-2, 2, 0], "1/2"),
    "path-cross": lambda: whole_path([[-2, -2, 3], [-3, 1, 2], [0, -2, -2], [-3, -3, -3]], [-3, 0, -3, -3], "1/6"),
    "path-dependent": lambda: whole_path(
        [[1, -3, -3], [3, -1, -1], [-3, 3, 3], [-1, 2, 3], [-1, 0, 3], [0, 0, -1], [-3, 0, -2]],
        [-3, 3, -2, -2, 1, 3, 2],
        "353/1000",
    ),
    "path-free": lambda: whole_path([[0, -2, -1], [-2, 0, 0], [2, 0, -3], [1, 0, -1]], [-2, 3, 2, 2], "3/50"),
    "path-pairing-ends": lambda: whole_path([[7, 3], [0, -4], [-4, -9], [-8, -9], [-6, 6]], [3, 8, 0, 2, 9], "8/25"),
    "path-together": lambda: whole_path([[-1], [0], [2]], [-2, 2, -1], "1/2"),
    "width-optimum-no-neuron": lambda: of_width([[1], [2]], [1, 2], 1, 0),
    "width-optimum-one-neuron": lambda: of_width([[2, 1], [-1, 0], [1, -1]], [-1, -3, 1], "1/8", 1),
    "width-optimum-two-neurons": lambda: of_width([[0, -3], [-2, -1], [-3, 2]], [2, 3, 4], "1/8", 2),
    "width-optimum-global": lambda: of_width([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1], "1/10", 2),
    "width-optimum-symmetric": lambda: of_width([[1, 0], [0, 1], [-1, 0], [0, -1]], [1, 1, 1, 1], "1/3", 3),
}

PACKAGED |= JUDGED


def main():
    for name, make in PACKAGED.items():
        (HERE / "good" / f"{name}.json").write_text(json.dumps(make(), separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
