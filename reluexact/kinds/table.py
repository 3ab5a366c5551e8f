"""The kinds, one line each: what the package can be asked, and under which names.

A kind is the folder ``reluexact/kinds/NAME``. By convention ``claim.py`` holds its claims (plain data), ``find.py`` finds and
proves them, ``certificate.py`` turns a claim (of the class ``CLAIM``) into a document (``to_document``; before it ``ready``, if
there is one, adds what is found on request only) and back (``from_document``), ``latex.py`` writes it (``latex``),
``notebook.py`` says what notebooks show (``page``), ``picture.py`` draws it, ``command.py`` is its command. A kind has the files
it needs; nothing else lists them.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType


@dataclass(frozen=True, slots=True)
class Kind:
    """folder: below ``reluexact/kinds``. certificate: the ``kind`` of its certificates. command: its name on the command line.

    help: the line about the command in the list of commands, the first one of its own help.
    """

    folder: str
    certificate: str | None = None
    command: str | None = None
    help: str = ""

    def part(self, name: str) -> ModuleType | None:
        """Return one file of the kind as a module, imported now; None when the kind has no such file."""
        full = f"{__package__}.{self.folder}.{name}"
        return import_module(full) if find_spec(full) is not None else None


KINDS = (
    Kind("patterns", command="patterns", help="Count the activation patterns of the data, exactly, and list the first ones."),
    Kind(
        "optimum",
        certificate="optimum",
        command="solve",
        help="Find and prove the global optimum over networks of every width; --out writes its certificate.",
    ),
    Kind("bound", certificate="bound"),
    Kind(
        "optimal_set",
        certificate="optimal-set",
        command="set",
        help="Describe all optimal networks: neurons, dimension, vertices, fewest neurons; --out writes the certificate.",
    ),
    Kind("membership"),
    Kind("selection"),
    Kind("connectivity"),
    Kind(
        "minimum_network",
        certificate="minimum-network",
        command="minimal",
        help="Find an optimal network of fewest neurons and prove that none has fewer; --out writes the certificate.",
    ),
    Kind(
        "width_optimum",
        certificate="width-optimum",
        command="width",
        help="Find the best network of at most K neurons and prove it, or with --curve those of all widths; --out writes "
        "certificates.",
    ),
    Kind(
        "classification",
        certificate="classification",
        command="classify",
        help="Decide whether a network is stationary, a local or the global minimum, exactly, and show why; --out writes the "
        "certificate.",
    ),
    Kind("subsampled"),
    Kind(
        "stationary_graph",
        certificate="stationary",
        command="graph",
        help="Map the stationary points: the optima of all sub-sampled programs, proved; --out writes the certificate.",
    ),
    Kind(
        "descent_path",
        certificate="descent-path",
        command="descend",
        help="Go from a network to the global optimum without leaving its width, the objective never rising; --out: the "
        "certificate.",
    ),
    Kind(
        "max_penalty",
        command="max-penalty",
        help="Find the least penalty at which the zero network is optimal, proved.",
    ),
    Kind(
        "sensitivity",
        command="sensitivity",
        help="Prove how the optimum moves with the penalty, the targets and the data: derivatives, leverage, degrees of freedom.",
    ),
    Kind(
        "solution_path",
        certificate="path",
        command="path",
        help="Follow the optimum over all penalties down from the greatest, every change of its structure proved; --out: the "
        "certificate.",
    ),
    Kind(
        "cross_validation",
        command="cross-validate",
        help="Find the penalties of least cross-validation error among all from a low one on, not on a grid, proved.",
    ),
    Kind(
        "interpolation",
        certificate="interpolation",
        command="interpolate",
        help="Find the cheapest networks that meet every target, the limit of a penalty that goes to 0, proved; --out: the "
        "certificate.",
    ),
    Kind(
        "theorem",
        command="theorem",
        help="Give the optimum in closed form by a theorem (rank one, orthogonal, spike-free), or say which condition fails.",
    ),
    Kind(
        "rectified_ellipsoid",
        certificate="support",
        command="ellipsoid",
        help="Find how far the outputs of one neuron reach in a direction, and which neurons do, proved; --out: the certificate.",
    ),
    Kind(
        "spike_free",
        certificate="spike-free",
        command="spike-free",
        help="Decide whether neurons that see all rows are enough for these features, proved; --out writes the certificate.",
    ),
    Kind(
        "cutting_plane",
        command="cutting-plane",
        help="Train by cutting planes, every round with proved bounds, to the exact end; --plot draws the bounds.",
    ),
    Kind("pruning"),
    Kind("sparsest_spline", certificate="sparsest-spline"),
    Kind("planted"),
    Kind(
        "bank",
        command="bank",
        help="List instances whose optima are proved, get one, or score a trainer on them, exactly.",
    ),
    Kind(
        "judgement",
        certificate="judgement",
        command="judge",
        help="Prove how far a network that any program trained is from the global optimum; --max-gap for tests, --out: the "
        "certificate.",
    ),
)


def kind_of(claim: object) -> Kind | None:
    """Return the kind that a claim belongs to: the folder that its class, or the nearest class above it, is defined in.

    >>> from reluexact.kinds.optimum.claim import Optimum
    >>> kind_of(Optimum.__new__(Optimum)).folder
    'optimum'
    >>> kind_of(7) is None
    True
    """
    start = f"{__package__}."
    modules = (base.__module__ for base in type(claim).__mro__)
    folders = (module.removeprefix(start).partition(".")[0] for module in modules if module.startswith(start))
    return next((kind for folder in folders for kind in KINDS if kind.folder == folder), None)


def kind_of_certificate(name: str) -> Kind | None:
    """Return the kind whose certificates carry this name.

    >>> kind_of_certificate("optimal-set").folder
    'optimal_set'
    """
    return next((kind for kind in KINDS if kind.certificate == name), None)
