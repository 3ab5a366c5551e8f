"""What the optima of all widths have in common, and the claim about one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from reluexact.budget import spending
from reluexact.errors import Argument, Cure, Limit, LimitReached, Message
from reluexact.evidence.status import Status
from reluexact.geometry.arrangement import patterns_at_most
from reluexact.kinds.minimum_network.find import minimum_network
from reluexact.kinds.optimal_set.find import optimal_set
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.find import solve
from reluexact.kinds.width_optimum.claim import Closed, DualPoint, WidthEvidence, WidthOptimum
from reluexact.kinds.width_optimum.incumbent import Incumbent, Prover
from reluexact.kinds.width_optimum.record import lower_bound, record
from reluexact.kinds.width_optimum.stopped import Known
from reluexact.kinds.width_optimum.tree_search import TreeSearch
from reluexact.model.loss import SQUARED
from reluexact.model.network import Network
from reluexact.model.program import Program, make_program
from reluexact.numbers.real import Real
from reluexact.progress import Progress, Stage
from reluexact.propose.columns import all_columns
from reluexact.propose.width.field import Field
from reluexact.propose.width.misocp import propose_columns
from reluexact.propose.width.proposals import Proposals

CELL_LIMIT = 20_000
FEW_BASES = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WidthProblem:
    """What all widths share: the columns, and the global optimum with its smallest network (fewest None: not proved).

    supports: optimal neurons that are enough for an optimal network.
    """

    field: Field
    optimum: Optimum
    supports: tuple[tuple[int, ...], ...]
    fewest: int | None
    digits: int
    engine: str
    limit: int
    progress: Progress
    known: Known

    @classmethod
    def make(cls, known: Known, *, limit: int, progress: Progress) -> WidthProblem:
        """List the columns, find the global optimum and its smallest network; ``known`` hears of them."""
        data, penalty, digits = known.data, known.penalty, known.digits
        program = make_program(data, penalty)
        progress(Stage("activation patterns"))
        if not patterns_at_most(data, CELL_LIMIT):
            text = (
                f"X has more than {CELL_LIMIT:,} activation patterns, too many to search for a width; leave out rows or features"
            )
            stop = Limit(counted="activation patterns", value=CELL_LIMIT, reached=CELL_LIMIT + 1, argument=None)
            raise LimitReached(Message(text, limit=stop))
        field = Field(all_columns(program, limit=CELL_LIMIT))
        progress(Stage("the global optimum"))
        optimum = known.optimum = solve(data, penalty, digits=max(30, digits + 5), progress=progress)
        supports: tuple[tuple[int, ...], ...] = ()
        fewest = None
        if optimum.status is Status.PROVED:
            progress(Stage("its smallest network"))
            best = optimal_set(optimum, limit=FEW_BASES)
            if best.status is Status.PROVED:
                supports, fewest = tuple(vertex.support for vertex in best.vertices), best.min_width
            else:
                smallest = minimum_network(best)
                supports, fewest = (smallest.support,), smallest.width
        known.fewest = fewest
        return cls(
            field=field,
            optimum=optimum,
            supports=supports,
            fewest=fewest,
            digits=digits,
            engine=known.engine,
            limit=limit,
            progress=progress,
            known=known,
        )

    @property
    def program(self) -> Program:
        """Return the problem."""
        return self.field.every.program

    def solve(self, width: int) -> WidthOptimum:
        """Return the optimum of a width."""
        if not width:
            return self._zero()
        proposals = Proposals(self.field, width)
        self._seed(proposals)
        prover = Prover(field=self.field, digits=self.digits)
        search = TreeSearch(self.field, width, proposals, prover, limit=self.limit, progress=self.progress)
        search.run(self.known.networks.append)
        with spending(anew=True):
            return self._claim(width, search)

    def _seed(self, proposals: Proposals) -> None:
        """Propose the smallest network of the optimal set, and what SCIP finds."""
        neurons, rows = self.optimum.neurons, list(self.program.hyperplanes.rows)
        for support in self.supports:
            if len(support) <= proposals.width:
                gates = [(neurons[k].sign, [neurons[k].gate[row] for row in rows]) for k in support]
                proposals.consider(sum({1 << self.field.columns_at(sign, gate)[0] for sign, gate in gates}))
        if self.engine == "scip":
            self.progress(Stage("a mixed-integer program with scip"))
            proposals.consider(propose_columns(self.field, proposals.width))

    def _zero(self) -> WidthOptimum:
        """Return the zero network, the only one without neurons."""
        y = self.program.data.y
        value = SQUARED.of_residual(y)
        evidence = WidthEvidence(tree=(Closed(0),), points=(DualPoint(residual=y, coverings=()),))
        known = Incumbent(network=Network([], []), upper=value, value=Real.rational(value))
        return self._record(0, known, evidence, exact=True, nodes=1, reason="")

    def _claim(self, width: int, search: TreeSearch) -> WidthOptimum:
        """Check the evidence in rational numbers once more, and say what it shows."""
        best, evidence = search.incumbent, search.evidence()
        reason: str = best.reason or "a leaf has no dual point that is precise enough"
        if search.stopped:
            stop = Limit(counted="assignments of neurons to regions", value=self.limit, reached=search.visited)
            cure = Cure("raise ", Argument("limit"), " to go on")
            reason = Message(f"the search has looked at {self.limit} assignments", cure, limit=stop)
        if self.fewest is not None and width >= self.fewest:
            best, exact = replace(best, value=self.optimum.value), True
        else:
            exact = search.is_exact()
        return self._record(width, best, evidence, exact=exact, nodes=search.visited, reason=reason)

    def _record(
        self, width: int, best: Incumbent, evidence: WidthEvidence, *, exact: bool, nodes: int, reason: str
    ) -> WidthOptimum:
        return record(
            self.program,
            width,
            best,
            evidence,
            digits=self.digits,
            engine=self.engine,
            nodes=nodes,
            reason=reason,
            is_global=self._is_global(width, lower_bound(self.program, evidence), best.upper),
            exact=exact,
        )

    def _is_global(self, width: int, lower: Fraction, upper: Fraction) -> bool | None:
        """Say whether the optimum of a width is that of all widths."""
        if self.fewest is not None:
            return width >= self.fewest
        if lower > self.optimum.upper:
            return False
        return True if self.optimum.status is Status.PROVED and self.optimum.lower == upper else None
