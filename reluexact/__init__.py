"""Exact, proved global optima of two-layer ReLU networks.

>>> import reluexact as rx
>>> optimum = rx.solve(rx.Dataset(X=[[1], [2]], y=[1, 2]), penalty=1)
>>> optimum.status.name, optimum.value
('PROVED', 9/10)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reluexact.errors import CertificateError, InputError, LimitReached, MissingDependency, ReluExactError
from reluexact.version import __version__

if TYPE_CHECKING:
    from reluexact.certificates.files import check
    from reluexact.evidence.status import Status
    from reluexact.geometry.arrangement import activation_patterns
    from reluexact.kinds.bound.find import prove_bound
    from reluexact.kinds.classification.find import classify
    from reluexact.kinds.classification.snap import snap
    from reluexact.kinds.descent_path.find import no_spurious_valley_width, way_down
    from reluexact.kinds.files import load, save
    from reluexact.kinds.max_penalty.find import max_penalty
    from reluexact.kinds.optimal_set.find import optimal_set
    from reluexact.kinds.optimum.find import solve
    from reluexact.kinds.pruning.find import prune
    from reluexact.kinds.pruning.to_width import prune_to_width
    from reluexact.kinds.stationary_graph.find import stationary_graph
    from reluexact.kinds.width_optimum.find import solve_width, width_curve
    from reluexact.model.dataset import Dataset
    from reluexact.model.network import Network
    from reluexact.model.symmetries import balanced, canonical, equivalent, merged, permuted, split

__all__ = [
    "CertificateError",
    "Dataset",
    "InputError",
    "LimitReached",
    "MissingDependency",
    "Network",
    "ReluExactError",
    "Status",
    "__version__",
    "activation_patterns",
    "balanced",
    "canonical",
    "check",
    "classify",
    "equivalent",
    "load",
    "max_penalty",
    "merged",
    "no_spurious_valley_width",
    "optimal_set",
    "permuted",
    "prove_bound",
    "prune",
    "prune_to_width",
    "save",
    "snap",
    "solve",
    "solve_width",
    "split",
    "stationary_graph",
    "way_down",
    "width_curve",
]

_HOMES = {
    "Dataset": "reluexact.model.dataset",
    "Network": "reluexact.model.network",
    "Status": "reluexact.evidence.status",
    "activation_patterns": "reluexact.geometry.arrangement",
    "balanced": "reluexact.model.symmetries",
    "canonical": "reluexact.model.symmetries",
    "check": "reluexact.certificates.files",
    "classify": "reluexact.kinds.classification.find",
    "equivalent": "reluexact.model.symmetries",
    "load": "reluexact.kinds.files",
    "max_penalty": "reluexact.kinds.max_penalty.find",
    "merged": "reluexact.model.symmetries",
    "no_spurious_valley_width": "reluexact.kinds.descent_path.find",
    "optimal_set": "reluexact.kinds.optimal_set.find",
    "permuted": "reluexact.model.symmetries",
    "prove_bound": "reluexact.kinds.bound.find",
    "prune": "reluexact.kinds.pruning.find",
    "prune_to_width": "reluexact.kinds.pruning.to_width",
    "save": "reluexact.kinds.files",
    "snap": "reluexact.kinds.classification.snap",
    "solve": "reluexact.kinds.optimum.find",
    "solve_width": "reluexact.kinds.width_optimum.find",
    "split": "reluexact.model.symmetries",
    "stationary_graph": "reluexact.kinds.stationary_graph.find",
    "way_down": "reluexact.kinds.descent_path.find",
    "width_curve": "reluexact.kinds.width_optimum.find",
}


def __getattr__(name: str) -> object:
    """Import a name when it is used, so that ``import reluexact`` loads no solver."""
    if name not in _HOMES:
        raise AttributeError(f"module 'reluexact' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the names that are imported on first use, too."""
    return sorted({*globals(), *__all__})
