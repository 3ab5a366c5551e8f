"""Exact, proved global optima of two-layer ReLU networks.

>>> import reluexact as rx
>>> optimum = rx.solve(rx.Dataset(X=[[1], [2]], y=[1, 2]), penalty=1)
>>> optimum.status.name, optimum.value
('PROVED', 9/10)
"""

from __future__ import annotations

from reluexact.public import HOMES as _HOMES
from reluexact.public import MODULES as _MODULES
from reluexact.public import public as _public

__all__ = sorted({*_HOMES, *_MODULES})  # the stub beside this file has the same names for type checkers


def __getattr__(name: str) -> object:
    """Import a name when it is used, so that ``import reluexact`` loads no solver."""
    if name not in _HOMES and name not in _MODULES:
        cure = "; it is a module, import reluexact.sklearn" if name == "sklearn" else ""
        raise AttributeError(f"module 'reluexact' has no attribute {name!r}{cure}")
    return _public(name)


def __dir__() -> list[str]:
    """List what there is to use: the public names, imported or not yet, and none of the modules behind them."""
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
