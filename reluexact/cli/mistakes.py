"""What a file is that is no certificate."""

from __future__ import annotations

import json

_BEGINNINGS = (
    (b"PK\x03\x04", "a zip archive, such as .npz, .pt or .xlsx"),
    (b"\x93NUMPY", "a .npy array of numpy"),
    (b"\x80", "a pickle of Python"),
    (b"\x1f\x8b", "compressed by gzip; unpack it first"),
    (b"PAR1", "a parquet file"),
    (b"ARROW1", "a feather file"),
    (b"\x89HDF", "an HDF5 file"),
    (b"\x89PNG", "a picture"),
    (b"%PDF", "a PDF document"),
    (b"\x08", "a binary file, such as an .onnx model"),
    (b"\\documentclass", "a LaTeX document"),
)
_CURE = "give the file that --out wrote"


def kind_of_file(content: bytes) -> str:
    r"""Say what a file is that the checker cannot read, and what cures it; empty where that is not known.

    >>> kind_of_file(b"times,accel\n2.4,0\n")
    'this is a table (csv), no certificate; give the file that --out wrote, and the table to --statement'
    >>> kind_of_file(b'{"format":"reluexact-certificate","versi')
    'the file is cut off: it ends too early, after 40 bytes; write or copy it again'
    """
    if not content.strip():
        return f"the file is empty; {_CURE}"
    for beginning, name in _BEGINNINGS:
        if content.startswith(beginning):
            return f"this is {name}, no certificate; {_CURE}"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return f"this is not text, so no certificate; {_CURE}"
    try:
        return _kind_of_json(json.loads(text, parse_int=str, parse_float=str))
    except (ValueError, RecursionError) as error:
        return _kind_of_text(text, error.pos if isinstance(error, json.JSONDecodeError) else 0, len(content))


def version_of(content: bytes) -> int | None:
    """Return the version of a certificate; None for what is none.

    >>> version_of(b'{"format": "reluexact-certificate", "version": 1}'), version_of(b"{")
    (1, None)
    """
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return None
    version = document.get("version") if isinstance(document, dict) else None
    return version if isinstance(version, int) else None


def _kind_of_json(document: object) -> str:
    """Recognise the other JSON files that this program reads and writes."""
    if not isinstance(document, dict) or "format" in document:
        return ""
    if {"X", "y"} <= document.keys():
        return f"these are data, no certificate; {_CURE}, and the data to --statement"
    if {"hidden", "output"} <= document.keys():
        return f"this is a network, no certificate; {_CURE}"
    if {"kind", "status"} <= document.keys():
        return f"this is what --json prints, no certificate; {_CURE}"
    return ""


def _kind_of_text(text: str, place: int, size: int) -> str:
    stripped = text.strip()
    if stripped.startswith("{"):
        if place >= len(text.rstrip()) or not stripped.endswith("}"):
            return f"the file is cut off: it ends too early, after {size:,} bytes; write or copy it again"
        return ""
    if any(mark in stripped.splitlines()[0] for mark in ",;\t"):
        return f"this is a table (csv), no certificate; {_CURE}, and the table to --statement"
    return f"this is text, but no certificate; {_CURE}"
