"""``reluexact graph``: what it prints, the files it writes, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import networkx as nx
import pytest
from paths import ROOT
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app
from reluexact.kinds.stationary_graph.certificate import to_document
from reluexact.kinds.stationary_graph.graphml import to_networkx

PLANE = "a,b,y\n1,0,1\n0,1,2\n1,1,-1\n"
TWO = "a,y\n1,1\n2,2\n"
MAGIC = {"png": b"\x89PNG\r\n", "svg": b"<?xml", "pdf": b"%PDF"}


def run(*arguments):
    return CliRunner().invoke(app, ["graph", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def two(tmp_path):
    file = tmp_path / "two.csv"
    file.write_text(TWO, encoding="utf-8")
    return file


@pytest.fixture
def plane(tmp_path):
    file = tmp_path / "plane.csv"
    file.write_text(PLANE, encoding="utf-8")
    return file


@pytest.fixture
def network(tmp_path):
    file = tmp_path / "network.json"
    file.write_text('{"hidden": [[-1, 2], [2, -1]], "output": [1, "-1/2"]}', encoding="utf-8")
    return file


def lines_of(output):
    return dict(line.split(maxsplit=1) for line in output.splitlines() if len(line.split(maxsplit=1)) == 2)


def test_two_points_in_a_table(two):
    result = run(two, "--penalty", 1)
    assert (result.exit_code, result.stderr) == (0, "")
    shown = lines_of(result.stdout)
    assert shown["status"] == "PROVED: every node and step"
    assert shown["columns"] == "4 columns (sign, cell), all of the data"
    assert shown["programs"] == "16 sub-sampled programs; the optimum of every one is among the nodes"
    assert shown["nodes"] == "2, in 2 levels of the objective"
    assert shown["kinds"] == "1 global minimum, 1 zero network"
    assert shown["steps"] == "1"
    assert shown["widths"] == "least objective of networks with so many neurons: 0: 2.5; 1: 0.9"
    assert shown["lowest"] == "0.9, 1 neuron: global minimum"
    assert shown["1"].split() == ["0.9", "1", "0", "0", "8", "global", "minimum"]
    assert shown["0"].split() == ["2.5", "0", "0", "1", "8", "zero", "network"]


def test_the_json_output_is_the_graph(plane):
    result = run(plane, "--penalty", "1/2", "--json", "--quiet")
    document = json.loads(result.stdout, parse_float=lambda text: pytest.fail(f"a float: {text}"))
    graph = rx.stationary_graph(rx.Dataset.read(plane), "1/2")
    assert list(document) == [
        *("kind", "status", "reason", "limit", "penalty", "columns", "every", "complete", "programs", "nodes", "edges"),
        *("starts", "descent_width", "trap_widths", "levels", "remarks"),
    ]
    assert document["limit"] is None
    assert (document["kind"], document["status"], document["reason"]) == ("stationary-graph", "PROVED", "")
    assert (document["penalty"], document["programs"]) == ("1/2", "4096")
    assert document["every"] is document["complete"] is True
    assert [(c["sign"], c["pattern"]) for c in document["columns"]] == [(c.sign, c.pattern) for c in graph.columns]
    assert [(e["source"], e["target"], e["column"]) for e in document["edges"]] == [
        (e.source, e.target, e.column) for e in graph.edges
    ]
    assert document["starts"] == [0]
    assert (document["descent_width"], document["trap_widths"]) == (graph.descent_width, list(graph.trap_widths))
    assert document["levels"] == [[node.index for node in level] for level in graph.levels]
    for shown, node in zip(document["nodes"], graph.nodes, strict=True):
        assert Fraction(shown["value"]["low"]) == node.value.low
        assert Fraction(shown["value"]["high"]) == node.value.high
        assert (shown["index"], shown["kind"], shown["width"]) == (node.index, node.kind, node.width)
        assert (shown["covers"], shown["violated"]) == (str(node.covers), list(node.violated))
        assert shown["dimension"] == node.dimension
        for name, status in [
            ("local_minimum", node.local_minimum),
            ("global_minimum", node.global_minimum),
            ("stationary", node.stationary),
            ("strict_saddle_with_spare_neuron", node.strict_saddle),
        ]:
            assert shown[name] == status.name
        assert [n["support"] for n in shown["networks"]] == [list(n.support) for n in node.networks]
        masks = [sum(1 << k for k in n["columns"]) for n in shown["neurons"]]
        assert masks == list(node.column_supports.classes)


def test_the_same_bytes_twice(plane):
    first, second = (run(plane, "--penalty", "1/2", "--json") for _ in range(2))
    assert first.stdout_bytes == second.stdout_bytes


def test_the_certificate_is_accepted_by_the_checker(plane, tmp_path):
    place = tmp_path / "graph.json"
    result = run(plane, "--penalty", "1/2", "--out", place)
    assert result.exit_code == 0
    assert str(place) in result.stderr
    report = rx.check(place)
    assert (report.verified, report.kind) == (True, "stationary")
    assert "every one of the 2^12 sets of all columns of the data has its optimum among them; 20 steps" in report.lines[2]
    other = tmp_path / "saved.json"
    rx.stationary_graph(rx.Dataset.read(plane), "1/2").save(other)
    assert json.loads(other.read_text())["statement"] == json.loads(place.read_text())["statement"]
    checked = CliRunner().invoke(app, ["check", str(place), "--statement", str(plane), "--penalty", "1/2"])
    assert checked.exit_code == 0


def test_pictures_have_the_same_bytes_in_two_processes(two, tmp_path):
    for kind in MAGIC:
        result = run(two, "--penalty", 1, "--plot", tmp_path / f"first.{kind}")
        assert (result.exit_code, result.stderr) == (0, f"written: {tmp_path / 'first'}.{kind}\n")
    code = "import sys, reluexact as rx; graph = rx.stationary_graph(rx.Dataset.read(sys.argv[1]), 1)\n"
    code += "for place in sys.argv[2:]: rx.plot(graph, place)"
    places = [tmp_path / f"second.{kind}" for kind in MAGIC]
    subprocess.run([sys.executable, "-c", code, str(two), *map(str, places)], check=True, cwd=ROOT)
    for kind, start in MAGIC.items():
        content = (tmp_path / f"first.{kind}").read_bytes()
        assert content.startswith(start)
        assert content == (tmp_path / f"second.{kind}").read_bytes()


def test_the_picture_of_the_plane_names_its_kinds(plane, tmp_path):
    place = tmp_path / "graph.SVG"
    assert run(plane, "--penalty", "1/2", "--plot", place, "--quiet").exit_code == 0
    text = place.read_text(encoding="utf-8")
    assert "7 optima of all 4,096 sub-sampled programs, penalty 1/2" in text
    for words in ("zero network", "global minimum", "local minimum at its width", "objective"):
        assert words in text


def test_graphml_is_read_again(plane, tmp_path):
    place = tmp_path / "graph.graphml"
    result = run(plane, "--penalty", "1/2", "--graphml", place)
    assert result.stderr == f"written: {place}\n"
    again = nx.read_graphml(place, node_type=int)
    graph = rx.stationary_graph(rx.Dataset.read(plane), "1/2")
    known = to_networkx(graph)
    assert dict(again.nodes(data=True)) == dict(known.nodes(data=True))
    assert {(a, b): part for a, b, part in again.edges(data=True)} == {(a, b): part for a, b, part in known.edges(data=True)}
    assert again.graph["programs"] == "4096"
    assert nx.is_directed_acyclic_graph(again)
    assert {node for node in again if not again.out_degree(node)} == {graph.best.index}
    assert sum(part["steps"] for *_, part in again.edges(data=True)) == len(graph.edges)


def test_the_limit_ends_with_exit_code_4_and_what_is_proved(plane, tmp_path):
    place, picture = tmp_path / "part.json", tmp_path / "part.png"
    result = run(plane, "--penalty", "1/2", "--limit", 3, "--out", place, "--plot", picture)
    assert result.exit_code == 4
    shown = lines_of(result.stdout)
    assert shown["status"] == "UNDECIDED: there are more than --limit 3 nodes"
    assert shown["programs"].endswith("of 4,096 sub-sampled programs have their optimum among the nodes")
    assert shown["nodes"].startswith("3, in")
    assert "widths" not in shown
    report = rx.check(place)
    assert report.verified
    assert json.loads(place.read_text())["statement"]["claim"]["complete"] is False
    assert picture.read_bytes().startswith(MAGIC["png"])
    document = json.loads(run(plane, "--penalty", "1/2", "--limit", 3, "--json").stdout)
    assert (document["status"], len(document["nodes"])) == ("UNDECIDED", 3)
    assert document["reason"] == "there are more than limit=3 nodes"


def test_starts_steepest_and_only(plane, network):
    start = json.loads(run(plane, "--penalty", "1/2", "--network", network, "--json").stdout)
    assert (start["every"], start["complete"], len(start["starts"])) == (True, False, 1)
    only = json.loads(run(plane, "--penalty", "1/2", "--only", network, "--json").stdout)
    assert (only["every"], only["complete"], only["programs"]) == (False, True, "4")
    assert [(c["sign"], c["pattern"]) for c in only["columns"]] == [(1, "-++"), (-1, "+-+")]
    shown = lines_of(run(plane, "--penalty", "1/2", "--only", network).stdout)
    assert shown["columns"] == "2 columns (sign, cell), those of the network"
    steepest = json.loads(run(plane, "--penalty", "1/2", "--steepest", "--json").stdout)
    assert [(e["source"], e["target"]) for e in steepest["edges"]] == [(k, k + 1) for k in range(len(steepest["edges"]))]
    assert steepest["nodes"][-1]["kind"] == "global minimum"
    shared = run(plane, "--penalty", "1/2", "--steepest", "--jobs", "2")
    assert shared.exit_code == 2
    assert "one node after another" in shared.stderr
    assert "leave out --jobs or --steepest" in shared.stderr


def test_quiet_says_nothing_but_the_result(two, tmp_path):
    files = ["--out", tmp_path / "a.json", "--plot", tmp_path / "a.png", "--graphml", tmp_path / "a.graphml"]
    loud, quiet = (run(two, "--penalty", 1, *files, *more) for more in ((), ("--quiet",)))
    assert quiet.stderr == ""
    assert loud.stderr.count("written: ") == 3
    assert quiet.stdout == loud.stdout


def test_counts_beyond_floats_are_shown(tmp_path):
    """Of more than 1,100 columns there are more programs than any float."""
    rows = [f"{a},{a * a % 23 - 11},1,{a % 7 - 3}\n" for a in range(-14, 14)]
    file = tmp_path / "many.csv"
    file.write_text("a,b,c,y\n" + "".join(rows), encoding="utf-8")
    most = rx.max_penalty(rx.Dataset.read(file)).high
    result = run(file, "--penalty", int(most) + 1, "--plot", tmp_path / "many.svg", "--out", tmp_path / "many.json")
    assert result.exit_code == 0
    columns = int(lines_of(result.stdout)["columns"].split()[0])
    assert columns > 1100
    assert lines_of(result.stdout)["0"].split()[4] == f"2^{columns}"
    assert f"all 2^{columns} sub-sampled programs" in (tmp_path / "many.svg").read_text(encoding="utf-8")


def test_a_graph_without_nodes_has_no_certificate(monkeypatch, two, tmp_path):
    from reluexact.kinds.stationary_graph import frontier as build
    from reluexact.prove.neurons import Unproved

    def fails(*arguments, **options):
        raise Unproved("nothing works")

    monkeypatch.setattr(build, "sampled_optimum", fails)
    graph = rx.stationary_graph(rx.Dataset.read(two), 1)
    assert repr(graph) == "StationaryGraph(UNDECIDED, 0 nodes, 0 edges, 0 of 16 programs; a program has no proof: nothing works)"
    with pytest.raises(rx.InputError, match="there is nothing to certify"):
        to_document(graph)
    assert graph.values_by_width() == ()
    assert graph.levels == ()
    rx.plot(graph, tmp_path / "empty.png")
    graph.save_graphml(tmp_path / "empty.graphml")
    result = run(two, "--penalty", 1, "--plot", tmp_path / "empty.svg", "--out", tmp_path / "none.json")
    assert "there is nothing to certify" in result.stderr
    assert not (tmp_path / "none.json").exists()
    assert result.exit_code == 4
    assert lines_of(result.stdout)["status"] == "UNDECIDED: a program has no proof: nothing works"
    assert json.loads(run(two, "--penalty", 1, "--json").stdout)["nodes"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--penalty"),
        (("--penalty", 0), "penalty"),
        (("--penalty", 1, "--network", "none.json"), "none.json: cannot be read (No such file or directory)"),
        (("--penalty", 1, "--only", "none.json"), "none.json: cannot be read"),
        (("--penalty", 1, "--plot", "graph.gif"), "graph.gif: a picture's name ends with one of .png, .svg, .pdf"),
        (("--penalty", 1, "--plot", "graph"), "a picture's name ends with"),
        (("--penalty", 1, "--plot", "no/graph.png"), "there is no folder"),
        (("--penalty", 1, "--graphml", "no/graph.xml"), "there is no folder"),
        (("--penalty", 1, "--graphml", "-"), "--graphml -: name a file"),
        (("--penalty", 1, "--state", "no/state"), "there is no folder"),
        (("--penalty", 1, "--state", "plane.csv"), "this is the data file itself"),
        (("--penalty", 1, "--plot", "a.png", "--graphml", "a.png"), "--plot and --graphml name the same file; name two"),
        (("--penalty", 1, "--out", "a.json", "--state", "./a.json"), "--out and --state name the same file"),
        (("--penalty", 1, "--network", "network.json", "--out", "network.json"), "--network and --out name the same file"),
        (("--penalty", 1, "--limit", 0), "--limit"),
    ],
)
def test_bad_input_is_refused_before_any_work(arguments, words, plane, network, monkeypatch):
    monkeypatch.chdir(plane.parent)
    before = {path: path.read_bytes() for path in Path().iterdir()}
    result = run("plane.csv", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in " ".join(result.stderr.replace("│", " ").split())
    assert {path: path.read_bytes() for path in Path().iterdir()} == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not json", "this is not JSON"),
        ("[" * 100_000, "this is not JSON"),
        ("{}", "network.json"),
        ('{"hidden": [[1]], "output": [1]}', "the network reads 1 column but the data has 2"),
        ('{"hidden": [[0, 0]], "output": [1]}', "columns: none is given"),
        ('{"hidden": [[NaN, 0]], "output": [1]}', "NaN"),
    ],
)
def test_bad_networks_are_refused(text, words, plane, network):
    network.write_text(text, encoding="utf-8")
    result = run(plane, "--penalty", 1, "--only", network)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in " ".join(result.stderr.split())


def test_too_many_cells_end_with_exit_code_4(plane, monkeypatch):
    from reluexact.kinds.stationary_graph import find as build

    monkeypatch.setattr(build, "CELLS", 5)
    result = run(plane, "--penalty", 1)
    assert result.exit_code == 4
    assert "UNDECIDED: X has more than 5 activation patterns" in " ".join(result.stdout.split())
    assert "or name the cells to use (--only)" in " ".join(result.stdout.split())
    found = json.loads(run(plane, "--penalty", 1, "--json").stdout)
    assert (found["status"], found["every"], found["nodes"][-1]["kind"]) == ("UNDECIDED", False, "global minimum")
    assert found["limit"] == {"counted": "activation patterns", "allowed": 5, "reached": 6}
