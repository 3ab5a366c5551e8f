"""What is shown of an optimum: names with values, the table of neurons, and the JSON object."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor
from typing import TYPE_CHECKING, Protocol

from reluexact.errors import Message
from reluexact.evidence.kink import is_one_feature, kink
from reluexact.evidence.status import Status
from reluexact.numbers.rational import format_fraction
from reluexact.terminal.problem import PLACES, bounds_pairs, data_json, data_pairs
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import exact, magnitude, plural, printable, proved, real_json, rounded

if TYPE_CHECKING:
    from fractions import Fraction

    from reluexact.evidence.neuron import Neuron
    from reluexact.kinds.optimum.claim import Optimum
    from reluexact.kinds.optimum.fitted import Fitted
    from reluexact.kinds.optimum.problem_claim import ProblemOptimum
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.dataset import Dataset
    from reluexact.model.network import Network


DIRECTION = "the direction u, a vector of length 1: one entry for each feature"
AMOUNT = "|w| |a| in one optimal network, which is the sum of sign * amount * max(x.u, 0)"


def optimum_pairs(optimum: Optimum, name: str) -> list[tuple[str, str]]:
    """Return the lines above the table of neurons."""
    return answer_pairs(optimum, data_pairs(optimum.data, optimum.penalty, name), [], "the zero network")


def answer_pairs(
    optimum: Optimum | ProblemOptimum, given: list[tuple[str, str]], linear: list[tuple[str, str]], rest: str
) -> list[tuple[str, str]]:
    """Return what is given, then status, value, fit, network, linear part and neurons; rest: a network without neurons."""
    pairs = [*given]
    if optimum.status is not Status.PROVED:
        pairs.append(("status", Message(f"{optimum.status.name}: ", optimum.reason)))
        pairs += bounds_pairs(optimum.lower, optimum.upper, optimum.digits)
        return [*pairs, ("fit", f"{fit_line(optimum)}; of the best network known")]
    pairs.append(("status", f"{optimum.status.name}, for networks of every width"))
    value = optimum.value
    short = exact(value.low) if value.is_rational else None
    pairs.append(("value", f"{short} (exactly)" if short else proved(value, optimum.digits)))
    pairs.append(("fit", fit_line(optimum)))
    excess = optimum.upper - value.low
    reach = "it attains the value" if not excess else f"its objective is at most {magnitude(excess)} above the value"
    pairs.append(("network", f"{plural(len(optimum.network.output), 'neuron')}, rational weights; {reach}"))
    found = len(optimum.neurons)
    listed = f"{found} of length 1; no optimal network uses another direction" if found else f"none: {rest}"
    return [*pairs, *linear, ("neurons", listed)]


def fit_line(optimum: Fitted) -> str:
    """Say how good the fit is: R^2 for the squared loss, and the two parts of the value."""
    quality = optimum.r_squared
    share = f"R^2 {proved(quality, PLACES)}; " if quality is not None else ""
    share = "all targets are equal; " if optimum.spread == 0 else share
    return f"{share}loss {proved(optimum.loss, PLACES)}, penalty part {proved(optimum.penalised, PLACES)}"


def weight_grid(
    network: Network | BiasedNetwork, names: Sequence[str], neurons: Iterable[int], biases: Sequence[Fraction] | None = None
) -> Grid:
    """Return the weights of a network of some neurons, rounded: w, one for each feature, a bias c that stands beside them, a."""
    headings = ("neuron", *(f"w: {printable(name)}" for name in names), *(("c",) if biases is not None else ()), "a")
    beside = [()] * network.width if biases is None else [(bias,) for bias in biases]
    weights = zip(neurons, network.hidden, beside, network.output, strict=True)
    rows = tuple((str(k), *(rounded(w, PLACES) for w in (*row, *bias, a))) for k, row, bias, a in weights)
    hidden = "the hidden weights of one optimal network, with |w| = |a|, to 8 decimals; --network-out writes them in full"
    constant = ("the hidden biases",) if biases is not None else ()
    legend = ("the number of its direction", *[""] * (len(names) - 1), hidden, *constant, "the output weights")
    return Grid(headings=headings, rows=rows, legend=legend)


def weights_of(optimum: Fitted) -> Grid:
    """Return the weights of the network of an optimum."""
    used = [k for k, neuron in enumerate(optimum.neurons) if neuron.amount is not None]
    return weight_grid(optimum.network, optimum.data.names, used, getattr(optimum, "hidden_bias", None))


def known_optimum(optimum: Fitted) -> str:
    """Say what is known once the optimum is found, for an interrupt."""
    if optimum.status is not Status.PROVED:
        lower, upper = rounded(optimum.lower, 12, floor), rounded(optimum.upper, 12, ceil)
        text = f"known so far: {lower} <= optimal value <= {upper}, {optimum.status.name}: "
        return Message(text, optimum.reason)
    value = optimum.value
    short = exact(value.low) if value.is_rational else None
    number = f"{short} (exactly)" if short else proved(value, optimum.digits)
    return f"known so far: the optimal value {number} is PROVED, with {plural(len(optimum.neurons), 'optimal direction')}"


class Listed(Protocol):
    """A claim that lists neurons of its data."""

    @property
    def data(self) -> Dataset:
        """Return the data."""

    @property
    def neurons(self) -> tuple[Neuron, ...]:
        """Return the neurons."""


def neuron_grid(optimum: Listed) -> Grid:
    """Return the optimal neurons: sign, direction, gates, pairing, amount."""
    data, neurons = optimum.data, optimum.neurons
    gates = [data.per_row(neuron.gate) for neuron in neurons]
    columns: list[tuple[str, list[str], str]] = [
        ("neuron", [str(index) for index in range(len(neurons))], "the number of the direction, from 0"),
        ("sign", ["+" if neuron.sign > 0 else "-" for neuron in neurons], "the sign of the output weight a"),
    ]
    for j, label in enumerate(map(printable, data.names)):
        columns.append((label, [proved(neuron.direction[j], PLACES) for neuron in neurons], DIRECTION if j == data.d - 1 else ""))
    if is_one_feature(data):
        columns.append(("active where", [active_range(data, neuron, PLACES) for neuron in neurons], "where x.u > 0"))
    for label, gate, relation in (("on", 1, "> 0"), ("off", -1, "< 0"), ("wall", 0, "= 0")):
        columns.append((label, [str(signs.count(gate)) for signs in gates], f"the number of rows with x.u {relation}"))
    if any(neuron.paired for neuron in neurons):
        pairs = ["" if neuron.partner is None else f"with {neuron.partner}" for neuron in neurons]
        columns.append(("pair", pairs, "the neuron of equal sign and opposite direction"))
    columns.append(("amount", [amount_cell(neuron) for neuron in neurons], AMOUNT))
    rows = tuple(zip(*(cells for _, cells, _ in columns), strict=True))
    headings, _, legend = zip(*columns, strict=True)
    return Grid(headings=headings, rows=rows, left=("active where",), legend=legend)


def active_range(data: Dataset, neuron: Neuron, places: int) -> str:
    """Write the range of the feature on which the neuron is active.

    >>> from reluexact import Dataset, solve
    >>> data = Dataset(X=[[0], [1], [2], [3]], y=[0, 0, 1, 2], bias=True, names=["t"])
    >>> [active_range(data, solve(data, penalty=penalty).neurons[0], 8) for penalty in (1, "1/2")]
    ['t > 0 (a data point)', 't > 0.30056293']
    """
    slope, offset = neuron.direction
    place = kink(data, neuron)
    if place is None:
        constant = slope.low == slope.high and offset.low > 0
        return "everywhere" if constant else "not decided"
    side = ">" if slope.low > 0 else "<"
    if neuron.face:
        return f"{data.names[0]} {side} {exact(place.low) or proved(place, places)} (a data point)"
    return f"{data.names[0]} {side} {proved(place, places)}"


def amount_cell(neuron: Neuron) -> str:
    """Return the amount in one optimal network, or why there is none."""
    if neuron.amount is not None:
        return proved(neuron.amount, PLACES)
    return {True: "0 in this one", False: "always 0", None: "0 in this one"}[neuron.positive]


def optimum_json(optimum: Optimum) -> dict[str, object]:
    """Return everything that is known of the optimum."""
    decided = optimum.status is Status.PROVED
    return {
        "data": data_json(optimum.data),
        "penalty": format_fraction(optimum.penalty),
        "kind": "optimum",
        "status": optimum.status.name,
        "reason": optimum.reason,
        "value": real_json(optimum.value, optimum.digits) if decided else None,
        "lower": format_fraction(optimum.lower),
        "upper": format_fraction(optimum.upper),
        "neurons": [neuron_json(optimum.data, neuron) for neuron in optimum.neurons],
        "fit": fit_json(optimum),
        "network": optimum.network.to_lists(),
        "produced_by": dict(optimum.produced_by),
    }


def fit_json(optimum: Fitted) -> dict[str, object]:
    """Return the parts of the value, and R^2 where there is one."""
    quality = optimum.r_squared
    return {
        "loss": real_json(optimum.loss, PLACES),
        "penalty_part": real_json(optimum.penalised, PLACES),
        "r_squared": None if quality is None else real_json(quality, PLACES),
    }


def neuron_json(data: Dataset, neuron: Neuron) -> dict[str, object]:
    """Return one neuron."""
    return {
        "sign": neuron.sign,
        "direction": {label: real_json(entry, PLACES) for label, entry in zip(data.names, neuron.direction, strict=True)},
        "gate": "".join(data.per_row(neuron.pattern)),
        "partner": neuron.partner,
        "positive": neuron.positive,
        "amount": None if neuron.amount is None else real_json(neuron.amount, PLACES),
    }
