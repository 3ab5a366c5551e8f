"""Messages know their parts: arguments, cures, limits; nobody reads their words to find out what they are about."""

from __future__ import annotations

import ast
import copy
import pickle
import re
from fractions import Fraction

import pytest
from named_arguments import names_in_messages
from paths import ROOT

import reluexact as rx
from reluexact.errors import Argument, Cure, Limit, LimitReached, Message, fixed, limit_of, message_of

STOP = Limit(counted="nodes", value=3, reached=4)
TEXT = Message("more than ", Argument("limit", 3), " nodes", Cure("raise ", Argument("limit")), Cure("scale"), limit=STOP)
OPTIONS = {"limit": "--limit", "bias": "--bias"}.get


def test_python_and_the_command_line_have_their_own_words():
    assert TEXT == "more than limit=3 nodes; raise limit= or scale"
    assert TEXT.spelled(OPTIONS) == "more than --limit 3 nodes; raise --limit or scale"
    assert TEXT.spelled({}.get) == "more than 3 nodes; scale"


@pytest.mark.parametrize("again", [lambda text: pickle.loads(pickle.dumps(text)), copy.copy, copy.deepcopy])
def test_a_copy_has_the_parts(again):
    for text in (TEXT, LimitReached(TEXT).message):
        found = again(text)
        assert (found, found.parts, found.limit) == (TEXT, TEXT.parts, STOP)
    error = pickle.loads(pickle.dumps(LimitReached(TEXT)))
    assert (error.message.parts, error.stopped_by, error.count, error.limit) == (TEXT.parts, STOP, 4, 3)


def test_a_message_about_a_message_keeps_its_parts_and_its_limit():
    outer = Message("no set: ", TEXT, ", at all")
    assert outer.spelled(OPTIONS) == "no set: more than --limit 3 nodes; raise --limit or scale, at all"
    assert limit_of(outer) is STOP
    assert limit_of("limit=3") is None
    assert Message("a", Cure("b"), "c", Cure("d", mark=", or ")) == "a; bc, or d"


def test_a_fixed_limit_gives_no_advice_to_raise_it():
    text = fixed(Message("no set: ", TEXT))
    assert (text, text.limit) == ("no set: more than 3 nodes; scale", Limit(counted="nodes", value=3, reached=4, argument=None))
    assert fixed("plain") == "plain"


def test_every_error_says_its_message():
    assert message_of(ArithmeticError(TEXT)).parts == TEXT.parts
    assert rx.InputError(TEXT).message.parts == TEXT.parts
    assert rx.CertificateError("$.a", "wrong").message == "$.a: wrong"
    assert rx.MissingDependency("dask", "pip").message == "dask is not installed; the cure is: pip"


def test_the_limit_of_every_undecided_claim_is_typed():
    data = rx.Dataset([[1, 0], [0, 1], [1, -1]], [1, 2, -1])
    graph = rx.stationary_graph(data, "1/2", limit=3)
    assert limit_of(graph.reason) == Limit(counted="nodes", value=3, reached=4)
    optimum = rx.solve(rx.Dataset([[7, 3], [0, -4], [-4, -9], [-8, -9], [-6, 6]], [3, 8, 0, 2, 9]), "307/39", limit=1)
    assert limit_of(optimum.reason) == Limit(counted="nodes of a branch tree", value=1, reached=2)
    with pytest.raises(rx.LimitReached) as stop:
        rx.activation_patterns(data, limit=5)
    assert stop.value.stopped_by == Limit(counted="activation patterns", value=5, reached=6)


def test_the_reason_of_an_undecided_optimum_is_the_limit_that_can_be_raised():
    """Chosen by type: a later failure about something else, or about a fixed limit, does not hide it."""
    from reluexact.kinds.optimum import find

    program = find.make_program(rx.Dataset([[1], [2]], [1, 2]), Fraction(1))
    candidate = find.propose(program.data, program.penalty)
    text = Message("the word limit= alone is nothing")
    still = Message("fixed", limit=Limit(counted="steps", value=1, argument=None))
    for failures, reason in (
        ([text, still, TEXT, text], TEXT),
        ([TEXT, still], TEXT),
        ([still, text], text),
        ([text, still], still),
    ):
        assert find._reason(failures, candidate) is reason


def no_messages(tree):
    """Yield the texts that are docstrings or part of what a claim is shown as."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        if isinstance(node, ast.FunctionDef) and node.name == "__repr__":
            yield from ast.walk(node)


def texts(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    others = {id(node) for node in no_messages(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in others:
            yield node


def test_no_message_names_an_argument_in_plain_text():
    names = names_in_messages()
    assert {"limit", "digits", "bias", "columns", "target"} <= names
    plain = re.compile(rf"(?<![\w-])({'|'.join(sorted(names))})=")
    paths = [path for path in sorted((ROOT / "reluexact").rglob("*.py")) if path.name != "messages.py"]
    faults = [f"{path}:{node.lineno}: {node.value}" for path in paths for node in texts(path) if plain.search(node.value)]
    assert faults == []
