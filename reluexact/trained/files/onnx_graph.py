"""ONNX graphs of networks with one hidden layer, as skl2onnx and torch.onnx write them."""

from __future__ import annotations

from importlib import import_module
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from reluexact.errors import InputError, MissingDependency
from reluexact.numbers.arrays import numpy
from reluexact.numbers.counts import listed
from reluexact.trained.settings.losses import ONE_PER_CLASS

THROUGH = ("Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze")
"""Operations that leave the values of one output as they are; a Cast does if it gives floats."""
FLOATS = (1, 10, 11, 16)
"""The types of float32, float16, float64 and bfloat16 in ONNX."""
CLASSES = ("Softmax", "LogSoftmax", "ArgMax", "ml.LinearClassifier", "ml.ZipMap")
CHAIN = "Gemm or MatMul and Add, Relu, Gemm or MatMul and Add"


def load_model(path: str | PathLike[str]) -> Any:
    """Return the model of a file with the weights that lie in a second file beside it; InputError, MissingDependency."""
    try:
        onnx = import_module("onnx")
        fault = import_module("google.protobuf.message").DecodeError
    except ImportError:
        raise MissingDependency("onnx", "pip install 'reluexact[onnx]'") from None
    name = Path(path).name
    try:
        return onnx.load(fspath(path))
    except (fault, ValueError, OSError, onnx.checker.ValidationError) as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise InputError(f"{name}: cannot be read as an ONNX model ({reason}); keep its .onnx.data beside it") from None


class Chain:
    """The steps from the input of a graph to its output: weights, bias (with an array), relu, sigmoid (None).

    The chain ends at a sigmoid. What skl2onnx writes behind it makes labels; elsewhere nothing may stand there.
    """

    def __init__(self, model: Any, name: str) -> None:
        self.name, graph = name, model.graph
        self.tensors = {tensor.name: tensor for tensor in graph.initializer}
        for node in graph.node:
            if node.op_type == "Constant" and node.attribute and node.attribute[0].name == "value":
                self.tensors[node.output[0]] = node.attribute[0].t
        inputs = [value.name for value in graph.input if value.name not in self.tensors]
        if len(inputs) != 1:
            raise InputError(f"{name}: the graph has {len(inputs)} inputs; a network of {CHAIN} has one")
        self.steps: list[tuple[str, Any]] = []
        self._walk(graph, inputs[0], {value.name for value in graph.output}, labels=model.producer_name == "skl2onnx")
        if "sigmoid" in [kind for kind, _ in self.steps[:-1]]:
            raise InputError(f"{name}: a Sigmoid stands before the last step; a network of {CHAIN} may end in one")

    @property
    def sigmoid(self) -> bool:
        """Say whether the output of the graph is a probability, and that of the network in it its logit."""
        return ("sigmoid", None) in self.steps

    def require_logistic(self, loss: str) -> None:
        """Raise InputError where the graph gives a probability, and the loss of the problem is none of it."""
        if self.sigmoid and loss != "logistic":
            raise InputError(
                f"{self.name}: it ends in a Sigmoid, and the {loss} loss of what it gives is none of the network before it; say "
                "the logistic loss (--loss logistic, or the loss of the trainer), or export the network without its Sigmoid"
            )

    def _walk(self, graph: Any, value: str, ends: set[str], *, labels: bool) -> None:
        while value not in ends and not (labels and self.sigmoid):
            nodes = [node for node in graph.node if value in node.input]
            if len(nodes) != 1:
                what = f"{len(nodes)} operations read one value" if nodes else "it ends before its output"
                raise InputError(f"{self.name}: {what}; a network of {CHAIN} is one chain")
            self._step(nodes[0], value)
            value = nodes[0].output[0]

    def _cure(self, kind: str) -> str:
        """Say what to do where an operation is none of those that are read."""
        if kind in CLASSES and self.steps:
            return f"a classifier of more than two classes: {ONE_PER_CLASS}"
        if not self.steps:
            return (
                "it changes the data before the network reads it: export the network alone, as pipe[-1] of a pipeline, and give "
                "the data that it was fitted to, as pipe[:-1].transform(X)"
            )
        return "networks of this kind are read"

    def _step(self, node: Any, value: str) -> None:
        kind, inputs = f"{node.domain}.{node.op_type}".removeprefix("ai.onnx").removeprefix("."), list(node.input)
        if kind == "Gemm" and inputs[0] == value:
            self._gemm(node)
        elif kind == "MatMul" and inputs[0] == value:
            self.steps.append(("weights", self._array(inputs[1])))
        elif kind == "Add":
            self.steps.append(("bias", self._array(inputs[1] if inputs[0] == value else inputs[0])))
        elif kind in ("Relu", "Sigmoid"):
            self.steps.append((kind.lower(), None))
        elif kind not in THROUGH or inputs[0] != value:
            raise InputError(f"{self.name}: the operation {kind} is none of {CHAIN}; {self._cure(kind)}")
        elif kind == "Cast" and not any(option.name == "to" and option.i in FLOATS for option in node.attribute):
            raise InputError(f"{self.name}: a Cast makes other numbers than floats, which rounds; export the network without it")

    def _gemm(self, node: Any) -> None:
        options = {option.name: option.f if option.name in ("alpha", "beta") else option.i for option in node.attribute}
        if options.get("transA", 0) or options.get("alpha", 1) != 1 or options.get("beta", 1) != 1:
            raise InputError(f"{self.name}: a Gemm scales or transposes what it reads; export the network as it is")
        weights = self._array(node.input[1])
        self.steps.append(("weights", weights.T if options.get("transB", 0) else weights))
        if len(node.input) > 2:
            self.steps.append(("bias", self._array(node.input[2])))

    def _array(self, label: str) -> Any:
        """Return an array of floats, each as it is stored; those of bfloat16 are numbers of float32 as well."""
        if label not in self.tensors:
            raise InputError(f"{self.name}: {label} is computed, where weights stand in a network of {CHAIN}")
        try:
            array = import_module("onnx.numpy_helper").to_array(self.tensors[label])
        except (ValueError, TypeError, KeyError) as error:
            raise InputError(f"{self.name}: {label}: its numbers are damaged ({error}); export the network again") from None
        if array.dtype.name == "bfloat16":
            array = array.astype("float32")
        if array.dtype.kind != "f":
            raise InputError(
                f"{self.name}: {label}: its numbers are of type {array.dtype}; export the network before quantising it"
            )
        return array


