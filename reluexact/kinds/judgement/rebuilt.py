"""Exact steps that leave the fit of a network on the data: every neuron balanced, neurons of one cell merged into one.

A neuron (w, c, a) is the vector v = |a| (w, c) and the sign of a; its weights may be (t w, t c, a / t) for every t > 0, and cost
least where |w| = |a|. Neurons of one sign in one closed cell of the rows add up to one vector, whose length is at most the sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.problem import FREE, Problem
from reluexact.numbers.linalg import dot
from reluexact.numbers.roots import rational_root, root_below
from reluexact.numbers.types import Vector

BITS = 80
ZERO = Fraction(0)
Part = tuple[Vector, Fraction, Fraction]
"""The hidden weights, the hidden bias and the output weight of a neuron."""


def balanced_parts(problem: Problem, network: BiasedNetwork) -> BiasedNetwork:
    """Return the network with |w| = |a| for all neurons, up to 2^-80 of them; what fires nowhere or is constant is no neuron.

    A neuron without hidden weights is the constant ``a max(c, 0)``, which a free output bias has for nothing.

    >>> from reluexact.model.dataset import Dataset
    >>> problem = Problem(Dataset([[1], [2]], [1, 2]), 1)
    >>> balanced_parts(problem, BiasedNetwork([[4], [1]], [1, 0]))
    BiasedNetwork([[2]], [2])
    """
    parts, constant = [], ZERO
    for weights, bias, amount in zip(network.hidden, network.hidden_bias, network.output, strict=True):
        if not any(weights):
            constant += amount * max(bias, ZERO)
        elif amount and any(dot(row, weights) + bias > 0 for row in problem.data.X):
            parts.append(balanced_part((weights, bias, amount)))
    moved = constant if problem.output_bias == FREE else ZERO
    return joined(parts, network.output_bias + moved, network.skip)


def balanced_part(part: Part) -> Part:
    """Return the neuron with the same function and |w| = |a|, up to 2^-80 of it, exactly where that is rational."""
    weights, bias, amount = part
    square = dot(weights, weights)
    if square == amount * amount:
        return part
    factor = fourth_root(amount * amount / square)
    return tuple(factor * w for w in weights), factor * bias, amount / factor


def fourth_root(value: Fraction) -> Fraction:
    """Return the fourth root of a positive number: exactly where it is rational, else with 80 bits.

    >>> fourth_root(Fraction(16, 81)), float(fourth_root(Fraction(2)))
    (Fraction(2, 3), 1.189207115002721)
    """
    root = rational_root(value)
    exact = None if root is None else rational_root(root)
    if exact is not None:
        return exact
    bits = BITS + max(0, (value.denominator.bit_length() - value.numerator.bit_length()) // 4 + 1)
    return root_below(root_below(value, 2 * bits), bits)


def merged_parts(problem: Problem, network: BiasedNetwork) -> BiasedNetwork:
    """Return the network in which the neurons of one sign and one closed cell are one: each joins the first that fits.

    >>> from reluexact.model.dataset import Dataset
    >>> problem = Problem(Dataset([[1, 0], [1, 1]], [1, 2]), 1)
    >>> merged_parts(problem, BiasedNetwork([[1, 0], [0, 1]], [1, 1])).width
    1
    """
    groups: list[tuple[bool, set[int], set[int], list[int]]] = []
    for j, (weights, bias, amount) in enumerate(zip(network.hidden, network.hidden_bias, network.output, strict=True)):
        heights = [dot(row, weights) + bias for row in problem.data.X]
        on = {i for i, height in enumerate(heights) if height > 0}
        off = {i for i, height in enumerate(heights) if height < 0}
        for sign, others_on, others_off, members in groups:
            if sign == (amount > 0) and not on & others_off and not off & others_on:
                others_on |= on
                others_off |= off
                members.append(j)
                break
        else:
            groups.append((amount > 0, on, off, [j]))
    parts = [_sum_of(network, sign, members) for sign, _, _, members in groups]
    return balanced_parts(problem, joined(parts, network.output_bias, network.skip))


def _sum_of(network: BiasedNetwork, positive: bool, members: Sequence[int]) -> Part:
    if len(members) == 1:
        j = members[0]
        return network.hidden[j], network.hidden_bias[j], network.output[j]
    shares = [abs(network.output[j]) for j in members]
    weights = tuple(dot(shares, column) for column in zip(*(network.hidden[j] for j in members), strict=True))
    return weights, dot(shares, [network.hidden_bias[j] for j in members]), Fraction(1 if positive else -1)


def joined(parts: Sequence[Part], output_bias: Fraction, skip: Vector) -> BiasedNetwork:
    """Return the network of some neurons."""
    hidden, biases, output = ([part[k] for part in parts] for k in range(3))
    return BiasedNetwork(hidden, output, hidden_bias=biases, output_bias=output_bias, skip=skip)
