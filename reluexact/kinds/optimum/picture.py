"""An optimum as a picture: data and optimal function for one feature, both sides for labels and two, else fit and residuals.

The colours are those of Okabe and Ito, which colour-blind people tell apart; markers and lines differ, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from reluexact.evidence.status import Status
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.optimum.regions import has_regions, regions
from reluexact.pictures.picture import drawing, drawings
from reluexact.terminal.text import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from reluexact.kinds.optimum.fitted import Fitted
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.dataset import Dataset
    from reluexact.model.network import Network

    AnyNetwork = Network | BiasedNetwork

CLAIM = (Optimum, ProblemOptimum)
BLACK, BLUE, VERMILION, GREY = "#000000", "#0072b2", "#d55e00", "#999999"
MARGIN = Fraction(1, 20)
"""The share of the range of the feature that is drawn beyond both of its ends."""
SIZE = (7.0, 4.5)


def plot(optimum: Fitted, ax: Axes | None = None) -> Figure:
    """Draw the optimal function, or the fit: see :func:`draw`.

    >>> from reluexact import Dataset, solve
    >>> figure = plot(solve(Dataset(X=[[0], [1], [2]], y=[0, 0, 1], bias=True, names=["t"]), penalty="1/10"))
    >>> figure.axes[0].get_xlabel(), [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    ('t', ['data', 'optimal function', 'kinks'])
    """
    proved = optimum.status is Status.PROVED
    name = "optimal function" if proved else "best function known"
    return draw(optimum, [optimum.network], name if proved else f"{name} (UNDECIDED)", ax)


def draw(optimum: Fitted, networks: Sequence[AnyNetwork], name: str, ax: Axes | None) -> Figure:
    """Draw networks with one fit: one feature as functions, through the data and with the kinks, others as fit and residuals.

    Of labels with two features both sides of the first network are drawn. In axes of the caller there are no residuals.
    """
    data = optimum.data.given
    if data.d - data.has_bias == 1:
        figure, ax = drawing(SIZE, ax)
        functions(ax, data, networks, name)
    elif has_regions(optimum):
        figure, ax = drawing(SIZE, ax)
        regions(ax, data, networks[0], name)
    elif ax is None:
        figure, (left, right) = drawings((10.0, 4.5), 2)
        fitted(left, data, networks[0])
        _residuals(right, data, networks[0])
    else:
        figure, ax = drawing(SIZE, ax)
        fitted(ax, data, networks[0])
    return figure


def functions(ax: Axes, data: Dataset, networks: Sequence[AnyNetwork], name: str) -> None:
    """Draw the rows of one feature, the functions of networks and their kinks; ``name``: of the first one."""
    values = [row[0] for row in data.X]
    margin = MARGIN * (max(values) - min(values)) or Fraction(1)
    low, high = min(values) - margin, max(values) + margin
    ax.plot(list(map(float, values)), list(map(float, data.y)), "o", color=BLACK, markersize=4, label="data", zorder=3)
    marks: set[tuple[float, float]] = set()
    for k, network in enumerate(networks):
        bends = sorted({place for place in map(kink_of, _lines(network)) if place is not None and low <= place <= high})
        places = [low, *bends, high]
        heights = network.predict([(place, *data.X[0][1:]) for place in places])  # a second column is all ones
        ax.plot(
            list(map(float, places)),
            list(map(float, heights)),
            color=BLUE,
            linewidth=1.5 if k == 0 else 0.8,
            linestyle="-" if k == 0 else "--",
            label=name if k == 0 else None,
        )
        marks |= {(float(x), float(y)) for x, y in zip(places[1:-1], heights[1:-1], strict=True)}
    if marks:
        xs, ys = zip(*sorted(marks), strict=True)
        ax.plot(xs, ys, "^", color=VERMILION, markersize=6, label="kinks", zorder=4)
    ax.set_xlabel(printable(data.names[0]), parse_math=False)
    ax.set_ylabel(printable(data.target_name), parse_math=False)
    ax.legend(frameon=False)


def _lines(network: AnyNetwork) -> list[tuple[Fraction, ...]]:
    """Return the hidden weights with the biases, also those that stand beside them."""
    biases = getattr(network, "hidden_bias", (Fraction(0),) * network.width)
    return [(row[0], sum(row[1:], bias)) for row, bias in zip(network.hidden, biases, strict=True)]


def kink_of(weights: Sequence[Fraction]) -> Fraction | None:
    """Return the value of the only feature at which a neuron bends; None for one that does not depend on it.

    >>> kink_of((Fraction(2), Fraction(-1))), kink_of((Fraction(2),)), kink_of((Fraction(0), Fraction(1)))
    (Fraction(1, 2), Fraction(0, 1), None)
    """
    slope, offset = weights[0], weights[1] if len(weights) > 1 else Fraction(0)
    return -offset / slope if slope else None


def fitted(ax: Axes, data: Dataset, network: AnyNetwork) -> None:
    """Draw the outputs of a network against the targets."""
    targets, fit = list(map(float, data.y)), list(map(float, network.predict(data.X)))
    ends = [min(targets + fit), max(targets + fit)]
    ax.plot(ends, ends, color=GREY, linewidth=1.0, linestyle="--", label="fitted = target")
    ax.plot(targets, fit, "o", color=BLUE, markersize=4, label="rows")
    ax.set_xlabel(printable(data.target_name), parse_math=False)
    ax.set_ylabel("fitted")
    ax.legend(frameon=False)


def _residuals(ax: Axes, data: Dataset, network: AnyNetwork) -> None:
    fit = network.predict(data.X)
    residuals = [float(y - f) for y, f in zip(data.y, fit, strict=True)]
    ax.axhline(0.0, color=GREY, linewidth=1.0, linestyle="--")
    ax.vlines(list(map(float, fit)), 0.0, residuals, color=VERMILION, linewidth=0.8)
    ax.plot(list(map(float, fit)), residuals, "^", color=VERMILION, markersize=5)
    ax.set(xlabel="fitted", ylabel="residual, target - fitted")
