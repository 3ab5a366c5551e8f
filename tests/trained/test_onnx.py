"""ONNX files: those that skl2onnx writes, and graphs of every form that is read, or refused."""

from __future__ import annotations

import sys
import warnings
from fractions import Fraction

import ml_dtypes
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from skl2onnx import to_onnx
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from trained.data import classes, regression
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app

HIDDEN, BESIDE = np.array([[0.5, -1.25, 3.0], [0.1, 7.0, -2.0]]), np.array([0.25, -0.5, 1.0])
OUTPUT, LAST = np.array([[1.0], [-1.5], [0.3]]), np.array([0.75])
ROWS = {"X": [[1, 2], [0, -1]], "y": [1, 2], "trainer": "torch", "weight_decay": "1/10"}


def node(kind, inputs, output, **options):
    return helper.make_node(kind, inputs, [output], **options)


def model(nodes, *, kind=np.float64, tensors=(), drop=()):
    """A model with the nodes; its weights are called W, c, A and d, and their transposes WT and AT."""
    arrays = {"W": HIDDEN, "c": BESIDE, "A": OUTPUT, "d": LAST, "WT": HIDDEN.T.copy(), "AT": OUTPUT.T.copy()}
    kept = [numpy_helper.from_array(value.astype(kind), name) for name, value in arrays.items() if name not in drop]
    kept += [numpy_helper.from_array(value, name) for name, value in tensors]
    ends = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, None) for name in ("x", "out")]
    return helper.make_model(helper.make_graph(nodes, "graph", ends[:1], ends[1:], kept))


PLAIN = [node("MatMul", ["x", "W"], "1"), node("Add", ["1", "c"], "2"), node("Relu", ["2"], "3")]
PLAIN += [node("MatMul", ["3", "A"], "4"), node("Add", ["4", "d"], "out")]
BARE = [node("Relu", ["2"], "3"), node("MatMul", ["3", "A"], "out")]


def test_matmul_and_add():
    network, problem = rx.from_onnx(model(PLAIN), **ROWS)
    assert network == rx.BiasedNetwork(np.column_stack([HIDDEN.T, BESIDE]), OUTPUT.T, output_bias=LAST[0], floats="binary")
    assert problem.penalty * 10 == 1
    beside, _ = rx.from_onnx(model(PLAIN), **{**ROWS, "penalised": "weights"})
    assert beside.hidden_bias == (Fraction(1, 4), Fraction(-1, 2), 1)


@pytest.mark.parametrize(
    "nodes",
    [
        [node("Gemm", ["x", "W", "c"], "1"), node("Relu", ["1"], "2"), node("Gemm", ["2", "A", "d"], "out")],
        [
            node("Gemm", ["x", "WT", "c"], "1", transB=1, alpha=1.0, beta=1.0),
            node("Relu", ["1"], "2"),
            node("Gemm", ["2", "AT", "d"], "out", transB=1),
        ],
        [
            node("Cast", ["x"], "0", to=TensorProto.DOUBLE),
            node("MatMul", ["0", "W"], "1"),
            node("Add", ["c", "1"], "2"),
            node("Relu", ["2"], "3"),
            node("Identity", ["3"], "3a"),
            node("MatMul", ["3a", "A"], "4"),
            node("Add", ["d", "4"], "5"),
            node("Reshape", ["5", "shape"], "out"),
        ],
        [
            node("Constant", [], "V", value=numpy_helper.from_array(HIDDEN)),
            node("MatMul", ["x", "V"], "1"),
            *PLAIN[1:],
        ],
    ],
    ids=["Gemm", "transB", "Cast Identity Reshape", "Constant"],
)
def test_other_forms_of_the_same_network(nodes):
    shape = [("shape", np.array([-1, 1]))]
    assert rx.from_onnx(model(nodes, tensors=shape), **ROWS) == rx.from_onnx(model(PLAIN), **ROWS)


SIGMOID = [*PLAIN[:-1], node("Add", ["4", "d"], "5"), node("Sigmoid", ["5"], "out")]


def test_a_sigmoid_belongs_to_the_logistic_loss_alone():
    labels = {**ROWS, "y": [1, 0], "loss": "bce_with_logits"}
    assert rx.from_onnx(model(SIGMOID), **labels) == rx.from_onnx(model(PLAIN), **labels)
    longer = [*SIGMOID[:-1], node("Sigmoid", ["5"], "6"), node("Identity", ["6"], "out")]
    assert rx.from_onnx(model(longer), **labels) == rx.from_onnx(model(PLAIN), **labels)
    for settings in ({}, {"loss": "l1"}, {"loss": "hinge", "y": [1, -1]}):
        with pytest.raises(rx.InputError, match=r"ends in a Sigmoid, and the .* loss .*--loss logistic.*without its Sigmoid"):
            rx.from_onnx(model(SIGMOID), **{**labels, "loss": "mse", **settings})
    for last, words in (("Neg", "the operation Neg"), ("Relu", "before the last step"), ("Sigmoid", "before the last step")):
        with pytest.raises(rx.InputError, match=words):
            rx.from_onnx(model([*longer[:-1], node(last, ["6"], "out")]), **labels)


