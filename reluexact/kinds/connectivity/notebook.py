"""What notebooks show of paths of optimal networks, and of the components of every width."""

from __future__ import annotations

from reluexact.kinds.connectivity.path import OptimalPath
from reluexact.kinds.connectivity.staircase import Staircase
from reluexact.kinds.page import Page, page_by_class


def page(claim: object) -> Page:
    """Show the path, or how the vertices meet as the width grows."""
    return page_by_class(claim, {OptimalPath: _path, Staircase: _staircase})


def _path(found: OptimalPath) -> Page:
    pairs = [("statement", str(found.statement)), ("status", found.status.name)]
    pairs += [("reason", str(found.reason))] if found.reason else []
    rows = [
        (str(k), ", ".join("empty" if neuron is None else str(neuron) for neuron in piece.neurons))
        for k, piece in enumerate(found.pieces)
    ]
    return [*pairs, ("width", str(found.width))], [(("piece", "neuron of every slot"), rows)] if rows else []


def _staircase(found: Staircase) -> Page:
    pairs = [("status", found.status.name), *([("reason", str(found.reason))] if found.reason else [])]
    rows = [(str(width), str(count)) for width, count in found.sizes]
    return [("staircase", repr(found)), *pairs], [(("neurons", "vertices"), rows)] if rows else []
