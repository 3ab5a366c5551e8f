"""Walls, kinks and linear part against the function itself."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from reluexact.checker.problem import Problem
from reluexact.checker.walls import make_profile, make_walls

small = st.fractions(min_value=-5, max_value=5, max_denominator=6)


@given(
    st.lists(st.lists(st.integers(-3, 3).map(Fraction), min_size=2, max_size=2), min_size=1, max_size=6),
    st.lists(small, min_size=6, max_size=6),
    st.sampled_from([1, -1]),
)
def test_profile_is_the_function(rows, numbers, sign):
    theta = numbers[: len(rows)]
    problem = Problem(tuple(map(tuple, rows)), tuple(theta), Fraction(1))
    walls = make_walls(problem.X)
    profile = make_profile(problem, walls, theta, sign)
    for u in [(1, 0), (0, -1), (2, 3), (-1, 5), (-2, -1)]:
        direct = sign * sum(t * max(0, row[0] * u[0] + row[1] * u[1]) for t, row in zip(theta, rows, strict=True))
        value = Fraction(profile.linear[0] * u[0] + profile.linear[1] * u[1], profile.unit)
        for wall, (normal, piece) in enumerate(zip(profile.normals, profile.pieces, strict=True)):
            assert [Fraction(entry, profile.unit) for entry in normal] == list(walls.normals[wall])
            if normal[0] * u[0] + normal[1] * u[1] > 0:
                value += Fraction(piece[0] * u[0] + piece[1] * u[1], profile.unit)
            assert Fraction(profile.kinks[wall], profile.scale) * normal[0] == piece[0]
        assert value == direct
