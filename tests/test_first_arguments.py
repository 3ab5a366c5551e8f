"""Whatever stands in the wrong place of a public call is an InputError that shows the right call, or it simply works."""

from __future__ import annotations

import inspect
import warnings
from functools import cache
from importlib.util import find_spec

import numpy as np
import pandas as pd
import pytest
from safetensors.numpy import save_file

import reluexact as rx
from reluexact.public import HOMES, public

DATA, NETWORK = rx.Dataset(X=[[1], [2]], y=[1, 2]), rx.Network([[1]], [1])


class Module:
    """What a module of torch looks like from outside."""

    def parameters(self):
        return iter(())

    def state_dict(self):
        return {}

    def forward(self, X):
        return X


class Tensor:
    """What a tensor that carries gradients looks like from outside: numpy gets it only once it is detached."""

    def __init__(self, values, detached=False):
        self.values, self.detached = np.array(values), detached

    dtype = "torch.float64"

    @property
    def ndim(self):
        return self.values.ndim

    def detach(self):
        return Tensor(self.values, detached=True)

    def cpu(self):
        return self

    def __array__(self, dtype=None, copy=None):
        if not self.detached:
            raise RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")
        return self.values


@cache
def claims():
    optimum = rx.solve(DATA, 1)
    return {
        "optimum": optimum,
        "set": rx.optimal_set(optimum),
        "graph": rx.stationary_graph(DATA, 1),
        "way": rx.descent_path(NETWORK, DATA, 1),
        "curve": rx.width_curve(DATA, 1),
        "penalties": rx.solution_path(DATA, 1),
        "number": rx.solve(rx.Dataset([[1, 0], [1, 1]], [1, 3]), 1).value,
        "absolute": rx.solve(rx.Problem(DATA, 1, "absolute")),
        "spline": rx.solve(rx.Problem(DATA, 1, hidden_bias="free", output_bias="free")),
    }


def wrong():
    """Return one value of every kind that users put into a wrong place."""
    return {
        **claims(),
        "list": [[1], [2]],
        "empty": [],
        "pair": ([[1], [2]], [1, 2]),
        "None": None,
        "true": True,
        "zero": 0,
        "float": 0.5,
        "text": "abc",
        "dict": {"X": [[1]], "y": [1]},
        "array": np.array([[1, 2], [3, 4]]),
        "objects": np.array([[object()]]),
        "frame": pd.DataFrame({"a": [1, 2]}),
        "series": pd.Series([1, 2]),
        "module": Module(),
        "tensor": Tensor([[1.5]]),
        "data": DATA,
        "network": NETWORK,
        "problem": rx.Problem(DATA, 1, "absolute"),
        "biased": rx.BiasedNetwork([[1]], [1], output_bias=1),
        "class": rx.Dataset,
        "object": object(),
    }


