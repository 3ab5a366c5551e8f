"""What is judged: a network with all its parts, and the problem that it is judged by."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from reluexact.errors import InputError
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.misplaced import misplaced
from reluexact.model.network import Network, as_network
from reluexact.model.problem import PENALISED, Problem
from reluexact.numbers.rational import Floats
from reluexact.trained.claim import Trained

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A network and its problem; trainer, constant, remarks: of a network that another program trained."""

    network: BiasedNetwork
    problem: Problem
    trainer: str = ""
    constant: Fraction = Fraction(1)
    remarks: tuple[str, ...] = field(default=())


def subject_of(network: object, problem: object, floats: Floats = None) -> Subject:
    """Return what a caller wants judged.

    >>> from reluexact.model.dataset import Dataset
    >>> problem = Problem(Dataset([[1], [2]], [1, 2], bias=True), 1)
    >>> subject_of(BiasedNetwork([[3]], [1], hidden_bias=[4]), problem).network     # of PyTorch, which penalises biases
    BiasedNetwork([[3, 4]], [1])
    """
    if problem is not None and not isinstance(problem, Problem):
        raise InputError(f"problem: a {type(problem).__name__} is no problem; make one with rx.Problem(data, penalty, ...)")
    if isinstance(network, Trained) and problem is None:
        return Subject(
            network=fitting(network.network, network.problem),
            problem=network.problem,
            trainer=network.trainer,
            constant=network.constant,
            remarks=network.remarks,
        )
    given = network.network if isinstance(network, Trained) else as_network(network, floats)
    if isinstance(given, Network):
        given = BiasedNetwork.of(given)
    if isinstance(given, BiasedNetwork):
        if problem is None:
            raise InputError("problem: say what the network is judged by, judge(network, rx.Problem(data, penalty, ...))")
        return Subject(network=fitting(given, problem), problem=problem)
    raise misplaced(
        "network",
        network,
        "a network",
        "make one with Network(hidden, output) or BiasedNetwork(...), or read one, as rx.from_sklearn(model, X, y) does",
    )


def fitting(network: BiasedNetwork, problem: Problem) -> BiasedNetwork:
    """Return the network as the problem has it: penalised hidden biases are weights of the last column."""
    if problem.hidden_bias != PENALISED or network.inputs != problem.data.d - 1:
        return network
    return BiasedNetwork(
        [(*weights, bias) for weights, bias in zip(network.hidden, network.hidden_bias, strict=True)],
        network.output,
        output_bias=network.output_bias,
        skip=(*network.skip, ZERO) if network.skip else (),
    )
