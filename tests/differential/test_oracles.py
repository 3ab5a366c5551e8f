"""Patterns, classifications, irrational optimal sets and irrational optima against programs that share nothing with this one."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from classify_judges import fitted, judged
from oracles import ask

import reluexact as rx
from reluexact.geometry.signs import cell_signs
from reluexact.numbers.rational import format_fraction as text

pytestmark = pytest.mark.slow

PROVED, REFUTED = rx.Status.PROVED, rx.Status.REFUTED


def texts(rows):
    return [[text(Fraction(entry)) for entry in row] for row in rows]


# activation patterns: hyperplane arrangements over QQ


def random_rows(seed):
    """Return rows full of coincidences: repeated, opposite, dependent and zero ones."""
    source = random.Random(seed)
    d, most = source.randint(1, 4), source.choice((1, 1, 2, 9))
    rows = [
        [Fraction(source.randint(-most, most), source.choice((1, 1, 3))) for _ in range(d)] for _ in range(source.randint(1, 7))
    ]
    for _ in range(source.randint(0, 2)):
        rows.append([source.choice((-2, -1, 0, 1)) * entry for entry in source.choice(rows)])
    return rows


def our_patterns(rows):
    found = rx.activation_patterns(rows)
    gates = [found.hyperplanes.row_gates(cell_signs(found.signs[cell].tolist())) for cell in range(found.count)]
    return sorted("".join("1" if gate >= 0 else "0" for gate in pattern) for pattern in gates)


def test_patterns_are_the_regions_of_sage():
    instances = [random_rows(seed) for seed in range(60)]
    for rows, answer in zip(instances, ask("sage_oracle", [{"ask": "patterns", "X": texts(X)} for X in instances]), strict=True):
        assert our_patterns(rows) == answer["patterns"]
        assert rx.activation_patterns(rows).count == answer["count"]


# classification: cells and convex hulls over QQ


def random_network(seed):
    """Return data, penalty and a balanced network that is often stationary, with many rows on the walls of its neurons."""
    source = random.Random(seed)
    d, penalty = source.choice((2, 2, 3)), Fraction(1, source.randint(1, 4))
    lengths = {2: ((3, 4, 5), (1, 0, 1), (0, 1, 1)), 3: ((1, 2, 2, 3), (0, 0, 1, 1), (2, 3, 6, 7))}[d]
    neurons = []
    for _ in range(source.randint(1, 2)):
        *w, a = source.choice(lengths)
        neurons.append(([source.choice((-1, 1)) * entry for entry in w], source.choice((-1, 1)) * a))
    network = rx.Network([w for w, _ in neurons], [a for _, a in neurons])
    X = [[Fraction(source.randint(-2, 2)) for _ in range(d)] for _ in range(source.randint(3, 6))]
    for w in network.hidden:
        X.append([-w[1], w[0], *([0] * (d - 2))] if any(w[:2]) else [1, 0, 0][:d])
    gates = []
    for w in network.hidden:
        heights = [sum(p * q for p, q in zip(x, w, strict=True)) for x in X]
        gates.append([int(h > 0) if h else source.choice((0, 1, Fraction(1, 2))) for h in heights])
    extra = [Fraction(source.randint(-3, 3)) for _ in X]
    data = fitted([tuple(map(Fraction, x)) for x in X], penalty, network, gates, extra)
    if data is None:
        data = rx.Dataset(X, extra)
    return data, penalty, network


def test_classifications_are_those_of_sage():
    instances = [random_network(seed) for seed in range(120)]
    questions = [
        {"ask": "classify", "X": texts(data.X), "y": texts([data.y])[0], "penalty": text(penalty)} | network.to_lists()
        for data, penalty, network in instances
    ]
    kinds = set()
    for (data, penalty, network), answer in zip(instances, ask("sage_oracle", questions), strict=True):
        found = rx.classify(network, data, penalty)
        ours = [getattr(found, name).status for name in ("clarke", "sub_sampled", "directional")]
        theirs = [answer[name] for name in ("clarke", "sub_sampled", "directional")]
        assert ours == [PROVED if answer else REFUTED for answer in theirs]
        assert tuple(theirs) == judged(data, network, penalty)
        kinds.add(tuple(theirs))
    assert {(True, True, True), (False, False, False), (True, False, False)} <= kinds


# optimal sets over Q(sqrt 2): vertices by Normaliz


def pair(value):
    """Return p and q of a Real p + q sqrt(2); None when it is none."""
    terms = {} if value.radical is None else dict(value.radical.terms)
    return None if value.radical is None or not set(terms) <= {1, 2} else (terms.get(1, Fraction(0)), terms.get(2, Fraction(0)))


def irrational_sets(count):
    """Yield optimal sets of a dimension > 0 whose directions, fit and vertices are in Q(sqrt 2), not all rational."""
    source, compass = random.Random(15), [(1, 1), (1, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (-1, 0), (0, -1)]
    while count:
        X = [source.choice(compass) for _ in range(source.randint(3, 7))]
        y = [source.randint(-2, 2) for _ in X]
        optimum = rx.solve(rx.Dataset(X, y), source.choice(("1/10", "1/4")))
        best = rx.optimal_set(optimum) if optimum.status is PROVED else None
        if best is None or best.status is not PROVED or best.dimension < 1:
            continue
        numbers = [entry for neuron in best.neurons for entry in neuron.direction] + list(optimum.residual)
        if all(map(pair, numbers)) and any(pair(value)[1] for value in numbers):
            count -= 1
            yield X, y, best


def features_of(X, best):
    """Return sign (x.u)+ for each neuron and row from the directions alone."""
    for neuron in best.neurons:
        heights = []
        for x in X:
            p, q = (sum(e * pair(u)[k] for e, u in zip(x, neuron.direction, strict=True)) for k in range(2))
            positive = float(p) + float(q) * 2**0.5 > 1e-9  # these heights are 0 or at least 1/2
            heights.append((neuron.sign * p, neuron.sign * q) if positive else (Fraction(0), Fraction(0)))
        yield heights


def test_vertices_over_the_field_of_sqrt_2_are_those_of_normaliz():
    instances = list(irrational_sets(8))
    questions = []
    for X, y, best in instances:
        fit = [(target - pair(r)[0], -pair(r)[1]) for target, r in zip(y, best.optimum.residual, strict=True)]
        questions.append({"features": [texts(feature) for feature in features_of(X, best)], "fit": texts(fit)})
    irrational = 0
    for (_, _, best), answer in zip(instances, ask("normaliz_oracle", questions), strict=True):
        ours = sorted(tuple(map(pair, vertex.amounts)) for vertex in best.vertices)
        theirs = sorted(tuple((Fraction(p), Fraction(q)) for p, q in vertex) for vertex in answer["vertices"])
        assert ours == theirs
        assert best.dimension == answer["dimension"]
        irrational += any(q for vertex in theirs for _, q in vertex)
    assert irrational == len(instances)


# optima without closed form: all real roots of the KKT equations by msolve


def kkt_system(data, penalty, optimum):
    """Return the stationarity of v_j = amount * direction as polynomials: c_j s_j G_j' theta = b v_j and |v_j|^2 = c_j^2."""
    count, d = len(optimum.neurons), data.d
    names = [f"v{j}{k}" for j in range(count) for k in range(d)] + [f"c{j}" for j in range(count)]
    gates = [[gate > 0 for gate in neuron.gate] for neuron in optimum.neurons]
    theta = []
    for i, (x, target) in enumerate(zip(data.X, data.y, strict=True)):
        active = [(j, neuron.sign) for j, neuron in enumerate(optimum.neurons) if gates[j][i]]
        terms = [f"-({sign})*({text(x[k])})*v{j}{k}" for j, sign in active for k in range(d)]
        theta.append("(" + text(target) + "".join(terms) + ")")
    equations = []
    for j, neuron in enumerate(optimum.neurons):
        for k in range(d):
            pull = "+".join(f"({text(x[k])})*{theta[i]}" for i, x in enumerate(data.X) if gates[j][i]) or "0"
            equations.append(f"({neuron.sign})*c{j}*({pull})-({text(penalty)})*v{j}{k}")
        equations.append("+".join(f"v{j}{k}^2" for k in range(d)) + f"-c{j}^2")
    return names, [equation.replace("^", "**") for equation in equations]


