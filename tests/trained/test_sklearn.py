"""Networks that scikit-learn trains: their own loss, and the penalty at which they are stationary, measured."""

from __future__ import annotations

import warnings

import numpy as np
import pandas
import pytest
from measured import measured_penalty, steepness, whole_gradient
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import GridSearchCV
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from trained.data import classes, regression

import reluexact as rx


def fitted(kind, X, y, *, sample_weight=None, **settings):
    settings = {"hidden_layer_sizes": 5, "random_state": 0, "max_iter": 5000, **settings}
    if settings["solver"] != "lbfgs":
        settings = {"tol": 0, "n_iter_no_change": 10_000, **settings}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return kind(**settings).fit(X, y, sample_weight=sample_weight)


def near(value, target, part):
    return abs(float(value) - float(target)) <= part * abs(float(target))


def test_lbfgs():
    X, y = regression()
    model = fitted(MLPRegressor, X, y, solver="lbfgs", alpha=0.5)
    found = rx.from_sklearn(model, X, y)
    network, problem = found
    assert problem.penalty * 2 == 1
    assert (problem.hidden_bias, problem.output_bias) == ("free", "free")
    assert near(problem.objective(network), found.constant * model.loss_.item(), 1e-12)
    assert near(measured_penalty(problem, network), problem.penalty, 0.02)
    assert steepness(problem, network) < 0.05
    assert found.trainer.startswith("scikit-learn 1.")
    assert found.trainer.endswith("MLPRegressor, lbfgs")


def test_the_network_computes_what_the_model_does():
    X, y = regression()
    model = fitted(MLPRegressor, X, y, solver="lbfgs", alpha=0.5)
    network, _ = rx.from_sklearn(model, X, y)
    exact = network.predict(X, floats="binary", as_floats=True)
    assert np.abs(np.array(exact) - model.predict(X)).max() < 1e-13
    assert float(network.hidden[3][1]) == model.coefs_[0][1, 3]


@pytest.mark.parametrize("solver", ["sgd", "adam"])
def test_all_rows_at_once(solver):
    X, y = regression()
    rate = {"sgd": 0.05, "adam": 0.003}[solver]
    model = fitted(MLPRegressor, X, y, solver=solver, alpha=0.5, learning_rate_init=rate, max_iter=6000)
    found = rx.from_sklearn(model, X, y)
    assert near(measured_penalty(*reversed(tuple(found))), "0.5", 0.01)
    assert found.problem.penalty * 2 == 1
    assert near(found.objective, found.constant * model.loss_.item(), 1e-4)  # which is that before the last step
    assert not found.remarks


def own_gradient(model, X, y, batches, weights=None):
    """The mean over batches of what scikit-learn's training computes, as columns of neurons."""
    total = 0
    for rows in batches:
        parts = [[np.empty_like(part) for part in kept] for kept in (model.coefs_, model.intercepts_)]
        given = None if weights is None else weights[rows]
        _, coefs, biases = model._backprop(X[rows], y[rows, None], given, [X[rows], None, None], [None, None], *parts)
        neurons = np.column_stack([coefs[0].T, coefs[1], biases[0]])
        total = total + np.append(neurons, biases[1])
    return total / len(batches)


def agree(found, own):
    """Is the gradient of the objective the constant times the trainer's, but for the rounding of floats?"""
    ours, theirs = np.array(whole_gradient(found.problem, found.network)), float(found.constant) * own
    return np.abs(ours - theirs).max() < 1e-9 * np.abs(theirs).max()


def cyclic(n, sizes):
    """Cut all rotations of the rows into batches: every row is in each batch equally often, as shuffled ones are on average."""
    ends = np.cumsum(sizes)
    return [part for k in range(n) for part in np.split(np.roll(np.arange(n), k), ends[:-1])]


