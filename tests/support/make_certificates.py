"""A small producer of certificates for tiny instances: independent of the package and of the checker, for the tests alone.

Floats guess, mpmath refines, and what comes out is written down: nothing is proved here. Run this file to write
tests/good/*.json again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction

import make_classifications
import make_extended
import make_extended_optimum
import make_interpolations
import make_paths
import make_sets
import make_spike_free
import make_splines
import make_supports
import make_tied_paths
import mpmath
import numpy as np
import sympy
from make_instances import TINY, Instance, dot, gate_of, image, instance, kernel, solve, strings, text
from make_trees import Grower
from paths import TESTS
from scipy.optimize import linprog

HERE = TESTS
GRID = 160  # midpoints are multiples of 2^-GRID
RADIUS = Fraction(1, 2**110)
SLACK = Fraction(1, 2**90)


@dataclass
class Structure:
    signs: list[int]
    gates: list[str]
    directions: list[np.ndarray]
    roles: list[str]
    partners: list[int | None]
    bases: list[list[list[int]]]
    lineality: list[list[int]]
    fractions: dict[int, Fraction]
    solve: list[int]

    @property
    def blocks(self):
        return [k for k, role in enumerate(self.roles) if role in ("free", "pair")]


def structure_of(case, neurons, ties=(), small=True):
    """Turn tight neurons into roles, bases and a lineality space; `ties` names neurons without amount."""
    d, size = len(case.X[0]), len(neurons)
    gates = [gate_of(case, u) for _, u in neurons]
    bases = [kernel([row for row, g in zip(case.X, gate, strict=True) if g == "0"], d) for gate in gates]
    roles, partners = ["tie" if k in ties else "free" for k in range(size)], [None] * size
    for k in range(size):
        for j in range(k + 1, size):
            if neurons[k][0] == neurons[j][0] and np.linalg.norm(neurons[k][1] + neurons[j][1]) < 1e-3 and not {j, k} & set(ties):
                roles[k], roles[j], partners[k], partners[j], bases[j] = "pair", "partner", j, k, bases[k]
    for k in range(size):
        if small and partners[k] is None:
            bases[k] = image([row for row, g in zip(case.X, gates[k], strict=True) if g == "+"], bases[k])
    lineality, X = [], sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in case.X])
    for k in range(size):
        for vector in bases[k] if roles[k] == "pair" else []:
            trial = [*lineality, vector]
            if (X * sympy.Matrix(trial).T).rank() == len(trial):
                lineality.append(vector)
    signs = [sign for sign, _ in neurons]
    return Structure(signs, gates, [u for _, u in neurons], roles, partners, bases, lineality, {}, [])


def amounts_in_floats(case, theta, parts):
    """Fit y - theta by amounts that are all clearly positive."""
    A, fit = case.A, np.array([float(t) for t in case.y]) - theta
    active = [k for k, role in enumerate(parts.roles) if role != "tie"]
    if not active:
        return {}
    features = np.array([parts.signs[k] * np.maximum(A @ parts.directions[k], 0) for k in active]).T
    scale = np.abs(features).max()
    bounds = [(None, None)] * len(active) + [(0, None)]
    spare = np.array([[-1.0 * (i == j) for j in range(len(active))] + [1.0] for i in range(len(active))])
    rows = np.hstack([features, np.zeros((len(fit), 1))])
    error = 1e-5 * max(1, scale)
    upper = np.vstack([spare, rows, -rows])
    limits = np.concatenate([np.zeros(len(active)), fit + error, error - fit])
    answer = linprog([0] * len(active) + [-1], A_ub=upper, b_ub=limits, bounds=bounds)
    return dict(zip(active, answer.x, strict=False))


def newton(case, parts, amounts):
    """Refine (omega, t, c) with mpmath; return the midpoint as fractions and the Jacobian's inverse."""
    mpmath.mp.dps = 80
    A = case.A
    start, fit = [], np.zeros(len(case.y))
    total = {k: amounts[k] + (amounts[parts.partners[k]] if parts.roles[k] == "pair" else 0) for k in parts.blocks}
    for k in parts.blocks:
        B, w = np.array(parts.bases[k], dtype=float).T, total[k] * parts.directions[k]
        start += list(np.linalg.lstsq(B, w, rcond=None)[0])
    start += [total[k] for k in parts.blocks]
    if parts.lineality:
        for k in parts.blocks:
            if parts.roles[k] == "pair":
                fit -= parts.signs[k] * amounts[parts.partners[k]] * (A @ parts.directions[k])
        start += list(np.linalg.lstsq(A @ np.array(parts.lineality, dtype=float).T, fit, rcond=None)[0])
    if not start:
        return [], []
    z = mpmath.matrix([mpmath.mpf(v) for v in start])
    for _ in range(60):
        values, jacobian = system(case, parts, z)
        step = mpmath.lu_solve(jacobian, values)
        z -= step
        if mpmath.norm(step, mpmath.inf) < mpmath.mpf(10) ** -70:
            break
    else:
        raise ValueError("Newton does not converge: the structure is wrong")
    inverse = system(case, parts, z)[1] ** -1
    size = len(start)
    middle = [Fraction(int(mpmath.nint(z[i] * 2**GRID)), 2**GRID) for i in range(size)]
    return middle, [[Fraction(int(mpmath.nint(inverse[i, j] * 2**64)), 2**64) for j in range(size)] for i in range(size)]