def irrational_optima(count):
    """Yield problems with a unique optimum without closed form, no row of which is on a wall of its neurons."""
    source = random.Random(8)
    while count:
        X = [[source.randint(-5, 5), source.randint(-5, 5)] for _ in range(source.randint(3, 5))]
        data, penalty = rx.Dataset(X, [source.randint(-5, 5) for _ in X]), Fraction(source.randint(1, 9), 2)
        optimum = rx.solve(data, penalty, digits=40)
        if optimum.status is not PROVED or not 1 <= len(optimum.neurons) <= 2 or optimum.value.closed_form is not None:
            continue
        if all(gate for neuron in optimum.neurons for gate in neuron.gate) and rx.optimal_set(optimum).unique:
            count -= 1
            yield data, penalty, optimum


def fits(point, box, data, optimum):
    """Say whether a root has positive amounts and neurons inside of their cells; roots with a neuron that is zero are others."""
    for j, neuron in enumerate(optimum.neurons):
        v = [point[f"v{j}{k}"] for k in range(data.d)]
        if Fraction(box[f"c{j}"][0]) <= 0:
            return False
        heights = [sum(e * entry for e, entry in zip(x, v, strict=True)) for x in data.X]
        if any((height > 0) is not (gate > 0) for height, gate in zip(heights, neuron.gate, strict=True)):
            return False
    return True


def test_irrational_optima_are_roots_of_msolve():
    """Of all real roots exactly one is a network of these cells, and it is the optimum to forty digits."""
    instances, near = list(irrational_optima(8)), Fraction(1, 10**38)
    questions = []
    for data, penalty, optimum in instances:
        names, equations = kkt_system(data, penalty, optimum)
        questions.append({"ask": "roots", "variables": names, "equations": equations, "bits": 200})
    for (data, penalty, optimum), boxes in zip(instances, ask("sage_oracle", questions), strict=True):
        points = [{name: (Fraction(low) + Fraction(high)) / 2 for name, (low, high) in box.items()} for box in boxes]
        assert all(Fraction(high) - Fraction(low) < near for box in boxes for low, high in box.values())
        (point,) = [point for point, box in zip(points, boxes, strict=True) if fits(point, box, data, optimum)]
        fit = [
            sum(
                neuron.sign * x[k] * point[f"v{j}{k}"]
                for j, neuron in enumerate(optimum.neurons)
                if neuron.gate[i] > 0
                for k in range(data.d)
            )
            for i, x in enumerate(data.X)
        ]
        amounts = [point[f"c{j}"] for j in range(len(optimum.neurons))]
        value = sum((f - t) ** 2 for f, t in zip(fit, data.y, strict=True)) / 2 + penalty * sum(amounts)
        assert abs(value - optimum.value.low) < 10**6 * near
        for j, neuron in enumerate(optimum.neurons):
            for k, entry in enumerate(neuron.direction):
                assert abs(point[f"v{j}{k}"] - point[f"c{j}"] * entry.low) < 10**6 * near
