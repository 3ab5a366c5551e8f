"""The objective and a rational network at any point of a piece of a way down."""

from __future__ import annotations

from fractions import Fraction

from reluexact.kinds.descent_path.piece import Piece
from reluexact.kinds.descent_path.waypoint import PathNeuron, amount_between, between, loss_between, root
from reluexact.model.network import Network
from reluexact.numbers.intervals import Interval
from reluexact.numbers.linalg import dot
from reluexact.numbers.rational import near
from reluexact.numbers.real import Real


def value_at(network: Network, piece: Piece, penalty: Fraction, share: Fraction) -> Real:
    """Enclose the objective at a share (0 to 1) of a piece; the waypoints' own values at its ends."""
    if share in (0, 1):
        return piece.after.value if share else piece.before.value
    loss = loss_between(piece.before, piece.after, share)
    low, high = loss.low, loss.high
    for size in _half_squares(network, share) if piece.kind == "balance" else _amounts(piece, share):
        low, high = low + penalty * size.low, high + penalty * size.high
    return Real.rational(low) if low == high else Real(low=low, high=high)


def _amounts(piece: Piece, share: Fraction) -> list[Interval]:
    pairs = zip(piece.before.slots, piece.after.slots, strict=True)
    return [amount_between(first, second, share) for first, second in pairs]


def _half_squares(network: Network, share: Fraction) -> list[Interval]:
    """Enclose half the sum of squares of every neuron on the way to balance.

    With p = |w|^2 and q = a^2 the square of the factor of w runs straight from 1 to x = sqrt(q / p); the weights' squares are
    then x p and q / x, a convex function of x that is least at the end. A neuron with w = 0 or a = 0 shrinks straight to 0.
    """
    found = []
    for weights, amount in zip(network.hidden, network.output, strict=True):
        p, q = dot(weights, weights), amount * amount
        if not p or not q:
            rest = (1 - share) ** 2 * (p + q) / 2
            found.append(Interval(low=rest, high=rest))
            continue
        low, high = (1 - share + share * root(q / p, up=up) for up in (False, True))
        found.append(Interval(low=(low * p + q / high) / 2, high=(high * p + q / low) / 2))
    return found


def network_at(network: Network, piece: Piece, share: Fraction, bits: int) -> Network:
    """Return a network with rational weights near the one at a share of a piece."""
    if piece.kind == "balance":
        return _balancing(network, share, bits)
    hidden, output = [], []
    width = len(network.hidden[0]) if network.hidden else 0
    for first, second in zip(piece.before.slots, piece.after.slots, strict=True):
        vector = between(first, second, share)
        size = amount_between(first, second, share)
        scale = _near_root((size.low + size.high) / 2, bits)
        if not vector or not scale:
            hidden.append([Fraction(0)] * width)
            output.append(Fraction(0))
            continue
        hidden.append([near((entry.low + entry.high) / 2 / scale, bits) for entry in vector])
        output.append(_sign(first, second, share) * scale)
    return Network(hidden, output)


def _sign(first: PathNeuron | None, second: PathNeuron | None, share: Fraction) -> int:
    chosen = second if first is None or (second is not None and share == 1) else first
    return 1 if chosen is None else chosen.sign


def _balancing(network: Network, share: Fraction, bits: int) -> Network:
    hidden, output = [], []
    for weights, amount in zip(network.hidden, network.output, strict=True):
        p, q = dot(weights, weights), amount * amount
        if not p or not q:
            hidden.append([(1 - share) * entry for entry in weights])
            output.append((1 - share) * amount)
            continue
        factor = _near_root(1 - share + share * root(q / p, up=False), bits) if share else Fraction(1)
        hidden.append([near(factor * entry, bits) for entry in weights])
        output.append(near(amount / factor, bits))
    return Network(hidden, output)


def _near_root(value: Fraction, bits: int) -> Fraction:
    """Return the square root to about 2^-bits, exactly where it is rational."""
    found = root(value, up=False)
    return found if found * found == value else near(found, bits)
