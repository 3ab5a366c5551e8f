"""Forty networks, of four trainers on ten real data sets: the objective is the constant times the trainer's own loss."""

from __future__ import annotations

import os
import warnings

import numpy as np
import pytest
from paths import ROOT
from sklearn import datasets
from sklearn.neural_network import MLPRegressor
from trainers import trainer

import reluexact as rx

os.environ.setdefault("KERAS_BACKEND", "torch")
torch = trainer("torch")
keras = trainer("keras")
scnn = {part: trainer(f"scnn.{part}") for part in ("activations", "models", "optimize", "regularizers", "solvers", "metrics")}
pytestmark = [  # warnings of Keras with PyTorch, and of pyscnn about blocks of zeros
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:__array__ implementation"),
    pytest.mark.filterwarnings("ignore::RuntimeWarning"),
]


def of_file(name, target):
    data = rx.Dataset.read(ROOT / "examples" / "data" / name, target=target)
    return np.array([[float(x) for x in row] for row in data.X]), np.array([float(y) for y in data.y])


def of_sklearn(load, columns):
    X, y = load(return_X_y=True)
    return X[:, columns], y if y.ndim == 1 else y[:, 0]


SETS = {
    "anscombe1": lambda: of_file("anscombe1.csv", None),
    "anscombe2": lambda: of_file("anscombe2.csv", None),
    "stackloss": lambda: of_file("stackloss.csv", None),
    "motorcycle": lambda: of_file("motorcycle.csv", None),
    "diabetes": lambda: of_sklearn(datasets.load_diabetes, [2, 3, 8]),
    "diabetes, all": lambda: of_sklearn(datasets.load_diabetes, list(range(10))),
    "linnerud": lambda: of_sklearn(datasets.load_linnerud, [0, 1, 2]),
    "iris": lambda: of_sklearn(datasets.load_iris, [0, 1, 2, 3]),
    "wine": lambda: of_sklearn(datasets.load_wine, [0, 4, 9]),
    "breast cancer": lambda: of_sklearn(datasets.load_breast_cancer, [0, 1]),
}


def rows(name):
    """At most 60 rows, evenly taken, features and target in units of their standard deviation."""
    X, y = SETS[name]()
    taken = np.linspace(0, len(y) - 1, min(60, len(y))).astype(int)
    X, y = X[taken], y[taken].astype(float)
    return (X - X.mean(0)) / X.std(0), (y - y.mean()) / y.std()


def by_sklearn(X, y):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = MLPRegressor(hidden_layer_sizes=6, solver="lbfgs", alpha=0.3, random_state=0, max_iter=300).fit(X, y)
    return rx.from_sklearn(model, X, y), model.loss_


def by_pytorch(X, y):
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(X.shape[1], 6), torch.nn.ReLU(), torch.nn.Linear(6, 1)).double()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02, weight_decay=0.01)
    inputs, targets = torch.tensor(X), torch.tensor(y)[:, None]
    for _ in range(200):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(model(inputs), targets).backward()
        optimizer.step()
    with torch.no_grad():
        own = torch.nn.functional.mse_loss(model(inputs), targets) + 0.005 * sum((p * p).sum() for p in model.parameters())
    return rx.from_torch(model, X, y, optimizer=optimizer, loss=torch.nn.MSELoss()), own.item()


def by_keras(X, y):
    keras.utils.set_random_seed(0)
    said = {"kernel_regularizer": keras.regularizers.L2(0.01)}
    parts = [keras.layers.Input((X.shape[1],)), keras.layers.Dense(6, "relu", **said), keras.layers.Dense(1, **said)]
    model = keras.Sequential(parts)
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    X, y = X.astype("float32"), y.astype("float32")
    model.fit(X, y[:, None], epochs=20, batch_size=8, verbose=0)
    return rx.from_keras(model, X, y, batch_size=8), float(model.evaluate(X, y[:, None], batch_size=len(y), verbose=0))


def by_pyscnn(X, y):
    X, y = X[::2], y[::2]
    gates = scnn["activations"].sample_gate_vectors(0, X.shape[1], 6)
    program = scnn["models"].ConvexReLU(gates)
    solver = scnn["solvers"].AL(program, max_primal_iters=300, max_dual_iters=3)
    said = {"regularizer": scnn["regularizers"].NeuronGL1(0.02), "unitize_data": False, "dtype": "float64"}
    model = scnn["optimize"].optimize_model(program, solver, scnn["metrics"].Metrics(), X, y[:, None], **said)[0]
    own = ((model(X)[:, 0] - y) ** 2).mean() / 2 + 0.01 * sum((part**2).sum() for part in model.parameters)
    return rx.from_scnn(model, X, y, lam=0.02, unitize_data=False), own


@pytest.mark.parametrize("train", [by_sklearn, by_pytorch, by_keras, by_pyscnn], ids=lambda train: train.__name__)
@pytest.mark.parametrize("name", SETS)
def test_the_objective_is_the_constant_times_the_own_loss(name, train):
    trained, own = train(*rows(name))
    digits = 6 if train is by_keras else 12  # Keras computes in 32 bits
    assert trained.network.width > 0
    assert abs(float(trained.objective) - float(trained.constant) * own) < 10**-digits * float(trained.objective)
