"""The steps from a network to the optimum: explicit networks with exact objectives, which never rise."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from reluexact.kinds.judgement.claim import Excess, Judgement
from reluexact.kinds.judgement.explanation import STEPS, Step
from reluexact.kinds.judgement.rebuilt import balanced_parts, merged_parts
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.network import Network
from reluexact.model.problem import Problem
from reluexact.propose.same_cells import with_best_amounts, with_best_directions
from reluexact.propose.training import Prepared, without_views
from reluexact.search.cone_bounds import serve

Move = Callable[[BiasedNetwork], BiasedNetwork | None]


class _Moves:
    """What each step does to a network."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    @cached_property
    def prepared(self) -> Prepared:
        """Return the problem in floats."""
        return Prepared(without_views(self.problem) if serve(self.problem) else self.problem)

    def all(self) -> tuple[Move, ...]:
        """Return the steps but the last, in order."""
        return (self.balance, self.merge, self.amounts, self.directions)

    def balance(self, network: BiasedNetwork) -> BiasedNetwork:
        """Balance every neuron."""
        return balanced_parts(self.problem, network)

    def merge(self, network: BiasedNetwork) -> BiasedNetwork:
        """Make neurons of one cell one."""
        return merged_parts(self.problem, network)

    def amounts(self, network: BiasedNetwork) -> BiasedNetwork | None:
        """Choose amounts and linear part."""
        return with_best_amounts(self.prepared, network)

    def directions(self, network: BiasedNetwork) -> BiasedNetwork | None:
        """Move the neurons within their cells; where a view of every row takes too long that is left to the last step."""
        return None if serve(self.problem) else with_best_directions(self.prepared, network)


def steps_of(found: Judgement, optimum: Optimum | ProblemOptimum | None) -> tuple[Step, ...]:
    """Return the steps from the network of a judgement to the optimum; they add up to its excess.

    A step whose network is not better keeps the one before.

    >>> from reluexact.kinds.judgement.find import judge
    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.network import Network
    >>> problem = Problem(Dataset([[1], [2]], [1, 2]), "15/4")
    >>> [(step.name, step.gain.low) for step in steps_of(judge(Network([["1/4"]], [1]), problem), None)[:3]]
    [('balance', Fraction(135, 128)), ('merging', Fraction(0, 1)), ('amounts', Fraction(0, 1))]
    """
    problem, network, value = found.problem, found.network, found.objective
    steps = []
    for name, move in zip(STEPS, _Moves(problem).all(), strict=False):
        moved = move(network)
        lower = value if moved is None else problem.objective(moved)
        if moved is not None and (lower < value or (lower == value and moved.width < network.width)):
            gain = value - lower
            network, value = moved, lower
        else:
            gain = value - value
        steps.append(Step(name=name, network=network, objective=value, gain=Excess(low=gain, high=gain)))
    best = found.optimum
    rest = Excess(low=max(value - best.high, value - value), high=value - best.low)
    last = next_to(found) if optimum is None else as_biased(optimum.network)
    reached = problem.objective(last)
    if optimum is None and reached >= value:
        last, reached = network, value
    return (*steps, Step(name=STEPS[-1], network=last, objective=reached, gain=rest))


def next_to(found: Judgement) -> BiasedNetwork:
    """Return the best network that the bounds of a judgement come with."""
    return as_biased(found.evidence.network)


def as_biased(network: Network | BiasedNetwork) -> BiasedNetwork:
    """Return a network with its biases, 0 where it has none."""
    return network if isinstance(network, BiasedNetwork) else BiasedNetwork.of(network)
