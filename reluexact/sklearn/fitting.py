"""What the estimators share: from parameters and exact data to the optimum, and what is done where the proof stays open."""

from __future__ import annotations

import warnings
from dataclasses import replace
from fractions import Fraction
from typing import Any, cast

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.validation import check_is_fitted, validate_data

from reluexact.errors import InputError, LimitReached, ReluExactError
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.evidence.status import Status
from reluexact.kinds.bound.find import prove_bound
from reluexact.kinds.files import certificate
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.find import solve
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.dataset import Dataset
from reluexact.model.logistic import logistic
from reluexact.model.problem import Problem
from reluexact.numbers.rational import to_penalty
from reluexact.numbers.real import Real
from reluexact.numbers.types import Matrix, Vector
from reluexact.propose.ladders import NUMERICAL
from reluexact.propose.rough_network import rough_network
from reluexact.sklearn.exact_arrays import exact_rows

Found = Optimum | ProblemOptimum | ProblemBound
UNDECIDED_WAYS = ("warn", "error", "ignore")
CLOSE = Fraction(1, 10**9)
"""A relative gap from which on no better network is looked for."""

EXPECTED_FAILED_CHECKS = {
    "check_sample_weight_equivalence_on_dense_data": "a weight of 2 and a repeated row have the same optima, but where no proof "
    "closes the network is only near one, and need not be the same",
}
"""What ``check_estimator`` may find where a limit leaves proofs open; where all optima are PROVED nothing is expected to fail."""


class NotProvedWarning(ConvergenceWarning):
    """The optimum is UNDECIDED; the best proved network is used."""


class NotProved(ReluExactError):
    """The optimum is UNDECIDED, and ``undecided="error"`` was asked for; ``optimum`` has the bounds that are proved."""

    def __init__(self, text: str, optimum: Any = None) -> None:
        super().__init__(text, optimum)
        self.optimum = optimum

    def __str__(self) -> str:
        return str(self.args[0])


class Exact(BaseEstimator):
    """The part of the estimators that needs no targets; the parameters and attributes are described there."""

    penalty: Any
    loss: Any
    hidden_bias: str
    output_bias: str
    skip: str
    floats: Any
    digits: int
    engine: str
    limit: int
    time_limit: Any
    undecided: str

    @property
    def certificate_(self) -> str:
        """Return the text of the certificate of ``optimum_`` (of its bounds while it is UNDECIDED), which the checker accepts."""
        check_is_fitted(self, "network_")
        return certificate(self.optimum_).decode()

    def _fit(self, rows: Matrix, targets: Vector, weights: Vector | None) -> None:
        """Solve, and set what ``fit`` leaves behind; rows of weight 0 are left out."""
        if self.undecided not in UNDECIDED_WAYS:
            raise InputError(f"undecided: {self.undecided!r}; say 'warn', 'error' or 'ignore'")
        kept = [i for i in range(len(rows)) if weights is None or weights[i]]
        names = getattr(self, "feature_names_in_", None)
        data = Dataset(
            tuple(rows[i] for i in kept), tuple(targets[i] for i in kept), names=None if names is None else list(map(str, names))
        )
        problem = Problem(
            data,
            to_penalty(self.penalty, floats=self.floats),
            loss=self.loss,
            hidden_bias=self.hidden_bias,
            output_bias=self.output_bias,
            skip=self.skip,
            weights=None if weights is None else tuple(weights[i] for i in kept),
        )
        found, reason = self._found(problem)
        if reason:
            found = improved(problem, found)
            self._tell(found, reason)
        self.problem_, self.optimum_, self.network_ = problem, found, found.network
        self.status_ = Status.UNDECIDED if isinstance(found, ProblemBound) else found.status

    def _found(self, problem: Problem) -> tuple[Found, str]:
        """Return what is proved, and the reason where that is less than was asked for."""
        options = {"engine": self.engine, "limit": self.limit, "time_limit": self.time_limit}
        if problem.loss != logistic:
            optimum = solve(problem, digits=self.digits, **options)
            return optimum, str(optimum.reason)
        try:
            bounds: object = prove_bound(problem, **options)
            reason = ""
        except LimitReached as stop:
            bounds, reason = stop.bounds, str(stop)
            if bounds is None:
                raise
        return cast("ProblemBound", bounds), reason

    def _tell(self, found: Found, reason: str) -> None:
        lower, upper = Real.rational(found.lower), Real.rational(found.upper)
        text = (
            f"the optimum is UNDECIDED: {reason}. It lies between {lower.decimal(10)} and {upper.decimal(10)}, which network_ "
            "attains"
        )
        if self.undecided == "error":
            raise NotProved(text, found)
        if self.undecided == "warn":
            warnings.warn(f"{text}; undecided='ignore' says nothing", NotProvedWarning, stacklevel=4)

    def _outputs(self, X: Any) -> np.ndarray:
        """Return the outputs of the network, computed exactly and rounded to the nearest floats."""
        check_is_fitted(self, "network_")
        rows = exact_rows(validate_data(self, X, reset=False, dtype=None), self.floats)
        return np.array(self.network_.predict(rows, as_floats=True))


def improved(problem: Problem, found: Found) -> Found:
    """Return a claim whose proof stayed open with a better network, where floats find one; its objective is exact.

    >>> problem = Problem(Dataset([[0], [1], [2]], [0, 1, 4]), 1, hidden_bias="free", output_bias="free")
    >>> stopped = prove_bound(problem, gap=1)
    >>> improved(problem, stopped).upper <= stopped.upper
    True
    """
    if found.upper - found.lower <= CLOSE * abs(found.upper):
        return found
    try:
        network, upper = rough_network(problem)
    except (*NUMERICAL, InputError):  # floats find nothing
        return found
    if upper >= found.upper:
        return found
    if isinstance(found, ProblemBound):
        return replace(found, network=network, upper=upper)
    value = Real(low=found.lower, high=upper)
    if isinstance(found, Optimum):
        plain = network.without_parts()
        return found if plain is None else replace(found, network=plain, upper=upper, value=value)
    evidence = improved_bound(found.evidence, network, upper)
    return replace(found, network=network, upper=upper, value=value, evidence=evidence)


def improved_bound(evidence: Any, network: Any, upper: Fraction) -> Any:
    """Return the bounds that are the evidence of an open claim with the better network."""
    return replace(evidence, network=network, upper=upper) if isinstance(evidence, ProblemBound) else evidence
