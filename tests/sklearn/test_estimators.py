"""The estimators: what they solve, what they leave behind, and how they work inside of scikit-learn."""

from __future__ import annotations

import pickle
import warnings
from fractions import Fraction

import numpy as np
import pandas
import pytest
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler

import reluexact as rx
from reluexact.checker import check_document
from reluexact.sklearn import ExactReLUClassifier, ExactReLURegressor, NotProved, NotProvedWarning

X = [[0], [1], [2], [3], [4]]
Y = [0, 1, 1, 3, 9]
SIDES = ["out", "in", "in", "in", "out"]


def test_it_solves_the_problem_of_its_parameters():
    model = ExactReLURegressor("1/3", loss="huber(2)", hidden_bias="penalised", output_bias="penalised", skip="free").fit(X, Y)
    problem = rx.Problem(rx.Dataset(X, Y), "1/3", loss="huber(2)", hidden_bias="penalised", output_bias="penalised", skip="free")
    assert model.problem_ == problem
    assert model.optimum_ == rx.solve(problem)
    assert model.status_ is rx.Status.PROVED
    assert problem.objective(model.network_) == model.optimum_.upper
    assert model.predict(X).tolist() == list(model.network_.predict(X, as_floats=True))


def test_the_default_penalty_is_the_alpha_of_scikit_learn():
    """Its own loss of our network, in floats, is not undercut by what it trains itself."""
    model = ExactReLURegressor(penalty="1/2").fit(X, Y)
    settings = {"hidden_layer_sizes": (12,), "alpha": 0.5, "solver": "lbfgs", "max_iter": 4000}
    theirs = min(MLPRegressor(**settings, random_state=seed).fit(X, Y).loss_ for seed in range(6))
    ours = float(model.optimum_.value) / len(Y)
    assert ours <= theirs * (1 + 1e-9)
    assert theirs < ours * 1.2


@pytest.mark.parametrize(("floats", "meant"), [("decimal", Fraction(1, 10)), ("binary", Fraction(0.1))])
def test_floats_stand_for_the_numbers_that_the_parameter_says(floats, meant):
    model = ExactReLURegressor(0.1, floats=floats).fit(np.array([[0.1], [1.0]]), [0.1, 2.0], sample_weight=[1.0, 0.1])
    assert (model.problem_.data.X[0][0], model.problem_.data.y[0]) == (meant, meant)
    assert (model.problem_.penalty, model.problem_.weights[1]) == (meant, meant)


def test_exact_entries_stay_exact():
    rows = np.array([[Fraction(1, 3), "0.1"], [True, 2]], dtype=object)
    model = ExactReLURegressor().fit(rows, np.array([Fraction(2, 7), 1], dtype=object))
    assert ((Fraction(1, 3), Fraction(1, 10)), (1, 2)) == model.problem_.data.X
    assert model.problem_.data.y[0] == Fraction(2, 7)
    assert model.predict([["1/3", "1/10"]])[0] == float(model.network_.predict([["1/3", "1/10"]])[0])


def test_frames_give_their_names_and_truth_values_are_numbers():
    frame = pandas.DataFrame({"dose": [0.5, 1.5, 2.5], "old": [True, False, True]})
    model = ExactReLURegressor().fit(frame[["old"]], [1, 2, 3])
    assert model.problem_.data.X == ((1,), (0,), (1,))
    model = ExactReLURegressor().fit(frame, [1, 2, 3])
    assert model.problem_.data.names == ("dose", "old")
    assert model.feature_names_in_.tolist() == ["dose", "old"]
    assert model.n_features_in_ == 2


def test_integer_weights_are_repeated_rows_and_zero_leaves_a_row_out():
    weighted = ExactReLURegressor("1/2").fit(X, Y, sample_weight=[1, 0, 2, 1, 3])
    repeated = ExactReLURegressor("1/2").fit([[0], [2], [2], [3], [4], [4], [4]], [0, 1, 1, 3, 9, 9, 9])
    assert weighted.problem_.data.n == 4
    assert weighted.optimum_.value.decimal(25) == repeated.optimum_.value.decimal(25)
    np.testing.assert_allclose(weighted.predict(X), repeated.predict(X), rtol=1e-12)
    assert ExactReLURegressor().fit(X, Y, sample_weight=1).problem_.weights is None


@pytest.mark.parametrize(
    ("weights", "words"),
    [([1, 1, 1, 1, -1], "negative"), ([0] * 5, "zero"), ([1, 2], "shape"), ([[1]] * 5, "shape")],
)
def test_bad_weights_are_refused(weights, words):
    with pytest.raises(ValueError, match=words):
        ExactReLURegressor().fit(X, Y, sample_weight=weights)


def test_the_certificate_is_about_the_data_and_holds(tmp_path):
    model = ExactReLURegressor("1/2").fit(X, Y)
    place = tmp_path / "model.json"
    place.write_text(model.certificate_)
    report = rx.check(place)
    assert (report.verified, report.kind) == (True, "optimum")
    assert rx.load(place).problem == model.problem_


