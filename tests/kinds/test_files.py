"""Claims of every kind are the same after they were written and read, and can be worked with; what fails leaves no file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from fractions import Fraction

import pytest
from classifications import crowded, stationary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_packaged_certificates import golden, motorcycle, symmetric
from paths import ROOT
from strategies import networks, problems

import reluexact as rx
from reluexact import checker
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.status import Status
from reluexact.kinds.files import certificate, read
from reluexact.kinds.latex import latex as latex_of
from reluexact.kinds.minimum_network.find import minimum_network
from reluexact.search.bound import check_bound

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
small = problems(rows=(1, 4), columns=(1, 2))


def again(claim):
    """Return the claim that its certificate makes, after comparing."""
    content = certificate(claim)
    found = read(content, "certificate")
    assert found == claim
    assert type(found) is type(claim)
    assert certificate(found) == content
    return found


@FEW
@given(problems(rows=(1, 5)), st.sampled_from([1, 12, 30, 70]))
def test_optima_sets_and_smallest_networks(problem, digits):
    optimum = rx.solve(*problem, digits=digits)
    if optimum.status is not Status.PROVED:
        assert isinstance(read(certificate(optimum), "bound"), BoundProof)
        return
    assert again(optimum).digits == digits
    best = rx.optimal_set(optimum)
    if best.status is Status.PROVED:
        assert again(best).labels == best.labels
        again(minimum_network(best))


@FEW
@given(problems(rows=(1, 5)))
def test_bounds(problem):
    assert check_bound(again(rx.prove_bound(*problem))) is None


@FEW
@given(small, st.integers(0, 2), st.sampled_from([6, 20]))
def test_optima_of_a_width(problem, width, digits):
    found = rx.solve_width(*problem, width, digits=digits)
    read_again = again(found)
    assert (read_again.neurons, read_again.is_global) == ((), None)
    assert read_again.value.low <= found.value.high
    assert found.value.low <= read_again.value.high


@FEW
@given(crowded() | stationary(widths=(0, 2)), st.sampled_from([1, 3, 200_000]))
def test_classifications(problem, limit):
    data, penalty, network = problem
    again(rx.classify(network, data, penalty, limit=limit))
    spare = rx.Network([*network.hidden, [0] * data.d], [*network.output, 0])
    again(rx.classify(spare, data, penalty))


@FEW
@given(small, st.data())
def test_ways_down(problem, draw):
    network = draw.draw(networks(columns=problem[0].d, width=(1, 3)))
    for method in ("auto", "walk"):
        way = rx.descent_path(network, *problem, method=method)
        if way.status is Status.PROVED:
            assert again(way).method == method


@FEW
@given(problems(rows=(1, 3), columns=(1, 2)), st.sampled_from([1, 3, 10_000]), st.booleans(), st.booleans())
def test_graphs(problem, limit, steepest, some):
    columns = rx.Network([[1] + [0] * (problem[0].d - 1)], [1]) if some else None
    again(rx.stationary_graph(*problem, limit=limit, steepest=steepest, columns=columns))


@pytest.mark.parametrize("limit", [1, 3, 6])
def test_no_note_makes_a_walk_that_was_stopped_a_whole_one(limit):
    graph = rx.stationary_graph(rx.Dataset([[1, 0], [0, 1], [1, 1]], [1, 2, -1]), "1/2", limit=limit)
    assert graph.status is Status.UNDECIDED
    document = json.loads(certificate(graph))
    del document["produced_by"]["reason"]
    assert read(json.dumps(document).encode(), "certificate").status is Status.UNDECIDED


@pytest.mark.parametrize("place", range(9))
def test_golden_sets(place):
    best = golden(place)
    again(best.optimum)
    again(best)
    again(minimum_network(best))


@pytest.mark.parametrize("vector", [(1, 0), (1, 1), (1, 2), (1, 0, 0), (1, 1, 1), (0, 1, 2)])
@pytest.mark.parametrize("penalty", [1, Fraction(1, 3), 4])
def test_symmetric_sets(vector, penalty):
    best = symmetric(vector, penalty)
    again(best)
    again(minimum_network(best))


def test_a_claim_of_a_file_gives_more_digits():
    best = golden(5)
    optimum, smallest = best.optimum, minimum_network(best)
    found = again(optimum)
    assert found.point is not None
    assert found.value.decimal(80) == optimum.value.decimal(80)
    assert again(rx.refine(found, 60)).digits == 60
    finer, vertex = again(smallest).amounts[smallest.support[0]], again(best).vertices[0]
    assert finer.decimal(60) == smallest.amounts[smallest.support[0]].decimal(60)
    assert [amount.decimal(60) for amount in vertex.amounts] == [amount.decimal(60) for amount in best.vertices[0].amounts]
    assert certificate(rx.refine(again(best), 60))


def without_vertices(best):
    """Return the fewest neurons of a set whose vertices are not listed, for there are more than the limit."""
    return minimum_network(rx.optimal_set(best.optimum, limit=1), engine="none")


@pytest.mark.parametrize("place", [2, 3, 6, 8])
def test_fewest_neurons_without_the_vertices(place):
    found = without_vertices(golden(place))
    assert (found.how, found.best.status) == ("sums", Status.UNDECIDED)
    assert again(found).best.reason == found.best.reason


def test_what_a_file_says_can_be_worked_with(tmp_path):
    rx.save(motorcycle(50).optimum, tmp_path / "optimum.json")
    optimum, best = rx.load(tmp_path / "optimum.json"), motorcycle(50)
    assert optimum.value.decimal(60) == best.optimum.value.decimal(60)
    assert rx.optimal_set(optimum) == best
    rx.save(best, tmp_path / "set.json")
    known = rx.load(tmp_path / "set.json")
    assert known.vertices[0].amounts[known.vertices[0].support[0]].decimal(60)
    assert known.contains(known.network(digits=20)).status is not None
    assert known.minimum_network() == minimum_network(best)
    assert latex_of(known) == latex_of(best)


def test_a_path_and_a_graph_that_were_read_are_drawn(tmp_path):
    data = rx.Dataset([[1, 0], [0, 1], [1, 1]], [1, 2, -1])
    graph = again(rx.stationary_graph(data, "1/2"))
    rx.plot(graph, tmp_path / "graph.svg")
    graph.save_graphml(tmp_path / "graph.graphml")
    way = rx.descent_path(rx.Network([[1, 1], [0, 1], [2, 0], [1, 2]], [1, 2, 1, -1]), data, "1/2")
    found = again(way)
    rx.plot(found, tmp_path / "way.svg")
    assert found.network_at("1/2") == way.network_at("1/2")
    assert (tmp_path / "way.svg").stat().st_size > 1000


def test_a_loaded_optimum_asks_no_solver(tmp_path, monkeypatch):
    rx.save(golden(6), tmp_path / "set.json")

    def search(*args, **kwargs):
        pytest.fail("a solver was asked")

    for name in ("scipy.optimize.linprog", "clarabel.DefaultSolver"):
        monkeypatch.setattr(name, search)
    assert rx.load(tmp_path / "set.json").min_width == 9


@pytest.mark.parametrize("claim", [7, None, "optimum", rx.Dataset([[1]], [1])])
def test_what_makes_no_claim_is_not_written(tmp_path, claim):
    with pytest.raises(rx.InputError, match="has no certificate"):
        rx.save(claim, tmp_path / "x.json")
    assert list(tmp_path.iterdir()) == []


def test_a_curve_is_saved_one_width_at_a_time(tmp_path):
    curve = rx.width_curve(rx.Dataset(X=[[1], [-1]], y=[2, 3]), 1)
    with pytest.raises(rx.InputError, match="a WidthCurve has no certificate"):
        rx.save(curve, tmp_path / "x.json")
    for optimum in curve.optima:
        again(optimum)


@pytest.fixture
def optimum():
    return rx.solve(rx.Dataset([[1], [2]], [1, 2]), 1)


def refuse(content, statement=None):
    return checker.Report(False, "evidence.positive", "made up", "optimum", "", ())


def test_what_the_checker_refuses_is_not_written(tmp_path, monkeypatch, optimum):
    place = tmp_path / "optimum.json"
    place.write_text("old")
    monkeypatch.setattr(checker, "check_document", refuse)
    with pytest.raises(rx.InputError, match=r"no certificate that the checker accepts \(evidence.positive: made up\)"):
        rx.save(optimum, place)
    with pytest.raises(rx.InputError, match="made up"):
        optimum.save(place)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_the_checker_sees_the_bytes_that_are_written_and_sees_them_once(tmp_path, monkeypatch, optimum):
    seen, check = [], checker.check_document
    monkeypatch.setattr(checker, "check_document", lambda content, *args: seen.append(content) or check(content, *args))
    rx.save(optimum, tmp_path / "optimum.json")
    assert seen == [(tmp_path / "optimum.json").read_bytes()]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_file_is_whole_or_as_it_was(tmp_path, monkeypatch, optimum, error, call):
    place = tmp_path / "optimum.json"
    place.write_text("old")

    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(rx.InputError if isinstance(error, OSError) else KeyboardInterrupt):
        rx.save(optimum, place)
    monkeypatch.undo()
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_an_interrupt_while_the_checker_works_writes_nothing(tmp_path, monkeypatch, optimum):
    monkeypatch.setattr(checker, "check_document", lambda *args: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        rx.save(optimum, tmp_path / "optimum.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["", "no/such/folder.json", ".", "x\0y", "x" * 300])
def test_a_place_that_cannot_be_written_or_read(tmp_path, monkeypatch, optimum, place):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(rx.InputError):
        rx.save(optimum, place)
    with pytest.raises(rx.InputError):
        rx.load(place)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["bound", "optimum", "optimal-set"])
def test_reading_a_claim_loads_nothing_that_proposes(kind):
    files = sorted((ROOT / "tests" / "good").glob("*.json"))
    file = next(path for path in files if json.loads(path.read_bytes())["statement"]["kind"] == kind)
    heavy = "[name for name in sys.modules if name.startswith(('numpy', 'scipy', 'reluexact.propose', 'reluexact.search'))]"
    code = f"import sys, reluexact as rx; repr(rx.load({str(file)!r})); print({heavy})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
