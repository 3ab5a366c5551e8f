"""Claims to certificates: one JSON document as CERTIFICATE.md describes, written whole or not at all, and read by the checker."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from os import PathLike
from pathlib import Path
from typing import Protocol

from reluexact import checker
from reluexact.errors import InputError
from reluexact.evidence.network import BoundEvidence, NetworkEvidence, OptimumEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.tree import Leaf, Multipliers, Split, Tighten, Tree
from reluexact.kinds.optimum.claim import Optimum
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.numbers.intervals import Interval
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.real import Real
from reluexact.version import __version__

Json = Mapping[str, object]


class About(Protocol):
    """The problem that a claim is about."""

    @property
    def data(self) -> Dataset:
        """Return the data."""

    @property
    def penalty(self) -> Fraction:
        """Return the penalty."""


class Bound(About, Protocol):
    """What the certificate kind ``bound`` needs; an :class:`Optimum` and a proved bound both offer it."""

    @property
    def lower(self) -> Fraction:
        """Return the proved lower bound."""

    @property
    def upper(self) -> Fraction:
        """Return the objective of the network."""

    @property
    def network(self) -> Network:
        """Return the network."""


class ProvedBound(Bound, Protocol):
    """A bound together with its evidence."""

    @property
    def residual(self) -> tuple[Fraction, ...]:
        """Return the rational dual point."""

    @property
    def positive(self) -> Tree:
        """Return the tree of the positive sign."""

    @property
    def negative(self) -> Tree:
        """Return the tree of the negative sign."""


def to_document(optimum: Optimum) -> Json:
    """Return the certificate of an optimum as a JSON object: kind ``optimum`` when PROVED, else ``bound``."""
    if isinstance(optimum.evidence, BoundEvidence):
        return bound_document(optimum, optimum.evidence, dict(optimum.produced_by))
    claim, evidence = optimum_claim(optimum, optimum.evidence), optimum_evidence(optimum, optimum.evidence)
    return make_document("optimum", optimum, claim, evidence, dict(optimum.produced_by))


def optimum_claim(optimum: Optimum, evidence: OptimumEvidence) -> Json:
    """Return the claim of the kind ``optimum``."""
    return network_claim(optimum.value, optimum.residual, optimum.neurons, evidence)


def network_claim(value: Real, residual: Sequence[Real], neurons: Sequence[Neuron], evidence: NetworkEvidence) -> Json:
    """Return the claim about a network: its objective, its residual, its neurons."""
    bits = evidence.radius.denominator.bit_length() // 2
    return {
        "value": _interval(value),
        "residual": [_interval(entry) for entry in residual],
        "neurons": [_neuron(neuron, role, bits) for neuron, role in zip(neurons, evidence.roles, strict=True)],
    }


def bound_document(bound: Bound, evidence: BoundEvidence, produced_by: Mapping[str, str]) -> Json:
    """Return the certificate of kind ``bound`` as a JSON object."""
    claim = {
        "lower": format_fraction(bound.lower),
        "upper": format_fraction(bound.upper),
        "network": {
            "hidden": [texts(row) for row in bound.network.hidden],
            "output": texts(bound.network.output),
        },
    }
    names = bound.data.hyperplanes.rows
    content = {
        "residual": texts(evidence.residual),
        "positive": tree_nodes(evidence.positive, names),
        "negative": tree_nodes(evidence.negative, names),
    }
    return make_document("bound", bound, claim, content, produced_by)


def proved_bound_document(bound: ProvedBound, produced_by: Mapping[str, str]) -> Json:
    """Return the certificate of a proved bound as a JSON object."""
    evidence = BoundEvidence(residual=bound.residual, positive=bound.positive, negative=bound.negative)
    return bound_document(bound, evidence, produced_by)


def save_bound(bound: ProvedBound, path: str | PathLike[str]) -> None:
    """Write the certificate (kind ``bound``) of a proved bound; see :func:`write_document`."""
    write_document(proved_bound_document(bound, {"program": f"reluexact {__version__}"}), path)


def save(optimum: Optimum, path: str | PathLike[str]) -> None:
    """Write the certificate of an optimum; see :func:`write_document`."""
    write_document(to_document(optimum), path)


def accepted(document: Json, what: str = "result") -> Json:
    """Return a certificate that the stand-alone checker accepts; raises InputError when it does not."""
    report = checker.check_document(json.dumps(document))
    if not report.verified:
        raise InputError(f"this {what} has no certificate that the checker accepts ({report.path}: {report.reason})")
    return document


def write_document(document: Json, path: str | PathLike[str]) -> None:
    """Write a JSON document; see :func:`write_text`."""
    write_text(json.dumps(document, ensure_ascii=True, separators=(",", ":")) + "\n", path)


def write_text(text: str, path: str | PathLike[str]) -> None:
    """Write ASCII so that the file is either whole or unchanged; raises InputError when it cannot be written."""
    write_bytes(text.encode("ascii"), path)


def write_bytes(content: bytes, path: str | PathLike[str]) -> None:
    """Write a file so that it is either whole or unchanged; raises InputError when it cannot be written."""
    goal = _path(path).resolve()
    try:
        wrong = goal.exists() and not goal.is_file()
    except OSError as error:  # a name that the file system does not take
        raise InputError(f"{str(path)[:80]}: cannot be written ({error.strerror}); choose another place") from None
    if wrong:
        raise InputError(f"{path}: is not a regular file; choose another place")
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=goal.parent, prefix=f".{goal.name}.")
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(goal)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another place") from None
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def check(path: str | PathLike[str], *, statement: str | PathLike[str] | None = None) -> checker.Report:
    """Check a certificate file with the stand-alone checker; ``statement`` names a file with the problem it must be about.

    Raises InputError when a file cannot be read. A false or malformed certificate is a report, not an error.
    """
    return checker.check_document(_read(path), statement=None if statement is None else _read(statement))


def _path(path: str | PathLike[str]) -> Path:
    if not isinstance(path, str | PathLike) or "\0" in os.fspath(path):
        raise InputError(f"path: {path!r} is not the name of a file; write it as text or as a Path")
    return Path(path)


def _read(path: str | PathLike[str]) -> bytes:
    try:
        return _path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give the path of a certificate") from None


def make_document(kind: str, about: About, claim: Json, evidence: Json, produced_by: Mapping[str, str]) -> Json:
    """Return a certificate of any kind as a JSON object."""
    problem = {
        "X": [texts(row) for row in about.data.X],
        "y": texts(about.data.y),
        "penalty": format_fraction(about.penalty),
    }
    return {
        "format": "reluexact-certificate",
        "version": 1,
        "statement": {"kind": kind, "problem": problem, "claim": claim},
        "evidence": evidence,
        "produced_by": dict(sorted(produced_by.items())),
    }


def texts(values: Iterable[Fraction | int]) -> list[str]:
    """Write numbers."""
    return [format_fraction(Fraction(value)) for value in values]


def _interval(value: Real) -> Json:
    return {"low": format_fraction(value.low), "high": format_fraction(value.high)}


def _neuron(neuron: Neuron, role: str, bits: int) -> Json:
    """Write a neuron; the format names partners only where the structure pairs them.

    Directions and amounts are claimed on a grid of ``bits`` bits, half of what the box has: the checker encloses them anew, with
    an interval arithmetic of its own, and has to stay inside of what is claimed.
    """
    return {
        "sign": "+" if neuron.sign > 0 else "-",
        "gate": neuron.pattern,
        "direction": [wider(entry, bits) for entry in neuron.direction],
        "partner": neuron.partner if role in ("pair", "partner") else None,
        "amount": None if neuron.amount is None else wider(neuron.amount, bits),
    }


def wider(value: Real, bits: int) -> Json:
    """Write an enclosure on a grid of 2^-bits, a rational number as it is."""
    if value.is_rational:
        return _interval(value)
    ends = Interval(low=value.low, high=value.high).outward(bits)
    return {"low": format_fraction(ends.low), "high": format_fraction(ends.high)}


def optimum_evidence(optimum: Optimum, evidence: OptimumEvidence) -> Json:
    """Return the evidence of the kind ``optimum``."""
    names = optimum.data.hyperplanes.rows
    return {
        **network_evidence(evidence),
        "positive": tree_nodes(evidence.positive, names),
        "negative": tree_nodes(evidence.negative, names),
    }


def network_evidence(evidence: NetworkEvidence) -> Json:
    """Return the part of the evidence that is about the network (O2 to O7a)."""
    return {
        "roles": list(evidence.roles),
        "bases": [[texts(vector) for vector in basis] for basis in evidence.bases],
        "lineality": [texts(vector) for vector in evidence.lineality],
        "system": {
            "midpoint": texts(evidence.midpoint),
            "radius": format_fraction(evidence.radius),
            "preconditioner": [texts(row) for row in evidence.preconditioner],
        },
        "split": {
            "fraction": {str(neuron): format_fraction(value) for neuron, value in evidence.split_fixed},
            "solve": list(evidence.split_solve),
        },
    }


def tree_nodes(tree: Tree, names: tuple[int, ...]) -> list[Json]:
    """Write the nodes in prefix order, walls by the name of their first row."""
    nodes: list[Json] = []
    for node in tree:
        if isinstance(node, Split):
            nodes.append({"split": names[node.wall]})
        elif isinstance(node, Tighten):
            nodes.append({"tighten": names[node.wall], "side": node.side, "rho": _multipliers(node.rho, names)})
        elif isinstance(node, Leaf):
            nodes.append({"rho": _multipliers(node.rho, names), "slope": _multipliers(node.slope, names)})
        else:
            fixed = _multipliers(node.fixed, names)
            nodes.append({"neuron": node.neuron, "solve": [names[wall] for wall in node.solve], "fixed": fixed})
    return nodes


def _multipliers(entries: Multipliers, names: tuple[int, ...]) -> Json:
    return {str(names[wall]): format_fraction(value) for wall, value in entries}
