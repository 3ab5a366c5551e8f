"""Certificates read back: from JSON to the classes of evidence.

The stand-alone checker has accepted the document before anything here looks at it, so shapes and numbers are known to be right,
and what the document claims is true. Only ``produced_by`` is free text: nothing that is read from it may decide what is true.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from reluexact.certificates.exact import read_dependences, read_relations, read_ties
from reluexact.errors import InputError
from reluexact.evidence.network import NetworkEvidence
from reluexact.evidence.tree import Leaf, Multipliers, Node, PointwiseLeaf, Split, Tighten, TightLeaf, Tree
from reluexact.geometry.column import Face
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.model.program import Program, make_program
from reluexact.numbers.rational import parse_fraction, to_penalty
from reluexact.numbers.real import MAX_DIGITS, Real
from reluexact.numbers.types import Vector

SIGNS = {"+": 1, "-": -1, "0": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The parts of a certificate: the problem, the claim and the evidence as JSON, and the free text of ``produced_by``."""

    program: Program
    claim: Mapping[str, Any]
    evidence: Mapping[str, Any]
    notes: Mapping[str, str]

    @staticmethod
    def of(document: Mapping[str, Any]) -> Read:
        """Take a document apart; InputError for numbers that are longer than the package takes."""
        statement = document["statement"]
        return Read(
            program=_program(statement["problem"], document["produced_by"]),
            claim=statement["claim"],
            evidence=document["evidence"],
            notes=document["produced_by"],
        )

    @property
    def data(self) -> Dataset:
        """Return the data of the problem."""
        return self.program.data

    @property
    def produced_by(self) -> tuple[tuple[str, str], ...]:
        """Return who made it, as claims keep it."""
        return tuple((name, self.notes[name]) for name in ("engine", "program") if name in self.notes)

    def digits(self, known: Real) -> int:
        """Return the decimals that were asked for, if the number is known to as many; else as many as it is known to."""
        asked = self.count("digits", most=MAX_DIGITS)
        if asked is not None and (known.radical is not None or known.high - known.low <= Fraction(1, 10**asked)):
            return asked
        digits = 1
        while digits < 30 and known.high - known.low <= Fraction(1, 10 ** (digits + 1)):
            digits += 1
        return digits

    def count(self, name: str, *, most: int) -> int | None:
        """Return an integer from 1 to ``most`` that stands in the notes, None when there is none."""
        text = self.notes.get(name, "")
        good = text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and 1 <= int(text) <= most
        return int(text) if good else None


def _program(problem: Mapping[str, Any], notes: Mapping[str, str]) -> Program:
    X, y = matrix(problem["X"]), vector(problem["y"])
    try:
        *features, target = names_of(notes.get("names", ""), len(X[0]) + 1)
        data = Dataset(X, y, names=features, target_name=target)
    except (InputError, ValueError):
        data = Dataset(X, y)
    return make_program(data, to_penalty(parse_fraction(problem["penalty"])))


def names_of(text: str, count: int) -> list[str]:
    """Read the names of the columns; ValueError for anything else."""
    try:
        names = json.loads(text)
    except RecursionError:
        names = None
    if not isinstance(names, list) or len(names) != count or not all(isinstance(name, str) for name in names):
        raise ValueError("no names of columns")
    return names


def vector(texts: Iterable[str]) -> Vector:
    """Read numbers."""
    return tuple(parse_fraction(text) for text in texts)


def matrix(rows: Iterable[Iterable[str]]) -> tuple[Vector, ...]:
    """Read rows of numbers."""
    return tuple(vector(row) for row in rows)


def integers(texts: Iterable[str]) -> tuple[int, ...]:
    """Read numbers that are integers."""
    return tuple(int(entry) for entry in vector(texts))


def enclosure(entry: Mapping[str, str]) -> Real:
    """Read an enclosure."""
    return Real(low=parse_fraction(entry["low"]), high=parse_fraction(entry["high"]))


