"""An optimum as pictures: data and optimal function for one feature, both sides for labels and two, else fit and residuals.

The second picture, for two columns and three, is the arrangement of hyperplanes with the optimal neurons.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from reluexact.evidence.status import Status
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.margin import MARGIN
from reluexact.numbers.rational import format_fraction
from reluexact.pictures.arrangement import Arrangement, arrangement, can_be_drawn
from reluexact.pictures.functions import Band, Names, fitted, functions, residuals
from reluexact.pictures.picture import Canvas, View
from reluexact.pictures.regions import regions
from reluexact.terminal.text import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from reluexact.kinds.optimum.fitted import Fitted
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.dataset import Dataset
    from reluexact.model.network import Network
    from reluexact.numbers.real import Real

CLAIM = (Optimum, ProblemOptimum)
SIZE, WIDE = (8.0, 4.5), (11.5, 4.5)


def views(optimum: Fitted) -> dict[str, View]:
    """Return ``function`` (one feature), ``regions`` (labels of two) or ``fit``; and ``arrangement``, where it can be drawn."""
    found: dict[str, View] = {view_of(optimum): plot}
    if isinstance(optimum, Optimum) and optimum.status is Status.PROVED and can_be_drawn(optimum.data.d):
        found["arrangement"] = plot_arrangement
    return found


def view_of(optimum: Fitted) -> str:
    """Return the name of the first picture."""
    data = optimum.data.given
    if data.d - data.has_bias == 1:
        return "function"
    return "regions" if _has_regions(optimum) else "fit"


def plot(optimum: Fitted, canvas: Canvas) -> Axes:
    """Draw the optimal function, or the fit: see :func:`draw`.

    >>> from reluexact import Dataset, solve
    >>> axes = plot(solve(Dataset(X=[[0], [1], [2]], y=[0, 0, 1], bias=True, names=["t"]), penalty="1/10"), Canvas())
    >>> axes.get_xlabel(), [text.get_text() for text in axes.get_legend().get_texts()]
    ('t', ['data', 'optimal function', 'kinks'])
    """
    proved = optimum.status is Status.PROVED
    return draw(optimum, [optimum.network], "optimal function" if proved else "best function known\n(UNDECIDED)", canvas)


def draw(optimum: Fitted, networks: Sequence[Network | BiasedNetwork], name: str, canvas: Canvas, band: Band = ()) -> Axes:
    """Draw networks with one fit: one feature as functions, through the data and with the kinks, others as fit and residuals.

    Of labels with two features both sides of the first network are drawn. In axes of the caller there are no residuals. band:
    what other functions lie between.
    """
    data = optimum.data.given
    view, title = view_of(optimum), _title(optimum)
    if view == "fit":
        first, *others = canvas.panels(WIDE, 2)
        fitted(first, data, networks[0], printable(data.target_name))
        first.title(title)
        for panel in others:
            residuals(panel, data, networks[0])
        return first.axes
    panel = canvas.panel(SIZE)
    panel.title(title)
    columns, target = [printable(column) for column in data.names], printable(data.target_name)
    if view == "function":
        functions(panel, data, networks, Names(columns[0], target, name), band)
    else:
        regions(panel, data, networks[0], columns=columns[:2], target=target, name=name)
    return panel.axes


def _title(optimum: Fitted) -> str:
    penalty = format_fraction(optimum.penalty)
    if optimum.status is Status.PROVED:
        return f"Global optimum at penalty {penalty:.20}: {float(optimum.value.middle):.8g}, proved"
    return f"UNDECIDED at penalty {penalty:.20}: from {float(optimum.lower):.6g} to {float(optimum.upper):.6g}"


def plot_arrangement(optimum: Optimum, canvas: Canvas) -> Axes:
    """Draw the hyperplanes of the rows, and which directions of neurons are optimal.

    >>> from reluexact import Dataset, solve
    >>> plot_arrangement(solve(Dataset(X=[[2, 1], [-1, 1]], y=[1, 1]), penalty=1), Canvas()).get_title(loc="left")
    '1 optimal neuron among 2 hyperplanes'
    """
    directions = [(one.sign, [float(entry.middle) for entry in one.direction]) for one in optimum.neurons]
    return arrangement(arrangement_of(optimum.data, optimum.residual, optimum.penalty, directions), canvas)


def arrangement_of(
    data: Dataset,
    residual: Iterable[Real],
    penalty: Fraction,
    directions: Iterable[tuple[int, Sequence[float]]],
    **words: str,
) -> Arrangement:
    """Return what the picture of an arrangement shows: signs and unit vectors of neurons, at the residual of a network."""
    return Arrangement(
        names=tuple(printable(column) for column in data.names),
        normals=tuple(tuple(map(float, normal)) for normal in data.hyperplanes.normals),
        rows=tuple(tuple(map(float, row)) for row in data.X),
        dual=tuple(float(entry.middle) for entry in residual),
        penalty=float(penalty),
        neurons=tuple((sign, tuple(unit)) for sign, unit in directions),
        **words,
    )


def _has_regions(optimum: Fitted) -> bool:
    """Say whether the targets are labels, of rows with two features."""
    data, problem = optimum.data, getattr(optimum, "problem", None)
    return problem is not None and problem.loss.of == MARGIN and data.d - data.has_bias == 2
