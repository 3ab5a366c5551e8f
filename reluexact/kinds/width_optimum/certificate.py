"""Optima of a given width to certificates of the kind ``width-optimum``."""

from __future__ import annotations

from os import PathLike

from reluexact.certificates.document import Json, accepted, make_document, texts, tree_nodes, write_document
from reluexact.kinds.width_optimum.claim import DualPoint, SplitRegion, WidthOptimum, WidthTree
from reluexact.numbers.rational import format_fraction


def width_optimum_document(found: WidthOptimum) -> Json:
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
    return make_document("width-optimum", found, claim, evidence, dict(found.produced_by))


def save_width_optimum(found: WidthOptimum, path: str | PathLike[str]) -> None:
    """Write the certificate, after the stand-alone checker has accepted it."""
    write_document(accepted(width_optimum_document(found)), path)


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
                "sign": "+" if covering.region.sign > 0 else "-",
                "on": [names[wall] for wall, side in covering.region.sides if side > 0],
                "off": [names[wall] for wall, side in covering.region.sides if side < 0],
                "tree": tree_nodes(covering.tree, names),
            }
            for covering in point.coverings
        ],
    }
