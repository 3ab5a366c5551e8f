"""Writing the certificate of a claim, whatever its kind."""

from __future__ import annotations

from importlib import import_module
from os import PathLike

from reluexact.errors import InputError
from reluexact.kinds.table import kind_of
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


def save(claim: object, path: str | PathLike[str]) -> None:
    """Write the certificate of a claim, whole or not at all; InputError for a claim that has none."""
    kind = kind_of(claim)
    folder = "bound" if isinstance(claim, BoundProof) else "" if kind is None else kind.folder
    if folder not in WRITERS:
        raise InputError(f"a {type(claim).__name__} has no certificate")
    module, _, name = WRITERS[folder].partition(":")
    getattr(import_module(module), name)(claim, path)
