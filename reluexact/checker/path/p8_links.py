"""P8: at an event both sides end at the same penalty, because the richer side's solution there is the other's."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..document import Item
from ..linear import dot, left_inverse
from ..network.o1_structure import opposite
from ..network.o7_tight_leaves import o7_multipliers
from ..quantities import ONE, ZERO, Matrix
from .p3_signs import Pairs, value_at
from .p8_cross import off_side, p8_crossed
from .p8_followers import p8_followers
from .p8_spans import nested, p8_reached, p8_whole
from .p8_ties import new_ties, p8_tied, tie_events, tight, watcher
from .p9_symmetry import p9_symmetry
from .polynomials import slope_size, value
from .segment import Flag, Segment

RICHER = {"enter": 1, "leave": 0, "meet": 0, "part": 1, "pairing-begins": 1, "pairing-ends": 0}
"""Which side is the richer one: 0 the upper, 1 the lower; where a neuron crosses a wall that on which its gate is -."""
QUANTITY = {
    "cross": "gate",
    "enter": "amount",
    "leave": "amount",
    "meet": "gate",
    "part": "gate",
    "pairing-begins": "slack",
    "pairing-ends": "slack",
}
EVENTS = {
    "cross": "crosses",
    "enter": "enters",
    "leave": "leaves",
    "meet": "meets",
    "part": "parts",
    "pairing-begins": "pairs",
    "pairing-ends": "unpairs",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One event: sign and gate of the neuron, the row of the wall or None."""

    event: str
    sign: int
    gate: str
    wall: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a block of the poorer side comes from: a neuron of the richer one (block, or partner), and its amount there."""

    block: int
    turned: bool
    amount: Pairs


def p8_event(upper: Segment, lower: Segment, item: Item) -> tuple[Fraction, Fraction, list[Event]]:
    """P8: return the box of the penalty at which the upper segment ends and the lower one begins, and what happens there."""
    kind_item, low_item, high_item, symmetry = item.fields("kind", "low", "high", "symmetry")
    kind, low, high = kind_item.text(), low_item.number(), high_item.number()
    for segment in (upper, lower):
        if not segment.low <= low <= high <= segment.high:
            raise item.reject("P8: the box of the event does not lie in both segments")
    side, ends = RICHER[kind] if kind in RICHER else off_side(upper, lower, item), ("low", "high")
    rich, poor = ((upper, lower), (lower, upper))[side]
    rich_end, poor_end = ends[side], ends[1 - side]
    tied = p8_tied(rich, poor, rich_end, kind == "cross", item)
    flags = [(entry, flag) for entry, flag in rich.flags if flag[0] == rich_end and flag not in tied]
    flags = p8_followers(rich, poor, QUANTITY[kind], flags, item)
    if kind.startswith("pairing") and len(flags) > 1:
        raise item.reject("P8: pairing begins or ends with one unknown s")
    sources = p8_sources(rich, poor, [flag for _, flag in flags], kind == "cross", item)
    for entry, flag in flags:
        p8_zero(rich, entry, flag, (low, high))
    if len(flags) > 1:
        p9_symmetry(rich, [flag for _, flag in flags], symmetry)
    elif symmetry.entries():
        raise symmetry.reject("P8: a symmetry is for several quantities")
    p8_same_solution(rich, poor, p8_map(rich, poor, sources, item), (low, high), item)
    p8_poor_flags(rich, poor, poor_end, [flag for _, flag in flags], sources, kind == "cross", item)
    told = (
        (upper, [flag for _, flag in upper.flags if flag[0] == "low"]) if kind == "cross" else (rich, [flag for _, flag in flags])
    )
    events = [event for flag in told[1] for event in events_of(told[0], flag, EVENTS[kind])]
    events = [event for event in events if event.wall is not None or not tight(poor, event.sign, event.gate)]
    events += [Event(name, neuron.sign, neuron.gate, None) for name, neuron in tie_events(rich, poor, side)]
    return low, high, events


def p8_zero(rich: Segment, item: Item, flag: Flag, box: tuple[Fraction, Fraction]) -> None:
    """P8a: the quantity is not negative at the end of the box on its segment's side, and not positive at the other."""
    good, bad = (box[1], box[0]) if flag[0] == "low" else box
    if value_at(rich, item, flag, good)[0] < 0 or value_at(rich, item, flag, bad)[1] > 0:
        raise item.reject("P8: the flagged quantity is not proved to change its sign in the box of the event")


def vanished(rich: Segment, flags: list[Flag]) -> set[int]:
    """Return the neurons of the richer side that have no amount at the event."""
    gone: set[int] = set()
    for _, what, index, _, _ in flags:
        if what == "amount":
            gone |= {index, *([rich.partners[index]] if index in rich.partners else [])}
        if what == "slack":
            gone |= {vanishing_mate(rich, k) for k in hanging(rich, index)}
    return gone


