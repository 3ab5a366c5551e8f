"""Judgements to certificates of the kind ``judgement``, and back; the bounds in them are those of the kind ``bound``."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from reluexact.certificates.document import Json, make_document
from reluexact.certificates.problems import make_extended_document
from reluexact.errors import InputError
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.kinds.bound.certificate import from_document as bound_from_document
from reluexact.kinds.bound.certificate import to_document as bound_to_document
from reluexact.kinds.judgement.claim import Excess, Judgement
from reluexact.kinds.optimum.problem_certificate import problem_document, problem_from_document
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.problem import Problem
from reluexact.numbers.rational import format_fraction, parse_fraction, to_fraction

CLAIM = Judgement


def to_document(found: Judgement) -> Json:
    """Return the certificate as a JSON object: of version 2 for a problem that is not today's short form."""
    plain = found.network.without_parts()
    network = found.network.to_lists() if not found.problem.is_plain or plain is None else plain.to_lists()
    claim = {
        "network": network,
        "objective": format_fraction(found.objective),
        "excess": {"low": format_fraction(found.excess.low), "high": format_fraction(found.excess.high)},
    }
    parts: Mapping[str, Any] = (
        problem_document(found.evidence) if isinstance(found.evidence, ProblemOptimum) else bound_to_document(found.evidence)
    )
    statement = parts["statement"]
    evidence: dict[str, object] = dict(parts["evidence"])
    if isinstance(found.evidence, ProblemOptimum):
        evidence = {"optimum": {"claim": statement["claim"], "evidence": evidence}}
    else:
        better = statement["claim"]["network"]
        evidence["better"] = None if better == network else better
    notes = {**dict(parts["produced_by"]), **_notes(found)}
    if found.problem.is_plain:
        return make_document("judgement", found, claim, evidence, notes)
    return make_extended_document("judgement", found.problem, claim, evidence, notes)


def _notes(found: Judgement) -> dict[str, str]:
    texts = {"trainer": found.trainer, "reason": str(found.reason)}
    constant = {"constant": format_fraction(found.constant)} if found.trainer else {}
    return {name: text for name, text in texts.items() if text} | constant


def from_document(document: Mapping[str, Any]) -> Judgement:
    """Return the claim of a certificate that the checker has accepted."""
    statement, evidence, notes = document["statement"], dict(document["evidence"]), document["produced_by"]
    claim = statement["claim"]
    excess = Excess(low=parse_fraction(claim["excess"]["low"]), high=parse_fraction(claim["excess"]["high"]))
    proof: BoundProof | ProblemBound | ProblemOptimum
    if "optimum" in evidence:
        nested = evidence["optimum"]
        proof = problem_from_document(
            {**document, "statement": {**statement, "claim": nested["claim"]}, "evidence": nested["evidence"]}
        )
    else:
        network = evidence.pop("better") or claim["network"]
        lower = format_fraction(parse_fraction(claim["objective"]) - excess.high)
        bound = {"lower": lower, "upper": "0", "network": network}
        proof = bound_from_document({**document, "statement": {**statement, "claim": bound}, "evidence": evidence})
    return Judgement(
        problem=Problem(proof.data, proof.penalty) if isinstance(proof, BoundProof) else proof.problem,
        network=_network(claim["network"]),
        objective=parse_fraction(claim["objective"]),
        excess=excess,
        evidence=proof,
        reason=notes.get("reason", ""),
        trainer=notes.get("trainer", ""),
        constant=_constant(notes.get("constant", "1")),
    )


def _network(entry: Mapping[str, Any]) -> BiasedNetwork:
    if "skip" in entry:
        return BiasedNetwork.from_lists(entry)
    return BiasedNetwork(entry["hidden"], entry["output"])


def _constant(text: str) -> Fraction:
    """Read a note, which is free text that nothing relies on."""
    try:
        return to_fraction(text, where="constant")
    except InputError:
        return Fraction(1)
