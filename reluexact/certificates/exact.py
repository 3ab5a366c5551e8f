"""Exact identities as certificates write them (R1, R2, R3 of CERTIFICATE.md), and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from reluexact.certificates.document import Json, texts
from reluexact.evidence.dependence import Dependence
from reluexact.evidence.exact import Affine, Combination, Relation
from reluexact.evidence.network import NetworkEvidence
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.rational import format_fraction, parse_fraction


def exact_parts(evidence: NetworkEvidence) -> Json:
    """Return what the system of the evidence has besides its box; nothing where no identity is needed."""
    parts: dict[str, object] = {}
    if evidence.relations:
        parts["relations"] = [_relation(relation) for relation in evidence.relations]
    if evidence.ties:
        parts["ties"] = {str(k): _combination(combination) for k, combination in evidence.ties}
    return {**parts, **dependence_parts(evidence.dependences)}


def dependence_parts(dependences: Sequence[Dependence]) -> Json:
    """Return why features of ties depend on others; nothing where none does."""
    made = {
        str(dependence.tie): {
            "terms": {str(k): texts(factor) for k, factor in dependence.terms},
            "free": [texts(factor) for factor in dependence.free],
        }
        for dependence in dependences
    }
    return {"dependences": made} if made else {}


def _relation(relation: Relation) -> Json:
    return {
        "forms": [_affine(form) for form in relation.forms],
        "factors": [[_affine(factor) for factor in line] for line in relation.factors],
        "combinations": [_combination(combination) for combination in relation.combinations],
    }


def _affine(form: Affine) -> Json:
    constant = {str(radicand): format_fraction(value) for radicand, value in form.constant.terms}
    return {"row": texts(form.row), "constant": constant}


def _combination(combination: Combination) -> Json:
    return {str(number): format_fraction(value) for number, value in combination}


def read_relations(system: Mapping[str, Any]) -> tuple[Relation, ...]:
    """Read the relations of a system."""
    return tuple(
        Relation(
            forms=tuple(map(_read_affine, relation["forms"])),
            factors=tuple(tuple(map(_read_affine, line)) for line in relation["factors"]),
            combinations=tuple(map(_read_combination, relation["combinations"])),
        )
        for relation in system.get("relations", ())
    )


def read_ties(system: Mapping[str, Any]) -> tuple[tuple[int, Combination], ...]:
    """Read why ties are tight."""
    return tuple(sorted((int(k), _read_combination(entry)) for k, entry in system.get("ties", {}).items()))


def read_dependences(system: Mapping[str, Any]) -> tuple[Dependence, ...]:
    """Read why features of ties depend on others."""
    found = [
        Dependence(
            tie=int(k),
            terms=tuple(sorted((int(j), tuple(map(parse_fraction, factor))) for j, factor in entry["terms"].items())),
            free=tuple(tuple(map(parse_fraction, factor)) for factor in entry["free"]),
        )
        for k, entry in system.get("dependences", {}).items()
    ]
    return tuple(sorted(found, key=lambda dependence: dependence.tie))


def _read_affine(form: Mapping[str, Any]) -> Affine:
    constant = RadicalSum()
    for radicand, value in form["constant"].items():
        constant = constant + RadicalSum.root(Fraction(radicand)).scaled(parse_fraction(value))
    return Affine(row=tuple(map(parse_fraction, form["row"])), constant=constant)


def _read_combination(entries: Mapping[str, str]) -> Combination:
    found = ((int(number), parse_fraction(text)) for number, text in entries.items())
    return tuple(sorted((number, value) for number, value in found if value))


def moved(
    relations: Sequence[Relation], order: Sequence[int], signs: Sequence[int], omegas: int, blocks: int
) -> tuple[Relation, ...]:
    """Return relations for unknowns in another order: what stood at ``order[i]`` stands at i, multiplied by ``signs[i]``.

    omegas, blocks: how many of the unknowns are omega, and t. The equations are in the order of the unknowns.
    """
    place = {old: new for new, old in enumerate(order)}

    def affine(form: Affine) -> Affine:
        return replace(form, row=tuple(signs[new] * form.row[old] for new, old in enumerate(order)))

    def number(old: int) -> int:
        return place[old] if old < omegas + blocks else place[old - blocks] + blocks

    def combination(entries: Combination) -> Combination:
        turned = ((number(old), value * (signs[place[old]] if old < omegas else 1)) for old, value in entries)
        return tuple(sorted(turned))

    return tuple(
        Relation(
            forms=tuple(map(affine, relation.forms)),
            factors=tuple(tuple(map(affine, line)) for line in relation.factors),
            combinations=tuple(map(combination, relation.combinations)),
        )
        for relation in relations
    )
