"""Where the nodes of a graph stand in its picture: the height is the objective, the column the width, and no two overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SIZE = 26.0
"""What a node needs, across and up, in units of the picture."""

HEIGHT, SHAPE = 520.0, 0.5
"""The least height, and that of a wide picture as a share of its width."""
TOP, BOTTOM, LEFT, RIGHT, GAP = 28.0, 56.0, 84.0, 12.0, 26.0
LEAST = 520.0
"""The least width; narrow columns stand farther apart then."""

POWER = 1 / 3
"""Heights grow with this power of the excess over the least value: small differences among good nodes stay visible."""

TICKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """places: x and y of each node. columns: the middle of the column of each width. levels: heights with their values."""

    width: float
    height: float
    places: tuple[tuple[float, float], ...]
    columns: tuple[tuple[float, int], ...]
    levels: tuple[tuple[float, float], ...]


def layout(nodes: Sequence[tuple[float, int]]) -> Layout:
    """Place nodes, each a value and a width; within a column they are shifted sideways only as far as they would overlap.

    A picture that becomes wide is made higher, and needs less width then.

    >>> layout([(9.0, 0), (1.0, 1), (1.0, 1)]).places
    ((183.5, 28.0), (382.5, 464.0), (408.5, 464.0))
    """
    first = _placed(nodes, HEIGHT)
    return first if first.width * SHAPE <= HEIGHT else _placed(nodes, round(first.width * SHAPE))


def _placed(nodes: Sequence[tuple[float, int]], height: float) -> Layout:
    """Place nodes in a picture of this height."""
    room = height - BOTTOM - TOP
    values = [value for value, _ in nodes]
    low, span = min(values), max(values) - min(values) or 1.0
    ups = [height - BOTTOM - room * ((value - low) / span) ** POWER for value in values]
    columns: dict[int, list[int]] = {}
    for k, (_, width) in enumerate(nodes):
        columns.setdefault(width, []).append(k)
    ordered = {width: sorted(columns[width], key=lambda k: (ups[k], k)) for width in sorted(columns)}
    slots = {width: _slots([ups[k] for k in members]) for width, members in ordered.items()}
    counts = {width: max(taken) + 1 for width, taken in slots.items()}
    gap = max(GAP, (LEAST - LEFT - RIGHT - SIZE * sum(counts.values())) / len(counts))
    xs, middles, left = [0.0] * len(nodes), [], LEFT + gap / 2
    for width, members in ordered.items():
        for k, slot in zip(members, slots[width], strict=True):
            xs[k] = left + SIZE * (slot + 0.5)
        middles.append((left + SIZE * counts[width] / 2, width))
        left += SIZE * counts[width] + gap
    levels = [(low + span * (step / (TICKS - 1)) ** 3) for step in range(TICKS)]
    heights = [height - BOTTOM - room * step / (TICKS - 1) for step in range(TICKS)]
    return Layout(
        width=round(left - gap / 2 + RIGHT, 2),
        height=height,
        places=tuple((round(x, 2), round(y, 2)) for x, y in zip(xs, ups, strict=True)),
        columns=tuple(middles),
        levels=tuple((round(up, 2), level) for up, level in zip(heights, levels, strict=True)),
    )


def _slots(ups: Sequence[float]) -> list[int]:
    """Give each node, from top to bottom, the first slot whose last node is far enough above.

    >>> _slots([0.0, 10.0, 40.0])
    [0, 1, 0]
    """
    lowest: list[float] = []
    slots = []
    for up in ups:
        free = next((slot for slot, last in enumerate(lowest) if up - last >= SIZE), len(lowest))
        if free == len(lowest):
            lowest.append(up)
        lowest[free] = up
        slots.append(free)
    return slots
