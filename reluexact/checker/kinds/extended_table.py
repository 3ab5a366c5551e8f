"""The kinds of certificates of version 2, each with the function that checks it."""

from __future__ import annotations

from collections.abc import Callable

from ..document import Item
from ..extended import Extended
from .extended_bound import check_extended_bound
from .extended_judgement import check_extended_judgement
from .extended_optimum import check_extended_optimum
from .sparsest_spline import check_sparsest_spline

Check = Callable[[Extended, Item, Item, list[str]], None]
"""Checks a claim by its evidence, and adds in words what the claim states."""

EXTENDED_CHECKS: dict[str, Check] = {
    "bound": check_extended_bound,
    "optimum": check_extended_optimum,
    "sparsest-spline": check_sparsest_spline,
    "judgement": check_extended_judgement,
}