def test_mini_batches_divide_alpha_by_their_rows():
    """n = 41 in batches of 20, 20 and 1: 15 alpha, not alpha and not 41/20 alpha."""
    X, y = regression(41)
    model = fitted(MLPRegressor, X, y, solver="sgd", alpha=0.5, batch_size=20, learning_rate_init=0.01, max_iter=100)
    found = rx.from_sklearn(model, X, y)
    assert near(found.problem.penalty, 0.5 * 41 * (1 / 20 + 1 / 20 + 1) / 3, 1e-12)
    assert agree(found, own_gradient(model, X, y, cyclic(41, [20, 20, 1])))
    assert "3 batches of 20, the last one of 1" in found.remarks[0]
    assert "expectation" in found.remarks[0]
    assert not agree(found, own_gradient(model, X, y, [np.arange(41)]))


def test_mini_batches_in_a_fixed_order():
    X, y = regression(9)
    model = fitted(MLPRegressor, X, y, solver="sgd", alpha=0.3, batch_size=6, shuffle=False, max_iter=50)
    found = rx.from_sklearn(model, X, y)
    assert found.problem.weights == (1,) * 6 + (2,) * 3
    assert agree(found, own_gradient(model, X, y, [np.arange(6), np.arange(6, 9)]))


def test_weights_of_rows():
    X, y = regression()
    weights = np.arange(30) % 4 / 2
    model = fitted(MLPRegressor, X, y, solver="lbfgs", alpha=0.5, sample_weight=weights)
    found = rx.from_sklearn(model, X, y, sample_weight=weights)
    assert found.problem.data.n == 22
    assert any("without weight" in remark for remark in found.remarks)
    assert near(found.objective, found.constant * model.loss_.item(), 1e-12)
    kept = weights > 0
    assert agree(found, own_gradient(model, X[kept], y[kept], [np.arange(22)], weights[kept]))
    assert near(measured_penalty(found.problem, found.network), "0.5", 0.02)


def test_two_classes():
    X, y = classes()
    names = np.array(["no", "yes"])[y]
    model = fitted(MLPClassifier, X, names, solver="lbfgs", alpha=0.5)
    found = rx.from_sklearn(model, X, names)
    assert found.problem.loss == rx.logistic
    assert [int(t) for t in found.problem.data.y] == list(2 * y - 1)
    assert near(found.objective, found.constant * model.loss_.item(), 1e-12)
    assert near(measured_penalty(found.problem, found.network), "0.5", 0.02)
    assert agree(found, own_gradient(model, X, y, [np.arange(30)]))
    numbers = rx.from_sklearn(fitted(MLPClassifier, X, y + 3, solver="lbfgs", alpha=0.5), rx.Dataset(X, y + 3, floats="binary"))
    assert numbers == found


@pytest.mark.parametrize(("kind", "data"), [(MLPRegressor, regression), (MLPClassifier, classes)])
def test_early_stopping_leaves_out_the_rows_of_validation(kind, data):
    X, y = data(50)
    model = fitted(kind, X, y, solver="adam", alpha=0.1, early_stopping=True, n_iter_no_change=3, validation_fraction=0.3)
    found = rx.from_sklearn(model, X, y)
    assert found.problem.data.n == 35
    assert "15 rows of validation" in found.remarks[0]
    assert found.problem.penalty * 10 == 1
    kept = [[float(x) for x in row] for row in found.problem.data.X]
    rows = [i for i in range(50) if list(X[i]) in kept]
    left = [i for i in range(50) if i not in rows]
    assert model.score(X[left], y[left]) == model.best_validation_score_
    assert rx.from_sklearn(model, X, y, rows=rows) == found
    model.random_state = None
    with pytest.raises(rx.InputError, match="rows=.*"):
        rx.from_sklearn(model, X, y)
    model.random_state = 7
    with pytest.raises(rx.InputError, match="does not give again"):
        rx.from_sklearn(model, X, y)


@pytest.mark.parametrize(("kind", "data"), [(MLPRegressor, regression), (MLPClassifier, classes)])
def test_early_stopping_with_weights(kind, data):
    X, y = data(40)
    weights = np.arange(40) % 3 + 1
    model = fitted(kind, X, y, sample_weight=weights, solver="adam", alpha=0.1, early_stopping=True, n_iter_no_change=3)
    found = rx.from_sklearn(model, X, y, sample_weight=weights)
    kept = [[float(x) for x in row] for row in found.problem.data.X]
    rows = [i for i in range(40) if list(X[i]) in kept]
    left = [i for i in range(40) if i not in rows]
    assert len(rows) == 36
    assert model.score(X[left], y[left], weights[left]) == model.best_validation_score_
    assert found.problem.weights == tuple(weights[rows])


