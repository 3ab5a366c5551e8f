"""P3, P4, P6: amounts, gates and watched neurons on a whole segment, and the quantities that vanish at an end of it."""

from __future__ import annotations

from fractions import Fraction
from operator import mul

from ..document import Item
from ..linear import dot, whole_numbers
from ..network.o5_directions import pull_weights
from ..network.o7_tight_leaves import kink, o7_multipliers
from ..quantities import ONE, ZERO, Interval, Vector
from ..radicals import Form
from .polynomials import add, bounds, combine, derivative, product, size, value
from .segment import Flag, Segment

Pairs = list[tuple[int, Fraction]]


def known_positive(segment: Segment, pairs: Pairs) -> bool:
    """Prove that a combination of unknowns is positive on the whole interval."""
    points, unit = segment.control
    factors, under = whole_numbers([factor for _, factor in pairs])
    rows = [points[place] for place, _ in pairs]
    least = min((sum(map(mul, factors, point)) for point in zip(*rows, strict=True)), default=0)
    return Fraction(least, under * unit) > segment.spread(pairs, segment.radii)


def p3_signs(segment: Segment) -> None:
    """P3: amounts are positive, and gates hold, but for what is flagged."""
    flagged = {(what, index, wall) for _, (_, what, index, wall, _) in segment.flags}
    good = {segment.beta(k) for k in range(segment.count) if ("amount", k, -1) in flagged}
    good |= {segment.s(j) for j in range(len(segment.lineality)) if ("slack", j, -1) in flagged}
    good |= {place for place in range(segment.omegas, len(segment.curve)) if known_positive(segment, [(place, ONE)])}
    for k, part in enumerate(segment.parts):
        item = segment.neurons[k].item
        if segment.beta(k) not in good:
            raise item.reject("P3: the amount is not proved to be positive")
        if part.paired:
            theirs = segment.partner_part(k)
            ours = [(place, -factor) for place, factor in theirs if place != segment.beta(k)]
            ours += [(segment.beta(k), 1 - part.share)] if part.share != 1 else []
            for name, pairs in (("the partner", theirs), ("the neuron", ours)):
                mean = pairs and all(factor > 0 and place in good for place, factor in pairs)
                if not mean and not known_positive(segment, pairs):
                    raise item.reject(f"P3: the part of the amount that {name} has is not proved to be positive")
        for wall, head in enumerate(segment.walls.heads):
            gate = segment.neurons[k].gate[head]
            if gate != "0" and ("gate", k, wall) not in flagged and not known_positive(segment, gate_pairs(segment, k, wall)):
                raise item.reject(f"P3: the gate of row {head} is not proved")
        if len(segment.neurons[k].basis) == 1 and not sure_sign(segment, segment.blocks[k]):
            raise item.reject("P3: the sign of nu is not proved")


def sure_sign(segment: Segment, place: int) -> bool:
    """Prove the sign of an unknown that is never 0: at t = 0."""
    return abs(segment.curve[place][0]) > segment.radii[place]


def gate_pairs(segment: Segment, k: int, wall: int) -> Pairs:
    """Return ``n_h.v_k``, positive where the gate holds, as a combination of unknowns."""
    side = 1 if segment.neurons[k].gate[segment.walls.heads[wall]] == "+" else -1
    return segment.speed(k, [side * entry for entry in segment.walls.normals[wall]])


def p4_watched(segment: Segment) -> None:
    """P4: a watched neuron that is not flagged stays below the penalty."""
    flagged = {index for _, (_, what, index, _, _) in segment.flags if what == "watched"}
    flows = segment.flows
    for number, neuron in enumerate(segment.neurons[segment.active :]):
        if number in flagged:
            continue
        forms = pull_forms(segment, segment.active + number)
        for point, b in zip(flows.points, flows.penalties, strict=True):
            total = ZERO
            for form in forms:
                middle = dot(form.coefficients, (Fraction(entry, flows.unit) for entry in point)) + form.constant.get(1, ZERO)
                total += (abs(middle) + dot(map(abs, form.coefficients), flows.errors)) ** 2
            if total >= b * b:
                raise neuron.item.reject("P4: a watched neuron is not proved to stay below the penalty")


def pull_forms(segment: Segment, k: int) -> list[Form]:
    """Return the entries of ``s P X'D theta`` of a neuron."""
    return [segment.form(weights) for weights in pull_weights(segment, segment.neurons[k])]


def p6_vanishing(segment: Segment) -> None:
    """P6: each flagged quantity rises from the end `low`, or falls towards the end `high`, on the whole interval."""
    for item, flag in segment.flags:
        low, high = derivative_of(segment, item, flag)
        if not (low > 0 if flag[0] == "low" else high < 0):
            raise item.reject("P6: the flagged quantity is not proved to be monotone")


def derivative_of(segment: Segment, item: Item, flag: Flag) -> Interval:
    """Enclose the derivative in t of a flagged quantity."""
    if flag[1] == "watched":
        return watched_derivative(segment, item, flag)
    if flag[1] == "tau":
        return form_derivative(segment, p6_tau(segment, item, flag))
    pairs = linear_pairs(segment, item, flag)
    low, high = bounds(derivative(segment.polynomial(pairs)))
    spread = segment.spread(pairs, segment.slope)
    return low - spread, high + spread


