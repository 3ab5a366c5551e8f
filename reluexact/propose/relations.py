"""Relations between the unknowns of a structure that hold to all computed digits, with the identities that may prove them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from reluexact.evidence.exact import Affine, Relation
from reluexact.model.automorphisms import automorphisms
from reluexact.numbers.linalg import independent_rows
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.relations import integer_relations
from reluexact.numbers.types import Vector
from reluexact.propose.relation_search import BITS, SHOWN, RelationSearch
from reluexact.propose.self_maps import relation_of_map, symmetric_images
from reluexact.prove.identities import linear_identities
from reluexact.prove.structure import Kkt

MOST_UNKNOWNS = 40
"""Larger structures are not searched for relations of other kinds."""

MOST_ROOTS = 8
"""The solution is not looked for in more square roots."""


MOST_MAPPED = 120
"""Larger structures are not searched for symmetries."""

Found = tuple[RelationSearch, tuple[Relation, ...]]


def find_relations(kkt: Kkt, start: Vector) -> Iterator[tuple[Relation, ...]]:
    """Yield relations for which there is an identity, each list in an order in which one may use those before it.

    First what the solution in square roots, or the symmetries of the data, explain; then these with others; then others alone.
    """
    size = len(kkt.design)
    point = kkt.system.newton(start, BITS) if 0 < size <= MOST_MAPPED else None
    if point is None:
        return
    first = search = RelationSearch(kkt, point, linear_identities(kkt), short=False)
    found: tuple[Relation, ...] = ()
    for look in (_point, _symmetries):
        search, more = look(search)
        found += more
        if more:
            yield found
    if size <= MOST_UNKNOWNS:
        if found:
            yield _with_others(search, found)
        yield _with_others(first, ())
        yield _with_others(replace(first, short=True), ())


def _with_others(search: RelationSearch, found: tuple[Relation, ...]) -> tuple[Relation, ...]:
    """Add relations one by one until nothing new is known."""
    while True:
        search, more = _learned(search, search.next_relation())
        if not more:
            return found
        found += more


def _learned(search: RelationSearch, relation: Relation | None) -> Found:
    """Return the search with a relation where that adds to what is known; a relation of amounts t alone does not."""
    if relation is None:
        return search, ()
    more = search.knowing(relation)
    return (more, (relation,)) if len(more.identities) > len(search.identities) else (search, ())


def _symmetries(search: RelationSearch) -> Found:
    """Look for symmetries of the data: of the whole structure, or of the residual by the lengths of neurons alone."""
    found: tuple[Relation, ...] = ()
    symmetries = automorphisms(search.kkt.program.data) if search.kkt.program.problem is None else ()
    for symmetry in symmetries:
        images = symmetric_images(search.kkt, symmetry)
        if images is not None:
            search, more = _learned(search, relation_of_map(search.known, images, search.value))
            found += more
    known = search.known
    still = [known.of_residual(form) for symmetry in symmetries for form in symmetry.still]
    forms = [still[j] for j in independent_rows([form.row for form in still])] if still else []
    if forms:
        search, more = _learned(search, search.proved_by(known, forms, [*known.lengths]))
        found += more
    return search, found


def _point(search: RelationSearch) -> Found:
    """Look for the solution itself, in rational numbers and square roots."""
    roots = {1} | {radicand for identity in search.identities for radicand, _ in identity.value.terms}
    for value in search.point:
        for square, linear, constant in integer_relations((value * value, value, Fraction(1)), SHOWN):
            radical = linear * linear - 4 * square * constant
            if square and radical > 0:
                roots |= {radicand for radicand, _ in RadicalSum.root(Fraction(radical)).terms}
    if len(roots) > MOST_ROOTS:
        return search, ()
    images = []
    for value in search.point:
        number = _in_field(value, sorted(roots))
        if number is None:
            return search, ()
        images.append(Affine(row=(Fraction(0),) * len(search.point), constant=number))
    return _learned(search, relation_of_map(search.known, images, search.value))


def _in_field(value: Fraction, roots: Sequence[int]) -> RadicalSum | None:
    """Write a number as a short sum of rational multiples of these square roots."""
    numbers = [sum(RadicalSum(((radicand, Fraction(1)),)).enclose(BITS), Fraction(0)) / 2 for radicand in roots]
    for lead, *others in integer_relations((value, *numbers), SHOWN):
        if lead:
            pairs = zip(roots, others, strict=True)
            return RadicalSum(tuple((radicand, Fraction(-entry, lead)) for radicand, entry in pairs if entry))
    return None
