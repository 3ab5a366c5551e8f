"""The section on the minimal networks: the vertices of the optimal set, as weights."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.minimum_network.views import minimum_pairs, minimum_weights
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.movement import network
from reluexact.kinds.optimal_set.views import vertex_grids
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.optimum.views import weight_grid, weights_of
from reluexact.reports.answers import Answers
from reluexact.reports.blocks import Block, Section, Text, facts_of, from_one, table_of
from reluexact.terminal.text import plural

TITLE = "Minimal networks"
MOST = 6
"""Networks that are written out."""

_GIVEN = ("data", "penalty", "weights", "value", "fit", "network", "neurons")


def section(answers: Answers) -> Section:
    """Return the section."""
    best, optimum, fewest = answers.best, answers.optimum, answers.minimum
    if best is not None and best.status is Status.PROVED:
        return Section(id="networks", title=TITLE, status=Status.PROVED, blocks=_vertices(best))
    if fewest is not None and isinstance(optimum, Optimum):
        facts = facts_of(minimum_pairs(optimum, fewest, ""), without=_GIVEN)
        table = table_of(from_one(minimum_weights(optimum, fewest)), "An optimal network of so many neurons: its weights")
        blocks: tuple[Block, ...] = (facts, table)
        return Section(id="networks", title=TITLE, status=fewest.status, reason=fewest.reason, blocks=blocks)
    reason = answers.reasons.get("fewest neurons", "") or answers.reasons.get("set", "the optimal set is not known")
    return Section(id="networks", title=TITLE, status=Status.UNDECIDED, reason=reason, blocks=_one(answers))


def _one(answers: Answers) -> tuple[Block, ...]:
    """Return the one network that is known."""
    optimum = answers.optimum
    if not isinstance(optimum, Optimum | ProblemOptimum) or not optimum.network.width:
        return ()
    if optimum.status is Status.PROVED:
        return (table_of(from_one(weights_of(optimum)), "One optimal network: its weights"),)
    names, biases = optimum.data.names, getattr(optimum, "hidden_bias", None)
    grid = weight_grid(optimum.network, names, range(optimum.network.width), biases)
    return (table_of(from_one(grid), "The best network known: its weights"),)


def _vertices(best: OptimalSet) -> tuple[Block, ...]:
    """Return the networks of the first vertices, fewest neurons first."""
    names = best.optimum.data.names
    if not best.neurons:
        return (Text(text="The zero network is the only optimal one."),)
    several = (
        "Minimal means that no neuron can be left out, not that there are fewest. These are the vertices of the optimal set: "
        f"{plural(len(best.vertices), 'network')}, fewest neurons first; the amounts of all others are mixtures of theirs."
    )
    one = "There is one: the optimal network is unique up to the order and the splitting of neurons."
    blocks: list[Block] = [Text(text=several if best.dimension else one)]
    for k, vertex in enumerate(best.vertices[:MOST]):
        grid = weight_grid(network(best, vertex), names, vertex.support)
        blocks.append(
            table_of(from_one(grid), f"Minimal network {k + 1}, with {plural(vertex.width, 'neuron')}: its weights", folded=k > 0)
        )
    if len(best.vertices) > MOST:
        blocks.append(Text(text=f"{len(best.vertices) - MOST:,} more are not written out; rx.optimal_set(...).vertices has all."))
    if len(best.vertices) > 1:
        blocks += [
            table_of(from_one(grid), "The amounts |w| |a| of every direction at each vertex") for grid in vertex_grids(best)
        ]
    return tuple(blocks)
