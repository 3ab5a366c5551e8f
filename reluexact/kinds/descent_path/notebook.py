"""What notebooks show of a path of descent."""

from __future__ import annotations

from reluexact.kinds.descent_path.claim import DescentPath
from reluexact.kinds.page import PLACES, Page, page_by_class
from reluexact.terminal.text import proved


def page(claim: object) -> Page:
    """Show the pieces, and why the objective does not rise on them."""
    return page_by_class(claim, {DescentPath: _path})


def _path(way: DescentPath) -> Page:
    pairs = [("path", repr(way)), ("width", f"{way.width}, and {way.width_needed} are known to be enough")]
    rows = [
        (str(k), piece.kind, proved(piece.before.value, PLACES), proved(piece.after.value, PLACES), piece.why)
        for k, piece in enumerate(way.pieces)
    ]
    return pairs, [(("piece", "kind", "from", "to", "why it does not rise"), rows)] if rows else []