def test_judge_takes_a_sigmoid_with_the_logistic_loss_alone(tmp_path):
    onnx.save(model(SIGMOID), tmp_path / "net.onnx")
    (tmp_path / "data.csv").write_text("a,b,y\n1,2,1\n0,-1,-1\n")
    call = ["judge", str(tmp_path / "net.onnx"), str(tmp_path / "data.csv"), "--penalty", "1", "--brief"]
    call += ["--hidden-bias", "free", "--output-bias", "free"]
    for loss, code in (("squared", 2), ("hinge", 2), ("logistic", 0)):
        result = CliRunner().invoke(app, [*call, "--loss", loss])
        assert (result.exit_code == code) or (loss == "logistic" and result.exit_code == 4), result.output
        assert ("ends in a Sigmoid" in " ".join(result.output.split())) == (loss != "logistic")


def test_a_cast_that_rounds_is_refused():
    for kind in (TensorProto.INT64, TensorProto.INT8, TensorProto.BOOL):
        cast = [*PLAIN[:3], node("Cast", ["3"], "3a", to=kind), node("MatMul", ["3a", "A"], "4"), PLAIN[-1]]
        with pytest.raises(rx.InputError, match="a Cast makes other numbers than floats"):
            rx.from_onnx(model(cast), **ROWS)


def test_layers_without_biases():
    bare = [node("MatMul", ["x", "W"], "1"), node("Relu", ["1"], "2"), node("MatMul", ["2", "A"], "out")]
    network, problem = rx.from_onnx(model(bare), **ROWS)
    assert network == rx.BiasedNetwork(HIDDEN.T, OUTPUT.T, floats="binary")
    assert (problem.hidden_bias, problem.output_bias) == ("none", "none")


@pytest.mark.parametrize(
    ("kind", "tenth"),
    [(np.float32, Fraction(13421773, 2**27)), (np.float16, Fraction(1638, 2**14)), (ml_dtypes.bfloat16, Fraction(205, 2048))],
)
def test_short_floats_are_the_numbers_that_they_are(kind, tenth):
    network, _ = rx.from_onnx(model(PLAIN, kind=kind), **ROWS)
    assert network.hidden[0][:2] == (Fraction(1, 2), tenth)


def test_weights_in_a_second_file(tmp_path):
    file = tmp_path / "net.onnx"
    onnx.save(model(PLAIN), file, save_as_external_data=True, location="net.onnx.data", size_threshold=0)
    assert len((tmp_path / "net.onnx.data").read_bytes()) >= 8 * 20
    assert rx.from_onnx(file, **ROWS) == rx.from_onnx(model(PLAIN), **ROWS)
    whole = (tmp_path / "net.onnx.data").read_bytes()
    (tmp_path / "net.onnx.data").write_bytes(whole[:50])
    with pytest.raises(rx.InputError, match=r"net\.onnx: "):
        rx.from_onnx(file, **ROWS)
    (tmp_path / "net.onnx.data").unlink()
    with pytest.raises(rx.InputError, match=r"net\.onnx: .*keep its \.onnx\.data beside it"):
        rx.from_onnx(file, **ROWS)


