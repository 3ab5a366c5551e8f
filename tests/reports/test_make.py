"""Reports as ``rx.report`` makes them: what they say, that nothing is missing where time is short, the same bytes."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64decode
from hashlib import sha256

import pytest
from html_pages import page_of
from paths import ROOT

import reluexact as rx
from reluexact.evidence.status import Status

TOY = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])
PLACES = ("value", "function", "set", "networks", "path", "graph", "certificates", "undecided")


@pytest.fixture(scope="module")
def toy():
    return rx.report(TOY, "1/10", name="toy.csv", options="--target y")


def statuses(report):
    return {place: status for place, _, status in report.sections}


def test_the_page_has_all_sections_in_their_order(toy):
    page = page_of(toy.html)
    sections = [section.attributes["id"] for section in page.all("section")]
    assert sections == ["statement", *PLACES] == ["statement", *(place for place, _, _ in toy.sections)]
    assert toy.status is Status.PROVED
    assert set(statuses(toy).values()) == {None, Status.PROVED}
    assert toy.undecided == ()
    assert "Nothing: every section is proved" in page.named("undecided").words


def test_the_statement_comes_first_with_its_status_and_value(toy):
    statement = page_of(toy.html).named("statement")
    assert statement.all("h1")[0].words == "The optimal two-layer ReLU networks of toy.csv"
    verdict = next(one for one in statement.all("div") if "verdict" in one.attributes["class"])
    assert verdict.words.startswith("PROVED This is the minimum over networks of every width")
    assert [fraction.text for fraction in verdict.all("mfrac")] == ["39400"]  # 39/400
    assert "0.0975" in verdict.words


def test_the_claims_are_those_of_the_kinds(toy):
    optimum = rx.solve(TOY, "1/10")
    assert toy.answers.optimum == optimum
    assert toy.answers.best == rx.optimal_set(optimum)
    assert toy.answers.path == rx.solution_path(TOY, "1/20")
    assert toy.answers.graph == rx.stationary_graph(TOY, "1/10")


def test_the_minimal_networks_are_written_out(toy):
    captions = [caption.words for caption in page_of(toy.html).named("networks").all("caption")]
    assert captions[:2] == ["Minimal network 1, with 1 neuron: its weights", "Minimal network 2, with 2 neurons: its weights"]


def test_the_certificates_are_in_the_page_with_their_digests(toy):
    section = page_of(toy.html).named("certificates")
    links = [link for link in section.all("a") if "download" in link.attributes]
    digests = [code.text for code in section.all("code") if code.attributes.get("class") == "digest"]
    assert [link.attributes["download"] for link in links] == ["toy-optimal-set.json", "toy-path.json", "toy-stationary.json"]
    carried = [b64decode(link.attributes["href"].partition("base64,")[2]) for link in links]
    assert carried == [content for _, content in toy.certificates]
    assert digests == [sha256(content).hexdigest() for content in carried]
    assert [json.loads(content)["statement"]["kind"] for content in carried] == ["optimal-set", "path", "stationary"]
    assert "reluexact check toy-optimal-set.json --statement toy.csv --target y --penalty 1/10" in section.words


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_stand_alone_checker_accepts_what_the_page_carries(toy, place, tmp_path):
    file = tmp_path / "certificate.json"
    file.write_bytes(toy.certificates[place][1])
    run = subprocess.run([sys.executable, "-I", "-S", ROOT / "reluexact" / "checker", file], capture_output=True, check=False)
    assert run.returncode == 0


def test_without_certificates_the_page_has_their_digests_only(toy):
    small = rx.report(TOY, "1/10", name="toy.csv", options="--target y", embed=False)
    assert "base64" not in small.html
    assert small.certificates == toy.certificates
    assert sha256(small.certificates[0][1]).hexdigest() in small.html


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes(toy):
    """Also in another process, with another seed of the hash."""
    code = (
        "import reluexact as rx; from hashlib import sha256\n"
        "toy = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])\n"
        "print(sha256(rx.report(toy, '1/10', name='toy.csv', options='--target y').html.encode()).hexdigest())"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == sha256(toy.html.encode()).hexdigest()


def test_where_no_time_is_left_the_page_says_so():
    data = rx.Dataset.read(ROOT / "examples" / "data" / "stackloss.csv", bias=True)
    report = rx.report(data, 1, time_limit="1/1000")
    page = page_of(report.html)
    assert report.status is Status.UNDECIDED
    assert [section.attributes["id"] for section in page.all("section")] == ["statement", *PLACES]
    assert "stopped by time_limit=0.001 (seconds)" in page.named("statement").words
    assert "≤ minimum ≤" in page.named("statement").words
    assert {place for place, status in statuses(report).items() if status is Status.UNDECIDED} >= {
        "set",
        "networks",
        "path",
        "graph",
    }
    listed = page.named("undecided").all("p")
    assert [entry.all("a")[0].words for entry in listed] == [title for title, _ in report.undecided]
    assert all(reason for _, reason in report.undecided)


def test_the_time_limit_is_one_of_each_question(monkeypatch):
    """A question that takes too long leaves its time to no other, and takes none from them."""
    from reluexact.budget import check

    def endless(*_, **__):
        while True:
            check()

    monkeypatch.setattr("reluexact.kinds.solution_path.find.solution_path", endless)
    report = rx.report(rx.Dataset(X=[[1], [2]], y=[1, 2]), 1, time_limit=1)
    undecided = {place for place, status in statuses(report).items() if status is Status.UNDECIDED}
    assert undecided == {"path"}
    assert dict(report.undecided)["The path in the penalty"].startswith("stopped by time_limit=1 ")


def test_of_another_loss_the_page_says_what_there_is():
    labels = rx.Dataset(X=[[0], [1], [2], [3]], y=[-1, 1, 1, -1])
    report = rx.report(rx.Problem(labels, "1/10", "hinge", hidden_bias="free", output_bias="free"))
    assert report.status is Status.PROVED
    assert [kind for kind, _ in report.certificates] == ["optimum"]
    reasons = dict(report.undecided)
    assert reasons["The path in the penalty"].startswith("solution_path does not take another loss")
    assert "The optimal neurons" in page_of(report.html).named("set").words


def test_of_the_logistic_loss_there_are_bounds():
    labels = rx.Dataset(X=[[0], [1], [2], [3]], y=[-1, 1, 1, -1])
    report = rx.report(rx.Problem(labels, "1/10", "logistic", hidden_bias="free", output_bias="free"))
    assert report.status is Status.UNDECIDED
    assert [kind for kind, _ in report.certificates] == ["bound"]
    assert "of the logistic loss bounds are proved" in page_of(report.html).named("statement").words


def test_row_weights_are_for_every_section():
    report = rx.report(rx.Problem(TOY, "1/10", weights=[2, "1/3"]), low="1/12")
    assert report.status is Status.PROVED
    assert report.answers.best.optimum.data.copies.rows == (0, 0, 1, 1, 1)
    assert report.answers.path.low == rx.Problem(TOY, "1/12").penalty


def test_the_zero_network_has_a_page():
    report = rx.report(rx.Dataset(X=[[1], [2]], y=[1, 2]), 6)
    assert (report.status, report.answers.best.dimension) == (Status.PROVED, 0)
    assert "The zero network is the only optimal one" in page_of(report.html).named("networks").words
    assert "only the zero network attains it" in page_of(report.html).named("statement").words


def test_the_page_is_written_whole_or_not_at_all(toy, tmp_path):
    file = tmp_path / "report.html"
    toy.save(file)
    assert file.read_text(encoding="utf-8") == toy.html
    with pytest.raises(rx.InputError, match="cannot be written"):
        toy.save(tmp_path / "nowhere" / "report.html")
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"penalty": 0}, "penalty"),
        ({"time_limit": 0}, "time_limit: '0' is not positive"),
        ({"limit": 0}, "limit"),
        ({"low": -1}, "low"),
        ({"name": 7}, "name, options"),
    ],
)
def test_wrong_input_is_named(options, message):
    with pytest.raises(rx.InputError, match=message):
        rx.report(TOY, **({"penalty": 1} | options))
