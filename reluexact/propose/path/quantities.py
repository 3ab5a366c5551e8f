"""What has to stay positive while a structure lasts: amounts, slacks, heights over walls, multipliers of walls; in floats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reluexact.propose.path.smooth import Smooth
from reluexact.propose.types import Floats


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """what: amount, slack, above (the rest of a pair's amount), gate or tau; index: of the block, or of the slack."""

    what: str
    index: int
    hyperplane: int = -1
    side: str = ""


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
        multipliers, kinks = wall_multipliers(smooth, k, z, theta)
        for hyperplane, tau, kink in zip(inside.zeros, multipliers, kinks, strict=True):
            scale = rows.lengths[hyperplane] / penalty
            yield Quantity("tau", k, hyperplane, "off"), -float(tau) * scale
            yield Quantity("tau", k, hyperplane, "on"), float(tau - kink) * scale


def wall_multipliers(smooth: Smooth, k: int, z: Floats, theta: Floats) -> tuple[Floats, Floats]:
    """Return what each wall that a block lies on adds to its pull, and the kinks there, which bound it on the other side."""
    rows, inside = smooth.rows, smooth.blocks[k]
    walls = np.array(inside.zeros, dtype=np.intp)
    off = np.isin(rows.owner, walls) & (rows.factor < 0)
    on = rows.strictly_on(inside.block.gate) + off
    pull = inside.block.sign * rows.X.T @ (on * theta)
    rest = smooth.vector(k, z) - pull
    multipliers = np.linalg.lstsq(rows.normals[walls].T, rest, rcond=None)[0]
    return np.asarray(multipliers), np.asarray(rows.kinks(theta, inside.block.sign)[walls])
