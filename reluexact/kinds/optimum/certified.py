"""The certified point behind an optimum: the one that came with its proof, or one that is certified again from the evidence."""

from __future__ import annotations

from reluexact.errors import InputError, Message
from reluexact.evidence.network import NetworkEvidence, OptimumEvidence, ProvedNetwork
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.claim import Optimum, require_optimum
from reluexact.prove.assemble import evidence_of
from reluexact.prove.certified import CertifiedOptimum, CertifiedPoint
from reluexact.prove.rebuild import rebuilt


def certified_point(optimum: Optimum) -> CertifiedPoint:
    """Return the proved structure of a PROVED optimum; InputError for any other.

    A point that does not carry the very evidence of the claim vouches for nothing: then the stand-alone checker decides whether
    the claim holds, and the point is certified again.

    >>> from reluexact import Dataset, solve
    >>> optimum = solve(Dataset(X=[[1], [2]], y=[1, 2]), penalty=1)
    >>> certified_point(optimum) is optimum.point
    True
    """
    require_optimum(optimum)
    evidence = optimum.evidence
    if optimum.status is not Status.PROVED or not isinstance(evidence, OptimumEvidence):
        raise InputError(f"the optimum is {optimum.status.name}; its set of optimal networks is known only once it is PROVED")
    point = optimum.point
    if isinstance(point, CertifiedOptimum) and is_structure_of(point, optimum) and evidence_of(point) == evidence:
        return point
    _require_accepted(optimum)
    again = rebuilt(ProvedNetwork(data=optimum.data, penalty=optimum.penalty, neurons=optimum.neurons, evidence=evidence))
    if not is_structure_of(again, optimum):
        raise InputError("the optimum lists its neurons in another order than solve does; pass the answer of solve unchanged")
    return again


def _require_accepted(optimum: Optimum) -> None:
    """Raise InputError unless the checker accepts the certificate of an optimum whose parts were put together by someone else."""
    from reluexact.kinds.files import certificate  # the writer stands on the kinds

    try:
        certificate(optimum)
    except InputError as error:
        raise InputError(Message("the parts of the optimum do not prove it: ", error.message)) from None


def is_structure_of(point: CertifiedPoint, optimum: Optimum) -> bool:
    """Say whether a point has the structure of an optimum (the parts of a claim can be replaced one by one)."""
    program, evidence = point.kkt.program, optimum.evidence
    if not isinstance(evidence, NetworkEvidence) or (program.data, program.penalty) != (optimum.data, optimum.penalty):
        return False
    faces = [(neuron.face.sign, program.hyperplanes.row_gates(neuron.face.gate)) for neuron in point.neurons]
    return (
        faces == [(neuron.sign, neuron.gate) for neuron in optimum.neurons]
        and tuple(neuron.role for neuron in point.neurons) == evidence.roles
        and tuple(neuron.basis for neuron in point.neurons) == evidence.bases
    )
