"""Saving and drawing by the public functions: any claim that has a certificate, or a picture."""

from __future__ import annotations

import pytest

import reluexact as rx

DATA = rx.Dataset([[1], [2]], [1, 2])


@pytest.mark.parametrize(
    "claim",
    [
        lambda: rx.solve(DATA, 1),
        lambda: rx.prove_bound(DATA, 1),
        lambda: rx.optimal_set(rx.solve(DATA, 1)),
        lambda: rx.classify(rx.Network([[1]], [1]), DATA, 1),
        lambda: rx.descent_path(rx.Network([[1]], [1]), DATA, 1),
        lambda: rx.solve_width(DATA, 1, 1),
        lambda: rx.stationary_graph(DATA, 1),
    ],
)
def test_saved(claim, tmp_path):
    rx.save(claim(), tmp_path / "claim.json")
    assert rx.check(tmp_path / "claim.json").verified


@pytest.mark.parametrize(
    "claim",
    [
        lambda: rx.descent_path(rx.Network([[1]], [1]), DATA, 1),
        lambda: rx.width_curve(DATA, 1),
        lambda: rx.stationary_graph(DATA, 1),
    ],
)
def test_drawn(claim, tmp_path):
    rx.plot(claim(), tmp_path / "claim.svg")
    assert b"<svg" in (tmp_path / "claim.svg").read_bytes()


def test_what_has_none(tmp_path):
    optimum = rx.solve(DATA, 1)
    for write, claim, word in (
        (rx.plot, optimum.value, "picture"),
        (rx.save, optimum.value, "certificate"),
        (rx.save, 7, "certificate"),
    ):
        with pytest.raises(rx.InputError, match=f"has no {word}"):
            write(claim, tmp_path / "x.svg")
        assert not (tmp_path / "x.svg").exists()