def hanging(rich: Segment, j: int) -> list[int]:
    """Return the pairs that hang on an unknown s."""
    return [k for k, part in enumerate(rich.parts) if part.hang == j]


def vanishing_mate(rich: Segment, k: int) -> int:
    """Return which neuron of a hanging pair vanishes with s: the partner, or the neuron itself."""
    part = rich.parts[k]
    if (part.share, part.slack > 0) not in ((ZERO, True), (ONE, False)):
        raise rich.neurons[k].item.reject("P8: a pair on the flagged unknown has share 0 and slack > 0, or share 1 and slack < 0")
    return rich.partners[k] if part.share == 0 else k


def p8_sources(rich: Segment, poor: Segment, flags: list[Flag], crosses: bool, item: Item) -> list[Source]:
    """P8b: the poorer side's blocks are those neurons of the richer side that have an amount, each once."""
    gone, walls = vanished(rich, flags), {(flag[2], flag[3]) for flag in flags if flag[1] == "gate"}
    mates = {mate: k for k, mate in rich.partners.items()}
    wanted = {after(rich, n, mates.get(n, n), walls, crosses): n for n in range(rich.carriers) if n not in gone}
    sources, used = [], set()
    for k, part in enumerate(poor.parts):
        neuron = poor.neurons[k]
        n = wanted.get((neuron.sign, neuron.gate), -1)
        if n < 0 or n in used:
            raise item.reject(f"P8: block {k} of the poorer side is no neuron of the richer one")
        block = mates.get(n, n)
        used.add(n)
        if part.paired:
            mate = rich.partners.get(block, -1) if n == block else -1
            if mate < 0 or mate in gone or (part.share, part.slack) != (rich.parts[block].share, rich.parts[block].slack):
                raise item.reject(f"P8: block {k} of the poorer side is not a pair with the same share of the richer one")
            used.add(mate)
        sources.append(Source(block, n != block, amount_of(rich, n, block, gone, part.paired)))
    if used != {n for n in range(rich.carriers) if n not in gone}:
        raise item.reject("P8: a neuron of the richer side with an amount is not on the poorer side")
    return sources


def after(rich: Segment, n: int, block: int, walls: set[tuple[int, int]], crosses: bool) -> tuple[int, str]:
    """Return sign and gate of a neuron of the richer side at the event: at flagged walls 0, or the opposite where it crosses."""
    wall_of = rich.walls.wall_of
    letters = zip(rich.neurons[n].gate, wall_of, strict=True)
    gate = "".join((opposite(letter) if crosses else "0") if (block, wall) in walls else letter for letter, wall in letters)
    return rich.neurons[n].sign, gate


def amount_of(rich: Segment, n: int, block: int, gone: set[int], paired: bool) -> Pairs:
    """Return the amount of a neuron of the richer side at the event (vanished ones have none), that of a pair if it stays one."""
    whole = [(rich.beta(block), ONE)]
    if paired or block not in rich.partners or gone & {block, rich.partners[block]}:
        return whole
    part = rich.partner_part(block)
    return part if n != block else whole + [(place, -factor) for place, factor in part]


def p8_map(rich: Segment, poor: Segment, sources: list[Source], item: Item) -> list[Pairs]:
    """P8b: return each unknown of the poorer side as a combination of those of the richer one."""
    nus: list[Pairs] = []
    betas: list[Pairs] = []
    slacks: dict[int, int] = {}
    for k, source in enumerate(sources):
        mine, theirs = poor.neurons[k].basis, rich.neurons[source.block].basis
        dual, gates = left_inverse(mine) or [], (poor.neurons[k].gate, source_gate(rich, source))
        lost = int(gates[0].count("0") > gates[1].count("0"))
        fits = len(mine) == len(theirs) - lost or (gates[0] == gates[1] and p8_reached(poor, k, mine, theirs))
        whole = p8_whole(poor, gates[0], mine) and p8_whole(rich, gates[1], theirs)
        if not whole and not (fits and nested(mine, theirs)):
            raise item.reject(f"P8: the span of block {k} of the poorer side is not that of the richer one")
        places = rich.block_places(source.block, rich.blocks[source.block])
        turn = -1 if source.turned else 1
        nus += [[(place, turn * dot(row, vector)) for place, vector in zip(places, theirs, strict=True)] for row in dual]
        betas.append(source.amount)
        mine_hang, their_hang = poor.parts[k].hang, rich.parts[source.block].hang
        if mine_hang >= 0 and slacks.setdefault(mine_hang, their_hang) != their_hang:
            raise item.reject("P8: pairs that hang on one unknown hang on two of the richer side")
    if set(slacks) != set(range(len(poor.lineality))) or len(set(slacks.values())) < len(slacks):
        raise item.reject("P8: an unknown s of the poorer side is none of the richer one")
    if not nested(images(poor), images(rich)):
        raise item.reject("P8: the lineality of the poorer side is not in that of the richer one")
    return [*nus, *betas, *([(rich.s(slacks[j]), ONE)] for j in range(len(slacks)))]


