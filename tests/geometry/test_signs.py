"""Signs, texts, cells and faces: every conversion, and that no file converts by hand."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import ROOT

from reluexact.geometry.column import Column, Face
from reluexact.geometry.hyperplanes import hyperplanes
from reluexact.geometry.signs import (
    cell_signs,
    in_cell,
    opposite,
    share_a_cell,
    side_sign,
    sign_of,
    sign_text,
    signs_from_text,
    signs_of,
    zeros,
)
from reluexact.numbers.linalg import dot

SIGN = st.sampled_from((-1, 0, 1))
SIGNS = st.lists(SIGN, max_size=6).map(tuple)
TWO = st.lists(st.tuples(SIGN, SIGN), min_size=1, max_size=6).map(lambda pairs: tuple(zip(*pairs, strict=True)))
ENTRY = st.integers(-2, 2).map(Fraction)
VECTOR = st.tuples(ENTRY, ENTRY)


@given(SIGNS)
def test_text_and_back(signs):
    assert signs_from_text(sign_text(signs)) == signs
    assert len(sign_text(signs)) == len(signs)


@pytest.mark.parametrize("text", ["x", "+ -", "+1", "\u2212"])
def test_other_letters_are_refused(text):
    with pytest.raises(ValueError, match="is no sign"):
        signs_from_text(text)


@given(st.lists(st.fractions(), max_size=5))
def test_signs_of_numbers(values):
    assert signs_of(values) == tuple(1 if value > 0 else -1 if value < 0 else 0 for value in values)
    assert signs_of([-value for value in values]) == opposite(signs_of(values))
    assert all(isinstance(sign_of(value), int) for value in values)


@given(SIGNS)
def test_zeros_and_faces(signs):
    face = Face(sign=1, gate=signs)
    assert face.zeros == zeros(signs) == zeros(opposite(signs))
    assert face.opposite().opposite() == face
    assert all(signs[k] == 0 for k in zeros(signs))
    assert len(zeros(signs)) == signs.count(0)


@given(TWO)
def test_a_common_cell_is_a_cell_that_holds_both(pair):
    left, right = pair
    found = [
        cell
        for bits in range(2 ** len(left))
        if in_cell(left, cell := tuple(bool(bits >> k & 1) for k in range(len(left)))) and in_cell(right, cell)
    ]
    assert share_a_cell(left, right) == bool(found)
    assert all(Column(sign=1, cell=cell).holds(1, left) and not Column(sign=-1, cell=cell).holds(1, left) for cell in found)


@given(st.lists(st.booleans(), max_size=6).map(tuple))
def test_cells(cell):
    signs = cell_signs(cell)
    assert signs == tuple(map(side_sign, cell))
    assert in_cell(signs, cell)
    assert not cell or not in_cell(opposite(signs), cell)


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="argument"):
        in_cell((1, 1), (True,))
    with pytest.raises(ValueError, match="argument"):
        share_a_cell((1, 1), (1,))


@given(st.lists(VECTOR, min_size=1, max_size=5).map(tuple), VECTOR)
def test_rows_and_hyperplanes(rows, point):
    known = hyperplanes(rows)
    by_row = signs_of([dot(row, point) for row in rows])
    by_hyperplane = signs_of([dot(normal, point) for normal in known.normals])
    assert known.row_gates(by_hyperplane) == by_row
    assert known.hyperplane_gates(by_row) == by_hyperplane
    if 0 not in by_hyperplane:
        assert known.pattern([sign > 0 for sign in by_hyperplane]) == sign_text(by_row)


def test_the_rooms_of_proofs_convert_nowhere_by_hand():
    package = ROOT / "reluexact"
    by_hand = re.compile(r'tuple\(1 if \w+ else -1 for|\w > 0\) - \(\w+ < 0|"\+" if \w+ > 0 else "-" if')
    rooms = ("geometry", "model", "evidence", "prove", "propose", "search", "certificates", "kinds")
    files = [path for room in rooms for path in (package / room).rglob("*.py") if path.name != "signs.py"]
    assert not [path.name for path in files if by_hand.search(path.read_text(encoding="utf-8"))]
