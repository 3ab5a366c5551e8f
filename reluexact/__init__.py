"""Exact, proved global optima of two-layer ReLU networks.

>>> import reluexact as rx
>>> optimum = rx.solve(rx.Dataset(X=[[1], [2]], y=[1, 2]), penalty=1)
>>> optimum.status.name, optimum.value
('PROVED', 9/10)
"""

from __future__ import annotations

from importlib import import_module

from reluexact.errors import CertificateError, InputError, LimitReached, MissingDependency, ReluExactError
from reluexact.version import __version__

TYPE_CHECKING = False  # that of typing, whose import takes half the time of this one

if TYPE_CHECKING:
    from reluexact.claims.status import Status
    from reluexact.export.certificate import check
    from reluexact.geometry.arrangement import activation_patterns
    from reluexact.search.fine_bound import prove_bound
    from reluexact.search.graph.build import stationary_graph
    from reluexact.search.optimal.optimal_set import optimal_set
    from reluexact.search.penalty import max_penalty
    from reluexact.search.prune import prune
    from reluexact.search.prune_to_width import prune_to_width
    from reluexact.search.solve import solve
    from reluexact.search.stationary.classify import classify
    from reluexact.search.stationary.snap import snap
    from reluexact.search.way_down.way_down import no_spurious_valley_width, way_down
    from reluexact.search.width.solve_width import solve_width, width_curve
    from reluexact.training.dataset import Dataset
    from reluexact.training.network import Network
    from reluexact.training.network_forms import balanced, canonical, equivalent, merged, permuted, split

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
    "max_penalty",
    "merged",
    "no_spurious_valley_width",
    "optimal_set",
    "permuted",
    "prove_bound",
    "prune",
    "prune_to_width",
    "snap",
    "solve",
    "solve_width",
    "split",
    "stationary_graph",
    "way_down",
    "width_curve",
]

_HOMES = {
    "Dataset": "reluexact.training.dataset",
    "Network": "reluexact.training.network",
    "Status": "reluexact.claims.status",
    "activation_patterns": "reluexact.geometry.arrangement",
    "balanced": "reluexact.training.network_forms",
    "canonical": "reluexact.training.network_forms",
    "check": "reluexact.export.certificate",
    "classify": "reluexact.search.stationary.classify",
    "equivalent": "reluexact.training.network_forms",
    "max_penalty": "reluexact.search.penalty",
    "merged": "reluexact.training.network_forms",
    "no_spurious_valley_width": "reluexact.search.way_down.way_down",
    "optimal_set": "reluexact.search.optimal.optimal_set",
    "permuted": "reluexact.training.network_forms",
    "prove_bound": "reluexact.search.fine_bound",
    "prune": "reluexact.search.prune",
    "prune_to_width": "reluexact.search.prune_to_width",
    "snap": "reluexact.search.stationary.snap",
    "solve": "reluexact.search.solve",
    "solve_width": "reluexact.search.width.solve_width",
    "split": "reluexact.training.network_forms",
    "stationary_graph": "reluexact.search.graph.build",
    "way_down": "reluexact.search.way_down.way_down",
    "width_curve": "reluexact.search.width.solve_width",
}


def __getattr__(name: str) -> object:
    """Import a name when it is used, so that ``import reluexact`` loads no solver."""
    if name not in _HOMES:
        raise AttributeError(f"module 'reluexact' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the names that are imported on first use, too."""
    return sorted({*globals(), *__all__})
