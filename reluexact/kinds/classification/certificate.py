"""Classifications of networks to certificates of the kind ``classification``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike

from reluexact.certificates.document import Json, accepted, make_document, texts, tree_nodes, write_document
from reluexact.checker.kinds.classification import PROPERTIES
from reluexact.evidence.network import BoundEvidence
from reluexact.evidence.status import Status
from reluexact.evidence.tree import Leaf, Split, Tighten
from reluexact.kinds.classification.claim import (
    Blocked,
    Classification,
    Column,
    Descent,
    Gates,
    Pieces,
    Property,
    SubSampled,
    Violation,
)
from reluexact.kinds.classification.fan import blocked_tree, inside, pieces_tree, separation
from reluexact.kinds.classification.neuron import Surroundings, surroundings
from reluexact.model.network import Network
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.types import Vector
from reluexact.version import __version__


def classification_document(found: Classification) -> Json:
    """Return the certificate of a classification as a JSON object.

    Answers that are UNDECIDED stay open in the certificate. Each decided answer comes with one witness, unless it follows from
    the others.

    >>> from reluexact.kinds.classification.find import classify
    >>> from reluexact.model.dataset import Dataset
    >>> found = classify(Network([["6/5", "8/5"]], [2]), Dataset([[1, 0], [0, 1]], [3, 4]), 1)
    >>> [name for name, shown in classification_document(found)["evidence"].items() if shown]
    ['global_minimum']
    """
    claim = {
        "network": _network(found.network),
        "objective": format_fraction(found.objective),
        "properties": {name: answer.status.name.lower() for name, answer in _answers(found).items()},
    }
    near = surroundings(found.network, found.data, found.penalty, found.residual)
    evidence = _Evidence(found=found, near=near).document()
    return make_document("classification", found, claim, evidence, {"program": f"reluexact {__version__}"})


def save_classification(found: Classification, path: str | PathLike[str]) -> None:
    """Write the certificate, after the stand-alone checker has accepted it."""
    write_document(checked_document(found), path)


def checked_document(found: Classification) -> Json:
    """Return a certificate that the stand-alone checker accepts; raises InputError when it does not."""
    return accepted(classification_document(found), "classification")


def _answers(found: Classification) -> dict[str, Property]:
    """Name the answers as the format does."""
    return {name: getattr(found, name) for name in PROPERTIES}


def _network(network: Network) -> Json:
    return {"hidden": [texts(row) for row in network.hidden], "output": texts(network.output)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """What shows each answer; None for those that follow from others, or are open."""

    found: Classification
    near: tuple[Surroundings, ...]

    def document(self) -> Json:
        """Return the evidence."""
        answers = _answers(self.found)
        directional = answers["directional"].status
        shown: dict[str, object] = dict.fromkeys(answers)
        shown["global_minimum"] = self._global()
        if answers["local_minimum"].status is Status.REFUTED and directional is not Status.REFUTED:
            shown["local_minimum"] = self._second_order()
        if directional is Status.PROVED:
            if answers["global_minimum"].status is not Status.PROVED:
                shown["directional"] = self._pieces()
            return shown
        if all(not one.output_slope for one in self.near) and self.found.balanced:
            shown["clarke"], shown["sub_sampled"] = self._clarke(), self._sub_sampled()
        weaker = (answers["clarke"].status, answers["sub_sampled"].status)
        if directional is Status.REFUTED and Status.REFUTED not in weaker:
            shown["directional"] = self._descent()
        return shown

    def _global(self) -> Json | None:
        witness = self.found.global_minimum.witness
        if self.found.global_minimum.status is Status.REFUTED and isinstance(witness, Descent | Violation):
            return _network(witness.better)
        if self.found.global_minimum.status is Status.PROVED and isinstance(witness, BoundEvidence):
            names = self.found.data.hyperplanes.rows
            return {"positive": tree_nodes(witness.positive, names), "negative": tree_nodes(witness.negative, names)}
        return None

    def _second_order(self) -> Json | None:
        witness = self.found.global_minimum.witness
        if not isinstance(witness, Violation):
            return None
        sign = "+" if witness.sign > 0 else "-"
        return {"neuron": self.found.zero_neurons[0], "sign": sign, "direction": texts(witness.direction)}

    def _pieces(self) -> list[list[Json]] | None:
        witness = self.found.directional.witness
        if not isinstance(witness, Pieces):
            return None
        trees: list[list[Json]] = []
        for one in self.near:
            own = [piece for piece in witness.pieces if piece.neuron == one.index]
            tree = (Leaf(),) if one.is_zero else pieces_tree(one, own, self.found.limit)
            trees.append(_nodes(one, tree))
        return trees

    def _descent(self) -> Json | None:
        witness = self.found.directional.witness
        if not isinstance(witness, Descent):
            return None
        pulled = (one for one in self.near if one.pull.value(witness.hidden[one.index]) > 0)
        index = next(pulled).index
        return {"neuron": index, "direction": texts(witness.hidden[index])}

    def _clarke(self) -> list[Json] | Json | None:
        witness = self.found.clarke.witness
        if isinstance(witness, Gates):
            return [_gates(one, witness) for one in self.near]
        if self.found.clarke.status is not Status.REFUTED:
            return None
        for one in self.near:
            apart = separation(one, self.found.limit)
            if apart is not None:
                direction, tree = apart
                return {"neuron": one.index, "direction": texts(direction), "tree": _nodes(one, tree, bare=True)}
        return None

    def _sub_sampled(self) -> list[Json | None] | Json | None:
        witness = self.found.sub_sampled.witness
        if isinstance(witness, Blocked):
            one = self.near[witness.neuron]
            return {"neuron": one.index, "tree": _nodes(one, blocked_tree(one, witness, self.found.limit))}
        if isinstance(witness, SubSampled):
            columns = {column.neuron: column for column in witness.columns}
            return [_column(one, columns[one.index]) if one.index in columns else None for one in self.near]
        return None


def _nodes(near: Surroundings, tree: Iterable[Split | Tighten | Leaf | Vector], *, bare: bool = False) -> list[Json]:
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


def _column(near: Surroundings, column: Column) -> Json:
    """Write a cell as a point inside, with multipliers for the neuron's own weights."""
    sides = {wall: column.pattern[near.wall_row(wall)] == 1 for wall in range(len(near.pull.normals))}
    scale = abs(near.amount)
    return {
        "inside": texts(inside(near, sides)),
        "rho": {str(row): format_fraction(rho * scale) for row, rho in column.multipliers},
    }
