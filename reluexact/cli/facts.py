"""The facts of ``reluexact selftest``: for every kind a question on tiny data with a known answer, and the checker's verdict."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

from reluexact.cli.fact import PLANE, PLANE_PENALTY, checked, fact, labels, run_checker, set_of_two_vertices, two_points, two_rows

if TYPE_CHECKING:
    from reluexact.kinds.optimum.problem_claim import ProblemOptimum


def _patterns(_: Path) -> str:
    from reluexact import activation_patterns

    return str(activation_patterns([[1, 0], [1, 1], [1, 2], [2, 4], [0, 0]]).count)


def _two_points(folder: Path) -> str:
    from reluexact import solve

    optimum = solve(two_points(), penalty=1)
    optimum.save(folder / "two-points.json")
    return f"{optimum.value} {optimum.status.name}, {run_checker(folder / 'two-points.json')}"


def _forged(folder: Path) -> str:
    text = (folder / "two-points.json").read_text(encoding="ascii")
    forged = folder / "forged.json"
    forged.write_text(text.replace('"9/10"', '"8/10"').replace('"8/10"', '"4/5"'), encoding="ascii")
    return run_checker(forged)


def _plane(folder: Path) -> str:
    from reluexact import Dataset, solve

    optimum = solve(Dataset(*PLANE), penalty=PLANE_PENALTY)
    return f"{optimum.value.decimal(30)} {optimum.status.name}, {checked(optimum, folder)}"


def _bounds(folder: Path) -> str:
    from reluexact import Dataset, prove_bound

    proof = prove_bound(Dataset(*PLANE), penalty=PLANE_PENALTY, gap=Fraction(1, 10**6))
    return f"{proof.gap <= Fraction(1, 10**6) and proof.lower <= proof.upper}, {checked(proof, folder)}"


def _absolute(folder: Path) -> str:
    from reluexact import Problem, solve

    optimum = solve(Problem(two_points(), 1, "absolute"))
    return f"{optimum.value} {optimum.status.name}, {checked(optimum, folder)}"


def _set(folder: Path) -> str:
    best = set_of_two_vertices()
    return f"dimension {best.dimension}, {len(best.vertices)} vertices, {checked(best, folder)}"


def _within(_: Path) -> str:
    from reluexact import Network, contains, least_norm, path, staircase

    best = set_of_two_vertices()
    first, second = best.vertices
    answers = (contains(best, Network([], [])), least_norm(best), path(best, first, second, width=3), staircase(best))
    return ", ".join(answer.status.name for answer in answers)


def _fewest(folder: Path) -> str:
    from reluexact import minimum_network

    found = minimum_network(set_of_two_vertices())
    return f"{found.width} neuron, {checked(found, folder)}"


def _width(folder: Path) -> str:
    from reluexact import solve_width

    found = solve_width(two_points(), 1, 1)
    return f"{found.value} {found.status.name}, {checked(found, folder)}"


def _classification(folder: Path) -> str:
    from reluexact import Network, classify

    found = classify(Network([[1]], [1]), two_points(), 1)
    return f"{found.global_minimum.status.name}, {checked(found, folder)}"


def _graph(folder: Path) -> str:
    from reluexact import Dataset, stationary_graph

    graph = stationary_graph(Dataset(X=((1, 0), (0, 1), (1, -1)), y=(1, 2, -1)), penalty=Fraction(1, 2))
    return f"{len(graph.nodes)} nodes, {graph.covered} of {graph.programs} programs, {checked(graph, folder)}"


def _descent(folder: Path) -> str:
    from reluexact import Network, descent_path

    way = descent_path(Network([[1]], [1]), two_points(), 1)
    return f"{way.status.name}, {checked(way, folder)}"


def _path(folder: Path) -> str:
    from reluexact import solution_path

    path = solution_path(two_rows(), low="1/2")
    return f"{len(path.breakpoints)} breakpoints, {checked(path, folder)}"


def _greatest_penalty(_: Path) -> str:
    from reluexact import max_penalty

    return str(max_penalty(two_points()))


def _sensitivity(_: Path) -> str:
    from reluexact import sensitivity, solve

    return str(sensitivity(solve(two_points(), 1)).degrees_of_freedom)


def _cross_validation(_: Path) -> str:
    from reluexact import cross_validate

    found = cross_validate(two_rows(), low="1/2")
    return f"{found.error} {found.status.name}"


def _interpolation(folder: Path) -> str:
    from reluexact import interpolate

    found = interpolate(two_rows())
    return f"{found.value}, {checked(found, folder)}"


def _judgement(folder: Path) -> str:
    from reluexact import Network, Problem, judge

    found = judge(Network([[1]], [1]), Problem(two_points(), 1))
    return f"{found.within('1/5').name}, {checked(found, folder)}"


def _spline(folder: Path) -> str:
    from reluexact import solve, sparsest_spline

    found = sparsest_spline(cast("ProblemOptimum", solve(labels())))
    return f"{len(found.kinks)} kink, {checked(found, folder)}"


def _theorem(_: Path) -> str:
    from reluexact import theorem

    return str(theorem(two_rows(), "1/2").value)


def _support(folder: Path) -> str:
    from reluexact import support_function

    found = support_function(two_rows(), two_rows().y)
    return f"{found.value}, {checked(found, folder)}"


def _spike_free(folder: Path) -> str:
    from reluexact import Dataset, is_spike_free

    found = is_spike_free(Dataset(((1,), (-1,)), (1, 1)))
    return f"{found.status.name}, {checked(found, folder)}"


def _cutting_plane(_: Path) -> str:
    from reluexact import cutting_plane

    found = cutting_plane(two_points(), 1)
    return f"{found.value} {found.status.name}"


def _pruned(_: Path) -> str:
    from reluexact import Network, prune

    return f"{len(prune(Network([[1], [2]], [1, 1]), two_points()).kept)} neuron"


def _planted(_: Path) -> str:
    from reluexact import planted

    return str(planted().optimum.value)


def _bank(folder: Path) -> str:
    from reluexact import bank_instance

    instance = bank_instance("hat")
    (folder / "hat.json").write_bytes(instance.certificate)
    return f"{instance.low}, {run_checker(folder / 'hat.json')}"


FACTS = (
    fact("patterns", "activation patterns of five rows, one zero, two parallel", "6", _patterns, certified=False),
    fact("optimum", "optimum of (1, 1), (2, 2) at penalty 1", "9/10 PROVED", _two_points),
    fact("optimum", "the same certificate with another value", "REJECTED (exit code 3)", _forged, certified=False),
    fact("optimum", "optimum of five points in the plane", "34.2706271514020157392051210222 PROVED", _plane),
    fact("bound", "bounds of that optimum within a gap of 1/1000000", "True", _bounds),
    fact("optimum", "optimum of the two points with absolute errors", "1 PROVED", _absolute),
    fact("optimal_set", "all optimal networks of a problem with several", "dimension 1, 2 vertices", _set),
    fact(
        "membership selection connectivity",
        "zero network, least norm, a way, connectivity there",
        "REFUTED, PROVED, PROVED, PROVED",
        _within,
        certified=False,
    ),
    fact("minimum_network", "fewest neurons of an optimal network there", "1 neuron", _fewest),
    fact("width_optimum", "best single neuron for the two points", "9/10 PROVED", _width),
    fact("classification", "is (x)+ their global minimum?", "REFUTED", _classification),
    fact("judgement", "is (x)+ within 1/5 of its objective of it?", "PROVED", _judgement),
    fact("descent_path", "a path down from (x)+ to it", "PROVED", _descent),
    fact("pruning", "neurons left of two parallel ones", "1 neuron", _pruned, certified=False),
    fact("max_penalty", "greatest useful penalty of the two points", "5", _greatest_penalty, certified=False),
    fact("sensitivity", "degrees of freedom of their optimum", "1", _sensitivity, certified=False),
    fact("stationary_graph subsampled", "optima of all sub-sampled programs", "17 nodes, 4096 of 4096 programs", _graph),
    fact("solution_path", "path in the penalty of two orthogonal rows", "2 breakpoints", _path),
    fact("cross_validation", "their least leave-one-out error", "5 PROVED", _cross_validation, certified=False),
    fact("interpolation", "cheapest network that meets both targets", "4", _interpolation),
    fact("theorem", "optimum of two orthogonal rows by a theorem", "7/4", _theorem, certified=False),
    fact("rectified_ellipsoid", "how far outputs of neurons of length 1 reach there", "3", _support),
    fact("spike_free", "are the rows 1 and -1 spike-free?", "REFUTED", _spike_free),
    fact("cutting_plane", "optimum of the two points by cutting planes", "9/10 PROVED", _cutting_plane, certified=False),
    fact("sparsest_spline", "fewest kinks for four labels on a line", "1 kink", _spline),
    fact("planted", "value of a planted problem of twelve rows", "2535/2", _planted, certified=False),
    fact("bank", "the instance hat of the bank", "49/200", _bank),
)
