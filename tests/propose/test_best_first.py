"""The worst cone first: wherever the search is stopped, its tree shows the factor that it names, in exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from reluexact.propose.best_first import BestFirst, Pair
from reluexact.prove.form import Form
from reluexact.prove.tree_check import check_tree

NUMBERS = st.integers(-9, 9).map(Fraction)
DIMENSION = 3


@st.composite
def forms(draw):
    normal = st.tuples(*[NUMBERS] * DIMENSION).filter(any)
    normals = draw(st.lists(normal, min_size=1, max_size=8, unique_by=lambda row: tuple(row)))
    kinks = tuple(draw(NUMBERS) for _ in normals)
    return Form(normals=tuple(normals), kinks=kinks, linear=draw(st.tuples(*[NUMBERS] * DIMENSION)))


def divided(form, factor):
    kinks, linear = (tuple(entry / factor for entry in entries) for entries in (form.kinks, form.linear))
    return Form(normals=form.normals, kinks=kinks, linear=linear)


@settings(max_examples=80, deadline=None)
@given(form=forms(), steps=st.integers(0, 30))
def test_the_tree_of_any_moment_shows_its_factor(form, steps):
    pair, bound = Pair([form], Fraction(2)), Fraction(2)
    for _ in range(steps):
        pair.improve(limit=steps)
    factor = pair.factor
    assert pair.low <= factor
    assert check_tree(divided(form, Fraction(factor)), bound, pair.trees()[0]) is None


@settings(max_examples=80, deadline=None)
@given(form=forms())
def test_in_the_end_both_sides_meet(form):
    search = BestFirst(form, Fraction(2))
    last = search.high
    while search.improve():
        assert search.low <= search.high * (1 + 2**-40)
        assert search.high <= last * (1 + 2**-40)
        last = search.high
    assert search.high - search.low <= 1e-9 * (1 + search.high)
