"""The evidence of a path as certificates write it (P1 to P9 of CERTIFICATE.md), and read back.

Tight leaves number the neurons of a segment otherwise here than there: blocks, partners of pairs, watched neurons, in this order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from reluexact.certificates.document import Json, sign_text, texts
from reluexact.certificates.reading import Read, face, integers, matrix, tree, vector
from reluexact.certificates.trees import tree_nodes
from reluexact.evidence.path import Link, PathBlock, PathEvidence, PathSymmetry, Segment, Vanishing, WatchedNeuron
from reluexact.evidence.tree import TightLeaf, Tree
from reluexact.geometry.hyperplanes import Hyperplanes
from reluexact.geometry.signs import Signs
from reluexact.geometry.signs import sign_text as letters
from reluexact.model.dataset import Dataset
from reluexact.numbers.rational import format_fraction, parse_fraction


def path_json(evidence: PathEvidence, data: Dataset) -> Json:
    """Return the evidence of a certificate of the kind ``path``."""
    known = data.hyperplanes
    return {
        "segments": [_segment(segment, known) for segment in evidence.segments],
        "links": [_link(link) for link in evidence.links],
    }


def places(blocks: Sequence[PathBlock], watched: Sequence[WatchedNeuron], segment: Segment) -> tuple[int, ...]:
    """Return the number in documents of each neuron of :attr:`Segment.tight`."""
    pairs = [k for k, block in enumerate(blocks) if block.paired]
    starts = {"block": range(len(blocks)), "watched": range(len(blocks) + len(pairs), len(blocks) + len(pairs) + len(watched))}
    partners = {k: len(blocks) + place for place, k in enumerate(pairs)}
    return tuple(partners[one.index] if one.kind == "partner" else starts[one.kind][one.index] for one in segment.tight)


def gate_of(gate: Signs, known: Hyperplanes) -> str:
    """Write the gate of a neuron, a letter for each row of X."""
    return letters(known.row_gates(gate))


def _neuron(neuron: PathBlock | WatchedNeuron, known: Hyperplanes) -> dict[str, object]:
    basis = [texts(line) for line in neuron.basis]
    return {"sign": sign_text(neuron.sign), "gate": gate_of(neuron.gate, known), "basis": basis}


def _block(block: PathBlock, known: Hyperplanes) -> Json:
    share, slack = format_fraction(block.share), format_fraction(block.slack)
    return {**_neuron(block, known), "paired": block.paired, "share": share, "slack": slack, "hang": block.hang}


def _segment(segment: Segment, known: Hyperplanes) -> Json:
    numbers = places(segment.blocks, segment.watched, segment)
    return {
        "low": format_fraction(segment.low),
        "high": format_fraction(segment.high),
        "blocks": [_block(block, known) for block in segment.blocks],
        "lineality": [texts(line) for line in segment.lineality],
        "watched": [_neuron(neuron, known) for neuron in segment.watched],
        "coefficients": [texts(line) for line in segment.coefficients],
        "unique": texts(segment.unique),
        "radius": texts(segment.radius),
        "slope": texts(segment.slope),
        "preconditioner": [texts(row) for row in segment.preconditioner],
        "vanishing": [_vanishing(item, known) for item in segment.vanishing],
        "positive": tree_nodes(_renumbered(segment.positive, numbers), known.rows),
        "negative": tree_nodes(_renumbered(segment.negative, numbers), known.rows),
    }


def _vanishing(item: Vanishing, known: Hyperplanes) -> Json:
    wall = None if item.hyperplane is None else known.rows[item.hyperplane]
    others = {"others": {str(known.rows[wall]): side for wall, side in item.others}} if item.others else {}
    return {"end": item.end, "what": item.what, "index": item.index, "wall": wall, "side": item.side, **others}


def _renumbered(nodes: Tree, numbers: Sequence[int]) -> Tree:
    return tuple(replace(node, neuron=numbers[node.neuron]) if isinstance(node, TightLeaf) else node for node in nodes)


def _link(link: Link) -> Json:
    if link.kind == "same":
        return {"kind": link.kind}
    ends = {"low": format_fraction(link.low), "high": format_fraction(link.high)}
    if link.kind == "gap":
        return {"kind": link.kind, **ends}
    return {"kind": link.kind, **ends, "symmetry": [_symmetry(one) for one in link.symmetries]}


def _symmetry(one: PathSymmetry) -> Json:
    """Write ``X[rows] = X columns`` as ``x_rows[i] = Q x_i``: Q is the transpose."""
    return {"rows": list(one.rows), "matrix": [texts(row) for row in zip(*one.columns, strict=True)], "sign": sign_text(one.sign)}


def read_path(read: Read) -> PathEvidence:
    """Return the evidence of a certificate of the kind ``path``."""
    segments = tuple(_read_segment(read, entry) for entry in read.evidence["segments"])
    ends = zip(read.evidence["links"], pairwise(segments), strict=True)
    return PathEvidence(segments=segments, links=tuple(_read_link(entry, *pair) for entry, pair in ends))


def _read_neuron(read: Read, entry: Mapping[str, Any]) -> dict[str, Any]:
    where = face(read.program, entry)
    return {"sign": where.sign, "gate": where.gate, "basis": tuple(integers(line) for line in entry["basis"])}


def _read_block(read: Read, entry: Mapping[str, Any]) -> PathBlock:
    share, slack = parse_fraction(entry["share"]), parse_fraction(entry["slack"])
    return PathBlock(**_read_neuron(read, entry), paired=entry["paired"], share=share, slack=slack, hang=entry["hang"])


def _read_segment(read: Read, entry: Mapping[str, Any]) -> Segment:
    rows = read.data.hyperplanes.rows
    segment = Segment(
        low=parse_fraction(entry["low"]),
        high=parse_fraction(entry["high"]),
        blocks=tuple(_read_block(read, one) for one in entry["blocks"]),
        lineality=tuple(integers(line) for line in entry["lineality"]),
        watched=tuple(WatchedNeuron(**_read_neuron(read, one)) for one in entry["watched"]),
        coefficients=matrix(entry["coefficients"]),
        unique=vector(entry["unique"]),
        radius=vector(entry["radius"]),
        slope=vector(entry["slope"]),
        preconditioner=matrix(entry["preconditioner"]),
        vanishing=tuple(_read_vanishing(one, rows) for one in entry["vanishing"]),
        positive=(),
        negative=(),
    )
    place = {number: k for k, number in enumerate(places(segment.blocks, segment.watched, segment))}
    return replace(segment, positive=tree(entry["positive"], rows, place), negative=tree(entry["negative"], rows, place))


def _read_vanishing(entry: Mapping[str, Any], rows: Sequence[int]) -> Vanishing:
    wall = None if entry["wall"] is None else rows.index(entry["wall"])
    others = tuple((rows.index(int(row)), side) for row, side in entry.get("others", {}).items())
    return Vanishing(
        end=entry["end"], what=entry["what"], index=entry["index"], hyperplane=wall, side=entry["side"], others=others
    )


def _read_link(entry: Mapping[str, Any], upper: Segment, lower: Segment) -> Link:
    kind = entry["kind"]
    if kind == "same":
        low, high = sorted((upper.low, lower.high))
        return Link(kind=kind, low=low, high=high)
    symmetries = tuple(_read_symmetry(one) for one in entry.get("symmetry", ()))
    return Link(kind=kind, low=parse_fraction(entry["low"]), high=parse_fraction(entry["high"]), symmetries=symmetries)


def _read_symmetry(entry: Mapping[str, Any]) -> PathSymmetry:
    lines: Iterable[tuple[Fraction, ...]] = zip(*matrix(entry["matrix"]), strict=True)
    return PathSymmetry(rows=tuple(entry["rows"]), columns=tuple(lines), sign={"+": 1, "-": -1}[entry["sign"]])