def source_gate(rich: Segment, source: Source) -> str:
    """Return the gate of the neuron that a block comes from."""
    gate = rich.neurons[source.block].gate
    return opposite(gate) if source.turned else gate


def images(segment: Segment) -> Matrix:
    """Return X L."""
    return [[dot(row, vector) for row in segment.problem.X] for vector in segment.lineality]


def p8_same_solution(rich: Segment, poor: Segment, table: list[Pairs], box: tuple[Fraction, Fraction], item: Item) -> None:
    """P8c: on the box the richer side's solution, mapped, lies where the poorer side has one solution only."""
    middle = (box[0] + box[1]) / 2
    places = [(segment.place_of(middle), (box[1] - box[0]) / 2 / segment.penalty[1]) for segment in (rich, poor)]
    for pairs, own, unique in zip(table, poor.curve, poor.unique, strict=True):
        theirs = rich.polynomial(pairs)
        gap = abs(value(theirs, places[0][0]) - value(own, places[1][0]))
        gap += slope_size(theirs) * places[0][1] + slope_size(own) * places[1][1]
        if gap + rich.spread(pairs, rich.radii) > unique:
            raise item.reject("P8: the solution of the richer side is not proved to be that of the poorer one")


def p8_poor_flags(
    rich: Segment, poor: Segment, end: str, flags: list[Flag], sources: list[Source], crosses: bool, item: Item
) -> None:
    """P8d: the poorer side has flagged exactly what vanishes because it has this solution."""
    found = [flag for _, flag in poor.flags if flag[0] == end]
    wanted: set[Flag] = p8_crossed(rich, end, flags, [source.block for source in sources], item) if crosses else set()
    for _, what, index, _, _ in [] if crosses else flags:
        if what == "gate":
            wanted.add(p8_tau(rich, poor, end, index, [flag[3] for flag in flags if flag[2] == index], sources, item))
        else:
            gone = [rich.neurons[n] for n in sorted(vanished(rich, [("", what, index, -1, "")]))]
            wanted |= {(end, "watched", watcher(poor, one, item), -1, "") for one in gone if not tight(poor, one.sign, one.gate)}
    wanted |= {(end, "watched", watcher(poor, rich.neurons[n], item), -1, "") for n in new_ties(rich, poor)}
    if set(found) != wanted or not wanted:
        raise item.reject(
            "P8: the poorer side must have flagged what vanishes with the richer side's quantities, and nothing else"
        )


def p8_tau(rich: Segment, poor: Segment, end: str, index: int, met: list[int], sources: list[Source], item: Item) -> Flag:
    """P8d, walls: return the multiplier that vanishes; its equations hold on the richer side, too (poorer one: P6)."""
    k = next(k for k, source in enumerate(sources) if source.block == index)
    gate, heads = rich.neurons[index].gate, rich.walls.heads
    walls = [h for h, head in enumerate(heads) if gate[head] == "0"]
    if o7_multipliers(rich, rich.views[-1], rich.neurons[index], walls, {}, {}) is None:
        raise item.reject("P8: the multipliers of the walls of a block of the richer side are not known")
    sides = {wall: "on" if gate[heads[wall]] == "+" else "off" for wall in met}
    for _, flag in poor.flags:
        if flag[:3] == (end, "tau", k) and {flag[3]: flag[4], **poor.others.get(flag, {})} == sides:
            return flag
    raise item.reject("P8: the poorer side must have flagged the multiplier that vanishes with the gates of a block")


def events_of(rich: Segment, flag: Flag, name: str) -> list[Event]:
    """Say what happens: one event for each neuron, or for each pair that hangs on the slack."""
    heads = rich.walls.heads
    if flag[1] == "slack":
        mates = [rich.neurons[vanishing_mate(rich, k)] for k in hanging(rich, flag[2])]
        return [Event(name, mate.sign, mate.gate, None) for mate in mates]
    neuron = rich.neurons[flag[2]]
    wall = heads[flag[3]] if flag[1] == "gate" else None
    found = [Event(name, neuron.sign, neuron.gate, wall)]
    if flag[2] in rich.partners:
        mate = rich.neurons[rich.partners[flag[2]]]
        found.append(Event(name, mate.sign, mate.gate, wall))
    return found
