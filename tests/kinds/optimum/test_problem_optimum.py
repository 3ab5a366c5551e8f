"""The optimum of problems with other losses, row weights, a linear part and free biases: other programs and symmetries judge."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from paths import DATA
from problem_judge import full_program

from reluexact.checker import check_document
from reluexact.evidence.status import Status
from reluexact.kinds.files import certificate, load, save
from reluexact.kinds.optimum.problem_find import solve_problem
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem

LOSSES = (
    "squared",
    "absolute",
    "huber(1)",
    "quantile(1/4)",
    "epsilon_insensitive(1/2)",
    "hinge",
    "squared_hinge",
)
CLOSE = 1e-5


def options(rng, loss):
    """Return data and options of a random small problem."""
    n, d = rng.randint(3, 6), rng.randint(1, 2)
    X = [[rng.randint(-4, 4) for _ in range(d)] for _ in range(n)]
    y = [rng.choice([-1, 1]) for _ in range(n)] if "hinge" in loss else [rng.randint(-4, 4) for _ in range(n)]
    hidden = rng.choice(["none", "penalised", "free"])
    return {
        "X": X,
        "y": y,
        "b": Fraction(1, rng.choice([1, 2, 7])),
        "loss": loss,
        "output_bias": "free" if hidden == "free" else rng.choice(["none", "free", "penalised"]),
        "hidden_bias": hidden,
        "skip": rng.choice(["none", "none", "free", "penalised"]),
        "weights": [rng.randint(1, 3) for _ in range(n)] if rng.random() < 0.3 else None,
    }


def problem_of(known):
    parts = {name: known[name] for name in ("loss", "output_bias", "hidden_bias", "skip", "weights")}
    return Problem(Dataset(known["X"], known["y"]), known["b"], **parts)


def judged(known, optimum):
    """Compare an answer with the full program, and a proof with the checker; say whether it was proved."""
    value = full_program(**known)
    room = CLOSE * max(1.0, abs(value))
    assert float(optimum.lower) - room <= value <= float(optimum.upper) + room, known
    if optimum.status is not Status.PROVED:
        return False
    assert optimum.upper - optimum.lower < Fraction(1, 10**12), known
    assert optimum.problem.objective(optimum.network) == optimum.upper
    assert check_document(certificate(optimum)).verified
    return True


@pytest.mark.parametrize("loss", LOSSES)
def test_random_problems_against_the_full_program(loss):
    rng, proved = random.Random(f"problems {loss}"), 0
    for _ in range(6):
        known = options(rng, loss)
        problem = problem_of(known)
        if not problem.is_plain:
            proved += judged(known, solve_problem(problem))
    assert proved >= 3


@pytest.mark.slow
@pytest.mark.parametrize("loss", LOSSES)
def test_many_random_problems_against_the_full_program(loss):
    rng, proved, tried = random.Random(f"many problems {loss}"), 0, 0
    for _ in range(60):
        known = options(rng, loss)
        problem = problem_of(known)
        if not problem.is_plain:
            tried += 1
            proved += judged(known, solve_problem(problem))
    assert proved >= 0.85 * tried


HAND = {
    "a line of slope 8/3 through two of three": (Problem(Dataset([[1], [2], [4]], [1, 2, 9]), 1, "absolute", "free"), "13/3"),
    "a constant target costs nothing": (Problem(Dataset([[1], [2]], [3, 3]), 1, output_bias="free"), "0"),
    "a penalised output bias alone": (Problem(Dataset([[1], [-1]], [1, 1]), 2, output_bias="penalised"), "1/2"),
    "least squares line": (Problem(Dataset([[0], [1], [2]], [0, 1, 0]), 5, output_bias="free", skip="free"), "1/3"),
    "median": (Problem(Dataset([[1], [1], [1]], [0, 1, 5]), 100, "absolute", "free"), "5"),
    "weighted median": (Problem(Dataset([[1], [1], [1]], [0, 1, 5]), 100, "absolute", "free", weights=[1, 1, 3]), "9"),
    "separable hinge": (Problem(Dataset([[1], [-1]], [1, -1]), "1/8", "hinge", "free", "free"), "1/8"),
}
"""Values that can be found by hand."""


@pytest.mark.parametrize("name", HAND)
def test_by_hand(name):
    problem, value = HAND[name]
    optimum = solve_problem(problem)
    assert optimum.status is Status.PROVED, optimum.reason
    assert (optimum.value.low, optimum.value.high) == (Fraction(value), Fraction(value))


def value_of(*arguments, **options):
    optimum = solve_problem(Problem(*arguments, **options))
    assert optimum.status is Status.PROVED, optimum.reason
    return optimum.value


DATA3 = ([[-2], [-1], [0], [1], [3]], [1, 0, 2, 0, 1])


def test_row_weight_two_is_the_row_twice():
    X, y = DATA3
    heavy = value_of(Dataset(X, y), 1, output_bias="penalised", weights=[1, 2, 1, 1, 1])
    twice = value_of(Dataset([*X, X[1]], [*y, y[1]]), 1, output_bias="penalised")
    assert heavy.decimal(25) == twice.decimal(25)


def test_huber_with_a_large_delta_is_squared():
    X, y = DATA3
    bent, square = (
        value_of(Dataset(X, y), 1, loss=loss, output_bias="free", hidden_bias="free") for loss in ("huber(100)", "squared")
    )
    assert bent.decimal(25) == square.decimal(25)


def test_quantile_one_half_is_half_of_absolute():
    X, y = DATA3
    half = value_of(Dataset(X, y), "1/2", loss="quantile(1/2)", output_bias="free")
    whole = value_of(Dataset(X, y), 1, loss="absolute", output_bias="free")
    assert 2 * half.low == whole.low


def test_a_free_bias_does_not_see_a_shift():
    X, y = DATA3
    values = [
        value_of(Dataset([[row[0] + by] for row in X], y), 1, output_bias="free", hidden_bias="free").decimal(25)
        for by in (0, 2000)
    ]
    assert values[0] == values[1]


def test_a_free_skip_takes_a_linear_function():
    X, y = DATA3
    bent = [t + 3 * row[0] for row, t in zip(X, y, strict=True)]
    values = [value_of(Dataset(X, targets), 1, output_bias="free", skip="free").decimal(25) for targets in (y, bent)]
    assert values[0] == values[1]


def test_a_claim_is_saved_and_read(tmp_path):
    X, y = DATA3
    for k, options in enumerate(
        (
            {"loss": "hinge", "output_bias": "free", "hidden_bias": "free"},
            {"loss": "absolute", "skip": "penalised"},
            {"output_bias": "free", "weights": [1, 2, 3, 4, 5]},
        )
    ):
        targets = [1 if t else -1 for t in y] if options.get("loss") == "hinge" else y
        optimum = solve_problem(Problem(Dataset(X, targets), "1/3", **options))
        save(optimum, tmp_path / f"{k}.json")
        assert load(tmp_path / f"{k}.json") == optimum


def test_motorcycle_with_free_biases():
    data = Dataset.read(DATA / "motorcycle.csv")
    optimum = solve_problem(Problem(data, 1000, output_bias="free", hidden_bias="free"))
    assert optimum.status is Status.PROVED
    assert optimum.value.low == Fraction(3824068719717946393451799, 45058028791392220360)
    kinks = {data.X[neuron.face[0]][0] for neuron in optimum.neurons}
    assert kinks == {Fraction("21.4"), Fraction("13.2"), Fraction(32)}


@pytest.mark.parametrize("loss", ["squared", "huber(1)", "absolute"])
def test_free_columns_that_depend_on_others_get_no_weight(loss):
    """A zero feature, twice a feature, and a constant one beside a free output bias: the value is that without them."""
    xs, y = [1, 2, 4, 5, 7, 8], [1, 3, -1, 4, 2, 2]
    penalty = Fraction(1, 3)
    alone = solve_problem(Problem(Dataset([[x] for x in xs], y), penalty, loss=loss, output_bias="free", skip="free"))
    assert alone.status is Status.PROVED
    rows = [[x, 0] for x in xs]
    zero = solve_problem(Problem(Dataset(rows, y), penalty, loss=loss, output_bias="free", skip="free"))
    assert (zero.status, zero.value) == (Status.PROVED, alone.value)
    assert zero.linear[2].as_fraction() == 0
    known = {"loss": loss, "output_bias": "free", "skip": "free", "hidden_bias": "none", "weights": None}
    for rows in ([[x, 2 * x] for x in xs], [[x, 1] for x in xs]):
        optimum = solve_problem(Problem(Dataset(rows, y), penalty, loss=loss, output_bias="free", skip="free"))
        assert judged({"X": rows, "y": y, "b": penalty, **known}, optimum)
        assert optimum.linear[2].as_fraction() == 0


@pytest.mark.parametrize(
    ("rows", "y", "parts", "value"),
    [
        ([[0], [0]], [1, 2], {"skip": "free"}, Fraction(5, 2)),
        ([[0], [0]], [1, 2], {"skip": "free", "output_bias": "free", "hidden_bias": "free"}, Fraction(1, 4)),
        ([[1, 2], [2, 3]], [3, 5], {"skip": "free", "output_bias": "free", "hidden_bias": "free"}, Fraction(0)),
    ],
)
def test_a_linear_part_of_dependent_columns(rows, y, parts, value):
    optimum = solve_problem(Problem(Dataset(rows, y), 1, **parts))
    assert (optimum.status, optimum.value.as_fraction()) == (Status.PROVED, value)


def test_a_dual_optimum_at_a_breakpoint_of_a_single_row():
    """No row is away from a breakpoint, no neuron there: bounds at least, never an error of a solver."""
    problem = Problem(Dataset([[1, 1]], [0]), Fraction(3, 20), loss="quantile(1/4)", hidden_bias="penalised")
    optimum = solve_problem(problem)
    assert optimum.lower == optimum.upper == 0


@pytest.mark.parametrize("loss", LOSSES)
def test_the_parts_of_the_value_are_those_of_the_network(loss):
    rng, seen = random.Random(f"parts {loss}"), 0
    for _ in range(5):
        known = options(rng, loss)
        if problem_of(known).is_plain:
            continue
        optimum = solve_problem(problem_of(known))
        fit = optimum.predict(optimum.data.X)
        lost = optimum.problem.loss_value(fit)
        assert abs((optimum.loss - lost).middle) < 1e-12, known
        assert abs((optimum.loss + optimum.penalised).middle - optimum.value.middle) < 1e-12
        weights = known["weights"] or [1] * len(fit)
        mean = Fraction(sum(o * y for o, y in zip(weights, known["y"], strict=True)), sum(weights))
        spread = sum(o * (y - mean) ** 2 for o, y in zip(weights, known["y"], strict=True))
        assert (optimum.r_squared is not None) == (loss == "squared" and spread != 0)
        if optimum.r_squared is not None:
            assert abs((optimum.r_squared - (1 - 2 * lost / spread)).middle) < 1e-12
        seen += optimum.status is Status.PROVED
    assert seen


def test_an_open_problem_has_the_parts_of_its_network():
    problem = Problem(Dataset(*DATA3), "1/10", loss="huber(1)", output_bias="free")
    optimum = solve_problem(problem, time_limit="1/1000000")
    assert optimum.status is Status.UNDECIDED
    assert (optimum.loss + optimum.penalised).low == optimum.upper
    assert optimum.loss.low == problem.loss_value(optimum.network.predict(problem.data.X))
