"""Claims saved and read back: the one writer of certificates, and the one reader.

A certificate leaves this program only after the stand-alone checker has accepted the very bytes that are written; a claim is made
from a file only after the checker has accepted the file.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from os import PathLike
from types import ModuleType
from typing import Any

from reluexact import checker
from reluexact.certificates.document import Json, to_bytes
from reluexact.certificates.files import named_file, read_bytes, write_bytes
from reluexact.errors import InputError, Message
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.kinds.table import Kind, kind_of, kind_of_certificate
from reluexact.model.biased_files import encoded_parts
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.misplaced import named
from reluexact.model.network import Network
from reluexact.model.network_files import encoded


def save(claim: object, path: str | PathLike[str]) -> None:
    """Write the certificate of a claim, whole or not at all, after the stand-alone checker has accepted it.

    A Network or a BiasedNetwork is written as its file, see :meth:`reluexact.model.network.Network.save`.

    claim: what ``solve``, ``optimal_set``, ``minimum_network``, ``sparsest_spline``, ``prove_bound``, ``solve_width``,
    ``classify``, ``stationary_graph``, ``descent_path``, ``judge``, ``interpolate``, ``support_function`` or ``is_spike_free``
    gave. Of an optimum that is UNDECIDED its bounds are written. Raises InputError for a claim that has no certificate (the
    message says why), one that the checker
    refuses, and a file that cannot be written.
    """
    if isinstance(claim, Network):
        write_bytes(encoded(claim.hidden, claim.output, named_file(path)), path)
        return
    if isinstance(claim, BiasedNetwork):
        write_bytes(encoded_parts(claim.to_lists(), named_file(path)), path)
        return
    write_bytes(certificate(claim), path)


def certificate(claim: object) -> bytes:
    """Return the file of the certificate of a claim, which the stand-alone checker has accepted; else raises InputError.

    >>> import reluexact as rx
    >>> certificate(rx.prove_bound(rx.Dataset(X=[[1], [2]], y=[1, 2]), 1))[:40]
    b'{"format":"reluexact-certificate","versi'
    """
    content = to_bytes(to_document(claim))
    report = checker.check_document(content)
    if not report.verified:
        what = type(claim).__name__
        raise InputError(f"this {what} has no certificate that the checker accepts ({report.path}: {report.reason})")
    return content


def for_file(claim: object) -> bytes | InputError:
    """Return the file of the certificate, or why there is none: for commands, which show their result in any case."""
    try:
        return certificate(claim)
    except InputError as error:
        return error


def to_document(claim: object) -> Json:
    """Return the certificate of a claim as a JSON object; nobody has checked it."""
    kind = Kind("bound", certificate="bound") if isinstance(claim, BoundProof | ProblemBound) else kind_of(claim)
    module = None if kind is None or kind.certificate is None else _module(kind)
    if module is None or not isinstance(claim, module.CLAIM):
        those = (
            "solve, optimal_set, minimum_network, sparsest_spline, prove_bound, solve_width, classify, stationary_graph, "
            "descent_path, judge, interpolate, support_function and is_spike_free"
        )
        raise InputError(f"{named(claim)} has no certificate; {those} give what has one")
    if hasattr(module, "ready"):  # evidence that is found only when it is asked for
        claim = module.ready(claim)
    try:
        document: Json = module.to_document(claim)
    except InputError:
        raise
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:  # parts that were replaced one by one
        what = type(claim).__name__
        raise InputError(f"the parts of this {what} do not fit together ({error}); save what the function gave") from error
    return document


def load(path: str | PathLike[str]) -> Any:
    """Return the claim that a certificate file makes, after the stand-alone checker has accepted the file.

    What the file does not say is computed from its evidence by the same functions that made the claim, without a solver. Raises
    InputError for a file that cannot be read, that the checker refuses (with the place and the reason), or whose numbers are
    longer than this program takes.

    >>> import reluexact as rx, tempfile, pathlib
    >>> place = pathlib.Path(tempfile.mkdtemp()) / "optimum.json"
    >>> optimum = rx.solve(rx.Dataset(X=[[1], [2]], y=[1, 2]), penalty=1)
    >>> rx.save(optimum, place)
    >>> rx.load(place) == optimum
    True
    """
    return read(read_bytes(path), str(path))


def read(content: bytes, name: str) -> Any:
    """Return the claim of a certificate, as :func:`load` does; ``name`` stands in messages."""
    report = checker.check_document(content)
    if not report.verified:
        raise InputError(f"{name}: the checker refuses it ({report.path}: {report.reason}); only a true file makes a claim")
    kind = kind_of_certificate(report.kind)
    if kind is None:
        raise InputError(f"{name}: this program does not know the kind {report.kind!r}; a newer one may")
    make: Callable[[Json], Any] = _module(kind).from_document
    try:
        return make(json.loads(content))
    except InputError as error:
        raise InputError(Message(f"{name}: ", error.message)) from None


def _module(kind: Kind) -> ModuleType:
    return import_module(f"{__package__}.{kind.folder}.certificate")
