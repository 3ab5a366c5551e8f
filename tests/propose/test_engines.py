"""The registry of float solvers: what every kind of engine answers, and what happens without it, or when it is interrupted."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from fractions import Fraction

import numpy as np
import pytest

from reluexact.budget import OutOfTime, spending
from reluexact.errors import InputError, MissingDependency
from reluexact.geometry.polytope import BoundedSystem
from reluexact.kinds.minimum_network.fewest.system import fewest
from reluexact.model.dataset import Dataset
from reluexact.propose.candidates import propose
from reluexact.propose.engines import ENGINES, engine
from reluexact.propose.engines import clarabel as clarabel_module
from reluexact.propose.engines import scip as scip_module
from reluexact.propose.engines.beside import beside
from reluexact.propose.engines.program import (
    ConicAnswer,
    ConicProgram,
    Implication,
    LeastSquares,
    Length,
    Linear,
    LinearProgram,
    MixedIntegerProgram,
    QuadraticProgram,
    RowLoss,
    TrainingProgram,
)
from reluexact.propose.numerics import normal_quantiles, pivot_order, solve_positive

NAMES = [(kind, name) for kind, engines in ENGINES.items() for name in engines]
PACKAGES = {
    "clarabel": "clarabel",
    "scip": "pyscipopt",
    "highs": "scipy",
    "highs-ds": "scipy",
    "highs-fine": "scipy",
    "scipy": "scipy",
}


def conic(value=2.0):
    """1/2 (value - w)^2 + |w| / 2 over w >= 0: the optimum is w = value - 1/2."""
    return ConicProgram(target=np.array([value]), penalty=0.5, features=(np.eye(1),), cones=(np.eye(1),))


def training(value=2.0):
    """|f - value| + |w| / 2 + g^2 / 2 with f = w + g over w >= 0: w = value - 1/2, g = 1/2, the slope of the loss is -1/2."""
    away = RowLoss(anchor=value, steps=((1, np.inf, 0.0, 1.0), (-1, np.inf, 0.0, 1.0)))
    one = np.eye(1)
    return TrainingProgram(losses=(away,), penalty=0.5, features=(one,), cones=(one,), linear=one, ridge=np.ones(1))


def linear(value=1.0):
    """The least x + y with x + 2 y >= value and x, y >= 0: y = value / 2."""
    rows, limits = np.array([[-1.0, -2.0]]), np.array([-value])
    return LinearProgram(cost=np.ones(2), rows=rows, limits=limits, bounds=[(0.0, None)] * 2)


def quadratic(value=1.0):
    """1/2 |x|^2 with x + y = value and x <= 1/4."""
    line, upper = np.ones((1, 2)), np.array([0.25, np.inf])
    return QuadraticProgram(hessian=np.eye(2), cost=np.zeros(2), equations=line, right=np.array([value]), upper=upper)


def least_squares(value=1.0):
    return LeastSquares(np.eye(2), np.array([value, -1.0]))


def mixed_integer(value=4.0, **limits):
    """The most a + b with 3 a + 5 b <= 7 and length (a, x) <= value: a = 1; b = 1 forces x = 2, so it costs the rest."""
    return MixedIntegerProgram(
        cost=((0, -1.0), (1, -0.5), (2, 0.25)),
        bounds=[(0.0, 1.0), (0.0, 1.0), (None, 9.0)],
        binary=frozenset((0, 1)),
        constraints=(
            Linear(((0, 3.0), (1, 5.0)), None, 7.0),
            Linear(((2, 1.0),), 1.0, None),
            Implication(1, ((2, -1.0),), -2.0),
            Length(((0, 0.0), (2, 0.0)), (2, value)),
        ),
        **limits,
    )


PROGRAMS = {
    "conic": conic,
    "training": training,
    "linear": linear,
    "quadratic": quadratic,
    "least-squares": least_squares,
    "mixed-integer": mixed_integer,
}


def hard(seed=1):
    """A market split: 6 equations of 50 binary variables, far beyond branch and bound."""
    source = np.random.default_rng(seed)
    rows = source.integers(1, 100, size=(6, 50))
    equations = tuple(Linear(tuple(enumerate(row.tolist())), sum(row) // 2.0, sum(row) // 2.0) for row in rows)
    return MixedIntegerProgram(cost=((0, 1.0),), bounds=[(0.0, 1.0)] * 50, binary=frozenset(range(50)), constraints=equations)


@pytest.mark.parametrize("name", ENGINES["conic"])
def test_conic_engines(name):
    solver = engine("conic", name)
    answer = solver.solve(conic())
    assert answer.weights == pytest.approx(np.array([[1.5]]), abs=1e-3)
    assert answer.residual == pytest.approx(np.array([0.5]), abs=1e-3)
    assert 0 < solver.accuracy < 1


@pytest.mark.parametrize("name", ENGINES["training"])
def test_training_engines(name):
    answer = engine("training", name).solve(training())
    assert answer.weights == pytest.approx(np.array([[1.5]]), abs=1e-8)
    assert answer.linear == pytest.approx(np.array([0.5]), abs=1e-8)
    assert answer.theta == pytest.approx(np.array([0.5]), abs=1e-8)
    free = TrainingProgram(
        losses=(
            RowLoss(anchor=0.0, steps=((0, np.inf, 0.5, -3.0),)),
            RowLoss(anchor=1.0, steps=((1, 2.0, 0.0, -1.0), (-1, np.inf, 1.0, 0.0))),
        ),
        penalty=1.0,
        features=(),
        cones=(),
        linear=np.eye(2),
        ridge=np.zeros(2),
    )
    alone = engine("training", name).solve(free)  # without blocks: a parabola with its minimum at 3; a step that ends at 3
    assert alone.linear == pytest.approx(np.array([3.0, 3.0]), abs=1e-6)


@pytest.mark.parametrize("name", ENGINES["linear"])
def test_linear_engines(name):
    answer = engine("linear", name).solve(linear())
    assert answer.point.tolist() == [0.0, 0.5]
    assert answer.marginals.tolist() == [-0.5]
    nothing = LinearProgram(cost=np.ones(1), rows=np.ones((1, 1)), limits=-np.ones(1), bounds=[(0.0, None)])
    assert engine("linear", name).solve(nothing) is None
    unbounded = LinearProgram(cost=-np.ones(1), rows=-np.ones((1, 1)), limits=np.zeros(1), bounds=[(None, None)])
    assert engine("linear", name).solve(unbounded) is None


@pytest.mark.parametrize("name", ENGINES["quadratic"])
def test_quadratic_engines(name):
    program = quadratic()
    answer = engine("quadratic", name).solve(program)
    assert answer.point == pytest.approx([0.25, 0.75])
    assert answer.upper == pytest.approx([0.5, 0.0])
    slope = program.hessian @ answer.point + program.cost - answer.multipliers @ program.equations
    assert slope == pytest.approx(answer.lower - answer.upper)


@pytest.mark.parametrize("name", ENGINES["least-squares"])
def test_least_squares_engines(name):
    answer = engine("least-squares", name).solve(least_squares())
    assert answer.point.tolist() == [1.0, 0.0]
    assert answer.error == 1.0


@pytest.mark.parametrize("name", ENGINES["mixed-integer"])
def test_mixed_integer_engines(name):
    answer = engine("mixed-integer", name).solve(mixed_integer())
    assert answer.point == pytest.approx([1.0, 0.0, 1.0])
    assert (answer.lower, answer.upper, answer.status) == (pytest.approx(-0.75), pytest.approx(-0.75), "optimal")
    tight = engine("mixed-integer", name).solve(mixed_integer(-0.5))
    assert tight.point is None
    free = engine("mixed-integer", name).solve(mixed_integer(0.3))  # length (1, x) <= x + 0.3 from x = 91/60 on
    assert free.point == pytest.approx([1.0, 0.0, 91 / 60], abs=1e-5)


def test_an_implication_binds():
    base = mixed_integer()
    wanted = MixedIntegerProgram(
        cost=((0, 1.0), (1, -9.0), (2, 1.0)), bounds=base.bounds, binary=base.binary, constraints=base.constraints
    )
    assert engine("mixed-integer").solve(wanted).point == pytest.approx([0.0, 1.0, 2.0])


def test_limits_of_the_search_are_kept():
    limited = MixedIntegerProgram(
        cost=hard().cost, bounds=hard().bounds, binary=hard().binary, constraints=hard().constraints, nodes=3
    )
    answer = engine("mixed-integer").solve(limited)
    assert answer.nodes <= 4
    assert answer.point is None
    timed = MixedIntegerProgram(
        cost=hard().cost, bounds=hard().bounds, binary=hard().binary, constraints=hard().constraints, seconds=0.5
    )
    start = time.monotonic()
    assert engine("mixed-integer").solve(timed).status == "timelimit"
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(("kind", "name"), NAMES)
def test_the_same_program_has_the_same_answer(kind, name):
    first, second = (engine(kind, name).solve(PROGRAMS[kind]()) for _ in range(2))
    assert repr(first) == repr(second)


@pytest.mark.parametrize(("kind", "name"), NAMES)
@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_numbers_that_are_no_floats(kind, name, value):
    with pytest.raises(InputError, match="out of the range of floats: rescale the data"):
        engine(kind, name).solve(PROGRAMS[kind](value))


@pytest.mark.parametrize(("kind", "name"), NAMES)
def test_a_missing_package_has_a_cure(monkeypatch, kind, name):
    package = PACKAGES[name]
    for module in [module for module in sys.modules if module.partition(".")[0] == package]:
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingDependency, match=f"pip install {package}"):
        engine(kind, name)


def test_clarabel_needs_scipy_too(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(MissingDependency, match="pip install scipy"):
        engine("quadratic")


@pytest.mark.parametrize("work", [lambda: pivot_order(np.eye(2)), lambda: normal_quantiles(np.ones(1) / 2)])
def test_numerics_without_scipy(monkeypatch, work):
    for module in [module for module in sys.modules if module.partition(".")[0] == "scipy"]:
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingDependency, match="pip install scipy"):
        work()


def test_numerics():
    assert solve_positive(np.array([[2.0, 0.0], [0.0, 4.0]]), np.ones(2)) == pytest.approx([0.5, 0.25])
    assert solve_positive(-np.eye(2), np.ones(2)) is None
    assert pivot_order(np.array([[0.0, 1.0], [3.0, 0.0], [0.0, 2.0]])) == [1, 2, 0]


@pytest.mark.parametrize("kind", ENGINES)
@pytest.mark.parametrize("name", ["abacus", "", 3, ["scip"]])
def test_an_unknown_engine_names_the_choices(kind, name):
    with pytest.raises(InputError, match=f"unknown engine .*; choose one of {', '.join(sorted(ENGINES[kind]))}"):
        engine(kind, name)


@pytest.mark.parametrize("kind", ["cubic", None, 0])
def test_an_unknown_kind_names_the_choices(kind):
    with pytest.raises(InputError, match="unknown kind of program .*; choose one of conic, least-squares, linear"):
        engine(kind)


@pytest.mark.parametrize("kind", ENGINES)
def test_the_default_is_the_first(kind):
    assert engine(kind).name == next(iter(ENGINES[kind]))


class _Throwaway:
    """A conic engine that knows one answer."""

    name, accuracy = "throwaway", 1e-9
    asked: list[ConicProgram] = []

    def solve(self, program):
        self.asked.append(program)
        shape = len(program.features), program.features[0].shape[1]
        return ConicAnswer(weights=np.full(shape, 0.8), residual=np.array([0.2]), status="known")


def test_a_new_engine_is_a_class_and_a_line(monkeypatch):
    monkeypatch.setitem(ENGINES["conic"], "throwaway", _Throwaway)
    candidate = propose(Dataset([[1], [2]], [1, 2]), Fraction(1), engine="throwaway")
    assert _Throwaway.asked
    assert candidate.weights != ()
    monkeypatch.undo()
    with pytest.raises(InputError, match="unknown engine 'throwaway'"):
        propose(Dataset([[1], [2]], [1, 2]), Fraction(1), engine="throwaway")


def test_interrupts_reach_python_and_stop_scip():
    """SCIP swallows Ctrl-C unless it runs beside Python, which then stops it."""
    before = threading.active_count()
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        engine("mixed-integer").solve(hard())
    assert 0.9 < time.monotonic() - start < 10
    while threading.active_count() > before and time.monotonic() - start < 30:
        time.sleep(0.05)
    assert threading.active_count() == before


def test_the_fewest_neurons_can_be_interrupted_in_scip(monkeypatch):
    """The proposal goes through the engine, whose interrupt is not swallowed."""
    from reluexact.kinds.minimum_network.fewest import system as fewest_system
    from reluexact.kinds.minimum_network.fewest.sums import SumResult

    def interrupted(model):
        raise KeyboardInterrupt

    monkeypatch.setattr(fewest_system, "fewest_by_sums", lambda steps, effort, most: SumResult())
    monkeypatch.setattr(scip_module, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fewest(BoundedSystem.of([[3], [5], [7]], [11], [1, 1, 1]))


def test_a_failure_of_scip_is_no_answer(monkeypatch):
    class Broken:
        def optimizeNogil(self):
            raise OSError("SCIP: error in input data")

    assert scip_module.run(Broken()) is False
    monkeypatch.setattr(scip_module, "run", lambda model: False)
    assert engine("mixed-integer").solve(mixed_integer()) is None
    assert engine("conic", "scip").solve(conic()) is None


def test_a_deadline_stops_scip():
    with pytest.raises(OutOfTime), spending(0.5):
        engine("mixed-integer").solve(hard())


def test_large_conic_programs_run_beside_python(monkeypatch):
    alone = engine("conic", "clarabel").solve(conic())
    monkeypatch.setattr(clarabel_module, "_LARGE", 0)
    large = engine("conic", "clarabel").solve(conic())
    assert (alone.weights.tolist(), alone.residual.tolist()) == (large.weights.tolist(), large.residual.tolist())
    with pytest.raises(OutOfTime), spending(0.0):
        engine("conic", "clarabel").solve(conic())


def test_an_interrupt_stops_clarabel_between_two_iterations(monkeypatch):
    """Its own callback would swallow the interrupt."""
    stopped = []

    class Endless:
        def set_termination_callback(self, callback):
            self.callback = callback

        def solve(self):
            while not self.callback(None):
                time.sleep(0.01)
            stopped.append(True)

    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        clarabel_module.solved(Endless(), clarabel_module._LARGE)
    for _ in range(500):
        if stopped:
            break
        time.sleep(0.01)
    assert stopped == [True]


def test_what_a_solver_raises_beside_python_is_raised():
    def broken():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        beside(broken, lambda: None)
