"""Training by gradients in PyTorch: the objective itself, all rows, double precision, a fixed seed."""

from __future__ import annotations

import re

import torch
from exchange import read, write

WIDTH = 50


def loss_of(name, fit, y):
    call, _, rest = name.partition("(")
    parameter = None
    if rest:
        top, _, bottom = rest.rstrip(")").partition("/")
        parameter = float(top) / float(bottom or 1)
    error = fit - y
    size = error.abs()
    return {
        "squared": lambda: error**2 / 2,
        "absolute": lambda: size,
        "huber": lambda: torch.where(size <= parameter, error**2 / 2, parameter * size - parameter**2 / 2),
        "quantile": lambda: torch.where(error <= 0, -parameter * error, (1 - parameter) * error),
        "epsilon_insensitive": lambda: torch.relu(size - parameter),
        "hinge": lambda: torch.relu(1 - y * fit),
        "squared_hinge": lambda: torch.relu(1 - y * fit) ** 2 / 2,
    }[re.sub(r"\W", "", call)]()


def train(make_optimizer, steps, schedule):
    """Train and write; features and targets are scaled to about 1, which the network is scaled back from."""
    torch.manual_seed(0)
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    problem = read()
    X, y, o = (torch.tensor(table) for table in (problem.X, problem.y, problem.weights))
    width, free = WIDTH, problem.hidden_bias == "free"
    size = X.abs().max().clamp(min=1e-300)
    parameters = {"w": torch.randn(width, X.shape[1]) / X.shape[1] ** 0.5, "a": torch.randn(width) / width**0.5}
    parameters |= {"c": torch.zeros(width), "g0": torch.zeros(()), "g": torch.zeros(problem.features)}
    used = [name for name, part in (("c", free), ("g0", problem.output_bias != "none"), ("g", problem.skip != "none")) if part]
    unit = max(1.0, float(y.abs().max()))
    for name in ("w", "a"):
        parameters[name] *= (unit / float(size)) ** 0.5
    leaves = {name: parameters[name].requires_grad_(True) for name in ("w", "a", *used)}

    def objective():
        p = parameters
        fit = torch.relu(X @ p["w"].T + p["c"]) @ p["a"] + p["g0"] + X[:, : problem.features] @ p["g"]
        squares = (p["w"] ** 2).sum() + (p["a"] ** 2).sum()
        squares = squares + (p["g0"] ** 2 if problem.output_bias == "penalised" else 0)
        squares = squares + ((p["g"] ** 2).sum() if problem.skip == "penalised" else 0)
        return (o * loss_of(problem.loss, fit, y)).sum() + problem.penalty / 2 * squares

    optimizer = make_optimizer(list(leaves.values()), unit, float(size))
    rates = schedule(optimizer, steps)
    best, kept = float("inf"), None
    for _ in range(steps):
        optimizer.zero_grad()
        value = objective()
        if float(value.detach()) < best:
            best, kept = float(value.detach()), {name: entry.detach().clone() for name, entry in parameters.items()}
        value.backward()
        optimizer.step()
        rates.step()
    if kept is None:
        raise SystemExit("the objective is not finite")
    skip = torch.cat([kept["g"], torch.zeros(X.shape[1] - problem.features)]) if problem.skip != "none" else ()
    biases = kept["c"] if free else None
    write(kept["w"], kept["a"], hidden_bias=biases, output_bias=float(kept["g0"]), skip=skip)
