"""The names that users type."""

from __future__ import annotations

import pytest

import reluexact as rx


def test_every_public_name_is_there():
    for name in rx.__all__:
        assert getattr(rx, name) is not None
        assert name in dir(rx)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="frobnicate"):
        rx.frobnicate  # noqa: B018


def test_a_session(tmp_path):
    optimum = rx.solve(rx.Dataset(X=[[1], [2]], y=[1, 2]), penalty=1)
    assert optimum.status is rx.Status.PROVED
    optimum.save(tmp_path / "x.json")
    assert rx.check(tmp_path / "x.json").verified