def value_at(segment: Segment, item: Item, flag: Flag, b: Fraction) -> Interval:
    """Enclose a flagged quantity at one penalty."""
    t = segment.place_of(b)
    if flag[1] == "watched":
        forms = [form_at(segment, form, b) for form in pull_forms(segment, watched_place(segment, item, flag))]
        most = sum((max(abs(low), abs(high)) ** 2 for low, high in forms), ZERO)
        least = sum((max(low, -high, ZERO) ** 2 for low, high in forms), ZERO)
        return (b * b - most) / 2, (b * b - least) / 2
    if flag[1] == "tau":
        return form_at(segment, p6_tau(segment, item, flag), b)
    pairs = linear_pairs(segment, item, flag)
    middle, spread = value(segment.polynomial(pairs), t), segment.spread(pairs, segment.radii)
    return middle - spread, middle + spread


def form_at(segment: Segment, form: Form, b: Fraction) -> Interval:
    """Enclose a form at one penalty."""
    flows, ((low, high), rate) = segment.flows, segment.split_constant(form.constant)
    middle = sum(
        (f * value(curve, segment.place_of(b)) for f, curve in zip(form.coefficients, flows.curve, strict=True) if f), ZERO
    )
    spread = dot(map(abs, form.coefficients), flows.errors)
    return middle + low + b * rate[0] - spread, middle + high + b * rate[1] + spread


def watched_place(segment: Segment, item: Item, flag: Flag) -> int:
    """Return the number of a watched neuron among all."""
    if flag[2] >= len(segment.neurons) - segment.active:
        raise item.reject("P6: there is no watched neuron of this number")
    return segment.active + flag[2]


def linear_pairs(segment: Segment, item: Item, flag: Flag) -> Pairs:
    """Return an amount, a slack or a gate as a combination of unknowns."""
    _, what, index, wall, _ = flag
    if index >= (len(segment.lineality) if what == "slack" else segment.count):
        raise item.reject("P6: there is no block or no unknown of this number")
    if what == "amount":
        return [(segment.beta(index), ONE)]
    if what == "slack":
        return [(segment.s(index), ONE)]
    if segment.neurons[index].gate[segment.walls.heads[wall]] == "0":
        raise item.reject("P6: the gate is 0")
    return gate_pairs(segment, index, wall)


def p6_tau(segment: Segment, item: Item, flag: Flag) -> Form:
    """P6: the multiplier of a wall of a block, minus its kink for `on`, with the sign that makes it positive."""
    if flag not in segment.taus_flagged:
        _, _, index, wall, _ = flag
        if index >= segment.count:
            raise item.reject("P6: there is no block of this number")
        neuron, others = segment.neurons[index], segment.others.get(flag, {})
        faces = [h for h, head in enumerate(segment.walls.heads) if neuron.gate[head] == "0"]
        if not {wall, *others} <= set(faces):
            raise item.reject("P6: the gate of the wall is not 0")
        form = tau_form(segment, segment, flag)
        if form is None:
            raise item.reject("P6: the multipliers of the walls of the block are not known")
        segment.taus_flagged[flag] = form
    return segment.taus_flagged[flag]


def tau_form(segment: Segment, other: Segment, flag: Flag) -> Form | None:
    """Return a flagged multiplier (`on`: less its kink) with the sign that makes it positive, for theta of another segment.

    None where the multipliers are not known to solve O7b's equation there.
    """
    _, _, index, wall, side = flag
    neuron, given, view = segment.neurons[index], segment.others.get(flag, {}), other.views[-1]
    solve = [h for h, head in enumerate(segment.walls.heads) if neuron.gate[head] == "0" and h not in given]
    taus = o7_multipliers(other, view, neuron, solve, {}, {h: ONE for h, where in given.items() if where == "on"})
    if taus is None:
        return None
    return taus[wall].times(-ONE) if side == "off" else taus[wall].plus(-ONE, other.form(kink(view, neuron.sign, wall)))


def form_derivative(segment: Segment, form: Form) -> Interval:
    """Enclose the derivative in t of a form."""
    flows, rate = segment.flows, segment.split_constant(form.constant)[1]
    low, high = bounds(combine(zip(form.coefficients, map(derivative, flows.curve), strict=True)))
    spread, half = dot(map(abs, form.coefficients), flows.slopes), segment.penalty[1]
    return low - spread + half * rate[0], high + spread + half * rate[1]


def watched_derivative(segment: Segment, item: Item, flag: Flag) -> Interval:
    """Enclose the derivative of ``(b^2 - |v|^2) / 2``, that is b b' - v.v', v the pull of a watched neuron."""
    flows, total, spread = segment.flows, product(segment.penalty, segment.penalty[1:]), ZERO
    for form in pull_forms(segment, watched_place(segment, item, flag)):
        curve: Vector = combine([(form.constant.get(1, ZERO), [ONE]), *zip(form.coefficients, flows.curve, strict=True)])
        speed, weights = derivative(curve), [abs(entry) for entry in form.coefficients]
        error, rate = dot(weights, flows.errors), dot(weights, flows.slopes)
        add(total, -ONE, product(curve, speed))
        spread += size(curve) * rate + size(speed) * error + error * rate
    low, high = bounds(total)
    return low - spread, high + spread
