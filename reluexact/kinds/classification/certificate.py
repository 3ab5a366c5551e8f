"""Certificates of classifications of networks: kind ``classification``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reluexact.certificates import reading
from reluexact.certificates.document import PROGRAM, Json, make_document, sign_text, texts
from reluexact.certificates.reading import Read
from reluexact.certificates.trees import tree_nodes
from reluexact.errors import InputError, Message
from reluexact.evidence.network import BoundEvidence
from reluexact.evidence.status import Status
from reluexact.evidence.tree import Leaf
from reluexact.kinds.classification.answers import Shown
from reluexact.kinds.classification.claim import (
    Better,
    Classification,
    Column,
    Descent,
    Gates,
    Property,
    SubSampled,
    Violation,
)
from reluexact.kinds.classification.evidence import ClassificationEvidence, Fan
from reluexact.kinds.classification.find import LIMIT, decided
from reluexact.kinds.classification.find_evidence import with_evidence
from reluexact.kinds.classification.neuron import Surroundings, surroundings
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.types import Vector

CLAIM = Classification
ready = with_evidence

PROPERTIES = ("global_minimum", "local_minimum", "directional", "sub_sampled", "clarke")
MOST = 10**12
"""No limit of nodes or cells is greater."""


def to_document(found: Classification) -> Json:
    """Return the certificate of a classification as a JSON object.

    Answers that are UNDECIDED stay open in the certificate. Each decided answer comes with one witness, unless it follows from
    the others. InputError when the claim has no evidence yet.

    >>> from reluexact.kinds.classification.find import classify
    >>> from reluexact.kinds.classification.find_evidence import with_evidence
    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.network import Network
    >>> found = with_evidence(classify(Network([["6/5", "8/5"]], [2]), Dataset([[1, 0], [0, 1]], [3, 4]), 1))
    >>> [name for name, shown in to_document(found)["evidence"].items() if shown]
    ['global_minimum']
    """
    if found.evidence is None:
        raise InputError("this classification has no evidence for a certificate; with_evidence(classification) finds it")
    claim = {
        "network": found.network.to_lists(),
        "objective": format_fraction(found.objective),
        "properties": {name: answer.status.name.lower() for name, answer in _answers(found).items()},
    }
    near = surroundings(found.network, found.data, found.penalty, found.residual)
    shown = _Writer(found=found, near=near, evidence=found.evidence).document()
    notes = {"limit": str(found.limit)}
    if found.global_minimum.status is Status.UNDECIDED:
        notes["reason"] = found.global_minimum.reason
    return make_document("classification", found, claim, shown, {**dict([PROGRAM]), **notes})


def _answers(found: Classification) -> dict[str, Property]:
    """Name the answers as the format does."""
    return {name: getattr(found, name) for name in PROPERTIES}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    """Writes what shows each answer; None for those that follow from others, or are open."""

    found: Classification
    near: Sequence[Surroundings]
    evidence: ClassificationEvidence

    def document(self) -> Json:
        """Return the evidence."""
        shown: dict[str, object] = dict.fromkeys(PROPERTIES)
        shown["global_minimum"] = self._global()
        refuted = self.found.local_minimum.status is Status.REFUTED
        if refuted and self.found.directional.status is not Status.REFUTED:
            shown["local_minimum"] = self._second_order()
        if self.evidence.pieces is not None:
            shown["directional"] = [_nodes(*pair) for pair in zip(self.near, self.evidence.pieces, strict=True)]
        elif self.evidence.fall is not None:
            fall = self.evidence.fall
            shown["directional"] = {"neuron": fall.neuron, "direction": texts(fall.direction)}
        if self.found.directional.status is not Status.PROVED and self._smooth():
            shown["clarke"], shown["sub_sampled"] = self._clarke(), self._sub_sampled()
        return shown

    def _smooth(self) -> bool:
        """Say whether the network is balanced and level (K2)."""
        return self.found.balanced and not any(one.output_slope for one in self.near)

    def _global(self) -> Json | None:
        witness = self.found.global_minimum.witness
        if self.found.global_minimum.status is Status.REFUTED and isinstance(witness, Better | Descent | Violation):
            return witness.better.to_lists()
        if self.found.global_minimum.status is Status.PROVED and isinstance(witness, BoundEvidence):
            names = self.found.data.hyperplanes.rows
            return {"positive": tree_nodes(witness.positive, names), "negative": tree_nodes(witness.negative, names)}
        return None

    def _second_order(self) -> Json | None:
        witness = self.found.global_minimum.witness
        if not isinstance(witness, Violation):
            return None
        first = self.found.zero_neurons[0]
        return {"neuron": first, "sign": sign_text(witness.sign), "direction": texts(witness.direction)}

    def _clarke(self) -> list[Json] | Json | None:
        witness, apart = self.found.clarke.witness, self.evidence.separation
        if isinstance(witness, Gates):
            return [_gates(one, witness) for one in self.near]
        if apart is None:
            return None
        tree = _nodes(self.near[apart.neuron], apart.tree, bare=True)
        return {"neuron": apart.neuron, "direction": texts(apart.direction), "tree": tree}

    def _sub_sampled(self) -> list[Json | None] | Json | None:
        witness, blockade, points = self.found.sub_sampled.witness, self.evidence.blockade, self.evidence.inside
        if blockade is not None:
            return {"neuron": blockade.neuron, "tree": _nodes(self.near[blockade.neuron], blockade.tree)}
        if isinstance(witness, SubSampled) and points is not None:
            columns = {column.neuron: column for column in witness.columns}
            return [
                None if point is None else _column(one, columns[one.index], point)
                for one, point in zip(self.near, points, strict=True)
            ]
        return None


def _nodes(near: Surroundings, tree: Fan, *, bare: bool = False) -> list[Json]:
    """Write a tree over the walls round a neuron; bare: its leaves say nothing."""
    names = tuple(near.wall_row(wall) for wall in range(len(near.pull.normals)))
    nodes: list[Json] = []
    for node in tree:
        if isinstance(node, tuple):
            nodes.append({"direction": texts(node)})
        elif bare and isinstance(node, Leaf):
            nodes.append({})
        else:
            nodes += tree_nodes((node,), names)
    return nodes


def _gates(near: Surroundings, witness: Gates) -> Json:
    """Write the gates of a neuron: one for each wall that bends, or cells with shares."""
    cells = [cell for cell in witness.cells if cell.neuron == near.index]
    if cells:
        return {"cells": [{"share": format_fraction(cell.share), "inside": texts(cell.inside)} for cell in cells]}
    bending = [near.wall_row(wall) for wall, kink in enumerate(near.pull.kinks) if kink]
    values = {row: witness.gates[near.index][row] for row in bending}
    return {"gates": {str(row): format_fraction(value) for row, value in values.items() if value}}


def _column(near: Surroundings, column: Column, point: Vector) -> Json:
    """Write a cell as a point inside, with multipliers for the neuron's own weights."""
    scale = abs(near.amount)
    return {"inside": texts(point), "rho": {str(row): format_fraction(rho * scale) for row, rho in column.multipliers}}


def from_document(document: Json) -> Classification:
    """Return the claim of a certificate that the checker has accepted.

    What is known of single neurons is decided anew, exactly; the global minimum is shown by the evidence of the certificate.
    """
    read = Read.of(document)
    limit = read.count("limit", most=MOST) or LIMIT
    given = reading.network(read.claim["network"])
    return decided(given, read.data, read.program.penalty, limit, shown=_shown(read))


def _shown(read: Read) -> Shown:
    """Return what the certificate shows about the global minimum."""
    best, local = read.evidence["global_minimum"], read.evidence["local_minimum"]
    answer = read.claim["properties"]["global_minimum"]
    if answer == "proved":
        rows = read.program.hyperplanes.rows
        return Shown(trees=(reading.tree(best["positive"], rows, {}), reading.tree(best["negative"], rows, {})))
    if local is not None:
        return Shown(sign=reading.SIGNS[local["sign"]], direction=reading.vector(local["direction"]))
    better = None if answer != "refuted" or best is None else reading.network(best)
    return Shown(better=better, reason=Message(read.notes.get("reason", "")))
