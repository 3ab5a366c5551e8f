"""Long documents are read from the file in pieces: what is read, and what is refused and why, is what is read as a whole."""

from __future__ import annotations

import io
import json
import random
import tracemalloc

import pytest
from checker.stored import GOOD, TESTS

from reluexact.checker import check_document, stream, verdict
from reluexact.checker.document import Long, Rejected, read_document

PARTS = (b",", b"[", b"]", b"{", b"}", b":", b'"', b"\\", b" ", b"\n", b"-0", b"1.5", b"NaN", b"\xff", b"\xe2\x82", b",]", b",}")
PARTS += (b'"a":1,', b"0" * 30, b'"evidence":[1,2,[3]],', b"[1,[2,[3]]],", b"\xef\xbb\xbf", b"nul", b'"\\ud800"')
NESTED = {
    "evidence": {"a": [[1, 2, {"x": "é\u2028\n"}] * 5, {"b": [[], {}, [{}], "q\u00e9"]}], "evidence": [[[]]]},
    "c": [[1], [2]],
}


def plain(value):
    """Read the long lists of a value, too."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    entries = value.read() if isinstance(value, Long) else value
    return [plain(entry) for entry in entries] if isinstance(value, list | Long) else value


def read(reader, text):
    try:
        return plain(reader(text).value)
    except Rejected as error:
        return error.path, error.reason


@pytest.fixture
def in_small_pieces(monkeypatch):
    def change(ahead, piece):
        for name, value in (("AHEAD", ahead), ("PIECE", piece)):
            monkeypatch.setattr(stream, name, value)

    return change


@pytest.mark.parametrize("seed", range(8))
def test_broken_documents_are_refused_for_the_same_reason(seed, in_small_pieces):
    draw = random.Random(seed)
    texts = [
        json.dumps(NESTED, indent=1, ensure_ascii=False).encode(),
        b'"x"',
        *(GOOD[name].encode() for name in sorted(GOOD)[:3]),
    ]
    for _ in range(40):
        text = bytearray(draw.choice(texts)[:3000])
        for _ in range(draw.randrange(3)):
            place = draw.randrange(len(text) + 1)
            text[place : place + draw.choice((0, 0, 1, 5))] = draw.choice(PARTS)
        in_small_pieces(draw.choice((1, 2, 7, 100)), draw.choice((1, 3, 16, 999)))
        assert read(lambda text: stream.read_stream(io.BytesIO(text)), bytes(text)) == read(read_document, bytes(text)), text


@pytest.mark.parametrize("name", ["optimum-pair", "bound-plane", "optimum-identity"])
def test_reports_are_those_of_documents_read_as_a_whole(name, in_small_pieces, monkeypatch):
    monkeypatch.setattr(verdict, "SHORT", 0)
    in_small_pieces(50, 64)
    assert check_document(io.BytesIO(GOOD[name].encode())) == check_document(GOOD[name])


@pytest.mark.parametrize("name", ["o8-neuron-missing", "b2-lower-too-high"])
def test_false_documents_are_refused_at_the_same_place(name, in_small_pieces, monkeypatch):
    monkeypatch.setattr(verdict, "SHORT", 0)
    in_small_pieces(50, 64)
    text = (TESTS / "bad" / f"{name}.json").read_bytes()
    assert check_document(io.BytesIO(text)) == check_document(text)


def test_a_document_nested_without_end_is_refused():
    text = b'{"evidence": ' + b"[" * (1 << 17)
    assert read(lambda text: stream.read_stream(io.BytesIO(text)), text) == ("document", "nested too deeply")


def test_a_long_list_is_not_kept(in_small_pieces):
    in_small_pieces(500, 1000)
    nodes = 5_000 * b'{"split": 12345678}, '
    file = io.BytesIO(b'{"evidence": {"tree": [' + nodes + b'{"split": 1}]}}')
    tracemalloc.start()
    try:
        tree = stream.read_stream(file).table()["evidence"].table()["tree"]
        count = sum(1 for _ in tree.each())
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 5_001
    assert most < 1 << 16
