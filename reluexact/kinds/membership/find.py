"""Is this network a global optimum? Decided by its exact objective; what is wrong with it is said in the terms of the theory.

A network is globally optimal exactly when its objective equals the optimal value. Why it is not: every optimal network is
balanced, has the one optimal fit, uses optimal neurons only, and two of its neurons of equal sign in one closed cell are
collinear (Wang, Lacotte & Pilanci 2022, nearly minimal networks; Mishkin & Pilanci 2023, Cor 4.1). Zero neurons are harmless.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import LimitReached
from reluexact.evidence.status import Status
from reluexact.kinds.membership.claim import Verdict
from reluexact.kinds.membership.conditions import Examined, examine
from reluexact.kinds.optimal_set.certified import point_of_set
from reluexact.kinds.optimal_set.claim import OptimalSet, require_set
from reluexact.model.loss import SQUARED
from reluexact.model.network import Network, as_network
from reluexact.model.symmetries import require_fitting
from reluexact.numbers.combination import combination
from reluexact.numbers.linalg import dot, solve
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.rational import Floats
from reluexact.numbers.real import Real
from reluexact.prove.certified import CertifiedPoint

DIGITS = (40, 400, 2000)
"""Decimals to which objective and value are compared before and after the exact tests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    """The sign of objective minus value (None: not settled), and the difference."""

    sign: int | None
    excess: Real


def contains(best: OptimalSet, network: object, *, floats: Floats = None) -> Verdict:
    """Decide whether a network is a global optimum, of whatever width; a network is a Network or a pair (hidden, output).

    floats: which exact numbers the floats of a pair stand for, as in Network. PROVED and REFUTED are exact; UNDECIDED happens
    only for an objective that agrees with an irrationally presented value to 2000 decimals.

    >>> from reluexact.kinds.optimal_set.find import optimal_set
    >>> from reluexact.kinds.optimum.find import solve
    >>> from reluexact.model.dataset import Dataset
    >>> best = optimal_set(solve(Dataset(X=[[1, 0], [0, 1]], y=[3, 4]), penalty=1))
    >>> contains(best, Network([["6/5", "8/5"]], [2]))
    Verdict(PROVED: its objective 9/2 is the optimal value)
    >>> contains(best, Network([[1, 1]], [1]))
    Verdict(REFUTED: neuron 0 is not balanced: |w|^2 = 2, but a^2 = 1)
    """
    require_set(best)
    given, _ = require_fitting(as_network(network, floats), best.optimum.data)
    compared = compare(best, given)
    statement = f"the network of width {given.width} is a global optimum for penalty {best.optimum.penalty}"
    if compared.sign == 0:
        value = given.objective(best.optimum.data, best.optimum.penalty)
        reason = f"its objective {Real.rational(value)!r} is the optimal value"
        return Verdict(
            status=Status.PROVED, statement=statement, reason=reason, witness=None, violated=(), excess=Real.rational(0)
        )
    violated = examine(best, given)
    status = Status.UNDECIDED if compared.sign is None else Status.REFUTED
    if violated and compared.sign is None:
        status = Status.REFUTED  # a condition that every optimum meets is proved to fail
    if status is Status.UNDECIDED:
        reason = f"its objective agrees with the optimal value to {DIGITS[-1]} decimals, and no exact test settles the rest"
    else:
        reason = violated[0].text if violated else f"its objective exceeds the optimal value by {compared.excess!r}"
    witness = violated[0] if violated else None
    return Verdict(status=status, statement=statement, reason=reason, witness=witness, violated=violated, excess=compared.excess)


def compare(best: OptimalSet, network: Network) -> _Comparison:
    """Compare the exact objective of a network with the optimal value."""
    optimum = best.optimum
    objective = network.objective(optimum.data, optimum.penalty)
    excess = combination([(Fraction(1), Real.rational(objective)), (Fraction(-1), optimum.value)])
    if excess.radical is not None:
        return _Comparison(sign=excess.radical.sign(), excess=excess)
    finer = _finer(excess, DIGITS[0])
    if finer.low > 0:
        return _Comparison(sign=1, excess=finer)
    exact = exact_value(point_of_set(best), network)
    if exact is not None:
        excess = Real.rational(objective - exact)
        return _Comparison(sign=int(excess.low > 0), excess=excess)
    for digits in DIGITS[1:]:
        finer = _finer(excess, digits)
        if finer.low > 0:
            return _Comparison(sign=1, excess=finer)
    return _Comparison(sign=None, excess=finer)


def _finer(excess: Real, digits: int) -> Real:
    """Enclose a number to so many decimals, if something can."""
    try:
        return excess.refined(digits)
    except LimitReached:
        return excess


def exact_value(certified: CertifiedPoint, network: Network) -> Fraction | None:
    """Return the optimal value when the fit of a network is the optimal one and shows it to be rational, else None.

    The unknowns of the KKT system that give this fit are rational and unique (the features are independent). When they solve the
    system exactly and lie in the box that contains just one solution, they are the solution.
    """
    kkt, box = certified.kkt, certified.box
    fit = network.predict(kkt.program.data.X)
    blocks = range(len(kkt.structure.blocks))
    lengths = {kkt.amount(block) for block in blocks}
    places = [j for j in range(len(kkt.design)) if j not in lengths]
    if not places:
        return None
    answer = solve([[kkt.design[j][i] for j in places] for i in range(len(fit))], fit)
    if answer is None:
        return None
    point = [Fraction(0)] * len(kkt.design)
    for place, entry in zip(places, answer, strict=True):
        point[place] = entry
    for block in blocks:
        weights = kkt.weights(block, tuple(point))
        length = RadicalSum.root(dot(weights, weights)).as_fraction()
        if length is None:
            return None
        point[kkt.amount(block)] = length
    inside = all(abs(a - b) <= box.spread for a, b in zip(point, box.midpoint, strict=True))
    if not inside or not kkt.system.vanishes(tuple(point)):
        return None
    return SQUARED.dual_value(kkt.residual(tuple(point)), kkt.program.data.y)


def listed_neuron(best: OptimalSet, weights: Sequence[Fraction], amount: Fraction) -> int | None:
    """Return the listed neuron that a non-zero neuron of an optimal network is: the only one on the same face, of equal sign."""
    return Examined.of(best.optimum.data.X, weights, amount).on_face(best.neurons)