def calls():
    """Return a right call of every public function: its positional arguments, and the keywords that it needs."""
    optimum, best, graph = claims()["optimum"], claims()["set"], claims()["graph"]
    place = best.vertices[0]
    of_network = dict.fromkeys(("balanced", "canonical", "merged"), ((NETWORK,), {}))
    of_data = dict.fromkeys(("max_penalty", "no_spurious_valley_width"), ((DATA,), {}))
    of_number = dict.fromkeys(("epsilon_insensitive", "huber", "quantile"), (("1/2",), {}))
    of_problem = dict.fromkeys(("bound", "prove_bound", "report", "solve", "stationary_graph", "width_curve"), ((DATA, 1), {}))
    of_set = dict.fromkeys(
        ("blocks", "least_norm", "midpoint", "minimum_network", "network", "staircase", "unique"), ((best,), {})
    )
    of_place = dict.fromkeys(("classify", "descent_path", "snap", "way_down"), ((NETWORK, DATA, 1), {}))
    return {
        **of_network,
        **of_data,
        **of_number,
        **of_problem,
        **of_set,
        **of_place,
        "solution_path": ((DATA, 1), {}),
        "optimum_on_path": ((claims()["penalties"], 2), {}),
        "least_norm_on_path": ((claims()["penalties"], 2), {}),
        "value_formula": ((claims()["penalties"], 2), {}),
        "slope_on_path": ((claims()["penalties"], 2), {}),
        "Dataset": (([[1], [2]], [1, 2]), {}),
        "Network": (([[1]], [1]), {}),
        "activation_patterns": (([[1, 0], [1, 1]],), {}),
        "band": ((best, DATA.X[0]), {}),
        "bank": (("paper",), {}),
        "bank_instance": (("hat",), {}),
        "bank_version": ((), {}),
        "check": (("optimum.json",), {}),
        "closed_form": ((optimum,), {}),
        "contains": ((best, NETWORK), {}),
        "cross_validate": ((DATA, 1), {"folds": 2}),
        "cross_validation_error": ((rx.cross_validate(DATA, 1, folds=2), 2), {}),
        "equivalent": ((NETWORK, NETWORK), {}),
        "explain": ((rx.judge(NETWORK, rx.Problem(DATA, 1)),), {}),
        "extreme": ((best, [1]), {}),
        "html": ((optimum,), {}),
        "coordinate_neuron": ((DATA, 0), {}),
        "cutting_plane": ((DATA,), {"rounds": 3}),
        "gauge": ((DATA, [1, 2]), {}),
        "in_hull": ((DATA, [1, 2]), {}),
        "all_ones": ((DATA, 1), {}),
        "interpolate": ((DATA,), {}),
        "is_spike_free": ((DATA,), {}),
        "rectified_ellipsoid": ((DATA,), {}),
        "support_function": ((DATA, [1, 2]), {}),
        "judge": ((NETWORK, rx.Problem(DATA, 1)), {}),
        "latex": ((optimum,), {}),
        "least_loss": ((best, DATA), {}),
        "load": (("optimum.json",), {}),
        "optimal_set": ((optimum,), {}),
        "path": ((best, place, place), {"width": 1}),
        "path_networks": ((best.path(place, place, width=1), 2), {}),
        "permuted": ((NETWORK, [0]), {}),
        "planted": ((5, 2, 1), {}),
        "plot": ((claims()["curve"],), {}),
        "point": ((best, [1]), {}),
        "prune": ((NETWORK, DATA), {}),
        "from_keras": (([[[1]], [[1]]], DATA), {"l2": 1}),
        "from_onnx": ((onnx_model(), DATA), {"trainer": "torch", "weight_decay": 1}),
        "from_safetensors": (("net.safetensors", DATA), {"weight_decay": 1}),
        "from_scnn": ((NonConvexReLU(), DATA), {"lam": 1, "unitize_data": False}),
        "from_sklearn": ((sklearn_model(), DATA), {}),
        "from_torch": (({"0.weight": [[1]], "2.weight": [[1]]}, DATA), {"weight_decay": 1}),
        "prune_to_width": ((NETWORK, DATA, 1), {}),
        "random_point": ((best,), {"seed": 1}),
        "real_expression": ((optimum.value,), {}),
        "refine": ((optimum, 20), {}),
        "save": ((optimum, "saved.json"), {}),
        "save_graphml": ((graph, "graph.graphml"), {}),
        "sensitivity": ((optimum,), {}),
        "theorem": ((DATA, 1), {}),
        "solve_width": ((DATA, 1, 1), {}),
        "sparsest_spline": ((claims()["spline"],), {}),
        "without_weights": ((rx.Problem(DATA, 1, weights=[1, 2]),), {}),
        "split": ((NETWORK, 0, ["1/2", "1/2"]), {}),
        "to_networkx": ((graph,), {}),
    }


class NonConvexReLU:
    """What a network of pyscnn looks like from outside."""

    parameters = ([[1]], [[1]])


@cache
def sklearn_model():
    from sklearn.neural_network import MLPRegressor

    X, y = [[float(x) for x in row] for row in DATA.X], [float(t) for t in DATA.y]
    return MLPRegressor(hidden_layer_sizes=2, solver="lbfgs", random_state=0).fit(X, y)


@cache
def onnx_model():
    from skl2onnx import to_onnx

    return to_onnx(sklearn_model(), np.array([[float(x) for x in row] for row in DATA.X]))


FUNCTIONS = sorted(name for name in HOMES if (name[0].islower() or name in ("Dataset", "Network")) and callable(public(name)))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    claims()["optimum"].save("optimum.json")
    save_file({name: np.ones((1, 1)) for name in ("0.weight", "2.weight")}, "net.safetensors")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield tmp_path


def test_every_public_function_is_asked():
    assert sorted(calls()) == [name for name in FUNCTIONS if callable(public(name)) and not inspect.ismodule(public(name))]


