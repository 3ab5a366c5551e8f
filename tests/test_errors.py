"""Errors survive the way between processes and say what they should."""

from __future__ import annotations

import pickle

import pytest

from reluexact.errors import CertificateError, InputError, LimitReached, MissingDependency, ReluExactError


@pytest.mark.parametrize(
    "error",
    [
        InputError("X is empty"),
        LimitReached(count=10, limit=5),
        LimitReached("too many", count=10, limit=5),
        CertificateError("$.a", "wrong"),
        MissingDependency("dask", "pip install dask"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_pickled_errors_are_the_same(error):
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)
    assert isinstance(error, ReluExactError)


def test_an_input_error_is_a_value_error():
    assert issubclass(InputError, ValueError)
