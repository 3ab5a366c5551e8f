"""``rx.judge``: exact objectives, excesses that are 0 exactly or bounded with proof, whatever the loss and the parts."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from make_judgements import BEST, HAT, LABELS, ROOF, STEP, TWO_POINTS
from paths import ROOT
from problem_judge import full_program, judgeable
from random_problems import problem_of, random_case

import reluexact as rx
from reluexact.budget import Interrupted
from reluexact.kinds.judgement.claim import Excess

CLARKE = rx.Problem(rx.Dataset([[0, 1], [1, -1]], [2, 2]), 1)


def test_a_planted_optimum_has_the_excess_0_exactly():
    found = rx.judge(BEST, TWO_POINTS)
    assert (found.objective, found.excess, found.is_optimal) == (
        Fraction(75, 32),
        Excess(low=Fraction(0), high=Fraction(0)),
        True,
    )
    assert found.optimum.is_rational
    assert found.within(0) is rx.Status.PROVED


def test_an_optimum_with_kinks_in_all_rows():
    found = rx.judge(ROOF, HAT)
    assert (found.objective, found.excess.high, found.is_optimal) == (Fraction(1, 4), 0, True)


@pytest.mark.parametrize("loss", ["squared", "huber(1)"])
@pytest.mark.parametrize("weights", [None, [2, 1, "1/3"]])
def test_a_planted_optimum_with_free_biases(loss, weights):
    """The dual point first, (-1, 2, -1) / 8, which attains b = 1/8 at the neurons of ROOF; the targets last."""
    shares = [Fraction(w) for w in weights or (1, 1, 1)]
    y = [f + Fraction(t, 8) / w for f, t, w in zip((0, 1, 0), (-1, 2, -1), shares, strict=True)]
    problem = rx.Problem(rx.Dataset([[0], [1], [2]], y), "1/8", loss, "free", "free", weights=weights)
    found = rx.judge(ROOF, problem)
    assert (found.is_optimal, found.excess.high, found.objective) == (True, 0, problem.objective(ROOF))
    moved = rx.BiasedNetwork(ROOF.hidden, ROOF.output, hidden_bias=ROOF.hidden_bias, output_bias="1000001/1000000")
    worse = rx.judge(moved, problem)
    assert 0 < worse.excess.low <= worse.objective - found.objective <= worse.excess.high
    assert worse.excess.high - worse.excess.low <= worse.excess.high / 1000


def test_a_network_next_to_an_irrational_optimum():
    optimum = rx.solve(CLARKE)
    assert not optimum.value.is_rational
    found = rx.judge(optimum.network, CLARKE)
    assert 0 < found.excess.low <= found.excess.high < Fraction(1, 10**40)
    assert found.is_optimal is False
    assert found.within("1e-30") is rx.Status.PROVED


def test_bounds_contain_the_excess_over_the_proved_optimum():
    found = rx.judge(rx.Network([[1, 0], [0, 0]], [1, 0]), CLARKE)
    best = rx.solve(CLARKE).value
    assert found.objective == Fraction(7, 2)
    assert found.excess.low <= Fraction(7, 2) - best.high
    assert Fraction(7, 2) - best.low <= found.excess.high
    assert found.relative.low == found.excess.low / Fraction(7, 2)
    assert found.within(found.relative.high) is rx.Status.PROVED
    assert found.within(found.relative.low - Fraction(1, 10**9)) is rx.Status.REFUTED


def test_undecided_between_the_bounds():
    found = rx.judge(STEP, rx.Problem(LABELS, "1/10", "hinge", "free", "free"))
    between = (found.relative.low + found.relative.high) / 2
    assert found.within(between) is rx.Status.UNDECIDED


def test_the_logistic_objective_is_rounded_up_and_never_refutes_by_that():
    problem = rx.Problem(LABELS, "1/10", "logistic", "free", "free")
    found = rx.judge(STEP, problem)
    assert found.objective == problem.objective(STEP)
    best = rx.judge(rx.bound(problem).network, problem)
    assert best.excess.low == 0 < best.excess.high
    assert best.is_optimal is None


def test_penalised_biases_are_the_last_column():
    data = rx.Dataset([[1], [2], [4]], [1, 2, 1])
    problem = rx.Problem(data, 1, hidden_bias="penalised", output_bias="penalised")
    network = rx.BiasedNetwork([[3]], [1], hidden_bias=[4], output_bias=2)
    found = rx.judge(network, problem)
    assert found.network.hidden == ((3, 4),)
    fit = [3 * x + 4 + 2 for x in (1, 2, 4)]
    assert found.objective == Fraction(sum((f - y) ** 2 for f, y in zip(fit, (1, 2, 1), strict=True)) + 9 + 16 + 1 + 4, 2)


@pytest.mark.parametrize(
    ("network", "problem", "words"),
    [
        (BEST, None, "say what the network is judged by"),
        (BEST, [[1]], "a list is no problem"),
        (7, TWO_POINTS, "not a network"),
        (rx.BiasedNetwork([[1]], [1], output_bias=1), TWO_POINTS, "output bias, which this problem has not"),
        (rx.Network([[1, 1]], [1]), TWO_POINTS, "reads 2 columns, but the problem has 1"),
        (rx.Network([[1, 1]], [1]), HAT, "reads 2 columns, but the problem has 1"),
    ],
)
def test_what_does_not_fit_is_refused(network, problem, words):
    with pytest.raises(rx.InputError, match=words):
        rx.judge(network, problem)


def test_a_pair_is_a_network():
    assert rx.judge(([["1/2"]], ["1/2"]), TWO_POINTS) == rx.judge(BEST, TWO_POINTS)


def test_a_time_limit_leaves_proved_bounds():
    data = rx.Dataset.read(ROOT / "examples" / "data" / "motorcycle.csv", bias=True)
    found = rx.judge(rx.Network([], []), rx.Problem(data, 50), time_limit="1/1000")
    assert "time_limit" in found.reason
    value = rx.solve(data, 50).value
    assert found.excess.low <= found.objective - value.high
    assert found.objective - value.low <= found.excess.high


def test_an_interrupt_brings_the_judgement():
    def stop(stage):
        if "column" in stage or "proving" in stage:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as caught:
        rx.judge(rx.Network([], []), CLARKE, progress=stop)
    found = caught.value.bounds
    assert found.objective == 4
    assert found.excess.high >= 4 - rx.solve(CLARKE).value.high


@pytest.mark.parametrize(
    ("network", "problem"),
    [
        (BEST, TWO_POINTS),
        (rx.Network([], []), TWO_POINTS),
        (rx.Network([[1, 0], [0, 0]], [1, 0]), CLARKE),
        (ROOF, HAT),
        (STEP, HAT),
        (STEP, rx.Problem(LABELS, "1/10", "logistic", "free", "free")),
        (STEP, rx.Problem(LABELS, "1/10", "squared", "free", "free", "penalised", [1, 2, 1, "1/3"])),
    ],
)
def test_a_certificate_is_checked_and_read_back(tmp_path, network, problem):
    found = rx.judge(network, problem)
    found.save(tmp_path / "judgement.json")
    assert rx.check(tmp_path / "judgement.json").verified
    assert rx.load(tmp_path / "judgement.json") == found


def test_tables_and_formulas():
    found = rx.judge(BEST, TWO_POINTS)
    assert "a global optimum" in rx.html(found)
    assert r"J-p^\star=0" in found.latex()
    far = rx.judge(rx.Network([[1]], [1]), TWO_POINTS)
    assert r"\le J-p^\star\le" in far.latex()
    assert "missing neurons" in rx.html(far.explain())


def drawn(seed):
    """Return a case with a random network for it: near an optimum, or far away."""
    rng = random.Random(seed)
    case = random_case(seed)
    problem = problem_of(case)
    d, width = problem.data.d, rng.randint(0, 3)
    numbers = [Fraction(k, 4) for k in range(-6, 7)]
    network = rx.BiasedNetwork(
        [[rng.choice(numbers) for _ in range(d)] for _ in range(width)],
        [rng.choice(numbers) for _ in range(width)],
        hidden_bias=[rng.choice(numbers) for _ in range(width)] if problem.free_bias else (),
        output_bias=rng.choice(numbers) if problem.output_bias != "none" else 0,
        skip=[rng.choice(numbers) * (j in problem.features) for j in range(d)] if problem.skip != "none" else (),
    )
    return case, problem, network


def contradicts(found, value):
    """Say whether a judgement is at odds with the optimal value that another solver finds in floats."""
    slack = 1e-5 * max(1.0, abs(value))
    return not float(found.objective - found.excess.high) - slack <= value <= float(found.objective - found.excess.low) + slack


def judged_by_brute_force(seeds):
    for seed in seeds:
        case, problem, network = drawn(seed)
        if judgeable(problem):
            yield seed, rx.judge(network, problem), full_program(*case)


def test_random_networks_do_not_contradict_the_full_program():
    answers = list(judged_by_brute_force(range(25)))
    assert [seed for seed, found, value in answers if contradicts(found, value)] == []
    for _, found, value in answers:  # a fault of a thousandth would be seen
        by = Fraction(1, 1000) * max(1, abs(found.objective))
        assert contradicts(replace(found, excess=Excess(low=found.excess.low + by, high=found.excess.high + by)), value)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
def test_a_thousand_random_networks_do_not_contradict_the_full_program(block):
    answers = judged_by_brute_force(range(1000 + 50 * block, 1050 + 50 * block))
    assert [seed for seed, found, value in answers if contradicts(found, value)] == []


def test_a_pair_of_floats_is_read_as_it_is_said():
    problem = rx.Problem(rx.Dataset([[1], [2]], [1, 2]), "15/4")
    with pytest.raises(rx.InputError, match='floats="binary"'):
        rx.judge(([[0.5]], [0.5]), problem)
    assert rx.judge(([[0.5]], [0.5]), problem, floats="binary").is_optimal
    assert rx.judge(([[0.1]], [0.1]), problem, floats="decimal").network == rx.BiasedNetwork([["1/10"]], ["1/10"])


def test_a_problem_is_what_is_passed_on():
    with pytest.raises(rx.InputError, match=r"data: a Planted is not a Dataset; pass the \.problem of the Planted"):
        rx.solve(rx.planted())
    with pytest.raises(rx.InputError, match=r"pass the \.problem of the BankInstance"):
        rx.solve(rx.bank_instance("hat"), 1)