def residual(case, parts, z):
    """Return theta and its derivatives with respect to every unknown, for exact or mpmath numbers."""
    columns, place = [], 0
    unknowns = sum(len(parts.bases[k]) + 1 for k in parts.blocks) + len(parts.lineality)
    for k in parts.blocks:
        for vector in parts.bases[k]:
            columns.append(
                (place, [-parts.signs[k] * dot(row, vector) * (g == "+") for row, g in zip(case.X, parts.gates[k], strict=True)])
            )
            place += 1
    place += len(parts.blocks)
    for vector in parts.lineality:
        columns.append((place, [-dot(row, vector) for row in case.X]))
        place += 1
    slopes = [[Fraction(0)] * unknowns for _ in case.X]
    for j, column in columns:
        for i, entry in enumerate(column):
            slopes[i][j] = entry
    theta = [t + sum((s * z[j] for j, s in enumerate(row) if s), 0 * t) for t, row in zip(case.y, slopes, strict=True)]
    return theta, slopes


def to_mp(q):
    return mpmath.mpf(q.numerator) / q.denominator


def system(case, parts, z):
    """Evaluate E1, E2, E3 and the Jacobian, literally as CERTIFICATE.md writes them."""
    mp_case = Instance([[to_mp(x) for x in row] for row in case.X], [to_mp(t) for t in case.y], to_mp(case.b))
    theta, slopes = residual(mp_case, parts, z)
    size, omegas = len(z), sum(len(parts.bases[k]) for k in parts.blocks)
    values, jacobian = [], []
    place = 0
    lengths = []
    for index, k in enumerate(parts.blocks):
        basis, s = parts.bases[k], parts.signs[k]
        t = z[omegas + index]
        w = [sum(vector[j] * z[place + a] for a, vector in enumerate(basis)) for j in range(len(case.X[0]))]
        for vector in basis:
            pull = [
                (g == "+") * sum(x * v for x, v in zip(row, vector, strict=True))
                for row, g in zip(mp_case.X, parts.gates[k], strict=True)
            ]
            inner = sum(p * q for p, q in zip(pull, theta, strict=True))
            row = [s * t * sum(p * slope[j] for p, slope in zip(pull, slopes, strict=True)) for j in range(size)]
            row[omegas + index] += s * inner
            for a, other in enumerate(basis):
                row[place + a] -= mp_case.b * sum(p * q for p, q in zip(vector, other, strict=True))
            values.append(s * t * inner - mp_case.b * sum(p * q for p, q in zip(vector, w, strict=True)))
            jacobian.append(row)
        row = [mpmath.mpf(0)] * size
        row[omegas + index] = 2 * t
        for a, vector in enumerate(basis):
            row[place + a] = -2 * sum(p * q for p, q in zip(vector, w, strict=True))
        lengths.append((t * t - sum(p * p for p in w), row))
        place += len(basis)
    for value, row in lengths:
        values.append(value)
        jacobian.append(row)
    for vector in parts.lineality:
        pull = [sum(x * v for x, v in zip(row, vector, strict=True)) for row in mp_case.X]
        values.append(sum(p * q for p, q in zip(pull, theta, strict=True)))
        jacobian.append([sum(p * slope[j] for p, slope in zip(pull, slopes, strict=True)) for j in range(size)])
    return mpmath.matrix(values), mpmath.matrix(jacobian)


