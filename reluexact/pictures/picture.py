"""Pictures as bytes, the same for the same input."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from reluexact.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = {".png": "png", ".svg": "svg", ".pdf": "pdf"}


def format_of(path: str | Path) -> str:
    """Return the format that the name of a file asks for; raises InputError for others.

    >>> format_of("graph.svg")
    'svg'
    """
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        raise InputError(f"{path}: a picture's name ends with one of {', '.join(FORMATS)}")
    return FORMATS[suffix]


def rendered(figure: Figure, kind: str) -> bytes:
    """Return the file of a figure, without dates and random names."""
    import matplotlib

    buffer = io.BytesIO()
    metadata = {"png": {"Software": ""}, "svg": {"Date": ""}, "pdf": {"CreationDate": None}}[kind]
    with matplotlib.rc_context({"svg.hashsalt": "reluexact"}):
        figure.savefig(buffer, format=kind, metadata=metadata)
    return buffer.getvalue()
