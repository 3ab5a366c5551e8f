"""P2: segments are read, and their structure is well formed."""

from __future__ import annotations

import re
from fractions import Fraction

from ..document import LARGE, Item
from ..linear import dot, left_inverse
from ..network.o1_structure import o2_gates, opposite
from ..network.proof import Neuron
from ..network.views import View
from ..problem import Problem
from ..quantities import ONE, Matrix, Vector
from .segment import Block, Flag, Segment

MAX_DEGREE = 64
SEGMENT = ("low", "high", "blocks", "lineality", "watched", "coefficients", "unique", "radius", "slope")
REST = ("preconditioner", "vanishing", "positive", "negative")


def p2_segment(problem: Problem, view: View, item: Item) -> Segment:
    """Read a segment and check its structure."""
    low_item, high_item, blocks_item, lineality_item, watched_item, *numbers, system, flags_item, positive, negative = (
        item.fields(*SEGMENT, *REST)
    )
    low, high = p2_interval(low_item, high_item)
    lineality = [entry.vector(len(problem.X[0])) for entry in lineality_item.entries()]
    blocks, parts = p2_blocks(problem, blocks_item, len(lineality))
    mates = [k for k, part in enumerate(parts) if part.paired]
    partners = [partner_of(blocks[k], k) for k in mates]
    watched = [p2_neuron(problem, entry, entry.fields("sign", "gate", "basis"), "watched") for entry in watched_item.entries()]
    size = sum(len(block.basis) + 1 for block in blocks) + len(lineality)
    coefficients, unique, radius, slope = numbers
    flags, others = p2_flags(view, flags_item)
    segment = Segment(
        problem=problem,
        views={-1: view},
        neurons=[*blocks, *partners, *watched],
        lineality=lineality,
        evidence={"preconditioner": system, "positive": positive, "negative": negative},
        midpoint=[],
        radius=ONE,
        low=low,
        high=high,
        parts=parts,
        partners={k: len(blocks) + place for place, k in enumerate(mates)},
        coordinates=p2_coordinates(problem, blocks, lineality, lineality_item),
        curve=p2_curve(coefficients, size),
        unique=p2_bounds(unique, size, positive=True),
        radii=p2_bounds(radius, size, positive=False),
        slope=p2_bounds(slope, size, positive=False),
        flags=flags,
        others=others,
        item=item,
    )
    p2_gates(segment)
    return segment


def p2_interval(low_item: Item, high_item: Item) -> tuple[Fraction, Fraction]:
    """P2, the penalties of a segment."""
    low, high = low_item.number(), high_item.number()
    if not 0 < low < high:
        raise low_item.reject("P2: penalties 0 < low < high are expected here")
    return low, high


def p2_blocks(problem: Problem, item: Item, lines: int) -> tuple[list[Neuron], list[Block]]:
    """P2, the blocks; lines: the number of unknowns s."""
    blocks, parts = [], []
    for entry in item.entries():
        sign, gate, basis, *part = entry.fields("sign", "gate", "basis", "paired", "share", "slack", "hang")
        parts.append(p2_part(lines, *part))
        blocks.append(p2_neuron(problem, entry, [sign, gate, basis], "pair" if parts[-1].paired else "free"))
    return blocks, parts


def partner_of(block: Neuron, k: int) -> Neuron:
    """Return the opposite of a paired block."""
    return Neuron(block.item, block.sign, opposite(block.gate), [], k, None, "partner", block.basis)


def p2_curve(item: Item, size: int) -> Matrix:
    """P2, the polynomials of the unknowns."""
    vectors = [entry.vector(size) for entry in item.entries()]
    if not 1 <= len(vectors) <= MAX_DEGREE + 1:
        raise item.reject(f"P2: from 1 to {MAX_DEGREE + 1} coefficients are expected here")
    return [list(entries) for entries in zip(*vectors, strict=True)]


def p2_part(lines: int, paired: Item, share_item: Item, slack_item: Item, hang: Item) -> Block:
    """P2, how a pair shares its amount."""
    if not isinstance(paired.value, bool):
        raise paired.reject("P2: true or false is expected here")
    share, slack = share_item.number(), slack_item.number()
    place = -1 if hang.value is None else hang.index(lines)
    if (place < 0) is not (slack == 0):
        raise hang.reject("P2: an unknown s for a slack that is not 0, and for no other")
    if not paired.value and (share or slack):
        raise share_item.reject("P2: a block that is not paired has no share and no slack")
    return Block(paired.value, share, slack, place)


