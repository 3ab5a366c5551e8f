"""The kinds of certificates, each with the function that checks it."""

from __future__ import annotations

from collections.abc import Callable

from ..document import Item
from ..problem import Problem
from .bound import check_bound
from .classification import check_classification
from .descent_path import check_descent_path
from .interpolation import check_interpolation
from .judgement import check_judgement
from .minimum_network import check_minimum_network
from .optimal_set import check_optimal_set
from .optimum import check_optimum
from .path import check_path
from .spike_free import check_spike_free
from .stationary import check_stationary
from .support import check_support
from .width_optimum import check_width_optimum

Check = Callable[[Problem, Item, Item, list[str]], None]
"""Checks a claim by its evidence, and adds in words what the claim states."""

CHECKS: dict[str, Check] = {
    "bound": check_bound,
    "optimum": check_optimum,
    "optimal-set": check_optimal_set,
    "minimum-network": check_minimum_network,
    "classification": check_classification,
    "stationary": check_stationary,
    "descent-path": check_descent_path,
    "path": check_path,
    "width-optimum": check_width_optimum,
    "judgement": check_judgement,
    "interpolation": check_interpolation,
    "support": check_support,
    "spike-free": check_spike_free,
}
