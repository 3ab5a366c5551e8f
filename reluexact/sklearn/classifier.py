"""Classification to the proved global optimum, as an estimator of scikit-learn."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.utils.metaestimators import available_if
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import validate_data

from reluexact.model.logistic import logistic
from reluexact.model.losses import to_loss
from reluexact.sklearn.exact_arrays import exact_rows, row_weights
from reluexact.sklearn.fitting import Exact


def _is_logistic(estimator: ExactReLUClassifier) -> bool:
    """Say whether outputs are log-odds, so that there are probabilities."""
    return to_loss(estimator.loss) == logistic


class ExactReLUClassifier(ClassifierMixin, Exact):
    """The best two-layer ReLU network of any width that tells two classes apart, proved; its objective is that of ``rx.Problem``.

    The classes become the labels -1 and 1, in the order of ``classes_``. More than two are refused; scikit-learn's
    ``OneVsRestClassifier(ExactReLUClassifier())`` proves one optimum per class.

    The parameters and attributes are those of :class:`reluexact.sklearn.regressor.ExactReLURegressor`, except for these.

    Parameters
    ----------
    loss : name or object, default="hinge"
        "hinge", "squared_hinge", "logistic" (bounds, no optimum, are proved: ``optimum_`` is a ``rx.ProblemBound``, ``status_``
        UNDECIDED, and there is a ``predict_proba``), or a loss of regression.

    Attributes
    ----------
    classes_ : the two classes, sorted

    >>> model = ExactReLUClassifier(penalty="1/10").fit([[0], [1], [2], [3]], ["out", "in", "in", "out"])
    >>> model.status_.name, model.optimum_.value, model.predict([["-1"], ["3/2"]]).tolist()
    ('PROVED', 2/5, ['out', 'in'])
    """

    def __init__(
        self,
        penalty: Any = 1,
        *,
        loss: Any = "hinge",
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

    def __sklearn_tags__(self) -> Any:
        """Say that there are two classes."""
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> ExactReLUClassifier:
        """Find and prove the optimum for rows X (n x d) with classes y (n); ``sample_weight`` (n, at least 0) weighs the losses.

        Raises ValueError for other than two classes, InputError (a ValueError) for a parameter or data that cannot be used, and
        ``NotProved`` with ``undecided="error"``.
        """
        X, y = validate_data(self, X, y, dtype=None)
        check_classification_targets(y)
        kind = type_of_target(y, input_name="y", raise_unknown=True)
        if kind != "binary":
            raise ValueError(f"Only binary classification is supported. The type of the target is {kind}.")
        weights = row_weights(sample_weight, len(X), self.floats)
        used = y if weights is None else y[np.array([bool(weight) for weight in weights])]
        classes = np.unique(used)
        if len(classes) != 2:
            raise ValueError(
                f"y: there is one class only, {classes[0]!r}; give rows of two classes (with a weight that is not 0)"
            )
        labels = tuple(Fraction(1 if label == classes[1] else -1) for label in y)
        self._fit(exact_rows(X, self.floats), labels, weights)
        self.classes_ = classes
        return self

    def decision_function(self, X: Any) -> np.ndarray:
        """Return the outputs (n) of ``network_``, rounded to the nearest floats; above 0 is ``classes_[1]``."""
        return self._outputs(X)

    def predict(self, X: Any) -> np.ndarray:
        """Return the classes (n); an output of 0 is ``classes_[0]``."""
        outputs = self.decision_function(X)
        return np.asarray(self.classes_[(outputs > 0).astype(int)])

    @available_if(_is_logistic)
    def predict_proba(self, X: Any) -> np.ndarray:
        """Return the probabilities (n x 2) of both classes; with the logistic loss only."""
        outputs = self.decision_function(X)
        return np.asarray(np.exp(-np.logaddexp(0.0, np.column_stack([outputs, -outputs]))))
