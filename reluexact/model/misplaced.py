"""What stands in the wrong place of a call: named, with the call that was probably meant."""

from __future__ import annotations

from reluexact.errors import Argument, InputError, Message
from reluexact.messages import Part


def misplaced(where: str, value: object, wanted: str, *cure: Part) -> InputError:
    """Return the error about an argument of another type than ``wanted``; ``cure`` says how to get the right one.

    >>> str(misplaced("optimum", (1, 2), "the answer of solve", "pass rx.solve(data, penalty)"))
    'optimum: a tuple is not the answer of solve; pass rx.solve(data, penalty)'
    """
    return InputError(Message(f"{where}: {named(value)} is not {wanted}; ", *cure))


def named(value: object) -> str:
    """Name the type of a value, or the class that stands where an object of it belongs.

    >>> named([1]), named(Exception), named(0)
    ('a list', 'the class Exception itself', 'an int')
    """
    if isinstance(value, type):
        return f"the class {value.__name__} itself"
    name = type(value).__name__
    return f"{'an' if name[:1] in 'AEIOaeiou' else 'a'} {name}"


def network_of(value: object) -> tuple[Part, ...]:
    """Return how to make a network of what was given in its place.

    >>> "".join(map(str, network_of([1])))
    'make one with Network(hidden, output)'
    """
    if _is_module(value):
        weights = "of a torch module Sequential(Linear, ReLU, Linear) write Network(module[0].weight, module[2].weight, "
        return weights, Argument("floats", '"binary"'), "), where a bias of Linear is one more column of hidden"
    kind = type(value).__name__
    if kind == "Dataset":
        return ("the network comes before the data: make it with Network(hidden, output)",)
    if kind == "BiasedNetwork":
        return ("without biases beside the columns and skip connection it is Network(network.hidden, network.output)",)
    if type(getattr(value, "network", None)).__name__ == "Network":
        return (f"pass the .network of the {kind}",)
    return ("make one with Network(hidden, output)",)


def data_of(value: object, call: str) -> tuple[Part, ...]:
    """Return how to make a data set of what was given in its place; ``call`` is the right call, empty when it is not known.

    >>> "".join(map(str, data_of([1], "solve(Dataset(X, y), penalty)")))
    'make one with Dataset(X, y) or Dataset.read(path), as in solve(Dataset(X, y), penalty)'
    """
    kind = type(value).__name__
    if type(getattr(value, "problem", None)).__name__ == "Problem":
        return (f"pass the .problem of the {kind}",)
    if type(getattr(value, "data", None)).__name__ == "Dataset":
        return (f"pass the .data of the {kind}",)
    as_in = f", as in {call}" if call else ""
    if kind == "Network":
        return (f"a network is no data: make them with Dataset(X, y) or Dataset.read(path){as_in}",)
    return (f"make one with Dataset(X, y) or Dataset.read(path){as_in}",)


def _is_module(value: object) -> bool:
    """Say whether a value is a module of torch, without torch."""
    return not isinstance(value, type) and all(
        callable(getattr(value, name, None)) for name in ("parameters", "state_dict", "forward")
    )
