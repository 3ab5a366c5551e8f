"""Certificates of the fewest neurons of an optimal network: kind ``minimum-network``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reluexact.certificates import reading
from reluexact.certificates.document import Json, make_document, texts
from reluexact.certificates.network import amounts_claim
from reluexact.certificates.reading import Read
from reluexact.errors import InputError, Message
from reluexact.evidence.network import OptimumEvidence
from reluexact.evidence.status import Status
from reluexact.kinds.minimum_network.claim import CountedTree, MinimumNetwork, SolutionSet, SumSearch
from reluexact.kinds.minimum_network.find import from_support, from_vertices
from reluexact.kinds.optimal_set.certificate import parts_of
from reluexact.kinds.optimal_set.find import described, undescribed
from reluexact.kinds.optimal_set.system import AmountSystem
from reluexact.kinds.optimum.certificate import notes_of, read_optimum
from reluexact.kinds.optimum.certified import certified_point
from reluexact.numbers.linalg import independent_rows

CLAIM = MinimumNetwork

Label = tuple[Sequence[int], Sequence[int]]


def to_document(found: MinimumNetwork) -> Json:
    """Return the certificate as a JSON object.

    Raises InputError when the number is not PROVED, or when the evidence has no form that the checker reads (CERTIFICATE.md).
    """
    best = found.best
    if found.status is not Status.PROVED:
        raise InputError(Message("the fewest neurons are UNDECIDED (", found.reason, "); only a PROVED number has a certificate"))
    claim, content = parts_of(best)
    evidence = best.optimum.evidence
    if not isinstance(evidence, OptimumEvidence):
        raise TypeError("a proved optimum has the evidence of one")
    label, minimum = _by_labels(best) if best.labels else _by_search(found)
    network = amounts_claim(found.support, found.amounts, evidence)
    notes = notes_of(best.optimum) | ({"reason": best.reason} if best.reason else {})
    return make_document(
        "minimum-network",
        best.optimum,
        {**claim, "fewest": found.upper, "network": network},
        {**content, "label": list(map(list, label)), "minimum": minimum},
        notes,
    )


def _by_labels(best: SolutionSet) -> tuple[Label, Json]:
    """Return the label of the smallest vertex, and the evidence that all vertices are known."""
    first = min(best.vertices, key=lambda vertex: (vertex.width, vertex.support))
    return (first.basis, first.at_upper), {"labels": [list(map(list, label)) for label in best.labels]}


def _by_search(found: MinimumNetwork) -> tuple[Label, Json]:
    """Return a label of the network, and the evidence that none has fewer neurons."""
    system = found.best.system
    if system is None:
        raise InputError(
            Message("the optimal set is UNDECIDED (", found.best.reason, "); the polytope of its amounts is not known")
        )
    if None in system.polytope.upper:
        raise InputError("the fewest neurons were proved with neurons of no fixed total; such a proof has no certificate yet")
    if isinstance(found.evidence, CountedTree):
        minimum: Json = {"tree": [_node(node) for node in found.evidence.nodes]}
    elif found.how == "count":
        minimum = {"tree": [{}]}
    elif isinstance(found.evidence, SumSearch):
        minimum = {"sums": found.evidence.fractional}
    else:
        raise InputError(f"the fewest neurons were proved by {found.how}; such a proof has no certificate yet")
    return _label_of(system, found.support), minimum


def _label_of(system: AmountSystem, support: Sequence[int]) -> Label:
    """Return a label of the network: the variables between their bounds are basic, and others that complete a basis."""
    size = len(system.polytope.columns)
    low = {r.variable for k, r in enumerate(system.readings) if k not in support and not r.complement}
    high = {r.variable for k, r in enumerate(system.readings) if k not in support and r.complement}
    order = sorted(range(size), key=lambda j: (j in low or j in high, j))
    middles = [[entry.middle for entry in system.polytope.columns[j]] for j in order]
    basis = sorted(order[place] for place in independent_rows(middles))
    return basis, [j for j in range(size) if j in high and j not in basis]


def _node(node: int | tuple[object, ...] | None) -> Json:
    if node is None:
        return {}
    return {"branch": node} if isinstance(node, int) else {"farkas": texts(node)}  # type: ignore[arg-type]


def from_document(document: Json) -> MinimumNetwork:
    """Return the claim of a certificate that the checker has accepted."""
    read = Read.of(document)
    optimum, minimum = read_optimum(read), read.evidence["minimum"]
    point = certified_point(optimum)
    if "labels" in minimum:
        return from_vertices(described(optimum, point, len(minimum["labels"])))
    reason = Message(read.notes.get("reason", "the certificate does not list the vertices"))
    best = undescribed(optimum, point, reason)
    support = _in_place(read, read.claim["network"]["support"])
    return from_support(best, support, _evidence(read, minimum))


def _evidence(read: Read, minimum: dict[str, Any]) -> SumSearch | CountedTree | None:
    """Read the evidence that there is no network with fewer neurons; None where counting is enough."""
    if "sums" in minimum:
        return SumSearch(fractional=minimum["sums"])
    nodes = minimum["tree"]
    if nodes == [{}]:
        return None
    branches = iter(_in_place(read, [node["branch"] for node in nodes if "branch" in node], ordered=False))
    return CountedTree(
        nodes=tuple(
            next(branches) if "branch" in node else reading.vector(node["farkas"]) if "farkas" in node else None for node in nodes
        )
    )


def _in_place(read: Read, neurons: Sequence[int], *, ordered: bool = True) -> tuple[int, ...]:
    """Return where neurons of the document stand in the order of this package."""
    faces = [reading.face(read.program, neuron) for neuron in read.claim["neurons"]]
    place = {k: new for new, k in enumerate(sorted(range(len(faces)), key=lambda k: faces[k].order))}
    moved = (place[k] for k in neurons)
    return tuple(sorted(moved) if ordered else moved)
