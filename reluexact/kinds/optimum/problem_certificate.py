"""Certificates of optima of problems with any loss, linear part and biases: kind ``optimum`` of version 2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from reluexact.certificates import reading
from reluexact.certificates.document import Json, wider
from reluexact.certificates.network import grid_of, network_claim, network_evidence
from reluexact.certificates.point import narrowed, neurons_of, point_from_document
from reluexact.certificates.problems import make_extended_document, read_extended_problem
from reluexact.certificates.reading import Read
from reluexact.certificates.trees import tree_nodes
from reluexact.errors import InputError
from reluexact.evidence.network import ProblemEvidence
from reluexact.evidence.problem_bound import ProblemBound, ViewTree
from reluexact.kinds.bound.certificate import extended_document
from reluexact.kinds.optimum.problem_assemble import problem_optimum_of
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.pivots import views
from reluexact.model.problem import Problem
from reluexact.model.program import program_of
from reluexact.numbers.rational import format_fraction
from reluexact.prove.assemble import assemble_value
from reluexact.prove.problem_optimum import CertifiedProblemOptimum


def problem_document(optimum: ProblemOptimum) -> Json:
    """Return the certificate as a JSON object: kind ``optimum`` when PROVED, else ``bound``."""
    evidence = optimum.evidence
    if isinstance(evidence, ProblemBound):
        return extended_document(evidence)
    claim, content = problem_optimum_parts(optimum)
    return make_extended_document("optimum", optimum.problem, claim, content, problem_notes(optimum))


def problem_optimum_parts(optimum: ProblemOptimum) -> tuple[dict[str, object], dict[str, object]]:
    """Return claim and evidence of the kind ``optimum``, which other kinds add to; InputError when it is not PROVED."""
    evidence = optimum.evidence
    if isinstance(evidence, ProblemBound):
        raise InputError("the optimum is not PROVED; only a proved optimum has such a certificate")
    known = network_claim(optimum.value, optimum.theta, optimum.neurons, evidence)
    claim = {
        "value": known["value"],
        "theta": known["residual"],
        "neurons": known["neurons"],
        "linear": [wider(entry, grid_of(evidence)) for entry in optimum.linear],
    }
    content = {
        **network_evidence(evidence),
        "rows": list(evidence.places),
        "pins": _pins(evidence),
        "positive": _trees(optimum.problem, evidence.positive),
        "negative": _trees(optimum.problem, evidence.negative),
    }
    return claim, content


def _pins(evidence: ProblemEvidence) -> dict[str, object]:
    pins: dict[int, object] = {row: format_fraction(value) for row, value in evidence.pins}
    pins |= {row: {"tie": neuron} for row, neuron in evidence.tied}
    return {str(row): pins[row] for row in sorted(pins)}


def problem_notes(optimum: ProblemOptimum) -> dict[str, str]:
    """Return what ``produced_by`` keeps of an optimum: who made it, and the digits that were asked for."""
    return {**dict(optimum.produced_by), "digits": str(optimum.digits)}


def _trees(problem: Problem, trees: Sequence[ViewTree]) -> object:
    rows = {view.rows[0] if view.rows else None: view.data.hyperplanes.rows for view in views(problem)}
    written = [(entry.pivot, tree_nodes(entry.tree, rows[entry.pivot])) for entry in trees]
    return [{"row": row, "tree": nodes} for row, nodes in written] if problem.free_bias else written[0][1]


def problem_from_document(document: Mapping[str, Any]) -> ProblemOptimum:
    """Return the claim of a certificate that the checker has accepted."""
    statement, notes = document["statement"], document["produced_by"]
    problem = read_extended_problem(statement["problem"], notes)
    program = program_of(problem)
    read = Read(program=program, claim=statement["claim"], evidence=document["evidence"], notes=notes)
    found = point_from_document(read, read.claim["neurons"], read.evidence)
    neurons_of(found, read.claim["neurons"])
    trees = [_read_trees(problem, read.evidence[name], found.place) for name in ("positive", "negative")]
    proof = CertifiedProblemOptimum.of(found.point, *trees)
    digits = read.digits(assemble_value(proof)[0])
    optimum = problem_optimum_of(problem, proof, digits=digits, produced_by=read.produced_by)
    value = narrowed(optimum.value, read.claim["value"])
    theta = tuple(map(narrowed, optimum.theta, read.claim["theta"]))
    linear = tuple(map(narrowed, optimum.linear, read.claim["linear"]))
    return replace(optimum, value=value, theta=theta, linear=linear, lower=value.low)


def _read_trees(problem: Problem, entries: Any, place: Mapping[int, int]) -> tuple[ViewTree, ...]:
    rows = {row: view.data.hyperplanes.rows for view in views(problem) for row in (view.rows or (None,))}
    listed = entries if problem.free_bias else [{"row": None, "tree": entries}]
    return tuple(ViewTree(pivot=entry["row"], tree=reading.tree(entry["tree"], rows[entry["row"]], place)) for entry in listed)