@pytest.mark.parametrize("solver", ["sgd", "adam"])
def test_rows_of_weight_0_count_as_rows_of_training(solver):
    """One batch: its loss is divided by the sum of the weights, so that the rows without weight do nothing."""
    X, y = regression(12)
    weights = np.arange(12) % 3
    model = fitted(MLPRegressor, X, y, sample_weight=weights, solver=solver, alpha=0.2, max_iter=5)
    found = rx.from_sklearn(model, X, y, sample_weight=weights)
    assert found.problem.data.n == 8
    assert "rows without weight are left out" in found.remarks
    assert agree(found, own_gradient(model, X, y, [np.arange(12)], weights.astype(float)))
    cut = fitted(MLPRegressor, X, y, sample_weight=weights > 0, solver=solver, alpha=0.2, max_iter=5, batch_size=8)
    with pytest.raises(rx.InputError, match=r"each mini-batch .* without the rows of weight 0"):
        rx.from_sklearn(cut, X, y, sample_weight=(weights > 0).astype(int))
    with pytest.raises(rx.InputError, match="no row has a weight"):
        rx.from_sklearn(model, X, y, sample_weight=[0] * 12)


def test_chunks_of_partial_fit_are_asked_for():
    X, y = regression(12)
    model = MLPRegressor(hidden_layer_sizes=4, solver="sgd", alpha=0.2, learning_rate_init=0.01, random_state=0)
    for _ in range(40):
        for part in (slice(0, 6), slice(6, 12)):
            model.partial_fit(X[part], y[part])
    with pytest.raises(rx.InputError, match="partial_fit.*batch_size="):
        rx.from_sklearn(model, X, y)
    found = rx.from_sklearn(model, X, y, batch_size=6)
    assert found.problem.penalty * 5 == 2
    assert agree(found, own_gradient(model, X, y, [np.arange(6), np.arange(6, 12)]))


def test_weights_of_32_bits_are_taken_as_they_are():
    X, y = regression()
    model = fitted(MLPRegressor, X.astype("float32"), y, solver="adam", alpha=0.5, max_iter=20)
    network, problem = rx.from_sklearn(model, X.astype("float32"), y[:, None])
    assert network.output[0] == rx.Network([[1]], [float(model.coefs_[1][0, 0])], floats="binary").output[0]
    assert network.output[0].denominator < 2**40
    assert problem.data.X[0][0].denominator < 2**40


def test_what_has_no_problem_says_why():
    X, y = regression()
    Y = np.column_stack([y, y])
    cases = [
        (fitted(MLPRegressor, X, Y, solver="lbfgs", max_iter=5), Y, "divides the loss by 2, but not its gradient"),
        (fitted(MLPRegressor, X, Y, solver="adam", max_iter=2), Y, "2 outputs"),
        (fitted(MLPRegressor, X, y, solver="lbfgs", hidden_layer_sizes=(3, 3), max_iter=5), y, "2 hidden layers"),
        (fitted(MLPRegressor, X, y, solver="lbfgs", activation="tanh", max_iter=5), y, "'tanh'"),
        (fitted(MLPRegressor, X, abs(y), solver="adam", loss="poisson", max_iter=2), abs(y), "'exp'"),
        (fitted(MLPClassifier, X, np.arange(30) % 3, solver="lbfgs", max_iter=5), np.arange(30) % 3, "3 outputs"),
        (fitted(MLPRegressor, X, y, solver="lbfgs", alpha=0, max_iter=5), y, "nothing is penalised"),
        (MLPRegressor(), y, "not fitted yet"),
        (make_pipeline(StandardScaler(), MLPRegressor()), y, "transforms the data"),
        (StandardScaler(), y, "no fitted MLPRegressor"),
    ]
    for model, targets, words in cases:
        with pytest.raises(rx.InputError, match=words):
            rx.from_sklearn(model, X, targets)


