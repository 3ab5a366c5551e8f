"""The map of statements is true: what it names exists, and nothing is left out."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from generate.certificate import obligations
from generate.coq import main_theorems, theorems
from generate.drawing import COLUMNS, graph, svg
from generate.statements import faults, page_of, statements
from paths import BAD


def test_the_map_names_what_exists_and_leaves_nothing_out():
    assert faults(statements()) == []


@pytest.mark.parametrize(
    ("column", "name", "said"),
    [
        ("theorems", "strong_dualty", "no theorem strong_dualty"),
        ("obligations", "B99", "no obligation B99"),
        ("tests", "kinds/bound/test_find.py::nothing", "no test kinds/bound/test_find.py::nothing"),
        ("tests", "kinds/bound/test_lost.py::errors", "no test kinds/bound/test_lost.py::errors"),
    ],
)
def test_a_name_that_does_not_exist_is_found(column, name, said):
    first, *rest = statements()
    (fault,) = faults([replace(first, **{column: (*getattr(first, column), name)}), *rest])
    assert fault.startswith(f"{first.name}: {said}")


def test_what_no_row_names_is_found():
    kept = [row for row in statements() if row.name not in ("pairs", "walk")]
    found = faults(kept)
    assert "no statement names the obligation O6 of CERTIFICATE.md" in found
    assert "no statement names the theorem walk_complete" in found
    assert len(found) == 4  # and walk_complete_any, G5


def test_a_statement_on_no_page_is_found():
    assert page_of("weak-duality") == "duality"
    first, *rest = statements()
    found = faults([replace(first, name="nowhere"), *rest])
    assert found == ["nowhere: on no page of docs/mathematics"]


def test_theorems_are_read_with_their_statements():
    weak = theorems()["weak_duality"]
    assert weak.file == "Duality.v"
    assert weak.statement.startswith("Theorem weak_duality : forall P theta net, 0 < penalty P ->")
    assert weak.statement.endswith(".")
    assert "Proof" not in "".join(theorem.statement for theorem in theorems().values())
    assert {"check_sound", "training_certificate_sound", "walk_complete_any"} <= main_theorems() <= set(theorems())


def test_every_obligation_has_false_certificates():
    stored = {re.match(r"[a-z]+\d*", path.name).group() for path in BAD.glob("*.json")}
    assert [name for name in obligations() if name.lower() not in stored] == []


def test_the_drawing_has_every_node_and_leads_to_pages():
    drawn = ET.fromstring(svg(statements()))
    words = {text.text for text in drawn.iter("text")}
    assert words >= {heading for heading, _, _ in COLUMNS.values()} | {row.title for row in statements()}
    assert words >= {name for kind, name in graph(statements()) if kind != "statement"}
    links = {link.get("href") for link in drawn.iter("a")}
    assert {"generated/theorems.html#coq-weak-duality", "mathematics/duality.html#statement-trees"} <= links
    edges = list(drawn.iter("path"))
    assert len(edges) == graph(statements()).number_of_edges()
