"""An optimal set as pictures: all its functions or the fit that they share, the polytope of amounts, and the arrangement."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from reluexact.kinds.optimal_set.band import vertex_values
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.movement import network
from reluexact.kinds.optimum.picture import draw, plot_arrangement, view_of
from reluexact.kinds.optimum.picture import views as views_of_optimum
from reluexact.pictures.functions import Band, envelope, kink_of, range_of
from reluexact.pictures.picture import Canvas, View
from reluexact.pictures.polytope import DRAWN, Drawn, polytope

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLAIM = OptimalSet
MOST = 4
"""So many minimal networks are drawn one by one at most, beside the band; that of fewest neurons in any case."""
MOST_NAMED = 6
MOST_VERTICES = 400
"""Polytopes with more vertices than these are not drawn: nobody could read them."""


def views(best: OptimalSet) -> dict[str, View]:
    """Return the pictures of the optimum, with all optimal functions in the first, and ``polytope`` up to three dimensions."""
    found: dict[str, View] = {view_of(best.optimum): plot}
    if best.dimension in DRAWN and 2 <= len(best.vertices) <= MOST_VERTICES:
        found["polytope"] = plot_polytope
    if "arrangement" in views_of_optimum(best.optimum):
        found["arrangement"] = lambda claim, canvas: plot_arrangement(claim.optimum, canvas)
    return found


def plot(best: OptimalSet, canvas: Canvas) -> Axes:
    """Draw the minimal networks and the band of all optimal functions, or the fit: see ``draw`` of the optimum.

    >>> from reluexact import Dataset, optimal_set, solve
    >>> axes = plot(optimal_set(solve(Dataset(X=[[2, 0], [-1, 1]], y=[1, 1]), penalty=1)), Canvas())
    >>> [one.get_ylabel() for one in axes.figure.axes]
    ['fitted', 'residual, target - fitted']
    """
    count = len(best.vertices)
    if not count:
        return draw(best.optimum, [best.optimum.network], "an optimal function", canvas)
    networks = [network(best, vertex) for vertex in best.vertices[: MOST if count <= MOST else 1]]
    name = "the optimal function" if count == 1 else f"one of fewest neurons, {best.vertices[0].width}"
    return draw(best.optimum, networks, name, canvas, band_of_set(best))


def band_of_set(best: OptimalSet) -> Band:
    """Return the lowest and the highest optimal function of one feature, all changes of slope included; empty for others."""
    if len(best.vertices) < 2 or view_of(best.optimum) != "function":
        return ()
    data = best.optimum.data.given
    low, high = range_of(data)
    kinks = [kink_of([entry.middle for entry in neuron.direction]) for neuron in best.neurons]
    places = sorted({low, *(place for place in kinks if place is not None and low < place < high), high})
    rest = (Fraction(1),) * (data.d - 1)
    values = [[value.middle for value in vertex_values(best, (place, *rest))] for place in places]
    return envelope(places, list(zip(*values, strict=True)))


def plot_polytope(best: OptimalSet, canvas: Canvas) -> Axes:
    """Draw the polytope of the amounts, dimensions 1 to 3: a vertex is a minimal network, a facet an amount that is 0.

    >>> from reluexact import Dataset, optimal_set, solve
    >>> toy = optimal_set(solve(Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1]), penalty=1))
    >>> plot_polytope(toy, Canvas()).get_title(loc="left")
    'All optimal networks: dimension 1, 2 vertices'
    """
    least = best.min_width
    unused = {k: frozenset(v for v, vertex in enumerate(best.vertices) if k not in vertex.support) for k in best.facets}
    drawn = Drawn(
        title=f"All optimal networks: dimension {best.dimension}, {len(best.vertices):,} vertices",
        dimension=best.dimension or 0,
        vertices=[[float(amount.middle) for amount in vertex.amounts] for vertex in best.vertices],
        names=[_name(place, vertex.support) for place, vertex in enumerate(best.vertices)],
        facets=[(f"neuron {k} unused", face) for k, face in unused.items()],
        chosen=frozenset(v for v, vertex in enumerate(best.vertices) if vertex.width == least),
        why=f"fewest neurons, {least}",
    )
    return polytope(drawn, canvas)


def _name(place: int, support: tuple[int, ...]) -> str:
    """Write which neurons a vertex uses, where these are few."""
    return f"vertex {place}\nneurons {', '.join(map(str, support))}" if len(support) <= MOST_NAMED else f"vertex {place}"