def outcome(name, arguments, keywords):
    """Return how a call ends; what is no error on purpose is raised."""
    try:
        public(name)(*arguments, **keywords)
    except rx.ReluExactError as error:
        return type(error).__name__ if str(error) else "no reason"
    return "it works"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_wrong_argument_is_an_input_error_or_works(name, folder):
    arguments, keywords = calls()[name]
    public(name)(*arguments, **keywords)
    for place in range(len(arguments)):
        for label, value in wrong().items():
            said = outcome(name, [*arguments[:place], value, *arguments[place + 1 :]], keywords)
            assert said in ("it works", "InputError", "LimitReached"), (place, label)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: rx.solve([[1], [2]], [1, 2]),
            r"a list is not a Dataset; .*, as in solve\(Dataset\(X, y\), penalty\)$",
        ),
        (lambda: rx.solve([[1], [2]], [1, 2], 1), r"a list is not a Dataset; .*, as in solve\(Dataset\(X, y\), penalty\)$"),
        (lambda: rx.solve([[1], [2]], [1, 2], penalty=1), r"as in solve\(Dataset\(X, y\), penalty\)$"),
        (lambda: rx.solve(X=[[1], [2]], y=[1, 2], penalty=1), r"as in solve\(Dataset\(X, y\), penalty\)$"),
        (lambda: rx.bound([[1], [2]], [1, 2], 1), r"as in prove_bound\(Dataset\(X, y\), penalty\)$"),
        (lambda: rx.max_penalty([[1], [2]], [1, 2]), r"as in max_penalty\(Dataset\(X, y\)\)$"),
        (
            lambda: rx.closed_form(claims()["absolute"]),
            "optimum: it is of a problem with loss absolute; this takes optima of the",
        ),
        (lambda: rx.optimal_set(claims()["absolute"]), "loss absolute"),
        (lambda: rx.balanced(claims()["absolute"]), r"a ProblemOptimum is not a Network; make one with Network"),
        (lambda: rx.balanced(claims()["absolute"].network), r"without biases .* it is Network\(network.hidden, network.output\)"),
        (lambda: rx.solve(pd.DataFrame({"a": [1]}), 1), "a DataFrame is not a Dataset; make one with Dataset"),
        (lambda: rx.solve(NETWORK, 1), "a Network is not a Dataset; a network is no data"),
        (lambda: rx.solve(claims()["optimum"], 1), "an Optimum is not a Dataset; pass the .data of the Optimum"),
        (lambda: rx.solve(1, DATA), "an int is not a Dataset"),
        (lambda: rx.classify(DATA, NETWORK, 1), "a Dataset is not a Network; the network comes before the data"),
        (lambda: rx.classify(claims()["optimum"], DATA, 1), "pass the .network of the Optimum"),
        (lambda: rx.classify(Module(), DATA, 1), r"write Network\(module\[0\].weight, module\[2\].weight, floats="),
        (lambda: rx.classify(rx.Network, DATA, 1), "the class Network itself is not a Network"),
        (lambda: rx.optimal_set(DATA), r"a Dataset is not the answer of solve; pass rx.solve\(data, penalty\)"),
        (lambda: rx.closed_form(claims()["set"]), "an OptimalSet is not the answer of solve"),
        (lambda: rx.staircase(claims()["optimum"]), r"pass rx.optimal_set\(optimum\)"),
        (lambda: rx.to_networkx(DATA), r"pass rx.stationary_graph\(data, penalty\)"),
        (lambda: rx.path_networks(claims()["set"], 2), r"make one with rx.path\(best, start, end, width=\)"),
        (lambda: rx.real_expression(1), "an int is not a Real; pass a number of a claim"),
        (lambda: rx.network(NETWORK), "a Network is not the answer of optimal_set"),
    ],
)
def test_the_right_call_is_shown(call, message):
    with pytest.raises(rx.InputError, match=message):
        call()


def test_other_arguments_that_do_not_fit_are_those_of_python():
    for call in (
        lambda: rx.solve(DATA, 1, 2),
        lambda: rx.solve(DATA, 1, limt=3),
        lambda: rx.solve(),
        lambda: rx.max_penalty(DATA, 1),
    ):
        with pytest.raises(TypeError, match=r"(solve|max_penalty)\(\)"):
            call()
    assert list(inspect.signature(rx.solve).parameters)[:3] == ["data", "penalty", "digits"]


