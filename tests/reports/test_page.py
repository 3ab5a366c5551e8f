"""The page as a document: complete in itself, accessible, and whatever names the data have stay text."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from itertools import pairwise

import pytest
from html_pages import page_of

import reluexact as rx

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(2)>",
    "a\"b'c & d</style>",
    "]]></svg></math>--><svg onload=alert(3)>",
    "{{ 7*7 }}{% raw %} $x_1$ \\frac{1}{2}",
    "\u202eright\x00\x1b[31m",
)
ALLOWED_IN_HEAD = {"meta", "title", "style"}


@cache
def hostile_report(name="we<b>ird & 'na\"me.csv"):
    data = rx.Dataset(X=[[1, 2], [-1, 1], [2, -1]], y=[1, 3, 0], names=HOSTILE[:2], target_name=HOSTILE[2])
    return rx.report(data, "1/2", name=name, options="--target '</code><script>alert(4)</script>'")


@pytest.fixture(scope="module")
def hostile():
    return page_of(hostile_report().html)


@pytest.fixture(scope="module")
def plain():
    data = rx.Dataset(X=[[1, 2], [-1, 1], [2, -1]], y=[1, 3, 0], names=["a", "b"], target_name="c")
    return page_of(rx.report(data, "1/2", name="plain.csv").html)


def shape(element):
    """Return the tags and the names of attributes below an element."""
    return [(one.tag, sorted(one.attributes)) for one in element.all()]


def test_hostile_names_make_no_element_and_no_attribute(hostile, plain):
    assert shape(hostile) == shape(plain)


def test_hostile_names_are_there_as_text(hostile):
    text = hostile.named("value").text
    for name in HOSTILE[:3]:
        assert name in text
    assert "we<b>ird & 'na\"me.csv" in hostile.all("title")[0].text
    assert HOSTILE[2] in hostile.named("function").all("svg")[0].text
    assert "--target '</code><script>alert(4)</script>'" in hostile.named("certificates").text


@pytest.mark.parametrize("name", HOSTILE)
def test_every_hostile_name_stays_text_as_feature_and_as_target(name):
    one = rx.Dataset(X=[[0], [1], [2]], y=[0, 0, 1], bias=True, names=[name], target_name=name)
    page = page_of(rx.report(one, 1, name=name).html)
    assert [script.attributes for script in page.all("script")] == [{}]
    assert not {attribute for one in page.all() for attribute in one.attributes if attribute.startswith("on")}
    assert page.all("img", "iframe", "object", "embed", "link", "base", "form") == []
    links = [link.attributes["href"] for link in page.all("a") if "download" in link.attributes]
    assert all(re.fullmatch(r"data:application/json;base64,[A-Za-z0-9+/=]+", link) for link in links)
    files = [link.attributes["download"] for link in page.all("a") if "download" in link.attributes]
    assert all(re.fullmatch(r"[A-Za-z0-9-]+\.json", file) for file in files)


def test_control_characters_do_not_reach_the_page():
    one = rx.Dataset(X=[[0], [1]], y=[0, 1], names=[HOSTILE[5]], target_name=HOSTILE[5])
    assert not re.search("[\u202e\x00\x1b]", rx.report(one, 1, name=HOSTILE[5], options=HOSTILE[5]).html)


def test_the_browser_may_load_nothing_and_run_the_one_script(plain):
    policy = next(meta.attributes["content"] for meta in plain.all("meta") if "http-equiv" in meta.attributes)
    script = b64encode(sha256(plain.all("script")[0].text.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{script}'"
    addresses = [value for one in plain.all() for name, value in one.attributes.items() if name in ("src", "href", "srcset")]
    assert {address.partition(":")[0] if "#" not in address else "#" for address in addresses} == {"#", "data"}
    assert not re.search(r"url\((?!#)|@import|https?://", plain.all("style")[0].text)


def test_identifiers_are_unique_and_links_and_labels_lead_to_them(plain):
    names = [one.attributes["id"] for one in plain.all() if "id" in one.attributes]
    assert len(names) == len(set(names))
    links = [link.attributes["href"] for link in plain.all("a", "use") if link.attributes["href"].startswith("#")]
    labels = [name for one in plain.all() for name in (one.attributes.get("aria-labelledby") or "").split()]
    clips = re.findall(r"url\(#([^)]+)\)", " ".join(str(one.attributes) for one in plain.all()))
    assert {*(link[1:] for link in links), *labels, *clips} <= set(names)
    assert clips


def test_the_page_has_landmarks_and_one_heading_after_the_other(plain):
    assert plain.all("html")[0].attributes["lang"] == "en"
    assert [len(plain.all(tag)) for tag in ("main", "header", "nav", "footer", "h1")] == [1, 1, 1, 1, 1]
    assert {one.tag for one in plain.all("head")[0].children if not isinstance(one, str)} == ALLOWED_IN_HEAD
    levels = [int(heading.tag[1]) for heading in plain.all("h1", "h2", "h3")]
    assert all(following - level <= 1 for level, following in pairwise(levels))


def test_what_is_drawn_and_what_scrolls_has_a_name(plain):
    for svg in plain.all("svg"):
        assert svg.attributes.get("aria-hidden") == "true" or [child.tag for child in svg.children if not isinstance(child, str)][
            :2
        ] == ["title", "desc"]
    for one in plain.all():
        if one.attributes.get("tabindex") == "0" and one.tag != "pre":
            assert one.attributes["aria-label"], one.tag
    for table in plain.all("table"):
        assert table.all("caption")[0].words
        assert all(heading.attributes["scope"] == "col" for heading in table.all("th"))
    dots = [link for link in plain.all("a") if "dot" in link.attributes.get("class", "")]
    assert dots
    assert all(link.attributes["aria-label"].startswith("Node ") and link.all("title") for link in dots)


def test_the_page_says_nothing_of_when_it_was_made():
    assert not re.search(r"20\d\d-\d\d-\d\d|\d\d:\d\d:\d\d", re.sub(r"base64,[^\"]*", "", hostile_report().html))
