"""Networks of one feature as functions through the data, and networks of any as fit and residuals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from reluexact.pictures.panel import TO_PRINT, Panel

if TYPE_CHECKING:
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.dataset import Dataset
    from reluexact.model.network import Network

    AnyNetwork = Network | BiasedNetwork

UNSEEN = 1000
MARGIN = Fraction(1, 20)
"""The share of the range of the feature that is drawn beyond both of its ends."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the axes and the first function are called: columns of the data as they are to be shown."""

    feature: str
    target: str
    function: str = ""


Band = Sequence[tuple[Fraction, Fraction, Fraction]]
"""Places with the lowest and the highest value there; linear between neighbours."""


def scatter(panel: Panel, data: Dataset) -> None:
    """Draw the rows of data with one feature."""
    values = [float(row[0]) for row in data.X]
    panel.axes.plot(values, list(map(float, data.y)), "o", color=panel.palette.ink, markersize=4, label="data", zorder=3)


def range_of(data: Dataset) -> tuple[Fraction, Fraction]:
    """Return the ends of the part of the only feature that is drawn."""
    values = [row[0] for row in data.X]
    margin = MARGIN * (max(values) - min(values)) or Fraction(1)
    return min(values) - margin, max(values) + margin


def functions(panel: Panel, data: Dataset, networks: Sequence[AnyNetwork], names: Names, band: Band = ()) -> None:
    """Draw the rows of one feature, the functions of networks and their kinks, and what lies between the ends of a band."""
    axes, palette = panel.axes, panel.palette
    scatter(panel, data)
    low, high = range_of(data)
    visible = max((most - least for _, least, most in band), default=Fraction(0)) * UNSEEN > max(data.y) - min(data.y)
    if band and not visible:
        panel.caption(f"All of them: on what is drawn they differ by less than 1/{UNSEEN} of the range of {names.target}.")
    if visible:
        at, least, most = (list(map(float, column)) for column in zip(*band, strict=True))
        name = "all of them, lowest to highest"
        axes.fill_between(at, least, most, color=palette.blue, alpha=TO_PRINT, linewidth=0.0, label=name, zorder=1)
        for edge in (least, most):
            axes.plot(at, edge, color=palette.blue, linewidth=0.6, zorder=1)
    marks: set[tuple[float, float]] = set()
    for k, network in enumerate(networks if visible or not band else networks[:1]):
        bends = sorted({place for place in map(kink_of, _lines(network)) if place is not None and low <= place <= high})
        places = [low, *bends, high]
        heights = network.predict([(place, *data.X[0][1:]) for place in places])  # a second column is all ones
        width, style, label = (1.8, "-", names.function) if k == 0 else (0.9, "--", "other minimal networks")
        axes.plot(
            list(map(float, places)), list(map(float, heights)), color=palette.blue, linewidth=width, linestyle=style, label=label
        )
        marks |= {(float(x), float(y)) for x, y in zip(places[1:-1], heights[1:-1], strict=True)}
    if marks:
        xs, ys = zip(*sorted(marks), strict=True)
        axes.plot(xs, ys, "^", color=palette.vermilion, markersize=6, label="kinks", zorder=4)
    panel.label(names.feature, names.target)
    panel.legend()


def envelope(places: Sequence[Fraction], lines: Sequence[Sequence[Fraction]]) -> Band:
    """Return the lowest and the highest of functions that are linear between places, with the places where these change.

    lines: the values of each function at the places.

    >>> flat, steep = [Fraction(1), Fraction(1)], [Fraction(0), Fraction(4)]
    >>> [tuple(map(str, point)) for point in envelope([Fraction(0), Fraction(2)], [flat, steep])]
    [('0', '0', '1'), ('1/2', '1', '1'), ('2', '1', '4')]
    """
    found: list[tuple[Fraction, Fraction, Fraction]] = []
    for k, (start, end) in enumerate(pairwise(places)):
        pieces = sorted({(line[k], line[k + 1]) for line in lines})
        cuts = {Fraction(0), Fraction(1)}
        for i, (a, b) in enumerate(pieces):
            for c, d in pieces[i + 1 :]:
                if (a - c) * (b - d) < 0:
                    cuts.add((c - a) / ((b - a) - (d - c)))
        for cut in sorted(cuts)[: None if k == len(places) - 2 else -1]:
            values = [a + (b - a) * cut for a, b in pieces]
            found.append((start + (end - start) * cut, min(values), max(values)))
    return found


def band_of(data: Dataset, networks: Sequence[AnyNetwork]) -> Band:
    """Return the lowest and the highest of the functions of networks of one feature."""
    low, high = range_of(data)
    kinks = {place for network in networks for place in map(kink_of, _lines(network)) if place is not None}
    places = sorted({low, *(place for place in kinks if low < place < high), high})
    rows = [(place, *data.X[0][1:]) for place in places]
    return envelope(places, [network.predict(rows) for network in networks])


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


def fitted(panel: Panel, data: Dataset, network: AnyNetwork, target: str) -> None:
    """Draw the outputs of a network against the targets; lines to the diagonal are the residuals."""
    axes, palette = panel.axes, panel.palette
    targets, fit = list(map(float, data.y)), list(map(float, network.predict(data.X)))
    ends = [min(targets + fit), max(targets + fit)]
    axes.plot(ends, ends, color=palette.muted, linewidth=1.0, linestyle="--", label="fitted = target")
    axes.plot(targets, fit, "o", color=palette.blue, markersize=4, label="rows")
    panel.label(target, "fitted")
    panel.legend()


def residuals(panel: Panel, data: Dataset, network: AnyNetwork) -> None:
    """Draw what the outputs of a network leave of the targets."""
    axes, palette = panel.axes, panel.palette
    fit = network.predict(data.X)
    left = [float(y - f) for y, f in zip(data.y, fit, strict=True)]
    axes.axhline(0.0, color=palette.muted, linewidth=1.0, linestyle="--")
    axes.vlines(list(map(float, fit)), 0.0, left, color=palette.vermilion, linewidth=0.8)
    axes.plot(list(map(float, fit)), left, "^", color=palette.vermilion, markersize=5)
    panel.label("fitted", "residual, target - fitted")
