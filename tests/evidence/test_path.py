"""Evidence of a path has one link between each segment and the next, however it is made."""

from __future__ import annotations

from dataclasses import replace

import pytest

import reluexact as rx
from reluexact.errors import InputError
from reluexact.evidence.path import PathEvidence
from reluexact.kinds.solution_path.certificate import from_document, to_document


@pytest.fixture(scope="module")
def path():
    return rx.solution_path(rx.Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2")


def test_another_number_of_links_is_refused(path):
    links = path.evidence.links
    for wrong in (links[:-1], (*links, links[-1]), ()):
        with pytest.raises(InputError, match=f"need {len(links)} links, not {len(wrong)}"):
            replace(path.evidence, links=wrong)
    assert PathEvidence(segments=(), links=()) == PathEvidence(segments=path.evidence.segments[:0], links=())


def test_a_certificate_with_another_number_of_links_is_refused(path):
    document = to_document(path)
    assert from_document(document) == path
    links = document["evidence"]["links"]
    for wrong in (links[:-1], [*links, links[-1]]):
        with pytest.raises(ValueError, match="zip"):
            from_document({**document, "evidence": {**document["evidence"], "links": wrong}})