def test_truncated_and_foreign_files(tmp_path):
    file, content = tmp_path / "net.onnx", model(PLAIN).SerializeToString()
    for end in range(0, len(content), 11):
        file.write_bytes(content[:end])
        with pytest.raises(rx.InputError):
            rx.from_onnx(file, **ROWS)
    for other in (b"PK\x03\x04", b"{}", b"w1,output\n1,2\n"):
        file.write_bytes(other)
        with pytest.raises(rx.InputError):
            rx.from_onnx(file, **ROWS)
    with pytest.raises(rx.InputError, match="No such file"):
        rx.from_onnx(tmp_path / "missing.onnx", **ROWS)


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        ([*PLAIN[:2], node("Tanh", ["2"], "3"), *PLAIN[3:]], "the operation Tanh"),
        ([*PLAIN[:2], node("Relu", ["2"], "out")], "its steps are weights, bias, relu"),
        ([PLAIN[0], node("Add", ["1", "c"], "2"), node("MatMul", ["2", "A"], "out")], "its steps are weights, bias, weights"),
        ([*PLAIN[:3], node("Add", ["3", "c"], "3a"), node("MatMul", ["3a", "A"], "out")], "relu, bias"),
        ([*PLAIN[:4], node("Add", ["4", "1"], "out")], "2 operations read one value"),
        ([*PLAIN[:3], node("MatMul", ["3", "missing"], "out")], "missing is computed"),
        ([node("Gemm", ["x", "W", "c"], "1", alpha=2.0), *PLAIN[2:]], "scales or transposes"),
        ([*PLAIN[:3], node("MatMul", ["3", "integers"], "out")], "of type int64"),
        ([*PLAIN[:3], node("MatMul", ["3", "W"], "out")], "3 outputs"),
        ([*PLAIN[:3], node("MatMul", ["3", "short"], "out")], "reads 2 neurons, but the hidden layer has 3"),
        ([*PLAIN[:2], helper.make_node("Relu", ["2"], ["3"], domain="other"), *PLAIN[3:]], "the operation other.Relu"),
        ([*PLAIN[:4], node("Add", ["4", "c"], "out")], "3 biases for 1 neurons"),
        (PLAIN[:3], "it ends before its output"),
        ([node("Add", ["x", "shift"], "0"), node("MatMul", ["0", "W"], "1"), *PLAIN[1:]], "its steps are bias, weights, bias"),
        (
            [node("Add", ["x", "shift"], "0"), node("MatMul", ["0", "W"], "2"), *BARE],
            "its steps are bias, weights, relu, weights",
        ),
        ([PLAIN[0], node("Add", ["1", "column"], "2"), *PLAIN[2:]], "a bias has the shape 3, 1"),
    ],
)
def test_graphs_of_other_networks(nodes, words):
    tensors = [("integers", np.ones((3, 1), dtype="i8")), ("short", np.ones((2, 1))), ("column", BESIDE[:, None])]
    with pytest.raises(rx.InputError, match=words):
        rx.from_onnx(model(nodes, tensors=[*tensors, ("shift", np.array([5.0, -2.0]))]), **ROWS)


def fitted(kind, X, y):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return kind(hidden_layer_sizes=4, solver="lbfgs", alpha=0.5, random_state=0, max_iter=2000).fit(X, y)


def test_skl2onnx_of_doubles_is_the_network_of_scikit_learn(tmp_path):
    X, y = regression()
    trained = fitted(MLPRegressor, X, y)
    onnx.save(to_onnx(trained, X), tmp_path / "net.onnx")
    found = rx.from_onnx(tmp_path / "net.onnx", X, y, trainer="sklearn", alpha=0.5, solver="lbfgs")
    ours = rx.from_sklearn(trained, X, y)
    assert (found.network, found.problem, found.constant) == (ours.network, ours.problem, ours.constant)
    short = rx.from_onnx(to_onnx(trained, X.astype("f4")), X, y, trainer="sklearn", alpha=0.5, solver="lbfgs")
    assert any("rounded" in remark for remark in short.remarks)
    assert short.network.output[0] == Fraction(float(np.float32(trained.coefs_[1][0, 0])))
    assert abs(float(short.own_loss) - trained.loss_) < 1e-6


def test_skl2onnx_of_a_classifier():
    X, y = classes()
    trained = fitted(MLPClassifier, X, y)
    found = rx.from_onnx(to_onnx(trained, X), X, y, trainer="sklearn", alpha=0.5, solver="lbfgs", loss="log_loss")
    ours = rx.from_sklearn(trained, X, y)
    assert (found.network, found.problem) == (ours.network, ours.problem)
    assert abs(float(found.own_loss) - trained.loss_) < 1e-9


def test_without_the_package(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(rx.MissingDependency, match=r"reluexact\[onnx\]"):
        rx.from_onnx(tmp_path / "net.onnx", **ROWS)


def test_what_is_no_model():
    with pytest.raises(rx.InputError, match="no ONNX model"):
        rx.from_onnx(3, **ROWS)


def test_the_scaler_of_a_pipeline_says_what_to_export():
    X, y = regression()
    pipe = make_pipeline(
        StandardScaler(), MLPRegressor(hidden_layer_sizes=3, solver="lbfgs", alpha=1, max_iter=500, random_state=0)
    ).fit(X, y)
    with pytest.raises(
        rx.InputError, match=r"(Sub|ml\.Scaler) is none of .*export the network alone, as pipe\[-1\].*pipe\[:-1\]"
    ):
        rx.from_onnx(to_onnx(pipe, X[:1]), X, y, trainer="sklearn", alpha=1)
    alone = rx.from_onnx(to_onnx(pipe[-1], X[:1]), pipe[:-1].transform(X), y, trainer="sklearn", alpha=1, solver="lbfgs")
    direct = rx.from_sklearn(pipe[-1], pipe[:-1].transform(X), y)
    assert abs(alone.objective - direct.objective) < direct.objective / 10**6


def test_three_classes_are_one_network_each():
    X, _ = regression()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        three = MLPClassifier(hidden_layer_sizes=3, solver="lbfgs", max_iter=50, random_state=0).fit(X, np.arange(len(X)) % 3)
    with pytest.raises(rx.InputError, match="Softmax is none of .*one network for each class against the others"):
        rx.from_onnx(to_onnx(three, X[:1]), X, np.arange(len(X)) % 3, trainer="sklearn", loss="log_loss")
