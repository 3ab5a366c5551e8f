"""Regression to the proved global optimum, as an estimator of scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import RegressorMixin
from sklearn.utils.validation import validate_data

from reluexact.sklearn.exact_arrays import exact_rows, exact_targets, row_weights
from reluexact.sklearn.fitting import Exact


class ExactReLURegressor(RegressorMixin, Exact):
    """The best two-layer ReLU network of any width for a penalty, proved; its objective is that of ``rx.Problem``.

    With the default parts the penalty is the ``alpha`` of ``MLPRegressor(solver="lbfgs")``: neither bias is penalised.

    Parameters
    ----------
    penalty : number > 0, or text such as "1/10", default=1
    loss : name or object, default="squared"
        As in ``rx.Problem``: "absolute", "huber(1)", "quantile(1/4)", ``rx.epsilon_insensitive("1/10")``, ...
    hidden_bias, output_bias, skip : "none", "free" or "penalised", defaults "free", "free", "none"
        The parts of ``rx.Problem``. ``hidden_bias="free"`` needs ``output_bias="free"``, and takes much longer than "penalised"
        where there are many rows.
    floats : "decimal" or "binary", default="decimal"
        Which numbers floats stand for, of X, y, penalty and weights, in ``predict``, too: the shortest decimal (0.1 is 1/10), or
        the stored value. Integers, Fractions, Decimals and text (arrays of objects, of text) are exact.
    digits : int, default=30
        Decimals of the optimal value that are proved.
    engine : "clarabel" or "scip", default="clarabel"
        The solver that proposes.
    limit : int, default=200_000
        Nodes of a branch tree.
    time_limit : seconds or None, default=None
        What is proved in time does not depend on it. Without one ``fit`` may take very long for more than a few columns.
    undecided : "warn", "error" or "ignore", default="warn"
        Where the proof does not close: a ``NotProvedWarning`` (a ``ConvergenceWarning``), the error ``NotProved``, or nothing.

    Attributes
    ----------
    optimum_ : the claim, as ``rx.solve`` gives it: ``value``, ``lower``, ``upper``, ``neurons``, ``plot()``, ``save(file)``, ...
    status_ : ``rx.Status``; UNDECIDED: the best network that is known is used, and its objective and a lower bound are proved
    network_ : the rational network that predicts; outputs are exact, and rounded to floats at last
    problem_ : the ``rx.Problem``; rows of weight 0 are left out
    certificate_ : text of the certificate, which the checker has accepted
    n_features_in_, feature_names_in_ : as everywhere in scikit-learn

    >>> from sklearn.model_selection import GridSearchCV
    >>> X, y = [[0], [1], [2], [3], [4], [5]], ["0", "0.1", "0.9", "2", "3.1", "4"]
    >>> search = GridSearchCV(ExactReLURegressor(), {"penalty": ["1/100", 1, 100]}, cv=2, scoring="neg_mean_absolute_error")
    >>> search.fit(X, list(map(float, y))).best_params_
    {'penalty': '1/100'}
    >>> search.best_estimator_.status_.name, len(search.best_estimator_.optimum_.neurons)
    ('PROVED', 6)
    """

    def __init__(
        self,
        penalty: Any = 1,
        *,
        loss: Any = "squared",
        hidden_bias: str = "free",
        output_bias: str = "free",
        skip: str = "none",
        floats: Any = "decimal",
        digits: int = 30,
        engine: str = "clarabel",
        limit: int = 200_000,
        time_limit: Any = None,
        undecided: str = "warn",
    ) -> None:
        self.penalty = penalty
        self.loss = loss
        self.hidden_bias = hidden_bias
        self.output_bias = output_bias
        self.skip = skip
        self.floats = floats
        self.digits = digits
        self.engine = engine
        self.limit = limit
        self.time_limit = time_limit
        self.undecided = undecided

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> ExactReLURegressor:
        """Find and prove the optimum for rows X (n x d) with targets y (n); ``sample_weight`` (n, at least 0) weighs the losses.

        Raises InputError (a ValueError) for a parameter or data that cannot be used, and ``NotProved`` with
        ``undecided="error"``.
        """
        X, y = validate_data(self, X, y, dtype=None)
        weights = row_weights(sample_weight, len(X), self.floats)
        self._fit(exact_rows(X, self.floats), exact_targets(y, self.floats), weights)
        return self

    def predict(self, X: Any) -> np.ndarray:
        """Return the outputs (n) of ``network_``, rounded to the nearest floats."""
        return self._outputs(X)