def document(kind, case, claim, evidence):
    problem = {"X": [[text(x) for x in row] for row in case.X], "y": [text(t) for t in case.y], "penalty": text(case.b)}
    return {
        "format": "reluexact-certificate",
        "version": 1,
        "statement": {"kind": kind, "problem": problem, "claim": claim},
        "evidence": evidence,
        "produced_by": {"program": "tests/make_certificates.py"},
    }


def bound(X, y, b, *, theta=None, network=None, gap=Fraction(1, 1000), **options):
    """Return a bound certificate; theta defaults to the optimal one, a little scaled down."""
    case = instance(X, y, b)
    if theta is None:
        optimal, _, _ = solve(case)
        theta = [Fraction(round(t * (1 - float(gap)) * 2**20), 2**20) for t in optimal]
    floats = [float(t) for t in theta]
    lower = dot(case.y, theta) - dot(theta, theta) / 2
    hidden, output = network or ([], [])
    fit = [
        sum(
            (Fraction(a) * max(Fraction(0), dot(row, map(Fraction, w))) for w, a in zip(hidden, output, strict=True)), Fraction(0)
        )
        for row in case.X
    ]
    upper = sum((f - t) ** 2 for f, t in zip(fit, case.y, strict=True)) / 2
    upper += case.b / 2 * sum((Fraction(v) ** 2 for v in [*output, *[v for w in hidden for v in w]]), Fraction(0))
    claim = {
        "lower": text(lower),
        "upper": text(upper),
        "network": {"hidden": [[text(v) for v in w] for w in hidden], "output": [text(a) for a in output]},
    }
    wider = Instance(case.X, case.y, case.b * (1 + Fraction(1, 50000)))
    trees = [Grower(wider, sign, floats, None, **options).tree() for sign in (1, -1)]
    return document("bound", case, claim, {"residual": [text(t) for t in theta], "positive": trees[0], "negative": trees[1]})


