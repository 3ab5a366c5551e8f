"""The frame of LaTeX output.

``rx.latex`` is a function, and this folder takes the same name of the package once a file of it is imported; so the folder can be
called, too, with the same effect.
"""

from __future__ import annotations

import sys
from types import ModuleType

from reluexact.public import public


class _Callable(ModuleType):
    def __call__(self, claim: object, digits: int = 12) -> str:
        """Return a claim as one LaTeX formula."""
        text: str = public("latex")(claim, digits)
        return text


sys.modules[__name__].__class__ = _Callable
