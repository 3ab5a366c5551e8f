"""The graph of stationary points of a training problem."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from os import PathLike

from reluexact.errors import Argument, Cure, InputError, Limit, LimitReached, Message
from reluexact.geometry.arrangement import patterns_at_most
from reluexact.kinds.plain import plain_problem
from reluexact.kinds.stationary_graph.assemble import assembled, bits_of, reason_of
from reluexact.kinds.stationary_graph.claim import StationaryGraph
from reluexact.kinds.stationary_graph.from_walks import Unlisted
from reluexact.kinds.stationary_graph.frontier import Frontier
from reluexact.kinds.stationary_graph.named_columns import named_places, single_starts, starts_of, universe_of
from reluexact.kinds.stationary_graph.state import State, listed
from reluexact.kinds.stationary_graph.walk import Prove, Walk
from reluexact.kinds.subsampled.find import SampledOptimum
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem
from reluexact.model.program import make_program
from reluexact.numbers.rational import Floats, to_count
from reluexact.numbers.real import MAX_DIGITS
from reluexact.numbers.seconds import Clock
from reluexact.progress import Progress, silent
from reluexact.propose.columns import Columns, all_columns
from reluexact.work import Map, Work

LIMIT = 10_000
CELLS = 20_000


def stationary_graph(
    data: Dataset | Problem,
    penalty: object = None,
    *,
    columns: object = None,
    start: object = None,
    steepest: bool = False,
    limit: int = LIMIT,
    digits: int = 20,
    state: str | PathLike[str] | None = None,
    time_limit: object = None,
    floats: Floats = None,
    map: Map | None = None,
    progress: Progress | None = None,
) -> StationaryGraph:
    """Return the optima of the sub-sampled programs of a training problem, and the steps between them, all proved.

    A sub-sampled program is the convex program of :mod:`reluexact.model.program` with some of its columns (sign, cell) only;
    from the optimum of one, a violated column leads to that of a larger one. Walking all such steps from the zero network reaches
    the optima of all 2^(2P) programs (P cells), as the node's ``covers`` confirm.

    data, penalty: a data set and a number > 0, or a Problem alone, with row weights or without; patterns are then about
    ``graph.data``, its scaled copies of rows. columns: None for all cells; else a Network, or a list of pairs (sign, pattern):
    the programs have these columns only. start: None for the empty set; else columns as above, or a list of several such places
    (networks): the walks begin at the optima of these sets (what gradient descent from there can use). steepest: follow only
    the column that exceeds most. limit: nodes at most, and 100 times as many steps. time_limit: seconds. digits: decimals of
    the values. state: a file that remembers what is proved, for a run to go on after it was stopped. floats: how floats of
    networks and of the penalty are read. map: who proves nodes, such as ``executor.map`` or ``client.map`` of Dask
    (:mod:`reluexact.work`); the graph does not depend on it, and a steepest walk has no use for it. progress: called with the
    nodes whose steps are done, of those that are known.

    Beyond 20,000 cells these are not listed: a steepest walk looks only at what is near (:mod:`.unlisted`), and its graph has the
    columns that it met. Without ``steepest`` this walk is the answer, too, UNDECIDED with the reason.

    Raises InputError for bad input, LimitReached when the time is over before the cells are listed, and WorkersLost when workers
    of ``map`` are lost; what is proved is in the file then.
    Source: Mishkin & Pilanci 2023 (Prop 4.2), Wang, Lacotte & Pilanci 2022, with completeness as in :mod:`.walk`.

    >>> graph = stationary_graph(Dataset(X=[[1], [2]], y=[1, 2]), 1)
    >>> graph
    StationaryGraph(PROVED, 2 nodes, 1 edge, all 16 programs)
    >>> [(node.value, node.covers, node.kind) for node in graph.nodes]
    [(5/2, 8, 'zero network'), (9/10, 8, 'global minimum')]
    """
    work = _shared(map, steepest)
    call = "stationary_graph(Dataset(X, y), penalty)"
    problem = plain_problem(data, penalty, "stationary_graph", call=call, floats=floats, choice=True)
    to_count(limit, where="limit")
    to_count(digits, where="digits", most=MAX_DIGITS)
    program, clock, report = make_program(problem.data, problem.penalty), Clock(time_limit), progress or silent
    if columns is None and not patterns_at_most(program.data, CELLS):
        missing = "" if steepest else _too_many()
        job = Unlisted(program=program, limit=limit, digits=digits, progress=report, missing=missing)
        return job.graph([tuple(named_places(program, one, floats, "start")) for one in single_starts(start)], state, clock)
    with clock.running():
        every = all_columns(program, limit=CELLS) if columns is None else universe_of(program, columns, floats)
    sets = starts_of(every, start, floats)
    with State(state, program, listed(every), bits_of(digits)) if state is not None else nullcontext() as saved:
        frontier = Frontier(every=every, bits=bits_of(digits), work=work)
        prepare = partial(_prepare, frontier, saved) if work.is_shared else None
        walk = Walk(every=every, prove=_prover(frontier, every, saved), limit=limit, prepare=prepare)
        try:
            with clock.running(outer=True):
                walk.run(sets, steepest=steepest, progress=report)
        except LimitReached as stop:
            walk.full = stop.message
    return assembled(every, walk, reason_of(walk), whole=columns is None, digits=digits)


def _shared(given: Map | None, steepest: bool) -> Work:
    """Return the work of a ``map``; raise InputError where it would have nothing to do."""
    work = Work.of(given)
    if steepest and work.is_shared:
        told = "the steepest walk proves one node after another, so there is nothing to share"
        raise InputError(Message(told, Cure("leave out ", Argument("map"), " or ", Argument("steepest"))))
    return work


def _too_many() -> Message:
    """Say that the cells cannot be listed."""
    reached = Limit(counted="activation patterns", value=CELLS, reached=CELLS + 1, argument=None)
    text = f"X has more than {CELLS:,} activation patterns, too many for a graph of all; this is the steepest walk"
    cure = Cure("use fewer rows or columns of X, or name the cells to use (", Argument("columns"), ")")
    return Message(text, cure, limit=reached)


def _prepare(frontier: Frontier, saved: State | None, mask: int, following: Iterator[int]) -> None:
    """Prove some nodes at a time, but for those that the file remembers."""
    if saved is None or not saved.knows(f"{mask:x}"):
        frontier.prepare(mask, (other for other in following if saved is None or not saved.knows(f"{other:x}")))


def _prover(frontier: Frontier, every: Columns, saved: State | None) -> Prove:
    """Return what proves one program, with the help of the state file where there is one."""

    def prove(mask: int) -> SampledOptimum:
        known = None if saved is None else saved.proved_again(f"{mask:x}", every, mask)
        if known is not None:
            return known
        found = frontier.prove(mask)
        if saved is not None:
            saved.remember(f"{mask:x}", found.found)
        return found

    return prove
