"""The symmetries of a network, exactly: balance, scale, split, merge, permute, and the canonical form that forgets them all.

A neuron (w, a) adds a (x.w)+ to the output. For c > 0 the neurons (w, a) and (c w, a / c) are the same function, and the weight
decay (|w|^2 + a^2) / 2 is least, |w| |a|, when they are balanced: |w| = |a|. Balancing takes c = sqrt(|a| / |w|), rational only
when a^2 / |w|^2 is a rational fourth power, so :func:`path_norm` and :func:`balanced_objective` say exactly what it would give.

Sources: Wang, Lacotte, Pilanci, "The Hidden Convex Optimization Landscape of Regularized Two-Layer ReLU Networks" (ICLR 2022),
splitting, merging and nearly minimal networks; Mishkin, Pilanci, "Optimal Sets and Solution Paths of ReLU Networks" (ICML 2023).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from reluexact.errors import Argument, Cure, InputError, Message
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.model.entries import vector
from reluexact.model.loss import SQUARED
from reluexact.model.network import Network, require_network
from reluexact.numbers.counts import counted
from reluexact.numbers.linalg import dot, primitive
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.rational import Floats, to_index, to_penalty
from reluexact.numbers.types import Matrix


def require_fitting(network: object, data: object) -> tuple[Network, Dataset]:
    """Return a network and data with as many columns as the network reads.

    >>> require_fitting(Network([[1, 2]], [1]), Dataset([[1]], [1]))
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: the network reads 2 columns but the data has 1; did you mean bias=True?
    """
    checked, rows = require_network(network), require_dataset(data)
    if checked.hidden and len(checked.hidden[0]) != rows.d:
        text = f"the network reads {counted(len(checked.hidden[0]), 'column')} but the data has {rows.d}"
        raise InputError(Message(text, Cure("did you mean ", Argument("bias", True), "?")))
    return checked, rows


def features(network: Network, data: Dataset) -> Matrix:
    """Return what every neuron adds to the fit: one vector a_j (X w_j)+ per neuron.

    >>> features(Network([[1], [-1]], [2, 3]), Dataset([[1], [-2]], [0, 0]))
    ((Fraction(2, 1), Fraction(0, 1)), (Fraction(0, 1), Fraction(6, 1)))
    """
    network, data = require_fitting(network, data)
    rows = ([max(dot(row, weights), Fraction(0)) for row in data.X] for weights in network.hidden)
    return tuple(tuple(amount * value for value in row) for amount, row in zip(network.output, rows, strict=True))


def neuron_norms(network: Network) -> tuple[RadicalSum, ...]:
    """Return |w_j| |a_j|, the amount of every neuron.

    >>> neuron_norms(Network([[3, 4], [1, 1]], [-2, 1]))
    (RadicalSum(terms=((1, Fraction(10, 1)),)), RadicalSum(terms=((2, Fraction(1, 1)),)))
    """
    require_network(network)
    pairs = zip(network.hidden, network.output, strict=True)
    return tuple(RadicalSum.root(dot(weights, weights)).scaled(abs(amount)) for weights, amount in pairs)


def path_norm(network: Network) -> RadicalSum:
    """Return the sum of |w_j| |a_j|: half the sum of squares of all weights once the network is balanced.

    >>> path_norm(Network([[3, 4], [1, 1]], [-2, 1]))
    RadicalSum(terms=((1, Fraction(10, 1)), (2, Fraction(1, 1))))
    """
    return radical_total(neuron_norms(network))


def radical_total(values: Sequence[RadicalSum]) -> RadicalSum:
    """Return the sum of many sums of square roots; adding by halves keeps most additions short."""
    if len(values) < 2:
        return values[0] if values else RadicalSum()
    half = len(values) // 2
    return radical_total(values[:half]) + radical_total(values[half:])


def is_balanced(network: Network) -> bool:
    """Say whether |w_j| = |a_j| for every neuron, as every stationary network has it.

    >>> is_balanced(Network([[3, 4]], [-5])), is_balanced(Network([[3, 4]], [4]))
    (True, False)
    """
    require_network(network)
    return all(dot(weights, weights) == amount**2 for weights, amount in zip(network.hidden, network.output, strict=True))


def balanced(network: Network) -> Network | None:
    """Return the balanced network of the same function, or None where its weights are not all rational.

    A neuron with w = 0 or a = 0 becomes w = 0, a = 0.

    >>> balanced(Network([[4]], [1]))
    Network([[2]], [2])
    >>> balanced(Network([[2]], [1])) is None
    True
    """
    require_network(network)
    factors = []
    for weights, amount in zip(network.hidden, network.output, strict=True):
        if not amount or not any(weights):
            factors.append(Fraction(0))
            continue
        length = RadicalSum.root(dot(weights, weights)).as_fraction()
        factor = None if length is None else RadicalSum.root(abs(amount) / length).as_fraction()
        if factor is None:
            return None
        factors.append(factor)
    hidden = [[w * c for w in weights] for weights, c in zip(network.hidden, factors, strict=True)]
    return Network(hidden, [a / c if c else c for a, c in zip(network.output, factors, strict=True)])


def balanced_objective(network: Network, data: Dataset, penalty: object, *, floats: Floats = None) -> RadicalSum:
    """Return the objective after balancing: 1/2 |fit - y|^2 + penalty * sum |w_j| |a_j|, at most the network's own objective.

    >>> data = Dataset([[1], [2]], [1, 2])
    >>> balanced_objective(Network([[1]], ["4/5"]), data, 1).as_fraction()
    Fraction(9, 10)
    >>> Network([[1]], ["4/5"]).objective(data, 1)
    Fraction(23, 25)
    """
    require_fitting(network, data)
    weight = to_penalty(penalty, floats=floats)
    return RadicalSum.rational(SQUARED.value(network.predict(data.X), data.y)) + path_norm(network).scaled(weight)


def without_zeros(network: Network) -> tuple[Network, tuple[int, ...]]:
    """Return the network without the neurons that are zero everywhere (w = 0 or a = 0), and the indices of those that stay.

    >>> without_zeros(Network([[1], [0], [2]], [0, 1, 3]))
    (Network([[2]], [3]), (2,))
    """
    require_network(network)
    kept = tuple(j for j in range(network.width) if network.output[j] and any(network.hidden[j]))
    return Network([network.hidden[j] for j in kept], [network.output[j] for j in kept]), kept


def permuted(network: Network, order: Sequence[int]) -> Network:
    """Return the network whose neuron k is the neuron order[k] of the given one.

    >>> permuted(Network([[1], [2]], [3, 4]), [1, 0])
    Network([[2], [1]], [4, 3])
    """
    require_network(network)
    chosen = require_order(order, network.width)
    return Network([network.hidden[j] for j in chosen], [network.output[j] for j in chosen])


def require_order(order: object, width: int) -> tuple[int, ...]:
    """Return an order of ``width`` neurons that a caller gave.

    >>> require_order([0, 0], 2)
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: order: [0, 0] does not list each of the 2 neurons once; they are counted from 0
    """
    given = order if isinstance(order, Iterable) and not isinstance(order, str) else (None,)
    chosen = tuple(-1 if (j := to_index(entry)) is None else j for entry in given)
    if sorted(chosen) != list(range(width)):
        raise InputError(f"order: {order!r} does not list each of the {width} neurons once; they are counted from 0")
    return chosen


def rescaled(network: Network, factors: object, *, floats: Floats = None) -> Network:
    """Return the neurons (c_j w_j, a_j / c_j) for factors c_j > 0: the same function, another balance.

    >>> rescaled(Network([[1]], [4]), [2])
    Network([[2]], [2])
    """
    require_network(network)
    scales = vector(factors, "factors", floats=floats)
    if len(scales) != network.width or any(c <= 0 for c in scales):
        raise InputError(f"factors: give one positive number for each of the {network.width} neurons")
    hidden = [[w * c for w in weights] for weights, c in zip(network.hidden, scales, strict=True)]
    return Network(hidden, [a / c for a, c in zip(network.output, scales, strict=True)])


def split(network: Network, neuron: int, parts: object, *, floats: Floats = None) -> Network:
    """Return the network with one neuron (w, a) replaced, at its place, by the neurons (t w, a) for the given parts t.

    The parts are positive and sum to 1, so function and path norm stay; ``merged`` undoes a split. The copies
    (sqrt(t) w, sqrt(t) a) of the papers are the same up to scaling, and rational only where t is a square.

    >>> split(Network([[3]], [2]), 0, ["1/3", "2/3"])
    Network([[1], [2]], [2, 2])
    """
    require_network(network)
    place = to_index(neuron)
    if place is None or not 0 <= place < network.width:
        raise InputError(f"neuron: {neuron!r} is not one of the {network.width} neurons; they are counted from 0")
    shares = vector(parts, "parts", floats=floats)
    if any(t <= 0 for t in shares) or sum(shares) != 1:
        raise InputError("parts: give positive numbers that sum to 1")
    copies = [[w * t for w in network.hidden[place]] for t in shares]
    hidden = [*network.hidden[:place], *copies, *network.hidden[place + 1 :]]
    amounts = [network.output[place]] * len(shares)
    return Network(hidden, [*network.output[:place], *amounts, *network.output[place + 1 :]])


def merged(network: Network, *, data: Dataset | None = None) -> Network:
    """Return the network without zero neurons in which neurons that belong together are one.

    Without data: neurons of equal output sign whose hidden weights are positive multiples of each other. The function on all of
    R^d and the path norm stay. With data: neurons of equal output sign in one closed cone (no row with x.w_1 > 0 > x.w_2), first
    come first; neurons that fire on no row are dropped. Then the fit on the data stays and the path norm never rises; it falls
    if a neuron is dropped or two that are not collinear are merged, so neither happens to an optimal network.

    The one rule for the result: a group stands at the place of its first neuron, keeps that neuron's output weight a_1, and its
    hidden weights are the sum of (a_j / a_1) w_j over the group. A neuron alone stays as it is.

    >>> merged(Network([[1, 0], [0, 1], [2, 0], [1, 0]], [1, 1, 3, -1])).to_lists()
    {'hidden': [['7', '0'], ['0', '1'], ['1', '0']], 'output': ['1', '1', '-1']}
    >>> merged(Network([[1, 0], [0, 1]], [1, 2]), data=Dataset([[1, 0], [1, 1]], [0, 0])).to_lists()
    {'hidden': [['1', '2']], 'output': ['1']}
    """
    network, _ = without_zeros(network)
    groups = _rays(network) if data is None else _cones(*require_fitting(network, data))
    hidden, output = [], []
    for group in groups:
        amount = network.output[group[0]]
        shares = [network.output[j] / amount for j in group]
        columns = zip(*(network.hidden[j] for j in group), strict=True)
        hidden.append([dot(shares, column) for column in columns])
        output.append(amount)
    return Network(hidden, output)


def canonical(network: Network) -> Network:
    """Return the one form of all networks that differ by permuting, splitting, merging and scaling neurons.

    Merged; hidden weights primitive integers, the length carried by the output weight; sorted by hidden weights, then output.
    Two networks have the same form exactly when one becomes the other by these moves: the form is made by them, and it lists the
    amount on every pair (sign, ray), which none of them changes.

    >>> canonical(Network([[0, "1/2"], [2, 4], [1, 2]], [4, 1, 3])).to_lists()
    {'hidden': [['0', '1'], ['1', '2']], 'output': ['2', '5']}
    """
    one = merged(network)
    neurons = []
    for weights, amount in zip(one.hidden, one.output, strict=True):
        direction = primitive(weights)
        lead = next(j for j, entry in enumerate(direction) if entry)
        neurons.append((direction, amount * weights[lead] / direction[lead]))
    neurons.sort()
    return Network([direction for direction, _ in neurons], [amount for _, amount in neurons])


def equivalent(first: Network, second: Network) -> bool:
    """Say whether two networks are the same up to permuting, splitting, merging and scaling neurons.

    >>> equivalent(Network([[1], [2]], [1, 1]), Network([[3]], [1])), equivalent(Network([[1]], [1]), Network([[1]], [2]))
    (True, False)
    """
    return canonical(first) == canonical(second)


def _rays(network: Network) -> tuple[tuple[int, ...], ...]:
    """Group the neurons by sign and ray."""
    groups: dict[tuple[bool, tuple[int, ...]], tuple[int, ...]] = {}
    for j, (weights, amount) in enumerate(zip(network.hidden, network.output, strict=True)):
        key = (amount > 0, primitive(weights))
        groups[key] = (*groups.get(key, ()), j)
    return tuple(groups.values())


def _cones(network: Network, data: Dataset) -> tuple[tuple[int, ...], ...]:
    """Group the neurons that fire by sign and closed cone: each joins the first group with which it disagrees on no row.

    Signs are kept as sets of rows: (on, off). A set of pairwise agreeing neurons has one common closed cone, row by row.
    """
    groups: list[tuple[bool, frozenset[int], frozenset[int], tuple[int, ...]]] = []
    for j, (weights, amount) in enumerate(zip(network.hidden, network.output, strict=True)):
        values = [dot(row, weights) for row in data.X]
        on = frozenset(i for i, value in enumerate(values) if value > 0)
        off = frozenset(i for i, value in enumerate(values) if value < 0)
        if not on:
            continue
        for k, (sign, others_on, others_off, members) in enumerate(groups):
            if sign == (amount > 0) and not on & others_off and not off & others_on:
                groups[k] = (sign, on | others_on, off | others_off, (*members, j))
                break
        else:
            groups.append((amount > 0, on, off, (j,)))
    return tuple(members for _, _, _, members in groups)