def around(low, high=None, slack=SLACK):
    """Return a claimed box, wider than the numbers."""
    high = low if high is None else high
    step = Fraction(1, 2**100)
    return {"low": text((low - slack) // step * step), "high": text(-((-high - slack) // step) * step)}


def optimum(X, y, b, *, ties=(), tolerance=TINY, small=True, neurons=None, amounts=None, trees=None, radius=RADIUS, **options):
    """Return an optimum certificate of a tiny instance; false ones are made by giving neurons, amounts or trees by hand."""
    case = instance(X, y, b)
    if neurons is None:
        theta, _, neurons = solve(case, tolerance)
    parts = structure_of(case, neurons, ties, small)
    amounts = amounts or amounts_in_floats(case, theta, parts)
    pairs = [k for k in parts.blocks if parts.roles[k] == "pair"]
    parts.solve = choose_solved(parts, pairs, case)
    parts.fractions = {
        k: Fraction(round(64 * amounts[parts.partners[k]] / (amounts[k] + amounts[parts.partners[k]])), 64)
        for k in pairs
        if k not in parts.solve
    }
    middle, inverse = newton(case, parts, amounts)
    exact, _ = residual(case, parts, middle)
    floats = [float(t) for t in exact]
    trees = trees or [Grower(case, sign, floats, parts, **options).tree() for sign in (1, -1)]
    claim = claim_of(case, parts, middle, exact)
    evidence = {
        "roles": parts.roles,
        "bases": [[[text(v) for v in vector] for vector in basis] for basis in parts.bases],
        "lineality": [[text(v) for v in vector] for vector in parts.lineality],
        "system": {
            "midpoint": [text(v) for v in middle],
            "radius": text(radius),
            "preconditioner": [[text(v) for v in row] for row in inverse],
        },
        "split": {"fraction": strings(parts.fractions), "solve": parts.solve},
        "positive": trees[0],
        "negative": trees[1],
    }
    return document("optimum", case, claim, evidence)


def choose_solved(parts, pairs, case):
    """Pick as many pairs as L has vectors, with independent X u."""
    chosen = []
    for k in pairs:
        trial = np.array([case.A @ parts.directions[j] for j in [*chosen, k]])
        if len(chosen) < len(parts.lineality) and np.linalg.matrix_rank(trial, tol=1e-6) == len(chosen) + 1:
            chosen.append(k)
    return chosen


def claim_of(case, parts, middle, exact):
    """Write the claim with boxes round the midpoint's values."""
    value = dot(case.y, exact) - dot(exact, exact) / 2
    omegas, place, phi, size, direction = sum(len(parts.bases[k]) for k in parts.blocks), 0, dict(parts.fractions), {}, {}
    for index, k in enumerate(parts.blocks):
        basis = parts.bases[k]
        size[k] = middle[omegas + index]
        w = [sum((vector[j] * middle[place + a] for a, vector in enumerate(basis)), Fraction(0)) for j in range(len(case.X[0]))]
        direction[k] = [v / size[k] for v in w]
        place += len(basis)
    if parts.solve:
        c = middle[omegas + len(parts.blocks) :]
        target = sympy.Matrix([-dot(row, [dot(c, column) for column in zip(*parts.lineality, strict=True)]) for row in case.X])
        for k, q in parts.fractions.items():
            target -= sympy.Matrix([parts.signs[k] * q * size[k] * dot(row, direction[k]) for row in case.X])
        columns = sympy.Matrix([[parts.signs[k] * size[k] * dot(row, direction[k]) for row in case.X] for k in parts.solve]).T
        answer = (columns.T * columns).inv() * columns.T * target
        phi.update({k: Fraction(int(v.p), int(v.q)) for k, v in zip(parts.solve, answer, strict=True)})
    neurons = []
    for k, role in enumerate(parts.roles):
        amount, j = None, parts.partners[k]
        if role == "partner":
            direction[k], amount = [-v for v in direction[j]], phi[j] * size[j]
        elif role == "tie":
            pull = [
                parts.signs[k]
                * sum((t * row[i] for t, row, g in zip(exact, case.X, parts.gates[k], strict=True) if g == "+"), Fraction(0))
                for i in range(len(case.X[0]))
            ]
            B = sympy.Matrix(parts.bases[k]).T
            image = B * (B.T * B).inv() * B.T * sympy.Matrix(pull)
            direction[k] = [Fraction(int(v.p), int(v.q)) / case.b for v in image]
        else:
            amount = size[k] * (1 - phi.get(k, 0))
        neurons.append(
            {
                "sign": "+" if parts.signs[k] > 0 else "-",
                "gate": parts.gates[k],
                "direction": [around(v) for v in direction[k]],
                "partner": j,
                "amount": None if amount is None else around(amount),
            }
        )
    return {"value": around(value), "residual": [around(t) for t in exact], "neurons": neurons}


def four_hyperplanes():
    """The multipliers of three dependent hyperplanes across the neuron e_1 are free in one dimension: one is fixed by hand."""
    document = optimum([[4, 1, 1], [0, 1, 0], [0, 0, 1], [0, 1, 1]], ["5/2", "-1/2", "-1/2", "-1/2"], 2, tolerance=1e-5)
    for node in document["evidence"]["positive"]:
        if "neuron" in node:
            node["fixed"] = {"3": "-1/4"}
    return document


def exact_point(document, midpoint, fractions, claims):
    """Put an exact rational solution in the place of the box; nothing is left to be solved for, and the claims are exact."""
    claim, evidence = document["statement"]["claim"], document["evidence"]
    evidence["system"]["midpoint"] = midpoint
    evidence["split"] = {"fraction": fractions, "solve": []}
    claim["value"], claim["residual"] = claims[0], claims[1]
    for neuron, direction, amount in zip(claim["neurons"], *claims[2:], strict=True):
        neuron["direction"], neuron["amount"] = [direction], amount
    return document


def same(number):
    """Return the box of one number."""
    return {"low": number, "high": number}


def exact_pair():
    """X'theta = 0 and theta_4 = 11/8 by hand; both amounts, 61/32 and 99/116, are rational."""
    document = optimum([[7], [3], [0], [-4]], [-4, -9, -8, -9], "11/2")
    value, amounts = Fraction(9), [Fraction(61, 32), Fraction(99, 116)]
    theta = [Fraction(-4) + 7 * amounts[1], Fraction(-9) + 3 * amounts[1], Fraction(-8), Fraction(-9) + 4 * amounts[0]]
    value = dot([-4, -9, -8, -9], theta) - dot(theta, theta) / 2
    total = sum(amounts)
    claims = (
        same(text(value)),
        [same(text(t)) for t in theta],
        [same("-1"), same("1")],
        [same(text(a)) for a in amounts],
    )
    return exact_point(document, [text(-total), text(total), text(-amounts[1])], {"0": text(amounts[1] / total)}, claims)


def exact_two_points():
    """Everything is rational: w = 4/5."""
    claims = (same("9/10"), [same("1/5"), same("2/5")], [same("1")], [same("4/5")])
    return exact_point(optimum([[1], [2]], [1, 2], 1), ["4/5", "4/5"], {}, claims)


def three_directions():
    """The toy: one neuron does the work of the two others; fit.theta / b = 19/20 by hand."""
    half, whole = make_sets.same("19/40"), make_sets.same("19/20")
    labels, vertices = [[[0, 1], []], [[0, 2], []]], [{0: half, 1: half}, {2: whole}]
    return make_sets.by_hand(GOOD["optimum-three-directions"](), labels, vertices, 1, whole)


def tree_of_pairs():
    """The three pairs need two shares between the bounds: at every leaf but the counting ones an equation fails by its signs."""
    document = make_sets.minimum_network(GOOD["optimal-set-three-pairs"]())
    document["evidence"]["minimum"] = {"tree": make_sets.branches(make_sets.Pairs(document), 5)}
    return document


GOOD = {
    "bound-two-points": lambda: bound(
        [[1], [2]], [1, 2], 1, theta=[Fraction(1, 5), Fraction(2, 5)], network=([["9/10"]], ["8/9"])
    ),
    "bound-plane": lambda: bound(
        [[7, 3], [0, -4], [-4, -9], [-8, -9], [-6, 6]],
        [3, 8, 0, 2, 9],
        "307/39",
        network=([["-1/2", "1"]], ["1"]),
        tightening=True,
    ),
    "bound-parallel": lambda: bound([["1/2", 1], [-1, -2], [0, 0], [3, -1], [1, 2]], [1, -2, 5, "1/3", 2], "3/4"),
    "optimum-two-points": lambda: optimum([[1], [2]], [1, 2], 1),
    "optimum-zero": lambda: optimum([[1, 0], [0, 1], [1, 1]], [1, -1, "1/2"], 5),
    "optimum-identity": lambda: optimum([[1, 0], [0, 1]], [1, 0], "1/2"),
    "optimum-two-signs": lambda: optimum([[1, 0], [0, 1]], [3, -1], 2),
    "optimum-tie-at-the-end": lambda: optimum([[3, 4]], ["1/5"], 1, ties=(0,), tolerance=1e-3),
    "optimum-three-directions": lambda: optimum([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1], "1/10", ties=(2,)),
    "optimum-pair": lambda: optimum([[7], [3], [0], [-4]], [-4, -9, -8, -9], "11/2"),
    "optimum-parallel-rows": lambda: optimum(
        [[1, 1], [-2, -2], [0, 0], [1, -1], ["1/2", "1/2"], [2, 1]], [1, 2, 3, -2, 1, 1], "1/2"
    ),
    "optimum-zero-multiplier": lambda: optimum(
        [[1, -3], [3, 1], [-3, 2], [0, 0], [3, 1], [1, 1]], [2, -2, 3, 3, 2, -1], "265/49"
    ),
    "optimum-tie-with-radicals": lambda: optimum([[-3, 0, 3], [0, 2, -2]], [-1, -2], "43/38", ties=(2,), tolerance=1e-4),
    "optimum-three-pairs": lambda: optimum([[8, 8], [3, 6], [-9, -4], [-5, 5], [-9, 1], [0, 2]], [-2, 0, -5, -7, -3, 7], "49/20"),
    "optimum-full-basis": lambda: optimum([[1, 0], [0, 1]], [3, -1], 2, small=False, eager=False),
    "optimum-exact-two-points": exact_two_points,
    "optimum-exact-pair": exact_pair,
    "optimum-four-walls": four_hyperplanes,
    "optimum-pair-off-the-walls": lambda: optimum(
        [[4, 0], [-1, -3], [-3, 5], [-5, 0], [3, 2], [4, -4]], [0, 3, 4, -5, 1, -3], "15/7"
    ),
    "optimum-pairs-in-the-plane": lambda: optimum(
        [[1, 0], [0, 1], [1, 2], [-1, 1], [2, -1], [1, 1]], [1, 2, -3, 2, 2, -1], "1/2"
    ),
    "optimum-plane": lambda: optimum([[7, 3], [0, -4], [-4, -9], [-8, -9], [-6, 6]], [3, 8, 0, 2, 9], "307/39", tightening=True),
}
SETS = ("two-points", "zero", "plane", "exact-pair", "three-pairs", "pairs-in-the-plane", "pair-off-the-walls")
GOOD |= {f"optimal-set-{name}": lambda name=name: make_sets.optimal_set(GOOD[f"optimum-{name}"]()) for name in SETS}
GOOD |= {
    "optimal-set-three-directions": three_directions,
    "optimal-set-tie-at-the-end": lambda: make_sets.by_hand(
        GOOD["optimum-tie-at-the-end"](), [[[], []]], [{}], 0, make_sets.same("0")
    ),
    "minimum-network-three-directions": lambda: make_sets.minimum_network(three_directions()),
    "minimum-network-three-pairs": lambda: make_sets.minimum_network(GOOD["optimal-set-three-pairs"]()),
    "minimum-network-by-sums": lambda: make_sets.minimum_network(GOOD["optimal-set-three-pairs"](), {"sums": 2}),
    "minimum-network-by-tree": tree_of_pairs,
}
GOOD |= make_classifications.GOOD | make_extended.GOOD | make_extended_optimum.GOOD | make_splines.GOOD
GOOD |= make_interpolations.GOOD | make_paths.GOOD | make_tied_paths.GOOD | make_supports.GOOD | make_spike_free.GOOD


def main():
    (HERE / "good").mkdir(exist_ok=True)
    for name, make in GOOD.items():
        (HERE / "good" / f"{name}.json").write_text(json.dumps(make(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
