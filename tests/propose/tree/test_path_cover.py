"""One tree for the forms at several points: their leaves, and trees grown from others."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import cos, pi, sin
from random import Random

import pytest

from reluexact.evidence.tree import Leaf, PointwiseLeaf, Split
from reluexact.propose.tree.cover import Covered
from reluexact.propose.tree.path_cover import Earlier, path_cover
from reluexact.prove.form import Form
from reluexact.prove.tree_check import check_along

ROOM = Fraction(21, 20)


def greatest(form):
    """Return about the greatest value at unit vectors of the plane, a little too large."""
    normals, kinks = [tuple(map(float, row)) for row in form.normals], list(map(float, form.kinks))
    directions = [(cos(k * pi / 720), sin(k * pi / 720)) for k in range(1440)]
    values = (sum(k * max(0.0, a * u + b * v) for k, (a, b) in zip(kinks, normals, strict=True)) for u, v in directions)
    return Fraction(max(values)).limit_denominator(10**6) * Fraction(1001, 1000)


def forms(seed, count=3, size=9):
    """Return forms whose kinks are on a line, with bounds a little above their greatest values, and the one in the middle."""
    draw = Random(seed)
    normals = tuple((Fraction(draw.randint(1, 9)), Fraction(draw.randint(-9, 9))) for _ in range(size))
    first, last = ([Fraction(draw.randint(-5, 9)) for _ in normals] for _ in range(2))
    points = []
    for place in range(count):
        share = Fraction(place, count - 1)
        kinks = tuple((1 - share) * a + share * b for a, b in zip(first, last, strict=True))
        form = Form(normals=normals, kinks=kinks, linear=(Fraction(0), Fraction(0)))
        points.append((form, greatest(form) * ROOM))
    form, bound = points[count // 2]
    return (form, bound), points


def grown(middle, points, earlier=None):
    """Return the tree; it is proved."""
    found = path_cover(middle, points, tight=(), settled=set(), earlier=earlier)
    assert isinstance(found, Covered)
    assert check_along(points, found.tree) is None
    return found.tree


def test_leaves_that_hold_at_one_point_each_hold_together():
    one = Fraction(1)
    points = [(Form(normals=((one,),), kinks=(-slope * one,), linear=(slope * one,)), one) for slope in (2, 5)]
    leaves = tuple(Leaf(rho=((0, slope * one),)) for slope in (2, 5))
    for shared in leaves:
        assert check_along(points, (Split(0), Leaf(), shared)) == (2, "the bound of the leaf is too large")
    assert check_along(points, (Split(0), Leaf(), PointwiseLeaf(leaves))) is None
    assert check_along(points, (Split(0), Leaf(), PointwiseLeaf(leaves[::-1]))) == (2, "the bound of the leaf is too large")
    few = PointwiseLeaf(leaves[:1])
    assert check_along(points, (Split(0), Leaf(), few)) == (2, "a pointwise leaf has one leaf for each point")


@pytest.mark.parametrize("seed", range(12))
def test_a_tree_holds_at_all_points_and_grows_from_another(seed):
    middle, points = forms(seed)
    tree = grown(middle, points)
    nearer = [(replace(form, kinks=tuple(kink * ROOM for kink in form.kinks)), bound * ROOM) for form, bound in points]
    again = grown(nearer[1], nearer, Earlier(tree, middle[1]))
    assert [node for node in again if isinstance(node, Split)] == [node for node in tree if isinstance(node, Split)]
    low = [(form, bound / ROOM**2) for form, bound in points]
    assert all(check_along(low[:k] + points[k:], tree) is not None for k in (1, 2, 3))


def test_points_get_leaves_of_their_own():
    assert any(isinstance(node, PointwiseLeaf) for seed in range(12) for node in grown(*forms(seed)))