def p2_neuron(problem: Problem, item: Item, fields: list[Item], role: str) -> Neuron:
    """P2, one neuron: sign, gate, and an independent basis of integers."""
    sign, gate, basis_item = fields
    if re.fullmatch(r"[-+0]*", gate.text()) is None or len(gate.text()) != len(problem.X):
        raise gate.reject("P2: one of + - 0 for each row of X is expected here")
    basis = [entry.vector(len(problem.X[0])) for entry in basis_item.entries()]
    if not basis or left_inverse(basis) is None or any(entry.denominator > 1 for vector in basis for entry in vector):
        raise basis_item.reject("P2: independent vectors of integers are expected here")
    return Neuron(item, sign.sign("P2: "), gate.text(), [], None, None, role, basis)


def p2_coordinates(problem: Problem, blocks: list[Neuron], lineality: Matrix, item: Item) -> dict[int, Matrix]:
    """P2: ``X B = X L E`` for every pair; return the rows of E, one for each basis vector."""
    images = [[dot(row, vector) for row in problem.X] for vector in lineality]
    dual = left_inverse(images)
    if dual is None:
        raise item.reject("P2: the lineality is dependent modulo the kernel of X")
    table: dict[int, Matrix] = {}
    for k, block in enumerate(blocks):
        if block.role == "pair":
            targets = [[dot(row, vector) for row in problem.X] for vector in block.basis]
            table[k] = [[dot(row, target) for row in dual] for target in targets]
            for target, parts in zip(targets, table[k], strict=True):
                if any(goal != dot(parts, (image[i] for image in images)) for i, goal in enumerate(target)):
                    raise block.item.reject("P2: the pair is not in the span of the lineality")
    return table


def p2_bounds(item: Item, size: int, positive: bool) -> Vector:
    """P2, one of unique, radius, slope."""
    numbers = item.vector(size)
    for entry, number in zip(item.entries(), numbers, strict=True):
        if number < 0 or (positive and not number):
            raise entry.reject(f"P2: {'a positive number' if positive else 'a number that is not negative'} is expected here")
    return numbers


def p2_flags(view: View, item: Item) -> tuple[list[tuple[Item, Flag]], dict[Flag, dict[int, str]]]:
    """P2, the flagged quantities, each once, and which other walls a multiplier goes with."""
    flags: list[tuple[Item, Flag]] = []
    table: dict[Flag, dict[int, str]] = {}
    for entry in item.entries():
        names = ("end", "what", "index", "wall", "side")
        end, what, index, wall, side, *others = (
            entry.fields(*names, "others") if "others" in entry.table() else entry.fields(*names)
        )
        if end.text() not in ("low", "high"):
            raise end.reject('P2: "low" or "high" is expected here')
        if what.text() not in ("amount", "slack", "gate", "tau", "watched"):
            raise what.reject('P2: "amount", "slack", "gate", "tau" or "watched" is expected here')
        place = -1 if wall.value is None else view.walls.wall(wall)
        if (place >= 0) is not (what.value in ("gate", "tau")):
            raise wall.reject("P2: the name of a wall for a gate or a multiplier, null for everything else")
        if (side.value in ("on", "off")) is not (what.value == "tau") or not (side.value is None or what.value == "tau"):
            raise side.reject('P2: "on" or "off" for a multiplier, null for everything else')
        flag = (end.text(), what.text(), index.index(LARGE), place, side.text() if side.value is not None else "")
        if flag in (other for _, other in flags):
            raise entry.reject("P2: this quantity is flagged at this end before")
        flags.append((entry, flag))
        if others:
            table[flag] = p2_others(view, flag, others[0])
    return flags, table


def p2_others(view: View, flag: Flag, item: Item) -> dict[int, str]:
    """P2, the walls whose multipliers stand on a bound while another one vanishes, and on which: "off" is 0, "on" the kink."""
    found = {view.walls.named(name): side for name, side in item.table().items()}
    for wall, side in found.items():
        if flag[1] != "tau" or wall == flag[3] or side.value not in ("on", "off"):
            raise side.reject('P2: "on" or "off" for other walls of a multiplier is expected here')
    return {wall: side.text() for wall, side in found.items()}


def p2_gates(segment: Segment) -> None:
    """P2: bases and gates belong together, and no neuron is listed twice."""
    seen: set[tuple[int, str]] = set()
    for neuron in segment.neurons:
        if (neuron.sign, neuron.gate) in seen:
            raise neuron.item.reject("P2: a neuron with the same sign and gate is listed before")
        seen.add((neuron.sign, neuron.gate))
        o2_gates(segment, neuron)