def test_the_objective_stands_in_the_help_of_a_problem():
    text = inspect.getdoc(rx.Problem)
    assert "sum_i o_i l(f_i, y_i)  +  b/2 sum_j (|w_j|^2 + a_j^2)" in text
    assert "f_i = sum_j a_j max(w_j.x_i + c_j, 0) + g_0 + g.x_i" in text


@pytest.mark.parametrize("output", [[[1, "1/2"]], [[1], ["1/2"]], np.array([[2], [1]]) * 1, Tensor([[2, 1]])])
def test_output_weights_may_be_a_row_or_a_column(output):
    network = rx.Network([[1], [-1]], output)
    assert network.width == 2
    assert network.output[0] == 2 * network.output[1]


def test_tensors_that_carry_gradients_are_read():
    hidden, output = Tensor([[0.5, 1.0], [0.25, 2.0]]), Tensor([[1.0, -0.1]])
    network = rx.Network(hidden, output, floats="binary")
    assert network.hidden[1] == rx.Network([["1/4", 2]], [1]).hidden[0]
    assert float(network.output[1]) == -0.1
    with pytest.raises(rx.InputError, match="the float 0.5 is not exact"):
        rx.Network(hidden, output)
    assert rx.Dataset(Tensor([[1], [2]]), Tensor([1, 2])) == DATA


@pytest.mark.skipif(find_spec("torch") is None, reason="torch is no part of the project; where it is installed, this looks at it")
def test_a_network_of_torch():
    import torch

    module = torch.nn.Sequential(torch.nn.Linear(1, 2, bias=False), torch.nn.ReLU(), torch.nn.Linear(2, 1, bias=False))
    network = rx.Network(module[0].weight, module[2].weight, floats="binary")
    assert [float(w) for (w,) in network.hidden] == module[0].weight.detach().reshape(-1).tolist()
    assert [float(a) for a in network.output] == module[2].weight.detach().reshape(-1).tolist()
    with pytest.raises(rx.InputError, match="a Sequential is not a Network; of a torch module"):
        rx.classify(module, DATA, 1)
    half = rx.Network(module[0].weight.bfloat16(), module[2].weight.half(), floats="binary")
    assert half.width == 2


def methods():
    """Return the methods of claims, data and networks that take a number, data, a network or a place."""
    optimum, best, graph, way = (claims()[name] for name in ("optimum", "set", "graph", "way"))
    place = best.vertices[0]
    patterns, value = rx.activation_patterns([[1, 0], [1, 1]]), claims()["number"]
    return {
        "optimum.predict": optimum.predict,
        "optimum.save": optimum.save,
        "optimum.plot": optimum.plot,
        "best.contains": best.contains,
        "best.point": best.point,
        "best.network": best.network,
        "best.least_loss": best.least_loss,
        "best.extreme": best.extreme,
        "best.path": lambda wrong: best.path(wrong, place, width=1),
        "graph.best": graph.nodes[0].answers,
        "way.objective": way.objective,
        "way.network_at": way.network_at,
        "way.sample": way.sample,
        "patterns.witness": patterns.witness,
        "value.decimal": value.decimal,
        "value.refined": value.refined,
        "value.compare": value.compare,
        "absolute.predict": claims()["absolute"].predict,
        "absolute.save": claims()["absolute"].save,
        "absolute.plot": claims()["absolute"].plot,
        "biased.predict": rx.BiasedNetwork([[1]], [1], skip=[2]).predict,
        "biased.save": rx.BiasedNetwork([[1]], [1], skip=[2]).save,
        "BiasedNetwork.read": rx.BiasedNetwork.read,
        "BiasedNetwork.from_lists": rx.BiasedNetwork.from_lists,
        "problem.objective": rx.Problem(DATA, 1, "absolute").objective,
        "network.predict": NETWORK.predict,
        "network.objective": lambda wrong: NETWORK.objective(wrong, 1),
        "network.save": NETWORK.save,
        "Network.read": rx.Network.read,
        "Network.from_lists": rx.Network.from_lists,
        "Dataset.read": rx.Dataset.read,
    }


@pytest.mark.parametrize("name", methods())
def test_a_wrong_argument_of_a_method_is_an_input_error_or_works(name, folder):
    for label, value in wrong().items():
        try:
            methods()[name](value)
        except (rx.InputError, rx.LimitReached) as error:
            said = str(error)
        except (IndexError, TypeError) as error:  # a cell that is not there; a float in a comparison
            said = str(error) if label in ("zero", "float") else ""
        else:
            said = "it works"
        assert said, label
