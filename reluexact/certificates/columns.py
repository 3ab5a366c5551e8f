"""Networks that are optima of sub-sampled programs, and what is known of columns at their residual, as parts of certificates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reluexact.certificates.document import Json, texts
from reluexact.certificates.point import ReadPoint
from reluexact.certificates.reading import Read, vector
from reluexact.certificates.trees import tree_nodes
from reluexact.evidence.column import Above, ColumnVerdict
from reluexact.evidence.tree import Leaf, TightLeaf
from reluexact.geometry.hyperplanes import Hyperplanes


def gate_text(walls: Hyperplanes, cell: Sequence[bool]) -> str:
    """Write a cell as the certificate names it: the sign of x_i.u inside for every row, 0 for a row of zeros.

    >>> from fractions import Fraction
    >>> from reluexact.geometry.hyperplanes import hyperplanes
    >>> one, none = Fraction(1), Fraction(0)
    >>> gate_text(hyperplanes(((one,), (-one,), (none,))), (True,))
    '+-0'
    """
    return walls.pattern(cell)


def verdict_nodes(verdicts: Sequence[ColumnVerdict], walls: Hyperplanes) -> list[Json]:
    """Write the verdicts on columns: leaves, tight leaves, or directions that exceed the penalty."""
    nodes: list[Json] = []
    for verdict in verdicts:
        if isinstance(verdict, Above):
            nodes.append({"direction": texts(verdict.direction)})
        else:
            nodes += tree_nodes((verdict,), walls.rows)
    return nodes


def verdicts_of(read: Read, nodes: Sequence[Mapping[str, Any]], found: ReadPoint) -> tuple[ColumnVerdict, ...]:
    """Read the verdicts on columns at a network."""
    verdicts: list[ColumnVerdict] = []
    for node in nodes:
        if "direction" in node:
            verdicts.append(Above(direction=vector(node["direction"])))
            continue
        (leaf,) = found.tree(read, [node])
        if not isinstance(leaf, Leaf | TightLeaf):
            raise TypeError("the checker takes leaves only as verdicts")
        verdicts.append(leaf)
    return tuple(verdicts)
