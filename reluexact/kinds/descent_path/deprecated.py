"""The first name of :func:`reluexact.kinds.descent_path.find.descent_path`, kept for programs that use it."""

from __future__ import annotations

import warnings
from typing import Any

from reluexact.kinds.descent_path.claim import DescentPath
from reluexact.kinds.descent_path.find import descent_path


def way_down(network: object, data: Any, penalty: object = None, **options: Any) -> DescentPath:
    """Return ``descent_path(network, data, penalty, **options)``, with a DeprecationWarning that names it."""
    warnings.warn("way_down is now called descent_path", DeprecationWarning, stacklevel=2)
    return descent_path(network, data, penalty, **options)
