"""What is proved of a width when its search is stopped: bounds that hold for every width, and a network that is narrow enough."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction

from reluexact.budget import spending
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.network import BoundEvidence
from reluexact.evidence.region import Region
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.width_optimum.claim import Closed, Covering, DualPoint, WidthEvidence, WidthOptimum
from reluexact.kinds.width_optimum.incumbent import Incumbent
from reluexact.kinds.width_optimum.record import record
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.model.program import make_program
from reluexact.numbers.linalg import dot
from reluexact.propose.ladders import NUMERICAL
from reluexact.propose.schedule import LAST_SECONDS
from reluexact.propose.width.narrowing import narrowed
from reluexact.search.anytime import Ladder, least_bound, with_network


@dataclass(slots=True, kw_only=True)
class Known:
    """What the work has found so far: bounds or the optimum without a width, networks, and the fewest neurons of an optimum."""

    data: Dataset
    penalty: Fraction
    digits: int
    engine: str
    bound: BoundProof | None = None
    optimum: Optimum | None = None
    fewest: int | None = None
    networks: list[Network] = field(default_factory=list)

    def claim(self, width: int, reason: str) -> WidthOptimum:
        """Return the claim about a width that the bounds prove; they get some time of their own."""
        with spending(anew=True):
            if self.bound is None:
                self.bound = self._bound()
            network = self._network(width, self.bound)
            best = Incumbent(network=network, upper=network.objective(self.data, self.penalty))
            return record(
                make_program(self.data, self.penalty),
                width,
                best,
                _evidence(self.bound, width),
                digits=self.digits,
                engine=self.engine,
                nodes=width + 1,
                reason=reason,
                is_global=None if self.fewest is None else width >= self.fewest,
            )

    def _bound(self) -> BoundProof:
        """Prove bounds of the problem without a width near what is known of its optimum."""
        known = self.optimum
        bound = least_bound(self.data, self.penalty)
        if known is None:
            return Ladder(self.data, self.penalty, self.data.y).climb(bound, seconds=LAST_SECONDS, anew=True)
        bound = with_network(bound, known.network)
        evidence = known.evidence
        if isinstance(evidence, BoundEvidence):
            trees = evidence.positive, evidence.negative
            return replace(bound, residual=evidence.residual, positive=trees[0], negative=trees[1], lower=known.lower)
        theta = tuple((entry.low + entry.high) / 2 for entry in known.residual)
        ladder = Ladder(self.data, self.penalty, theta)
        bound = ladder.leap(bound, LAST_SECONDS)
        return bound if bound.lower else ladder.climb(bound, seconds=LAST_SECONDS, anew=True)

    def _network(self, width: int, bound: BoundProof) -> Network:
        """Return the best network of at most so many neurons: found, the greatest parts of those, or what these are fitted to."""
        wide = (bound.network, *self.networks)
        narrow = [part for network in wide for part in _parts(network, width)]
        if width:
            with suppress(*NUMERICAL):
                narrow += [narrowed(self.data, self.penalty, network, width) for network in wide]
        return min(narrow, key=lambda network: network.objective(self.data, self.penalty))


def _parts(network: Network, width: int) -> list[Network]:
    """Return what is left of a network when its smallest neurons are taken away, for each width up to the given one."""
    sizes = [dot(row, row) * weight * weight for row, weight in zip(network.hidden, network.output, strict=True)]
    order = sorted(range(network.width), key=lambda j: (-sizes[j], j))
    kept = [order[:count] for count in range(min(width, network.width) + 1)]
    return [Network([network.hidden[j] for j in some], [network.output[j] for j in some]) for some in kept]


def _evidence(bound: BoundProof, width: int) -> WidthEvidence:
    """Return one dual point for all directions, which closes every assignment of a width at once; that of no neurons is y."""
    if not width:
        return WidthEvidence(tree=(Closed(0),), points=(DualPoint(residual=bound.data.y, coverings=()),))
    everywhere = ((1, bound.positive), (-1, bound.negative))
    trees = tuple(Covering(region=Region(sign=sign), tree=tree) for sign, tree in everywhere)
    point = DualPoint(residual=bound.residual, coverings=trees)
    return WidthEvidence(tree=(Closed(0),) * (width + 1), points=(point,))
