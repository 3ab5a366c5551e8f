"""Networks that optax trains: what a step of rate 1 subtracts, the losses, and where training ends."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
from measured import measured_penalty, whole_gradient
from trained.data import classes, regression
from trainers import trainer

import reluexact as rx
from reluexact.trained.settings import meaning
from reluexact.trained.settings.table import OPTAX_COUPLED, OPTAX_DECOUPLED, OPTAX_DEFAULTS

jax = trainer("jax")
optax = trainer("optax")
jax.config.update("jax_enable_x64", True)
jnp = jax.numpy
pytestmark = pytest.mark.slow


def started(seed=0, m=4, d=2):
    draws = np.random.default_rng(seed)
    shapes = {"w": (d, m), "c": (m,), "a": (m,), "g": ()}
    return {name: jnp.array(draws.normal(size=shape)) for name, shape in shapes.items()}


def outputs(parameters, X):
    return jax.nn.relu(X @ parameters["w"] + parameters["c"]) @ parameters["a"] + parameters["g"]


def network_of(parameters, problem):
    hidden = np.array(parameters["w"]).T
    columns = np.column_stack([hidden, parameters["c"]]) if problem.hidden_bias == "penalised" else hidden
    beside = [] if problem.hidden_bias == "penalised" else parameters["c"]
    return rx.BiasedNetwork(columns, parameters["a"], hidden_bias=beside, output_bias=float(parameters["g"]), floats="binary")


def in_order(tree, *, penalised):
    """In the order of ``measured.gradient``."""
    columns = [tree["w"].T, tree["c"], tree["a"]] if penalised else [tree["w"].T, tree["a"], tree["c"]]
    return np.append(np.column_stack(columns), tree["g"])


RATES = {"sgd": 0.05, "adagrad": 0.2, "amsgrad": 0.1}
LOSSES = [
    ("squared_error", {}, regression),
    ("l2_loss", {}, regression),
    ("huber_loss", {"delta": 0.25}, regression),
    ("sigmoid_binary_cross_entropy", {}, classes),
    ("hinge_loss", {}, classes),
]


@pytest.mark.parametrize("mask", [False, True])
@pytest.mark.parametrize(("name", "options", "data"), LOSSES)
def test_a_step_subtracts_the_gradient_of_the_objective(name, options, data, mask):
    X, y = data(20)
    y = 2 * y - 1 if name == "hinge_loss" else y
    parameters, loss = started(), getattr(optax, name)
    mean = lambda p: jnp.mean(loss(outputs(p, X), jnp.array(y, float), **options))  # noqa: E731
    decayed = {"w": True, "a": True, "c": False, "g": False} if mask else None
    chain = optax.chain(optax.add_decayed_weights(0.3, mask=decayed), optax.sgd(1.0))
    steps, _ = chain.update(jax.grad(mean)(parameters), chain.init(parameters), parameters)
    found = meaning(
        rx.Dataset(X, y, floats="binary"),
        "optax",
        weight_decay="0.3",
        loss=name,
        penalised="weights" if mask else "all",
        **options,
    )
    network = network_of(parameters, found.problem)
    ours = np.array(whole_gradient(found.problem, network))
    theirs = -float(found.constant) * in_order(steps, penalised=not mask)
    assert np.abs(ours - theirs).max() < 1e-5 * np.abs(theirs).max()
    decay = sum(float((parameters[key] ** 2).sum()) for key in (("w", "a") if mask else ("w", "a", "c", "g")))
    own = float(mean(parameters)) + 0.3 / 2 * decay
    assert abs(float(found.problem.objective(network) / found.constant) - own) < 1e-9 * own


@pytest.mark.parametrize("size", [20, 8])
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_batches(reduction, size):
    """Shuffled: the mean over all turns of the rows."""
    X, y = regression(20)
    parameters, chain = started(), optax.chain(optax.add_decayed_weights(0.3), optax.sgd(1.0))
    reduced = getattr(jnp, reduction)
    total = lambda p, rows: reduced(optax.squared_error(outputs(p, X[rows]), y[rows]))  # noqa: E731
    ends = [8, 16] if size == 8 else []
    batches = [part for k in range(20) for part in np.split(np.roll(np.arange(20), k), ends)]
    slope = jax.grad(total)
    steps = [chain.update(slope(parameters, rows), chain.init(parameters), parameters)[0] for rows in batches]
    mean = {key: sum(step[key] for step in steps) / len(steps) for key in parameters}
    data = rx.Dataset(X, y, floats="binary")
    found = meaning(data, "optax", weight_decay="0.3", reduction=reduction, batch_size=size)
    ours = np.array(whole_gradient(found.problem, network_of(parameters, found.problem)))
    theirs = -float(found.constant) * in_order(mean, penalised=True)
    assert np.abs(ours - theirs).max() < 1e-6 * np.abs(theirs).max()


@pytest.mark.parametrize("name", OPTAX_COUPLED)
def test_where_training_ends_the_penalty_is_measured(name):
    X, y = regression(20)
    rate = optax.cosine_decay_schedule(RATES.get(name, 0.01), 20_000)
    chain = optax.chain(optax.add_decayed_weights(0.1), getattr(optax, name)(rate))
    loss = lambda p: jnp.mean(optax.squared_error(outputs(p, X), y))  # noqa: E731

    @jax.jit
    def trained(parameters):
        def step(_, carried):
            now, state = carried
            moves, state = chain.update(jax.grad(loss)(now), state, now)
            return optax.apply_updates(now, moves), state

        return jax.lax.fori_loop(0, 20_000, step, (parameters, chain.init(parameters)))[0]

    found = meaning(rx.Dataset(X, y, floats="binary"), "optax", weight_decay="0.1", optimizer=name)
    measured = measured_penalty(found.problem, network_of(trained(started(3)), found.problem))
    assert abs(measured - float(found.problem.penalty)) < 0.02 * float(found.problem.penalty)


def test_defaults_and_what_decays_of_its_own():
    for name, default in OPTAX_DEFAULTS.items():
        assert inspect.signature(getattr(optax, name)).parameters["weight_decay"].default == float(rx.Real.rational(default).low)
    assert set(OPTAX_DEFAULTS) == set(OPTAX_DECOUPLED)
    for name in OPTAX_COUPLED:
        assert "weight_decay" not in inspect.signature(getattr(optax, name)).parameters


def test_behind_the_optimiser_weights_grow():
    """Without any gradient, a step adds the share of the decay to every weight; so it is refused."""
    parameters = started()
    nothing = jax.tree.map(jnp.zeros_like, parameters)
    chain = optax.chain(optax.sgd(0.1), optax.add_decayed_weights(0.25))
    steps, _ = chain.update(nothing, chain.init(parameters), parameters)
    assert np.allclose(steps["w"], 0.25 * parameters["w"])
