"""Certificates of bounds of the optimal value: kind ``bound``."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Protocol

from reluexact.certificates import reading
from reluexact.certificates.cones import cones_entry, read_cones
from reluexact.certificates.document import About, Json, make_document, texts
from reluexact.certificates.problems import make_extended_document, read_extended_problem
from reluexact.certificates.reading import Read
from reluexact.certificates.trees import tree_nodes
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.cones import Cones
from reluexact.evidence.network import BoundEvidence
from reluexact.evidence.problem_bound import ProblemBound, ViewTree
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.network import Network
from reluexact.model.pivots import View, views
from reluexact.model.problem import Problem
from reluexact.numbers.rational import format_fraction, parse_fraction

CLAIM = (BoundProof, ProblemBound)


class Bounds(About, Protocol):
    """What the kind ``bound`` claims; an optimum that is not proved and a proved bound both offer it."""

    @property
    def lower(self) -> Fraction:
        """Return the proved lower bound."""

    @property
    def upper(self) -> Fraction:
        """Return the objective of the network."""

    @property
    def network(self) -> Network:
        """Return the network."""


def to_document(bound: BoundProof | ProblemBound) -> Json:
    """Return the certificate of a proved bound as a JSON object, of version 2 for a problem that is not today's short form."""
    if isinstance(bound, ProblemBound):
        return extended_document(bound)
    evidence = BoundEvidence(residual=bound.residual, positive=bound.positive, negative=bound.negative)
    return bound_document(bound, evidence, dict(bound.produced_by))


def bound_document(bound: Bounds, evidence: BoundEvidence, produced_by: Mapping[str, str]) -> Json:
    """Return the certificate of kind ``bound`` as a JSON object."""
    claim = {
        "lower": format_fraction(bound.lower),
        "upper": format_fraction(bound.upper),
        "network": bound.network.to_lists(),
    }
    names = bound.data.hyperplanes.rows
    content = {
        "residual": texts(evidence.residual),
        "positive": tree_nodes(evidence.positive, names),
        "negative": tree_nodes(evidence.negative, names),
    }
    return make_document("bound", bound, claim, content, produced_by)


def extended_document(bound: ProblemBound) -> Json:
    """Return a certificate of version 2."""
    claim = {
        "lower": format_fraction(bound.lower),
        "upper": format_fraction(bound.upper),
        "network": bound.network.to_lists(),
    }
    evidence: dict[str, object] = {"theta": texts(bound.theta)}
    seen: dict[int | None, View] = {}
    for name, shown in (("positive", bound.positive), ("negative", bound.negative)):
        if isinstance(shown, Cones):
            evidence[name] = cones_entry(shown)
            continue
        seen = seen or {place(view): view for view in views(bound.problem)}
        written = [(entry.pivot, tree_nodes(entry.tree, seen[entry.pivot].data.hyperplanes.rows)) for entry in shown]
        free = bound.problem.free_bias
        evidence[name] = [{"row": row, "tree": nodes} for row, nodes in written] if free else written[0][1]
    return make_extended_document("bound", bound.problem, claim, evidence, dict(bound.produced_by))


def place(view: View) -> int | None:
    """Return the name of a view in evidence: the first row that is equal to its pivot."""
    return view.rows[0] if view.rows else None


def from_document(document: Json) -> BoundProof | ProblemBound:
    """Return the claim of a certificate that the checker has accepted."""
    if document["version"] == 2:
        return _extended(document)
    read = Read.of(document)
    rows = read.program.hyperplanes.rows
    network = reading.network(read.claim["network"])
    return BoundProof(
        data=read.data,
        penalty=read.program.penalty,
        residual=reading.vector(read.evidence["residual"]),
        positive=reading.tree(read.evidence["positive"], rows, {}),
        negative=reading.tree(read.evidence["negative"], rows, {}),
        lower=parse_fraction(read.claim["lower"]),
        network=network,
        upper=network.objective(read.data, read.program.penalty),
        produced_by=read.produced_by,
    )


def _extended(document: Mapping[str, Any]) -> ProblemBound:
    statement, evidence, notes = document["statement"], document["evidence"], document["produced_by"]
    problem = read_extended_problem(statement["problem"], notes)
    shown = {name: _shown(problem, evidence[name]) for name in ("positive", "negative")}
    network = BiasedNetwork.from_lists(statement["claim"]["network"])
    return ProblemBound(
        problem=problem,
        theta=reading.vector(evidence["theta"]),
        positive=shown["positive"],
        negative=shown["negative"],
        lower=parse_fraction(statement["claim"]["lower"]),
        network=network,
        upper=problem.objective(network),
        produced_by=tuple((name, notes[name]) for name in ("engine", "program") if name in notes),
    )


def _shown(problem: Problem, evidence: Any) -> tuple[ViewTree, ...] | Cones:
    """Return what bounds the pull of one sign."""
    if isinstance(evidence, Mapping):
        return read_cones(evidence)
    entries = evidence if problem.free_bias else [{"row": None, "tree": evidence}]
    wanted = {entry["row"] for entry in entries}
    seen = {row: view for view in views(problem) for row in (view.rows or (None,)) if row in wanted}
    return tuple(
        ViewTree(pivot=entry["row"], tree=reading.tree(entry["tree"], seen[entry["row"]].data.hyperplanes.rows, {}))
        for entry in entries
    )
