"""One protocol of progress: every public function that may take long calls one callable with stages."""

from __future__ import annotations

import inspect
import pickle
from io import StringIO

import pytest
from rich.console import Console

import reluexact as rx
from reluexact.kinds.connectivity.find import staircase
from reluexact.kinds.connectivity.find_path import path
from reluexact.kinds.minimum_network.find import minimum_network
from reluexact.progress import Stage
from reluexact.terminal.bar import Bar

DATA = rx.Dataset([[1, 0], [0, 1], [1, -1]], [1, 2, -1])
NETWORK = rx.Network([[1, 0], [0, 1]], [1, 2])
OPTIMUM = rx.solve(DATA, 1)
BEST = rx.optimal_set(OPTIMUM)
JUDGEMENT = rx.judge(NETWORK, rx.Problem(DATA, 1))
LIMITED = rx.optimal_set(rx.solve(rx.Dataset([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1]), 1), limit=1)
CALLS = {
    "activation_patterns": (DATA,),
    "all_ones": (DATA, 1),
    "bound": (rx.Problem(DATA, 1, "absolute", output_bias="free", hidden_bias="free"),),
    "classify": (NETWORK, DATA, 1),
    "cross_validate": (DATA, 1),
    "explain": (JUDGEMENT,),
    "cutting_plane": (DATA,),
    "gauge": (DATA, DATA.y),
    "in_hull": (DATA, DATA.y),
    "interpolate": (DATA,),
    "judge": (NETWORK, rx.Problem(DATA, 1)),
    "max_penalty": (DATA,),
    "minimum_network": (LIMITED,),
    "optimal_set": (OPTIMUM,),
    "planted": (8, 2, 2),
    "path": (BEST, BEST.vertices[0], BEST.vertices[0]),
    "prove_bound": (DATA, 1),
    "prune": (NETWORK, DATA),
    "prune_to_width": (NETWORK, DATA, 1),
    "sensitivity": (OPTIMUM,),
    "snap": (NETWORK, DATA, 1),
    "solve": (DATA, 1),
    "solve_width": (DATA, 1, 1),
    "staircase": (BEST,),
    "solution_path": (DATA, 1),
    "stationary_graph": (DATA, 1),
    "support_function": (DATA, DATA.y),
    "descent_path": (rx.Network([[1, 0], [0, 0], [0, 0], [0, 0]], [1, 0, 0, 0]), DATA, 1),
    "width_curve": (DATA, 1),
}
OPTIONS = {"cross_validate": {"folds": 2}, "path": {"width": 9}}


def functions():
    public = {name: found for name in rx.__all__ if inspect.isfunction(found := getattr(rx, name))}
    return public | {"minimum_network": minimum_network, "path": path, "staircase": staircase}


def test_every_function_with_a_limit_or_many_steps_has_progress():
    found = {name: inspect.signature(function).parameters for name, function in functions().items()}
    assert {name for name, given in found.items() if "progress" in given} == set(CALLS)
    assert {name for name, given in found.items() if "limit" in given} <= set(CALLS)
    assert {given["progress"].annotation for given in found.values() if "progress" in given} == {"Progress | None"}


@pytest.mark.parametrize("name", CALLS)
def test_stages_are_reported(name):
    stages = []
    functions()[name](*CALLS[name], **OPTIONS.get(name, {}), progress=stages.append)
    if name != "prove_bound":  # says something every 256 nodes only
        assert stages
    assert all(isinstance(stage, Stage) and stage for stage in stages)
    assert all(stage.total is None or 0 <= stage.done <= stage.total for stage in stages)


def test_a_branch_tree_says_how_many_nodes_it_has(monkeypatch):
    monkeypatch.setattr("reluexact.propose.tree.branching._REPORT", 1)
    stages = []
    rx.prove_bound(DATA, 1, progress=stages.append)
    stages = [stage for stage in stages if stage.startswith("branch tree")]
    assert [stage.done for stage in stages[:2]] == [1, 2]
    assert stages[0] == "branch tree, 1 nodes"


def test_a_stage_is_text_and_survives_pickling():
    stage = Stage("nodes", done=3, total=12, proved="3 nodes")
    again = pickle.loads(pickle.dumps(stage))
    assert (again, again.done, again.total, again.proved) == ("nodes", 3, 12, "3 nodes")


def shown(*stages):
    """Return what a terminal shows at the last of these stages."""
    text = StringIO()
    console = Console(file=text, force_terminal=True, width=80, color_system=None, markup=False)
    bar = Bar(console, Stage("begin"))
    for stage in stages:
        bar.show(stage)
    console.print(bar.shown.get_renderable())
    return text.getvalue()


def test_the_bar_is_drawn_where_there_is_a_total():
    half = shown(Stage("x", done=1), Stage("programs [red]", done=6, total=12))
    assert "programs [red]" in half
    assert half.count("\u2501") == 12
    assert shown(Stage("programs", done=6, total=12), Stage("writing")).count("\u2501") == 0
