"""Writing and drawing a claim, whatever its kind."""

from __future__ import annotations

from importlib import import_module
from os import PathLike
from typing import Any

from reluexact.certificates.document import write_bytes
from reluexact.errors import InputError
from reluexact.kinds.table import kind_of
from reluexact.pictures.picture import format_of
from reluexact.search.bound import BoundProof

WRITERS = {
    "bound": "reluexact.certificates.document:save_bound",
    "classification": "reluexact.kinds.classification.certificate:save_classification",
    "descent_path": "reluexact.kinds.descent_path.certificate:save_way_down",
    "optimal_set": "reluexact.kinds.optimal_set.certificate:save_optimal_set",
    "optimum": "reluexact.certificates.document:save",
    "stationary_graph": "reluexact.kinds.stationary_graph.certificate:save_graph",
    "width_optimum": "reluexact.kinds.width_optimum.certificate:save_width_optimum",
}
DRAWERS = {
    "descent_path": "reluexact.kinds.descent_path.picture:way_down_picture",
    "stationary_graph": "reluexact.kinds.stationary_graph.picture:graph_picture",
    "width_optimum": "reluexact.kinds.width_optimum.picture:curve_picture",
}


def save(claim: object, path: str | PathLike[str]) -> None:
    """Write the certificate of a claim, whole or not at all; InputError for a claim that has none."""
    _function(WRITERS, claim, "certificate")(claim, path)


def plot(claim: object, path: str | PathLike[str], **options: int) -> None:
    """Draw a claim into a file, png, svg or pdf, whole or not at all; InputError for a claim that has no picture."""
    draw = _function(DRAWERS, claim, "picture")
    write_bytes(draw(claim, format_of(str(path)), **options), path)


def _function(table: dict[str, str], claim: object, what: str) -> Any:
    kind = kind_of(claim)
    folder = "bound" if isinstance(claim, BoundProof) else "" if kind is None else kind.folder
    if folder not in table:
        raise InputError(f"a {type(claim).__name__} has no {what}")
    module, _, name = table[folder].partition(":")
    return getattr(import_module(module), name)