def network(entry: Mapping[str, Any]) -> Network:
    """Read a rational network."""
    return Network(matrix(entry["hidden"]), vector(entry["output"]))


def face(program: Program, neuron: Mapping[str, str]) -> Face:
    """Read the face of a neuron: its sign, and its gates on the hyperplanes."""
    return program.read_face(SIGNS[neuron["sign"]], tuple(SIGNS[gate] for gate in neuron["gate"]))


def cell(program: Program, gate: str) -> tuple[bool, ...]:
    """Read a cell: a side of every hyperplane."""
    return tuple(gate[row] == "+" for row in program.hyperplanes.rows)


def tree(nodes: Iterable[Mapping[str, Any]], rows: Iterable[int], place: Mapping[int, int]) -> Tree:
    """Read a tree; rows: the first row of every hyperplane. place: where the neurons of its tight leaves stand in the claim."""
    hyperplanes = {row: hyperplane for hyperplane, row in enumerate(rows)}
    return tuple(_node(node, hyperplanes, place) for node in nodes)


def _node(node: Mapping[str, Any], hyperplanes: Mapping[int, int], place: Mapping[int, int]) -> Node:
    if "split" in node:
        return Split(hyperplanes[node["split"]])
    if "tighten" in node:
        return Tighten(hyperplanes[node["tighten"]], node["side"], _multipliers(node["rho"], hyperplanes))
    if "neuron" in node:
        solve = tuple(hyperplanes[row] for row in node["solve"])
        fixed, kinks = (_multipliers(node.get(name, {}), hyperplanes) for name in ("fixed", "kinks"))
        free = tuple(hyperplanes[row] for row in node.get("free", ()))
        return TightLeaf(neuron=place[node["neuron"]], solve=solve, fixed=fixed, kinks=kinks, free=free)
    if "points" in node:
        return PointwiseLeaf(tuple(_leaf(entry, hyperplanes) for entry in node["points"]))
    return _leaf(node, hyperplanes)


def _leaf(node: Mapping[str, Any], hyperplanes: Mapping[int, int]) -> Leaf:
    return Leaf(rho=_multipliers(node["rho"], hyperplanes), slope=_multipliers(node["slope"], hyperplanes))


def _multipliers(entries: Mapping[str, str], hyperplanes: Mapping[int, int]) -> Multipliers:
    found = ((hyperplanes[int(row)], parse_fraction(text)) for row, text in entries.items())
    return tuple(sorted((hyperplane, value) for hyperplane, value in found if value))


def network_evidence(evidence: Mapping[str, Any]) -> NetworkEvidence:
    """Read the part of the evidence that is about a network."""
    system, split = evidence["system"], evidence["split"]
    return NetworkEvidence(
        roles=tuple(evidence["roles"]),
        bases=tuple(tuple(integers(row) for row in basis) for basis in evidence["bases"]),
        lineality=tuple(integers(row) for row in evidence["lineality"]),
        midpoint=vector(system["midpoint"]),
        radius=parse_fraction(system["radius"]),
        preconditioner=matrix(system["preconditioner"]),
        split_fixed=tuple(sorted((int(k), parse_fraction(text)) for k, text in split["fraction"].items())),
        split_solve=tuple(sorted(split["solve"])),
        relations=read_relations(system),
        ties=read_ties(system),
        dependences=read_dependences(system),
    )


def pinned_rows(evidence: Mapping[str, Any]) -> tuple[tuple[int, Fraction], ...]:
    """Read theta of the rows where it is pinned to a number (version 2)."""
    return tuple(sorted((int(row), parse_fraction(text)) for row, text in evidence["pins"].items() if isinstance(text, str)))


def tied_rows(evidence: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    """Read the rows whose theta follows from a tie, each with the number of this neuron (version 2)."""
    return tuple(sorted((int(row), int(entry["tie"])) for row, entry in evidence["pins"].items() if not isinstance(entry, str)))
