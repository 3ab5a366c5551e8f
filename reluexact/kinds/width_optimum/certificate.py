"""Optima of a given width to certificates of the kind ``width-optimum``."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from reluexact.certificates import reading
from reluexact.certificates.document import Json, make_document, sign_text, texts
from reluexact.certificates.reading import Read
from reluexact.certificates.trees import tree_nodes
from reluexact.errors import Message
from reluexact.evidence.region import Region
from reluexact.evidence.status import Status
from reluexact.kinds.width_optimum.claim import (
    Closed,
    Covering,
    DualPoint,
    SplitRegion,
    WidthEvidence,
    WidthOptimum,
    WidthTree,
)
from reluexact.numbers.rational import format_fraction, parse_fraction
from reluexact.numbers.real import MAX_DIGITS, Real

CLAIM = WidthOptimum


def to_document(found: WidthOptimum) -> Json:
    """Return the certificate as a JSON object: the bounds that are proved, whatever the status."""
    names = found.data.hyperplanes.rows
    claim = {
        "width": found.width,
        "low": format_fraction(found.lower),
        "high": format_fraction(found.upper),
        "network": found.network.to_lists(),
    }
    evidence = {
        "tree": _tree(found.evidence.tree, names),
        "points": [_point(point, names) for point in found.evidence.points],
    }
    notes = {**dict(found.produced_by), "digits": str(found.digits)}
    if found.reason:
        notes["reason"] = found.reason
    return make_document("width-optimum", found, claim, evidence, notes)


def _tree(tree: WidthTree, names: tuple[int, ...]) -> list[Json]:
    return [
        {"split": names[node.wall], "region": node.place} if isinstance(node, SplitRegion) else {"point": node.point}
        for node in tree
    ]


def _point(point: DualPoint, names: tuple[int, ...]) -> Json:
    return {
        "residual": texts(point.residual),
        "coverings": [
            {
                "sign": sign_text(covering.region.sign),
                "on": [names[wall] for wall, side in covering.region.sides if side > 0],
                "off": [names[wall] for wall, side in covering.region.sides if side < 0],
                "tree": tree_nodes(covering.tree, names),
            }
            for covering in point.coverings
        ],
    }


def from_document(document: Json) -> WidthOptimum:
    """Return the claim of a certificate that the checker has accepted.

    It says what the certificate does: bounds, and a network. It is PROVED when the bounds are as near as the digits ask.
    """
    read = Read.of(document)
    network = reading.network(read.claim["network"])
    low, high = parse_fraction(read.claim["low"]), network.objective(read.data, read.program.penalty)
    value = Real.rational(low) if low == high else Real(low=low, high=high)
    digits = read.count("digits", most=MAX_DIGITS) or read.digits(value)
    proved = high - low <= Fraction(1, 10**digits)
    rows = read.program.hyperplanes.rows
    tree = _tree_read(read.evidence["tree"], rows)
    return WidthOptimum(
        data=read.data,
        penalty=read.program.penalty,
        width=read.claim["width"],
        status=Status.PROVED if proved else Status.UNDECIDED,
        reason=Message("" if proved else read.notes.get("reason", "the bounds of the certificate are not that near")),
        value=value,
        exact=low == high,
        lower=low,
        upper=high,
        network=network,
        neurons=(),
        is_global=None,
        digits=digits,
        nodes=len(tree),
        evidence=WidthEvidence(tree=tree, points=tuple(_point_read(point, rows) for point in read.evidence["points"])),
        produced_by=read.produced_by,
    )


def _tree_read(nodes: list[Mapping[str, Any]], rows: tuple[int, ...]) -> WidthTree:
    wall = {row: place for place, row in enumerate(rows)}
    return tuple(
        SplitRegion(place=node["region"], wall=wall[node["split"]]) if "split" in node else Closed(node["point"])
        for node in nodes
    )


def _point_read(point: Mapping[str, Any], rows: tuple[int, ...]) -> DualPoint:
    wall = {row: place for place, row in enumerate(rows)}
    found = []
    for covering in point["coverings"]:
        sides = [(wall[row], side) for key, side in (("on", 1), ("off", -1)) for row in covering[key]]
        region = Region(sign=reading.SIGNS[covering["sign"]], sides=tuple(sorted(sides)))
        found.append(Covering(region=region, tree=reading.tree(covering["tree"], rows, {})))
    return DualPoint(residual=reading.vector(point["residual"]), coverings=tuple(found))
