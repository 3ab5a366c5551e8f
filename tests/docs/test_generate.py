"""The pages that are generated, and the check of links."""

from __future__ import annotations

from pathlib import Path

import pytest
from generate import certificate, cli, facts, theorems, trust
from links import faults
from paths import ROOT

from reluexact.cli.app import COMMANDS, loaded


def test_every_command_has_a_page_with_all_its_options():
    pages = cli.texts()
    assert set(pages) == {"index", *COMMANDS}
    for name in COMMANDS:
        assert f"[`reluexact {name}`]({name}.md)" in pages["index"]
        for parameter in loaded(name).params:
            assert parameter.hidden or parameter.opts[0].lower() in pages[name].lower(), (name, parameter.opts)


def test_the_format_has_an_anchor_at_each_obligation():
    page = certificate.text()
    for name in certificate.obligations():
        assert page.count(f"(obligation-{name.lower()})=\n") == 1


def test_every_named_theorem_is_on_the_page_of_theorems():
    page = theorems.text()
    assert "(coq-weak-duality)=" in page
    assert "Theorem strong_duality" in page


def test_every_kind_of_certificate_is_on_the_page_of_trust(monkeypatch):
    page = trust.text(str, str)
    for kind, count in facts.checker_lines().items():
        assert f"## `{kind}`" in page
        assert f"({count:,} lines)" in page
    asked = {kind: trust.asked(kind, row) for kind, row in trust.rows().items()}
    assert asked["bound"] == ["B1", "B2", "B3"]
    assert {"E2", "E4", "B4"} <= set(asked["bound (version 2)"])
    assert all(name in certificate.obligations() for names in asked.values() for name in names)
    monkeypatch.setattr(trust, "checker_lines", lambda: {"bound": 1})
    with pytest.raises(LookupError, match=r"trust\.toml differs .*'optimum'"):
        trust.rows()


def test_figures_are_those_of_the_repository():
    found = facts.substitutions()
    assert found["spec_lines"] == len((ROOT / "proofs" / "theories" / "Spec.v").read_text(encoding="utf-8").splitlines())
    assert found["false_count"] == str(len(list((ROOT / "tests" / "bad").iterdir())))


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('<p id="a"><a href="#a">a</a> <a href="index.html#a">b</a> <a href="https://example.org">c</a>', []),
        ('<a href="#b">', ["index.html: #b: no such anchor"]),
        ('<a href="lost.html">', ["index.html: lost.html: no such file"]),
        ('<img src="lost.svg">', ["index.html: lost.svg: no such file"]),
        ('<svg><a href="index.html#b">', ["index.html: index.html#b: no such anchor"]),
        ('<script src="https://cdn.example/x.js">', ["index.html loads https://cdn.example/x.js"]),
        ('<link rel="stylesheet" href="//cdn.example/x.css">', ["index.html loads //cdn.example/x.css"]),
    ],
)
def test_dead_links_and_what_is_loaded_from_elsewhere_are_found(page, found, tmp_path):
    Path(tmp_path / "index.html").write_text(page, encoding="utf-8")
    assert faults(tmp_path) == found
