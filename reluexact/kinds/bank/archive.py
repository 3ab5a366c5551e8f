"""The file of the bank: one archive with an index and the certificates, made by ``benchmarks/bank/make.py``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

if TYPE_CHECKING:
    from reluexact.model.problem import Problem

ARCHIVE, INDEX = "instances.zip", "index.json"


@cache
def _content() -> bytes:
    return files(__package__).joinpath(ARCHIVE).read_bytes()


@cache
def index() -> Mapping[str, Any]:
    """Return the version, and what is said about each instance."""
    with ZipFile(BytesIO(_content())) as archive:
        found: Mapping[str, Any] = json.loads(archive.read(INDEX))
    return found


def certificate_of(name: str) -> bytes:
    """Return the certificate of an instance."""
    with ZipFile(BytesIO(_content())) as archive:
        return archive.read(f"{name}.json")


@cache
def problem_of(name: str) -> Problem:
    """Return the problem that the certificate of an instance states."""
    from reluexact.certificates.problems import read_extended_problem
    from reluexact.certificates.reading import Read
    from reluexact.model.problem import Problem

    document = json.loads(certificate_of(name))
    if document["version"] == 1:
        program = Read.of(document).program
        return Problem(program.data, program.penalty)
    return read_extended_problem(document["statement"]["problem"], document["produced_by"])
