"""All optimal networks, and the fewest neurons, to certificates of the kinds ``optimal-set`` and ``minimum-network``."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike

from reluexact.certificates.document import Json, accepted, make_document, optimum_claim, optimum_evidence, wider, write_document
from reluexact.errors import InputError
from reluexact.evidence.network import OptimumEvidence
from reluexact.evidence.status import Status
from reluexact.kinds.minimum_network.claim import MinimumNetwork, SumSearch
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.system import AmountSystem
from reluexact.numbers.linalg import independent_rows
from reluexact.numbers.real import Real

AMOUNT_BITS = 64
"""The grid of 2^-AMOUNT_BITS on which the amounts of vertices are claimed: there may be thousands of them."""


def optimal_set_document(best: OptimalSet) -> Json:
    """Return the certificate of all optimal networks as a JSON object, kind ``optimal-set``.

    Raises InputError when the set is UNDECIDED.
    """
    if best.status is not Status.PROVED:
        raise InputError(f"the optimal set is UNDECIDED ({best.reason}); only a PROVED one has a certificate")
    evidence, bits = _evidence(best)
    claim = {
        **optimum_claim(best.optimum, evidence),
        "dimension": best.dimension,
        "total": wider(best.total, bits),
        "vertices": [_network(vertex.support, vertex.amounts, bits) for vertex in best.vertices],
        "min_width": best.min_width,
        "max_vertex_width": best.max_vertex_width,
    }
    content = {**optimum_evidence(best.optimum, evidence), "labels": [_label(*label) for label in best.labels]}
    return make_document("optimal-set", best.optimum, claim, content, dict(best.optimum.produced_by))


def minimum_network_document(best: OptimalSet, found: MinimumNetwork | None = None) -> Json:
    """Return the certificate of the fewest neurons of an optimal network as a JSON object, kind ``minimum-network``.

    found: the answer to certify; left out: the vertex of the set with the fewest neurons. Raises InputError when the number is
    not PROVED, or when the evidence has no form that the checker reads (see CERTIFICATE.md).
    """
    if found is not None and found.status is not Status.PROVED:
        raise InputError(f"the fewest neurons are UNDECIDED ({found.reason}); only a PROVED number has a certificate")
    evidence, bits = _evidence(best)
    if best.labels:
        first = min(best.vertices, key=lambda vertex: vertex.width)
        network, label = _network(first.support, first.amounts, bits), _label(first.basis, first.at_upper)
        minimum: Json = {"labels": [_label(*each) for each in best.labels]}
    elif found is None or best.system is None:
        raise InputError(f"the optimal set is UNDECIDED ({best.reason}); pass a proved minimum network")
    else:
        network, label = _network(found.support, found.amounts, bits), _label_of(best.system, found.support)
        minimum = _minimum(best.system, found)
    support = network["support"]
    claim = {**optimum_claim(best.optimum, evidence), "fewest": len(list(support)), "network": network}
    content = {**optimum_evidence(best.optimum, evidence), "label": label, "minimum": minimum}
    return make_document("minimum-network", best.optimum, claim, content, dict(best.optimum.produced_by))


def save_optimal_set(best: OptimalSet, path: str | PathLike[str]) -> None:
    """Write the certificate of all optimal networks, after the stand-alone checker has accepted it."""
    _save(optimal_set_document(best), path)


def save_minimum_network(best: OptimalSet, path: str | PathLike[str], found: MinimumNetwork | None = None) -> None:
    """Write the certificate of the fewest neurons, after the stand-alone checker has accepted it."""
    _save(minimum_network_document(best, found), path)


def _save(document: Json, path: str | PathLike[str]) -> None:
    write_document(accepted(document), path)


def _evidence(best: OptimalSet) -> tuple[OptimumEvidence, int]:
    """Return the evidence of the optimum, with the box of the set if there is one, and the bits of the grid for amounts."""
    evidence = best.evidence or best.optimum.evidence
    if not isinstance(evidence, OptimumEvidence):
        raise InputError("the optimum is not PROVED; only the networks of a proved optimum have a certificate")
    return evidence, min(evidence.radius.denominator.bit_length() // 2, AMOUNT_BITS)


def _label(basis: Sequence[int], at_upper: Sequence[int]) -> list[list[int]]:
    return [list(basis), list(at_upper)]


def _network(support: Sequence[int], amounts: Sequence[Real], bits: int) -> dict[str, list[object]]:
    return {"support": list(support), "amounts": [wider(amounts[k], bits) for k in support]}


def _label_of(system: AmountSystem, support: Sequence[int]) -> list[list[int]]:
    """Return a label of the network: the variables between their bounds are basic, and others that complete a basis."""
    size = len(system.polytope.columns)
    low = {r.variable for k, r in enumerate(system.readings) if k not in support and not r.complement}
    high = {r.variable for k, r in enumerate(system.readings) if k not in support and r.complement}
    order = sorted(range(size), key=lambda j: (j in low or j in high, j))
    middles = [[entry.middle for entry in system.polytope.columns[j]] for j in order]
    basis = sorted(order[place] for place in independent_rows(middles))
    return _label(basis, [j for j in range(size) if j in high and j not in basis])


def _minimum(system: AmountSystem, found: MinimumNetwork) -> Json:
    """Write the evidence that there is no network with fewer neurons."""
    if None in system.polytope.upper:
        raise InputError("the fewest neurons were proved with neurons of no fixed total; such a proof has no certificate yet")
    if found.how == "count":
        return {"tree": [{}]}
    if isinstance(found.evidence, SumSearch):
        return {"sums": found.evidence.fractional}
    raise InputError(f"the fewest neurons were proved by {found.how}; such a proof has no certificate yet")
