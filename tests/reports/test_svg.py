"""Pictures within a page: nothing of them reaches beyond them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

import reluexact as rx
from reluexact.reports.svg import inlined, picture

FILE = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt" viewBox="0 0 9 9">
<metadata>made by</metadata><defs><style type="text/css">*{stroke-linecap: butt}</style><path id="mark" d="M0 0"/></defs>
<g id="unused"><use xlink:href="#mark" style="fill: #0072b2; stroke: #123456"/><g clip-path="url(#cut)"/></g>
<clipPath id="cut"><rect/></clipPath></svg>"""


@pytest.fixture(scope="module")
def optimum():
    return rx.solve(rx.Dataset([[0], [1], [2]], [0, 0, 1], bias=True, names=["<b>&\"'"]), "1/10")


def test_identifiers_are_those_of_the_picture():
    root = ElementTree.fromstring(inlined(FILE, key="one", title="t", description="d"))
    names = [one.get("id") for one in root.iter() if one.get("id")]
    assert names == ["one-title", "one-description", "one-mark", "one-cut"]
    assert root.find(".//use").get("href") == "#one-mark"
    assert root.find(".//g[@clip-path]").get("clip-path") == "url(#one-cut)"


def test_styles_sizes_and_remarks_of_the_file_are_left_out():
    text = inlined(FILE, key="one", title="t", description="d")
    assert "style type" not in text
    assert "metadata" not in text
    assert "width=" not in text
    assert "xmlns" not in text


def test_colours_are_those_of_the_page():
    use = ElementTree.fromstring(inlined(FILE, key="one", title="t", description="d")).find(".//use")
    assert use.get("style") == "fill: var(--blue); stroke: #123456"


def test_titles_are_text():
    root = ElementTree.fromstring(inlined(FILE, key="one", title="</title><script>", description="a & b"))
    assert [(child.tag, child.text) for child in root[:2]] == [("title", "</title><script>"), ("desc", "a & b")]


def test_a_picture_of_a_claim_has_its_names_as_text_and_the_same_bytes(optimum):
    first, again = (picture(optimum, key="one", title="t", description="d") for _ in range(2))
    assert first == again
    texts = [text.text for text in ElementTree.fromstring(first).iter("text")]
    assert "<b>&\"'" in texts
    assert set(re.findall(r"#[0-9a-f]{6}", first)) <= {"#cccccc"}  # every other colour is one of the page


def test_without_a_picture_there_is_an_error():
    with pytest.raises(rx.InputError, match="has no picture"):
        picture(rx.Status.PROVED, key="one", title="t", description="d")
