"""What the optima of all widths have in common, and the claim about one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from reluexact.budget import spending
from reluexact.errors import Argument, Cure, Limit, Message
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.width_optimum.claim import Closed, DualPoint, WidthEvidence, WidthOptimum
from reluexact.kinds.width_optimum.incumbent import Incumbent, Prover
from reluexact.kinds.width_optimum.record import lower_bound, record
from reluexact.kinds.width_optimum.smallest import find_optimum, seed
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
        progress(Stage("activation patterns"))
        field = Field(all_columns(make_program(known.data, known.penalty)))
        optimum, supports = find_optimum(known, progress)
        return cls(
            field=field,
            optimum=optimum,
            supports=supports,
            fewest=known.fewest,
            digits=known.digits,
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
        seed(proposals, self.optimum, self.supports)
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
