"""What has to stay positive while a structure lasts: amounts, slacks, heights over walls, multipliers of walls; in floats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reluexact.propose.path.smooth import Smooth
from reluexact.propose.types import Floats


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """what: amount, slack, above (the rest of a pair's amount), gate or tau; index: of the block, or of the slack.

    others: hyperplanes that a neuron on dependent ones leaves together with this one, each with its side.
    """

    what: str
    index: int
    hyperplane: int = -1
    side: str = ""
    others: tuple[tuple[int, str], ...] = ()


def quantities(smooth: Smooth, z: Floats, penalty: float) -> list[tuple[Quantity, float]]:
    """Return every quantity with its value, on scales on which 1 is large."""
    return [*_amounts(smooth, z), *_gates(smooth, z, penalty), *_multipliers(smooth, z, penalty)]


def _amounts(smooth: Smooth, z: Floats) -> Iterator[tuple[Quantity, float]]:
    count = len(smooth.blocks)
    amounts = z[smooth.count : smooth.count + count]
    top = float(np.max(np.abs(amounts), initial=0.0)) or 1.0
    for k in range(count):
        yield Quantity("amount", k), float(amounts[k]) / top
    for k, block in enumerate(smooth.shape.blocks):
        if block.paired and block.hang is not None:
            part = smooth.partner(k, z)
            yield Quantity("partner", k), part / top
            yield Quantity("above", k), float(amounts[k] - part) / top


def _gates(smooth: Smooth, z: Floats, penalty: float) -> Iterator[tuple[Quantity, float]]:
    rows = smooth.rows
    for k, block in enumerate(smooth.shape.blocks):
        heights = rows.normals @ smooth.vector(k, z) / (rows.lengths * penalty)
        for hyperplane, (gate, height) in enumerate(zip(block.gate, heights.tolist(), strict=True)):
            if gate:
                yield Quantity("gate", k, hyperplane), gate * height


def _multipliers(smooth: Smooth, z: Floats, penalty: float) -> Iterator[tuple[Quantity, float]]:
    rows, theta = smooth.rows, smooth.theta(z)
    for k, inside in enumerate(smooth.blocks):
        if not inside.zeros:
            continue
        if inside.edges:
            yield from _edges(smooth, k, z, theta, penalty)
            continue
        multipliers, kinks = wall_multipliers(smooth, k, z, theta)
        for hyperplane, tau, kink in zip(inside.zeros, multipliers, kinks, strict=True):
            scale = rows.lengths[hyperplane] / penalty
            yield Quantity("tau", k, hyperplane, "off"), -float(tau) * scale
            yield Quantity("tau", k, hyperplane, "on"), float(tau - kink) * scale


def wall_multipliers(smooth: Smooth, k: int, z: Floats, theta: Floats) -> tuple[Floats, Floats]:
    """Return what each wall that a block lies on adds to its pull, and the kinks there, which bound it on the other side."""
    rows, rest = smooth.rows, _rest(smooth, k, z, theta)
    walls = np.array(smooth.blocks[k].zeros, dtype=np.intp)
    multipliers = np.linalg.lstsq(rows.normals[walls].T, rest, rcond=None)[0]
    return np.asarray(multipliers), np.asarray(rows.kinks(theta, smooth.blocks[k].block.sign)[walls])


def _rest(smooth: Smooth, k: int, z: Floats, theta: Floats) -> Floats:
    """Return what the walls of a block have to add to its pull, with their rows off."""
    rows, inside = smooth.rows, smooth.blocks[k]
    off = np.isin(rows.owner, np.array(inside.zeros, dtype=np.intp)) & (rows.factor < 0)
    on = rows.strictly_on(inside.block.gate) + off
    return np.asarray(smooth.vector(k, z) - inside.block.sign * rows.X.T @ (on * theta))


def _edges(smooth: Smooth, k: int, z: Floats, theta: Floats, penalty: float) -> Iterator[tuple[Quantity, float]]:
    """Yield what pulls a neuron on dependent walls back to them, on every edge on which it may leave some of them."""
    rest, kinks = _rest(smooth, k, z, theta), smooth.rows.kinks(theta, smooth.blocks[k].block.sign)
    for edge in smooth.blocks[k].edges:
        lost = sum(kinks[wall] * height for wall, height in edge.left if height > 0)
        sides = tuple((wall, "on" if height > 0 else "off") for wall, height in edge.left)
        (wall, side), others = sides[0], sides[1:]
        yield Quantity("tau", k, wall, side, others), float(rest @ edge.direction - lost) / penalty