def two_layers(chain: Chain) -> tuple[Any, Any, Any, Any]:
    """Return hidden weights (d x m), hidden biases, output weights (m x 1) and output bias; a bias that is not there is None."""
    kinds = [kind for kind, _ in chain.steps if kind != "sigmoid"]
    shape = [kind for kind in kinds if kind != "bias"]
    places = [i for i, kind in enumerate(kinds) if kind == "bias"]
    if shape != ["weights", "relu", "weights"] or any(not i or kinds[i - 1] != "weights" for i in places):
        raise InputError(f"{chain.name}: its steps are {', '.join(kinds) or 'none'}; networks of {CHAIN} are read")
    first, second = (value for kind, value in chain.steps if kind == "weights")
    if first.ndim != 2 or second.ndim != 2:
        raise InputError(f"{chain.name}: weights of {first.ndim} and {second.ndim} dimensions; those of layers have two")
    before = kinds.index("relu")
    biases = [chain.steps[i][1] for i in places if i < before], [chain.steps[i][1] for i in places if i > before]
    return first, _spread(biases[0], first, chain), second, _spread(biases[1], second, chain)


def _spread(biases: list[Any], weights: Any, chain: Chain) -> Any:
    """Return a bias for each neuron; one number stands for all of them."""
    if not biases:
        return None
    if biases[0].size != max(biases[0].shape[-1:], default=1):
        raise InputError(f"{chain.name}: a bias has the shape {listed(biases[0].shape)}; one with a number per neuron is read")
    try:
        return numpy().broadcast_to(biases[0].reshape(-1), (weights.shape[1],))
    except ValueError:
        raise InputError(f"{chain.name}: {biases[0].size} biases for {weights.shape[1]} neurons") from None