def test_classes_that_are_no_two():
    X, y = classes()
    alone = fitted(MLPClassifier, X, [1] * len(X), solver="lbfgs", max_iter=3)
    with pytest.raises(rx.InputError, match=r"fitted to 1 class \(1\); two are judged"):
        rx.from_sklearn(alone, X, [1] * len(X))
    model = fitted(MLPClassifier, X, y, solver="lbfgs", max_iter=3)
    for labels in (5, "ab", np.array(5), np.column_stack([y, y]), 0.5):
        with pytest.raises(rx.InputError, match=r"y: .* is no list of targets; give one column"):
            rx.from_sklearn(model, X, labels)


def test_data_that_does_not_fit():
    X, y = regression()
    model = fitted(MLPRegressor, X, y, solver="lbfgs")
    for call, words in [
        (lambda: rx.from_sklearn(model, X), "give the targets"),
        (lambda: rx.from_sklearn(model, X[:, :1], y), "the network reads 2"),
        (lambda: rx.from_sklearn(model, X, np.column_stack([y, y])), "several targets"),
        (lambda: rx.from_sklearn(model, X, y, rows=[0, 0]), "different indices"),
        (lambda: rx.from_sklearn(model, X, y, rows=5), "rows: an int is no list"),
        (lambda: rx.from_sklearn(model, X, y, rows=[]), "different indices"),
        (lambda: rx.from_sklearn(model, X, y, sample_weight=[1]), "1 for 30 rows"),
        (lambda: rx.from_sklearn(model, X, y, floats=None), "floats="),
        (lambda: rx.from_sklearn(model, rx.Dataset(X, y, floats="binary"), y), "leave y out"),
    ]:
        with pytest.raises(rx.InputError, match=words):
            call()


def test_other_rows_or_columns_than_those_of_training_are_refused():
    rows = np.array([[1.0, 5.0], [2.0, -1.0], [3.0, 2.0], [4.0, 0.5]])
    targets = np.array([1.0, 0.0, 2.0, 5.0])
    frame = pandas.DataFrame(rows, columns=["a", "b"])
    model = MLPRegressor(hidden_layer_sizes=3, solver="lbfgs", alpha=0.1, random_state=0).fit(frame, targets)
    assert rx.from_sklearn(model, frame, targets).constant == 4
    with pytest.raises(rx.InputError, match="X: its columns are b, a, but the model was fitted to a, b"):
        rx.from_sklearn(model, frame[["b", "a"]], targets)
    for X, y in ((rows[:, ::-1], targets), (rows[:3], targets[:3]), (rows, targets[::-1])):
        with pytest.raises(rx.InputError, match="on these rows the loss of the model is .*, but training ended with"):
            rx.from_sklearn(model, X, y)


def test_a_search_is_asked_for_its_best_model():
    X, y = regression()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        search = GridSearchCV(MLPRegressor(hidden_layer_sizes=3, solver="lbfgs", max_iter=50), {"alpha": [0.1, 1]}, cv=2).fit(
            X, y
        )
    with pytest.raises(rx.InputError, match="a GridSearchCV chose a model; give its best_estimator_"):
        rx.from_sklearn(search, X, y)
    assert rx.from_sklearn(search.best_estimator_, X, y).network.width == 3


def test_classes_are_judged_one_by_one():
    """As a classifier for each class against the others has networks of two classes."""
    X, _ = regression()
    labels = np.array(list("abc"))[np.arange(len(X)) % 3]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        whole = MLPClassifier(hidden_layer_sizes=3, solver="lbfgs", max_iter=50, random_state=0).fit(X, labels)
        each = OneVsRestClassifier(MLPClassifier(hidden_layer_sizes=3, solver="lbfgs", alpha=0.5, random_state=0)).fit(X, labels)
    with pytest.raises(rx.InputError, match="3 outputs; .*one network for each class against the others"):
        rx.from_sklearn(whole, X, labels)
    with pytest.raises(rx.InputError, match=r"judge each of them .*zip\(model.estimators_, model.classes_\)"):
        rx.from_sklearn(each, X, labels)
    for one, label in zip(each.estimators_, each.classes_, strict=True):
        found = rx.from_sklearn(one, X, labels == label)
        assert near(found.own_loss, one.loss_, 1e-9)
