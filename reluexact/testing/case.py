"""What the fixture of the plugin gives to a test: a problem, and the assertion about its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reluexact.evidence.status import Status
from reluexact.kinds.bank.instance import BankInstance
from reluexact.kinds.judgement.find import judge
from reluexact.kinds.judgement.subject import subject_of
from reluexact.numbers.rational import to_gap
from reluexact.testing.answer import answered
from reluexact.testing.optimality import EXPLAINING, GAP, NotDecided, NotOptimal, message

if TYPE_CHECKING:
    from reluexact.model.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One instance of the bank, as a solver under test takes it; ``instance`` has what is known of its optimum."""

    instance: BankInstance

    @property
    def name(self) -> str:
        """Return the name of the instance."""
        return self.instance.name

    @property
    def problem(self) -> Problem:
        """Return the problem: loss, parts and penalty, and the data exactly."""
        return self.instance.problem

    @property
    def X(self) -> np.ndarray:
        """Return the features (n x d) as the nearest floats, with the bias column where the hidden bias is penalised."""
        return np.array([[float(entry) for entry in row] for row in self.problem.data.X])

    @property
    def y(self) -> np.ndarray:
        """Return the targets (n) as the nearest floats."""
        return np.array([float(entry) for entry in self.problem.data.y])

    def assert_optimal(self, network: object, *, gap: object = GAP, explain: object = EXPLAINING) -> None:
        """Fail as :func:`reluexact.testing.optimality.assert_optimal` does; the optimum is known, so that success is quick.

        >>> from reluexact import bank_instance, BiasedNetwork
        >>> hat = Case(instance=bank_instance("hat"))
        >>> hat.assert_optimal(hat.instance.claim.optimum.network)
        >>> hat.assert_optimal(BiasedNetwork([], []), gap="1/2", explain=None)
        Traceback (most recent call last):
        ...
        reluexact.testing.optimality.NotOptimal: hat of the bank: REFUTED: the excess is more than 0.5 of the objective
        objective   0.5
        optimum     0.245000000000
        excess      0.255000000000: 0.51000000 of the objective
        problem     3 rows, 2 columns, penalty 0.1; hidden_bias penalised
                    If it was trained with other parts or penalised otherwise, this is about the wrong problem.
        rx.bank_instance("hat").problem is the problem; rx.testing.shrink makes one that still fails small
        """
        most = to_gap(gap)
        given = subject_of(answered(network), self.problem).network
        if self.instance.excess(given)[1] <= most * abs(self.problem.objective(given)):
            return
        found = judge(given, self.problem)
        status = found.within(most)
        if status is not Status.PROVED:
            way = f'rx.bank_instance("{self.name}").problem is the problem; rx.testing.shrink makes one that still fails small'
            text = f"{self.name} of the bank: {message(found, most, explain)}\n{way}"
            raise (NotOptimal if status is Status.REFUTED else NotDecided)(text, found)
