"""Estimators of scikit-learn that train to the proved global optimum; they need the extra ``reluexact[sklearn]``.

Every check of ``check_estimator`` passes (1.9.1; tests/sklearn says with which parameters). Refused, by tags: sparse X, several
targets, more than two classes. Where no proof closes, what a time limit leaves depends on the machine.

>>> from reluexact.sklearn import ExactReLURegressor
>>> model = ExactReLURegressor(penalty=1).fit([[0], [1], [2], [3]], [0, 0, 1, 4])
>>> model.status_.name, model.optimum_.value.decimal(6), model.predict([[3]]).round(3).tolist()
('PROVED', '2.08333', [3.167])
"""

from __future__ import annotations

from reluexact.errors import MissingDependency

try:
    from reluexact.sklearn.classifier import ExactReLUClassifier
    from reluexact.sklearn.fitting import NotProved, NotProvedWarning
    from reluexact.sklearn.regressor import ExactReLURegressor
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] != "sklearn":
        raise
    raise MissingDependency("scikit-learn", "pip install 'reluexact[sklearn]'") from error

__all__ = ["ExactReLUClassifier", "ExactReLURegressor", "NotProved", "NotProvedWarning"]