def test_two_classes_by_any_name():
    model = ExactReLUClassifier("1/10").fit(X, SIDES)
    assert model.classes_.tolist() == ["in", "out"]
    assert model.problem_.data.y == (1, -1, -1, -1, 1)
    assert model.problem_.loss == rx.hinge
    assert model.predict(X).tolist() == SIDES
    assert model.score(X, SIDES) == 1.0
    assert ((model.decision_function(X) > 0) == (model.predict(X) == "out")).all()
    assert not hasattr(model, "predict_proba")


def test_the_logistic_loss_has_bounds_and_probabilities():
    model = ExactReLUClassifier("1/10", loss="logistic")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model.fit(X, SIDES)
    assert model.status_ is rx.Status.UNDECIDED
    assert 0 < model.optimum_.lower <= model.optimum_.upper == model.problem_.objective(model.network_)
    chances = model.predict_proba(X)
    np.testing.assert_allclose(np.log(chances[:, 1] / chances[:, 0]), model.decision_function(X))
    assert (chances.argmax(axis=1) == (model.predict(X) == "out")).all()
    assert check_document(model.certificate_.encode()).kind == "bound"


@pytest.mark.parametrize(
    ("labels", "weights", "words"),
    [([0, 1, 2, 1, 0], None, "Only binary"), ([1] * 5, None, "one class"), ([0, 0, 0, 0, 1], [1, 1, 1, 1, 0], "one class")],
)
def test_other_than_two_classes_are_refused(labels, weights, words):
    with pytest.raises(ValueError, match=words):
        ExactReLUClassifier().fit(X, labels, sample_weight=weights)


def test_several_classes_by_scikit_learn():
    model = OneVsRestClassifier(ExactReLUClassifier("1/100")).fit([[0], [1], [4], [5], [8], [9]], list("aabbcc"))
    assert model.predict([[0], [5], [9]]).tolist() == list("abc")


@pytest.fixture
def hard():
    """Return data on which a hundredth of a second proves nothing."""
    random = np.random.RandomState(0)
    return random.normal(size=(20, 4)), random.normal(size=20)


def test_where_the_proof_is_open_the_best_network_predicts(hard):
    model = ExactReLURegressor(hidden_bias="penalised", time_limit=0.01)
    with pytest.warns(NotProvedWarning, match=r"UNDECIDED: stopped by time_limit=0\.01 .* It lies between .* undecided='ignore'"):
        model.fit(*hard)
    assert issubclass(NotProvedWarning, ConvergenceWarning)
    assert model.status_ is rx.Status.UNDECIDED
    assert model.optimum_.lower <= model.optimum_.upper == model.problem_.objective(model.network_)
    assert model.optimum_.value.low == model.optimum_.lower
    assert model.optimum_.value.high == model.optimum_.upper
    assert model.score(*hard) > 0.5
    assert check_document(model.certificate_.encode()).kind == "bound"


@pytest.mark.parametrize("parts", [{"output_bias": "none"}, {"hidden_bias": "free"}, {"loss": "absolute"}])
def test_every_form_of_the_problem_has_such_a_network(hard, parts, tmp_path):
    model = ExactReLURegressor(**{"hidden_bias": "penalised"} | parts, time_limit=0.01, undecided="ignore")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model.fit(*hard)
    zero = model.problem_.objective(rx.BiasedNetwork([], []))
    assert model.problem_.objective(model.network_) == model.optimum_.upper < zero * Fraction(9, 10)
    model.optimum_.save(tmp_path / "bounds.json")
    assert rx.check(tmp_path / "bounds.json").verified


def test_an_open_proof_is_an_error_on_request(hard):
    model = ExactReLURegressor(hidden_bias="penalised", time_limit=0.01, undecided="error")
    with pytest.raises(NotProved, match="UNDECIDED") as error:
        model.fit(*hard)
    assert error.value.optimum.lower < error.value.optimum.upper
    assert pickle.loads(pickle.dumps(error.value)).optimum == error.value.optimum
    with pytest.raises(NotFittedError):
        model.predict(hard[0])
    with pytest.raises(rx.InputError, match="undecided: 'maybe'; say 'warn', 'error' or 'ignore'"):
        ExactReLURegressor(undecided="maybe").fit(X, Y)


def test_pipelines_searches_clones_and_pickles():
    pipe = Pipeline([("scale", MinMaxScaler()), ("model", ExactReLURegressor(loss=rx.huber(1)))])
    search = GridSearchCV(pipe, {"model__penalty": [0.1, "1/100"], "model__skip": ["none", "free"]}, cv=2)
    search.fit(X, Y)
    model = search.best_estimator_[-1]
    assert model.status_ is rx.Status.PROVED
    assert clone(model).get_params() == model.get_params()
    again = pickle.loads(pickle.dumps(search))
    assert again.best_estimator_[-1].optimum_ == model.optimum_
    assert again.predict(X).tolist() == search.predict(X).tolist()
    assert len(cross_val_score(ExactReLUClassifier(), X + X, SIDES + SIDES, cv=2)) == 2


def test_before_fit_there_is_nothing():
    for ask in (lambda model: model.predict(X), lambda model: model.certificate_):
        with pytest.raises(NotFittedError):
            ask(ExactReLURegressor())
    assert not hasattr(ExactReLUClassifier(), "certificate_")
