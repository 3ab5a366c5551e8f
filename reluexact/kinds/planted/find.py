"""Instances whose optimum is known because it was chosen first: dual point and neurons, then the targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

from reluexact.budget import check
from reluexact.errors import InputError, Limit, LimitReached, Message
from reluexact.kinds.planted.assemble import instance
from reluexact.kinds.planted.claim import Planted
from reluexact.kinds.planted.draws import Draws
from reluexact.kinds.planted.plan import UNIQUE, Plan
from reluexact.kinds.planted.rows import Draft
from reluexact.kinds.planted.spline import SplineDraft
from reluexact.kinds.planted.targets import plantable
from reluexact.model.losses import squared
from reluexact.model.problem import NONE
from reluexact.numbers.rational import to_count, to_fraction
from reluexact.numbers.seconds import time_limited
from reluexact.progress import Progress, Stage, silent

MOST = 1_000
DRAFTS, PROOFS = 1_000, 40
"""So many drafts are drawn, and so many of those that look right are given to the prover."""


def planted(
    rows: int = 12,
    features: int = 2,
    neurons: int = 3,
    *,
    seed: int = 0,
    shape: str = UNIQUE,
    difficulty: int = 0,
    near: Sequence[object] = (),
    on_hyperplane: int = 0,
    repeated: int = 0,
    symmetric: bool = False,
    loss: object = squared,
    hidden_bias: str = NONE,
    output_bias: str = NONE,
    skip: str = NONE,
    limit: int = 200_000,
    time_limit: object = None,
    progress: Progress | None = None,
) -> Planted:
    """Return an instance whose optimum and set of optimal networks are known exactly, with the proof.

    Rows and theta are drawn such that chosen rational directions u reach the penalty, ``theta.(Xu)+ = s b |u|``, and no other
    does, which is proved; squares of rational numbers are drawn as amounts; the targets come last, for the squared loss fit plus
    theta. Weak duality (:mod:`reluexact.model.problem`) makes the network optimal; the value is rational, and the network too.

    rows, features, neurons: sizes; the features do not count a bias. shape: "unique" (one optimal network), "paired" (every
    neuron has its opposite, ``neurons`` such pairs: a set of dimension neurons - features where that is positive, with many
    vertices), or "corner" (the same, but one vertex has ``neurons`` neurons, the fewest, and others more: where pruning ends
    depends on where it starts). near: for each of these relative distances a direction that no optimal network uses, though
    it misses the penalty by this share only. difficulty: so many more of these, at 10^-3, 10^-6, 10^-9, ... on_hyperplane: so
    many neurons lie on the hyperplane of a row. repeated: so many rows are copies of others, with other targets. symmetric: the
    mirror image of every row (in the first feature), with the same target, is a row.
    loss: of regression, or "hinge" or "squared_hinge": then the targets are labels, and the rows have weights. hidden_bias:
    "none", "penalised", or "free": one feature, a free output bias, a unique optimum whose kinks lie in rows. output_bias:
    "none", "free" or "penalised". skip: "none", "penalised", or, where neurons have opposites, "free"; as in
    :class:`reluexact.model.problem.Problem`.
    seed: an integer; the same arguments give the same instance on every machine. Raises InputError for what does not fit
    together, and LimitReached when no draw has a proof (``limit``: nodes of a branch tree) or the time is over.

    >>> instance = planted(8, 2, 2, seed=1)
    >>> instance
    Planted(8 rows, 2 features, 2 optimal neurons, value 431, dimension 0)
    >>> instance.optimum.value == instance.value == instance.problem.objective(instance.network)
    True
    """
    sizes = {"rows": rows, "features": features, "neurons": neurons}
    counts = {"on_hyperplane": on_hyperplane, "repeated": repeated}
    plan = Plan(
        **{name: to_count(value, where=name, most=MOST) for name, value in sizes.items()},
        **{name: _number(value, name) for name, value in counts.items()},
        shape=shape,
        distances=_distances(near, difficulty),
        symmetric=bool(symmetric),
        loss=plantable(loss),
        hidden_bias=hidden_bias,
        output_bias=output_bias,
        skip=skip,
    ).checked()
    with time_limited(time_limit):
        return _found(plan, _number(seed, "seed", negative=True), to_count(limit, where="limit"), progress or silent)


def _found(plan: Plan, seed: int, limit: int, report: Progress) -> Planted:
    """Return the first draft that is proved to be what was planted."""
    draws = Draws(f"{plan.key}/seed {seed}")
    for attempts, draft in enumerate(islice(_drafts(plan, draws), PROOFS)):
        report(Stage(f"planted structure {attempts + 1}"))
        found = instance(plan, draft, attempts, limit)
        if found is not None:
            return found
    stop = Limit(counted="drafts", value=DRAFTS, argument=None)
    raise LimitReached(Message("no draft fits all that is planted; give more rows or features, or fewer neurons", limit=stop))


def _distances(near: Sequence[object], difficulty: int) -> tuple[Fraction, ...]:
    if isinstance(near, str) or not isinstance(near, Sequence):
        raise InputError(f'near: {near!r} is no list; give one of distances, as in near=["1/1000"]')
    given = [to_fraction(distance, where=f"near[{i}]", floats="decimal") for i, distance in enumerate(near)]
    return (*given, *(Fraction(1, 10 ** (3 * k)) for k in range(1, _number(difficulty, "difficulty") + 1)))


def _number(value: object, where: str, *, negative: bool = False) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or (value < 0 and not negative):
        raise InputError(f"{where}: {value!r} is no {'integer' if negative else 'integer from 0 on'}")
    return value


def _drafts(plan: Plan, draws: Draws) -> Iterator[Draft]:
    """Yield drafts that look right."""
    for _ in range(DRAFTS):
        check()
        draft = (SplineDraft if plan.spline else Draft)(plan=plan, draws=draws)
        if draft.built():
            yield draft
