"""Branch trees as certificates write them: the nodes in prefix order, hyperplanes by the name of their first row."""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.certificates.document import Json
from reluexact.evidence.tree import Leaf, Multipliers, Node, PointwiseLeaf, Split, Tighten, Tree
from reluexact.numbers.rational import format_fraction


def tree_nodes(tree: Tree, names: Sequence[int]) -> list[Json]:
    """Write a tree; ``names``: the first row of every hyperplane."""
    return [_node(node, names) for node in tree]


def _node(node: Node, names: Sequence[int]) -> Json:
    if isinstance(node, Split):
        return {"split": names[node.hyperplane]}
    if isinstance(node, Tighten):
        return {"tighten": names[node.hyperplane], "side": node.side, "rho": _multipliers(node.rho, names)}
    if isinstance(node, Leaf):
        return {"rho": _multipliers(node.rho, names), "slope": _multipliers(node.slope, names)}
    if isinstance(node, PointwiseLeaf):
        return {"points": [_node(leaf, names) for leaf in node.leaves]}
    fixed = _multipliers(node.fixed, names)
    leaf: dict[str, object] = {"neuron": node.neuron, "solve": [names[hyperplane] for hyperplane in node.solve], "fixed": fixed}
    more: Json = {"kinks": _multipliers(node.kinks, names)} if node.kinks else {}
    return {**leaf, **more, **({"free": [names[wall] for wall in node.free]} if node.free else {})}


def _multipliers(entries: Multipliers, names: Sequence[int]) -> Json:
    return {str(names[hyperplane]): format_fraction(value) for hyperplane, value in entries}
