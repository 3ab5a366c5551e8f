"""The kinds, one line each: what the package can be asked, and under which names.

A kind is the folder ``reluexact/kinds/NAME``. By convention ``claim.py`` holds its claims (plain data), ``find.py`` finds and
proves them, ``certificate.py`` turns a claim (of the class ``CLAIM``) into a document (``to_document``; before it ``ready``, if
there is one, adds what is found on request only) and back (``from_document``), ``latex.py`` writes it (``latex``), ``picture.py``
draws it, ``command.py`` is its command. A kind has the files it needs; nothing else lists them.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType


@dataclass(frozen=True, slots=True)
class Kind:
    """folder: below ``reluexact/kinds``. certificate: the ``kind`` of its certificates. command: its name on the command line."""

    folder: str
    certificate: str | None = None
    command: str | None = None

    def part(self, name: str) -> ModuleType | None:
        """Return one file of the kind as a module, imported now; None when the kind has no such file."""
        full = f"{__package__}.{self.folder}.{name}"
        return import_module(full) if find_spec(full) is not None else None


KINDS = (
    Kind("optimum", certificate="optimum", command="solve"),
    Kind("bound", certificate="bound"),
    Kind("max_penalty", command="max-penalty"),
    Kind("optimal_set", certificate="optimal-set", command="set"),
    Kind("membership"),
    Kind("selection"),
    Kind("connectivity"),
    Kind("minimum_network", certificate="minimum-network", command="minimal"),
    Kind("subsampled"),
    Kind("stationary_graph", certificate="stationary", command="graph"),
    Kind("descent_path", certificate="descent-path", command="descend"),
    Kind("width_optimum", certificate="width-optimum", command="width"),
    Kind("classification", certificate="classification", command="classify"),
    Kind("pruning"),
    Kind("patterns", command="patterns"),
)


def kind_of(claim: object) -> Kind | None:
    """Return the kind that a claim belongs to: the folder that its class is defined in.

    >>> from reluexact.kinds.optimum.claim import Optimum
    >>> kind_of(Optimum.__new__(Optimum)).folder
    'optimum'
    >>> kind_of(7) is None
    True
    """
    start = f"{__package__}."
    module = type(claim).__module__
    if not module.startswith(start):
        return None
    folder = module.removeprefix(start).partition(".")[0]
    return next((kind for kind in KINDS if kind.folder == folder), None)


def kind_of_certificate(name: str) -> Kind | None:
    """Return the kind whose certificates carry this name.

    >>> kind_of_certificate("optimal-set").folder
    'optimal_set'
    """
    return next((kind for kind in KINDS if kind.certificate == name), None)
