"""Networks between commands: what one writes by ``--network-out`` or as a certificate, the next one takes by ``--network``."""

from __future__ import annotations

import json

import pytest
from paths import DATA
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app
from reluexact.model.network import Network

TOY = "a,b,y\n0,1,2\n1,-1,2\n"


def run(*arguments):
    return CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").write_text(TOY)
    (tmp_path / "start.csv").write_text("w1,w2,output\n1,0,1\n0,0,0\n0,0,0\n")
    return tmp_path


MADE = {
    "solve": (("solve",), True),
    "bound": (("solve", "--bound"), True),
    "minimal": (("minimal",), True),
    "width": (("width", "--width", 1), True),
    "set": (("set",), True),
    "descend": (("descend", "--network", "start.csv"), True),
    "classify": (("classify", "--network", "start.csv"), False),
}


@pytest.mark.parametrize("made", MADE)
def test_certificates_and_networks_lead_on(files, made):
    (command, *options), writes = MADE[made]
    out = ("--out", "claim.json", *(("--network-out", "found.csv") if writes else ()))
    result = run(command, "data.csv", *options, "--penalty", 1, *out)
    assert result.exit_code in (0, 4), result.output
    answers = []
    for given in ("claim.json", *(("found.csv",) if writes else ())):
        found = run("classify", "data.csv", "--network", given, "--penalty", 1, "--json")
        assert found.exit_code in (0, 4), found.output
        answers.append(json.loads(found.stdout)["objective"])
    assert len(set(answers)) == 1
    start = run("graph", "data.csv", "--network", "claim.json", "--penalty", 1, "--json")
    assert start.exit_code == 0, start.output
    if made not in ("classify", "width"):
        assert (
            abs(
                float(
                    rx.solve(rx.Dataset.read("data.csv"), 1).value
                    - rx.Network.read("found.csv").objective(rx.Dataset.read("data.csv"), 1)
                )
            )
            < 1e-9
        )


def test_a_false_certificate_gives_no_network(files):
    run("solve", "data.csv", "--penalty", 1, "--out", "claim.json")
    document = json.loads((files / "claim.json").read_text())
    document["statement"]["claim"]["value"] = "1"
    (files / "false.json").write_text(json.dumps(document, indent=1))
    result = run("classify", "data.csv", "--network", "false.json", "--penalty", 1)
    assert result.exit_code == 2
    assert "false.json: the checker refuses it" in result.stderr


def test_a_graph_has_no_network_of_its_own(files):
    run("graph", "data.csv", "--penalty", 1, "--out", "graph.json")
    result = run("classify", "data.csv", "--network", "graph.json", "--penalty", 1)
    assert result.exit_code == 2
    assert "graph.json: a StationaryGraph has no network of its own; give the certificate of an optimum" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("solve", "--network-out", "n.txt"), "is named .json, .csv (both exact) or .npz"),
        (("solve", "--network-out", "data.csv"), "this is the data file itself"),
        (("solve", "--network-out", "n.json", "--out", "n.json"), "--out and --network-out name the same file"),
        (("width", "--curve", "--network-out", "n.json"), "--network-out writes the network of one width"),
    ],
)
def test_places_that_cannot_be(files, arguments, message):
    command, *options = arguments
    result = run(command, "data.csv", *options, "--penalty", 1)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


@pytest.mark.parametrize("made", [made for made, (_, writes) in MADE.items() if writes])
def test_an_archive_of_floats_has_the_nearest_ones(files, made):
    command, *options = MADE[made][0]
    exact, near = (run(command, "data.csv", *options, "--penalty", 1, "--network-out", name) for name in ("n.json", "n.npz"))
    assert near.exit_code == exact.exit_code
    network, found = Network.read("n.json"), Network.read("n.npz")
    assert found == network.rounded()
    assert [[float(w) for w in row] for row in found.hidden] == [[float(w) for w in row] for row in network.hidden]
    assert ("n.npz holds the nearest floats, another network than the exact one" in near.stderr) is (found != network)
    assert "floats" not in exact.stderr


def test_a_network_of_measurements_reads_back(files):
    result = run("solve", DATA / "anscombe2.csv", "--bias", "--penalty", "1/10", "--network-out", "n.json")
    assert result.exit_code == 0
    data = rx.Dataset.read(DATA / "anscombe2.csv", bias=True)
    assert Network.read("n.json") == rx.solve(data, "1/10").network


LABELS = "x,w,y\n0,1,-1\n1,2,1\n2,2,1\n3,1,-1\n"
SERVED = {
    "no part": ("--loss", "absolute"),
    "penalised": ("--hidden-bias", "penalised", "--weights", "w"),
}
BESIDE = {
    "free": (
        ("--target", "y", "--loss", "hinge", "--hidden-bias", "free", "--output-bias", "free"),
        "hidden biases beside the columns and an",
    ),
    "output": (("--target", "w", "--output-bias", "free"), "an output bias"),
    "skip": (("--target", "w", "--skip", "free"), "a skip connection"),
}


@pytest.mark.parametrize("parts", SERVED)
@pytest.mark.parametrize("given", ["claim.json", "found.json", "found.csv", "shown.json"])
def test_a_network_of_a_problem_with_parts_leads_on(files, parts, given):
    (files / "labels.csv").write_text(LABELS)
    for network in ("found.json", "found.csv"):
        written = ("--out", "claim.json", "--network-out", network, "--json")
        result = run("solve", "labels.csv", "--penalty", "1/11", *SERVED[parts], *written)
        assert result.exit_code == 0, result.output
    (files / "shown.json").write_text(result.stdout)
    bias, features = ("--bias", "x") if parts == "penalised" else ("--quiet", "x,w")
    options = ("labels.csv", "--target", "y", "--features", features, bias, "--penalty", 1)
    found = run("classify", *options, "--network", given, "--json")
    assert found.exit_code == 0, found.output
    network = rx.load("claim.json").network
    data = rx.Dataset.read("labels.csv", target="y", features=features.split(","), bias=parts == "penalised")
    assert json.loads(found.stdout)["objective"] == str(network.without_parts().objective(data, 1))
    for command, more in (("descend", ()), ("graph", ("--steepest",))):
        started = run(command, *options, "--network", given, *more)
        assert started.exit_code in (0, 4), started.output


@pytest.mark.parametrize("command", ["classify", "descend", "graph"])
@pytest.mark.parametrize("parts", BESIDE)
def test_a_network_with_biases_beside_the_columns_is_refused_truthfully(files, parts, command):
    options, words = BESIDE[parts]
    (files / "labels.csv").write_text(LABELS)
    written = ("--out", "claim.json", "--network-out", "found.csv")
    made = run("solve", "labels.csv", "--features", "x", "--penalty", "1/11", *options, *written)
    assert made.exit_code == 0, made.output
    for given in ("claim.json", "found.csv"):
        result = run(command, "labels.csv", "--penalty", 1, "--network", given)
        assert result.exit_code == 2
        assert f"{given}: its network has {words}" in result.stderr
        assert "this command takes a network without these" in result.stderr
