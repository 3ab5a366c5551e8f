"""What speaks against the optimality of a network: the conditions of the theory, each decided exactly or left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.evidence.neuron import Neuron
from reluexact.geometry.signs import Signs, sign_of, signs_of
from reluexact.kinds.membership.claim import ViolatedCondition
from reluexact.kinds.optimal_set.certified import point_of_set
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.model.network import Network
from reluexact.numbers.decimals import rounded_text
from reluexact.numbers.linalg import dot
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import Real
from reluexact.numbers.roots import root_above, root_below
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.types import Rationals
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.directions import unit_direction

Directions = Sequence[tuple[Real, ...]]
SHORT = 24
"""Rational numbers of so many characters are written out."""
FINER = (1, 4, 16)
"""Multiples of the bits of the proved box with which fit and directions are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A neuron of a network: its sign, its weights, and on which side of every row it lies. sign 0: a zero neuron."""

    sign: int
    weights: tuple[Fraction, ...]
    gate: Signs

    @staticmethod
    def of(rows: Sequence[Rationals], weights: Rationals, amount: Fraction) -> Examined:
        """Look at one neuron."""
        sign = 0 if not any(weights) else sign_of(amount)
        heights = (dot(row, weights) for row in rows)
        return Examined(sign=sign, weights=tuple(weights), gate=signs_of(heights))

    def side(self, gate: int) -> int:
        """Return the rows on one side of the neuron, as bits."""
        return sum(1 << i for i, value in enumerate(self.gate) if value == gate)

    def on_face(self, neurons: Sequence[Neuron]) -> int | None:
        """Return the listed neuron of equal sign on the same face (there is at most one: a closed cell has one direction)."""
        return next((k for k, other in enumerate(neurons) if (other.sign, other.gate) == (self.sign, self.gate)), None)

    def distance(self, direction: Sequence[Real], bits: int) -> tuple[Fraction, Fraction]:
        """Enclose the square of the distance between the unit vector of the weights and a unit vector."""
        length = Scalar.of(RadicalSum.root(dot(self.weights, self.weights)), bits)
        total = Scalar.of(0, bits)
        for weight, entry in zip(self.weights, direction, strict=True):
            gap = Scalar.of(weight, bits) / length - entry.scalar
            total = total + gap * gap
        return max(total.low, Fraction(0)), total.high


def examine(best: OptimalSet, network: Network) -> tuple[ViolatedCondition, ...]:
    """Return every condition that is proved to fail: balance, fit, neurons, cones, amounts, in this order.

    When none fails as far as the proved box tells, finer boxes are tried.
    """
    rows = best.optimum.data.X
    pairs = list(zip(network.hidden, network.output, strict=True))
    neurons = [Examined.of(rows, weights, amount) for weights, amount in pairs]
    balance = [finding for j, pair in enumerate(pairs) for finding in _balance(j, *pair)]
    cones = _cones(neurons)
    certified = point_of_set(best)
    start = certified.bits
    for factor in FINER:
        fine = certified if factor == 1 or certified.box.exact else certified.refined(start * factor)
        fits = _fit(fine, network)
        wrong = _neurons(best, fine, neurons)
        amounts = [] if balance or wrong or not fits else _amounts(best, network)
        violated = (*balance, *fits, *wrong, *cones, *amounts)
        if violated:
            return violated
    return ()


def _balance(j: int, weights: Rationals, amount: Fraction) -> list[ViolatedCondition]:
    square = dot(weights, weights)
    if square == amount * amount:
        return []
    difference = Real.rational(square - amount * amount)
    sides = shown(square), shown(amount * amount)
    text = f"neuron {j} is not balanced: |w|^2 = {sides[0]}, but a^2 = {sides[1]}{_apart(sides, difference)}"
    return [ViolatedCondition(condition="balance", text=text, neurons=(j,), difference=difference)]


def _fit(certified: CertifiedPoint, network: Network) -> list[ViolatedCondition]:
    """Return the first row in which the fit is wrong."""
    data = certified.kkt.program.data
    for i, (target, value) in enumerate(zip(data.y, network.predict(data.X), strict=True)):
        difference = Scalar.of(value - target) + certified.scalar(*certified.kkt.pull_entry(i))
        if difference.low <= 0 <= difference.high and (difference.radical is None or difference.sign() == 0):
            continue
        gap = Real.of_scalar(difference)
        sides = shown(value), _shown(Real.of_scalar(Scalar.of(value) - difference))
        text = f"the fit is wrong in row {i}: {sides[0]} instead of {sides[1]}{_apart(sides, gap)}"
        return [ViolatedCondition(condition="fit", text=text, row=i, difference=gap)]
    return []


def _neurons(best: OptimalSet, certified: CertifiedPoint, neurons: Sequence[Examined]) -> list[ViolatedCondition]:
    """Return the neurons whose direction is none of the listed ones."""
    directions = [unit_direction(certified.kkt, certified.box, neuron) for neuron in certified.neurons]
    violated = []
    for j, neuron in enumerate(neurons):
        if neuron.sign:
            violated += _neuron(best, directions, certified.bits, j, neuron)
    return violated


def _neuron(best: OptimalSet, directions: Directions, bits: int, j: int, neuron: Examined) -> list[ViolatedCondition]:
    face = neuron.on_face(best.neurons)
    same = [k for k, other in enumerate(best.neurons) if other.sign == neuron.sign]
    if not same:
        kind = "positive" if neuron.sign > 0 else "negative"
        text = f"neuron {j} is no optimal neuron: optimal networks have no neuron with {kind} output"
        return [ViolatedCondition(condition="neuron", text=text, neurons=(j,))]
    gaps = {k: neuron.distance(directions[k], bits) for k in same}
    if face is not None and gaps[face][0] == 0 and _may_match(neuron, directions[face]):
        return []
    nearest = face if face is not None else min(same, key=lambda k: (sum(gaps[k]), k))
    low, high = gaps[nearest]
    difference = Real(low=root_below(low, bits), high=root_above(high, bits))
    apart = f"{difference!r} apart" if low else f"not equal, though less than {rounded_text(difference.high, 3)} apart"
    text = f"neuron {j} is no optimal neuron: the nearest one is number {nearest}, and the unit vectors are {apart}"
    return [ViolatedCondition(condition="neuron", text=text, neurons=(j,), nearest=nearest, difference=difference)]


def _may_match(neuron: Examined, direction: Sequence[Real]) -> bool:
    """Say whether a neuron may have a direction, exactly where the direction is known exactly."""
    length = RadicalSum.root(dot(neuron.weights, neuron.weights))
    for weight, entry in zip(neuron.weights, direction, strict=True):
        if entry.radical is not None and (entry.radical * length - RadicalSum.rational(weight)).sign():
            return False
    return True


def _cones(neurons: Sequence[Examined]) -> list[ViolatedCondition]:
    """Return, for each neuron, the first earlier one of its sign that shares a closed cell with it and is not collinear."""
    found: list[ViolatedCondition] = []
    seen: list[tuple[int, Examined, int, int]] = []
    for k, right in enumerate(neurons):
        on, off = right.side(1), right.side(-1)
        for j, left, left_on, left_off in seen if right.sign else []:
            if left.sign != right.sign or on & left_off or off & left_on or _collinear(left.weights, right.weights):
                continue
            text = f"neurons {j} and {k} lie in one closed cell and are not collinear, so merging them is better"
            found.append(ViolatedCondition(condition="cone", text=text, neurons=(j, k)))
            break
        if right.sign:
            seen.append((k, right, on, off))
    return found


def _collinear(left: Rationals, right: Rationals) -> bool:
    inner = dot(left, right)
    return inner > 0 and inner * inner == dot(left, left) * dot(right, right)


def _amounts(best: OptimalSet, network: Network) -> list[ViolatedCondition]:
    """Say that the neurons are right and the amounts are not."""
    total = sum((amount * amount for amount in network.output), Fraction(0))
    right = best.total.low <= total <= best.total.high
    sums = "though their sum is right" if right else f"they sum to {shown(total)}, those of optimal networks to {best.total!r}"
    text = f"every neuron is an optimal one, but the amounts do not fit: {sums}"
    return [ViolatedCondition(condition="amounts", text=text, neurons=tuple(range(network.width)))]


def shown(value: Fraction) -> str:
    """Write a rational number, with 12 digits when it is long.

    >>> shown(Fraction(2, 3)), shown(Fraction(10**40 + 1, 10**40))
    ('2/3', '1.00000000000...')
    """
    return _shown(Real.rational(value))


def _shown(value: Real) -> str:
    text = repr(value)
    return text if len(text) <= SHORT or not value.is_rational else f"{value.decimal(12)}..."


def _apart(sides: tuple[str, str], difference: Real) -> str:
    """Say how far two numbers are apart that are not written out."""
    if all("..." not in side for side in sides):
        return ""
    return f" (the difference is about {rounded_text((difference.low + difference.high) / 2, 3)})"
