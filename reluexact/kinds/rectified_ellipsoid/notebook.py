"""What notebooks show of the rectified ellipsoid."""

from __future__ import annotations

from reluexact.kinds.interpolation import notebook as interpolation
from reluexact.kinds.page import PLACES, Page, Pages, page_by_class, tables_of
from reluexact.kinds.rectified_ellipsoid.claim import CoordinateNeuron, HullMembership, RectifiedEllipsoid, SupportValue
from reluexact.kinds.rectified_ellipsoid.views import support_grids, support_pairs
from reluexact.terminal.problem import data_line
from reluexact.terminal.text import proved


def page(claim: object) -> Page:
    """Show the set, how far it reaches, or whether a point belongs to its hull."""
    pages: Pages = {RectifiedEllipsoid: _set, SupportValue: _support, CoordinateNeuron: _coordinate, HullMembership: _membership}
    return page_by_class(claim, pages)


def _set(ellipsoid: RectifiedEllipsoid) -> Page:
    return [("rectified ellipsoid", repr(ellipsoid)), ("data", data_line(ellipsoid.data))], []


def _support(found: SupportValue) -> Page:
    neurons = support_grids(found, ())[:1] if found.maximisers else []
    return support_pairs(found, "", PLACES), tables_of(*neurons)


def _coordinate(found: CoordinateNeuron) -> Page:
    pairs = [("row", str(found.row)), ("hidden bias", found.hidden_bias), ("reach", proved(found.value, PLACES))]
    direction = found.neuron
    return [*pairs, *([] if direction is None else [("neuron", ", ".join(proved(entry, PLACES) for entry in direction))])], []


def _membership(found: HullMembership) -> Page:
    pairs, tables = interpolation.page(found.gauge)
    return [("in the hull", f"{found.status.name}{': ' if found.reason else ''}{found.reason}"), *pairs], tables
