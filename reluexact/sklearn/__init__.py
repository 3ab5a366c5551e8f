"""Estimators of scikit-learn that train to the proved global optimum; they need the extra ``reluexact[sklearn]``.

Every check of ``check_estimator`` (1.9.1) passes where the optima are PROVED; where limits leave proofs open, all but those of
EXPECTED_FAILED_CHECKS do. With free hidden biases, the default, the longest of them (200 rows of 10 features) are out of reach;
say ``hidden_bias="penalised"`` for these. Refused, by tags: sparse X, several targets, more than two classes.

>>> from reluexact.sklearn import ExactReLURegressor
>>> model = ExactReLURegressor(penalty=1).fit([[0], [1], [2], [3]], [0, 0, 1, 4])
>>> model.status_.name, model.optimum_.value.decimal(6), model.predict([[3]]).round(3).tolist()
('PROVED', '2.08333', [3.167])
"""

from __future__ import annotations

from reluexact.errors import MissingDependency

try:
    from reluexact.sklearn.classifier import ExactReLUClassifier
    from reluexact.sklearn.fitting import EXPECTED_FAILED_CHECKS, NotProved, NotProvedWarning
    from reluexact.sklearn.regressor import ExactReLURegressor
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] != "sklearn":
        raise
    raise MissingDependency("scikit-learn", "pip install 'reluexact[sklearn]'") from error

__all__ = ["EXPECTED_FAILED_CHECKS", "ExactReLUClassifier", "ExactReLURegressor", "NotProved", "NotProvedWarning"]
