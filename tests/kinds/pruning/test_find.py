"""Pruning: the toy, the cube, and what every step keeps."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from solving import proved
from strategies import datasets, integers, networks

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.find import solve
from reluexact.kinds.pruning.find import is_minimal, prune
from reluexact.kinds.pruning.to_width import prune_to_width
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.model.symmetries import balanced_objective, canonical, features, path_norm
from reluexact.numbers.linalg import rank

F = Fraction
ORDERS = ("largest", "first", "last", "smallest", "random")
SCORES = ("residual", "norm", "activation", "gradient", "random")

TOY = Dataset([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1])
TOY_DIRECTIONS = [[F(1, 2)] * 4, [1, 0, 0, 0], [F(-1, 2), F(1, 2), F(1, 2), F(1, 2)]]


def toy(*amounts):
    return Network(TOY_DIRECTIONS, amounts)


@pytest.mark.parametrize("penalty", [F(1, 10), F(1), F(19, 10)])
@pytest.mark.parametrize(
    ("order", "kept"),
    [
        ("largest", (1, 2)),
        ("first", (1, 2)),
        ("last", (0,)),
        ("smallest", (1, 2)),
        ((1, 0, 2), (0,)),
        ((2, 1, 0), (0,)),
        ((0, 2, 1), (1, 2)),
    ],
)
def test_the_toy_has_two_minimal_networks_and_the_order_chooses(penalty, order, kept):
    amount = 1 - penalty / 2
    pruned = prune(toy(amount / 3, amount / 3, amount / 3), TOY, order=order, penalty=penalty)
    expected = (amount,) if kept == (0,) else (amount / 2, amount / 2)
    assert pruned.kept == kept
    assert pruned.network == Network([TOY_DIRECTIONS[j] for j in kept], expected)
    assert [value.as_fraction() for value in pruned.objectives] == [penalty - penalty**2 / 4] * 2
    assert [step.slope.sign() for step in pruned.steps] == [0]


def test_the_toy_drawn_at_random_meets_both_networks():
    results = {prune(toy(1, 1, 1), TOY, order="random", seed=seed).kept for seed in range(12)}
    assert results == {(0,), (1, 2)}


def test_an_unsigned_step_prunes_nothing():
    # the misprint t = 1 / |beta_k|, on the null vector (-2, 1, 1): neuron 0 is doubled and nobody leaves
    beta = (-2, 1, 1)
    shares = features(toy(F(1, 3), F(1, 3), F(1, 3)), TOY)
    assert all(sum(b * q for b, q in zip(beta, column, strict=True)) == 0 for column in zip(*shares, strict=True))
    assert [1 - F(b, max(map(abs, beta))) for b in beta] == [2, F(1, 2), F(1, 2)]
    for order in ORDERS:
        (step,) = prune(toy(F(1, 3), F(1, 3), F(1, 3)), TOY, order=order).steps
        assert step.null_vector in {(6, -3, -3), (-6, 3, 3)}
        assert step.scales == ((0, F(3, 2), F(3, 2)) if step.null_vector[0] > 0 else (3, 0, 0))


def test_a_step_is_a_path():
    (step,) = prune(toy(F(1, 3), F(1, 3), F(1, 3)), TOY).steps
    assert (step.null_vector, step.factor, step.removed) == ((6, -3, -3), F(1, 6), (0,))
    assert step.at(0) == step.network
    assert step.at("1/12") == toy(F(1, 6), F(5, 12), F(5, 12))
    assert step.at(step.factor) == toy(0, F(1, 2), F(1, 2))
    assert step.after == Network(TOY_DIRECTIONS[1:], [F(1, 2), F(1, 2)])
    for time in (F(-1, 9), F(1, 5)):
        with pytest.raises(InputError, match="is not between 0 and the step's factor 1/6"):
            step.at(time)


# The cube: rows are all signed permutations of a vector in an orthogonal frame of length sqrt(3) in four columns, in which the
# eight diagonals have rational unit vectors.
FRAME = ((1, 1, 1, 0), (1, -1, 0, 1), (1, 0, -1, -1))
CORNERS = tuple(product((1, -1), repeat=3))


def in_frame(vector):
    return tuple(sum(c * axis[i] for c, axis in zip(vector, FRAME, strict=True)) for i in range(4))


def cube_rows(vector):
    images = {tuple(s * x for s, x in zip(signs, order, strict=True)) for order in permutations(vector) for signs in CORNERS}
    return [in_frame(image) for image in sorted(images)]


def diagonals(amounts):
    return Network([[F(x, 3) for x in in_frame(corner)] for corner in CORNERS], amounts)


def even(corner):
    return corner[0] * corner[1] * corner[2] > 0


TETRAHEDRON = tuple(j for j, corner in enumerate(CORNERS) if not even(corner))
OPPOSITE = tuple(j for j, corner in enumerate(CORNERS) if even(corner))


def test_cube_some_orders_stop_at_seven_neurons_others_at_four():
    # eight optimal neurons, rank seven: the optimal set is a segment, one end has the amounts of one tetrahedron moved to the
    # other (4 neurons), the opposite end is reached when the least of the unequal amounts is used up (7 neurons)
    X, penalty = cube_rows((3, 1, 0)), 36
    network = diagonals([2, 1, 2, 2, 3, 2, 2, 4])
    data = Dataset(X, [fit + 1 for fit in network.predict(X)])
    optimum = solve(data, penalty)
    assert optimum.status is Status.PROVED
    assert (len(optimum.neurons), rank(features(network, data))) == (8, 7)
    value = balanced_objective(network, data, penalty)
    assert value.as_fraction() == optimum.value.low == optimum.value.high == 660
    kept = {order: prune(network, data, order=order).kept for order in ("first", "last", "largest", "smallest")}
    assert kept["first"] == kept["last"] == TETRAHEDRON
    assert kept["largest"] == kept["smallest"] == (0, 2, 3, 4, 5, 6, 7)
    for order in kept:
        pruned = prune(network, data, order=order, penalty=penalty)
        assert is_minimal(pruned.network, data)
        assert all(value.as_fraction() == 660 for value in pruned.objectives)


@pytest.mark.parametrize("seed", range(6))
def test_cube_with_equal_targets_leaves_a_tetrahedron_in_every_order(seed):
    # equal targets make the eight amounts equal, so four neurons leave in the one exact step
    X = cube_rows((3, 1, 0))
    optimum = proved(X, [1] * len(X), F(1, 2))
    assert len(optimum.neurons) == 8
    amount = optimum.neurons[0].amount.low
    network = diagonals([amount] * 8)
    data = optimum.data
    assert balanced_objective(network, data, F(1, 2)).as_fraction() == optimum.value.low
    results = [prune(network, data, order=order, seed=seed) for order in ORDERS]
    assert all(result.kept in {TETRAHEDRON, OPPOSITE} and len(result.steps) == 1 for result in results)


def test_octahedron_some_orders_stop_at_four_neurons_others_at_two():
    # rows (+-1, 0, 0), ...: the same eight neurons, rank four; a pair of opposite amount_polytope is enough
    X = cube_rows((1, 0, 0))
    optimum = proved(X, [1] * 6, F(1, 2))
    assert len(optimum.neurons) == 8
    network = diagonals([F(5, 24)] * 8)
    assert balanced_objective(network, optimum.data, F(1, 2)).as_fraction() == optimum.value.low
    assert prune(network, optimum.data, order="first").kept == (2, 5)
    assert prune(network, optimum.data, order="largest").kept == (1, 6)
    assert prune(network, optimum.data, order=OPPOSITE + TETRAHEDRON).kept == TETRAHEDRON
    assert prune(network, optimum.data, order=TETRAHEDRON + OPPOSITE).kept == OPPOSITE
    assert {prune(network, optimum.data, order="random", seed=seed).network.width for seed in range(20)} == {2, 4}


@st.composite
def cases(draw):
    data = draw(datasets())
    return draw(networks(columns=data.d, width=(0, 7), entries=integers)), data


@settings(max_examples=150)
@given(cases(), st.sampled_from(ORDERS), st.integers(0, 3))
def test_every_step_keeps_the_fit_and_no_norm_rises(case, order, seed):
    network, data = case
    fit = network.predict(data.X)
    pruned = prune(network, data, order=order, seed=seed, penalty=2)
    assert pruned.network.predict(data.X) == fit
    assert is_minimal(pruned.network, data)
    assert pruned.network.width <= data.n
    active = sum(1 for w, a in zip(network.hidden, network.output, strict=True) if a and any(w))
    assert len(pruned.steps) <= active - rank(features(network, data))
    values = pruned.objectives
    assert all((earlier - later).sign() >= 0 for earlier, later in pairwise(values))
    for step in pruned.steps:
        half = step.at(step.factor / 2)
        assert half.predict(data.X) == fit
        assert step.removed
        assert min(step.scales) == 0
        fall = path_norm(step.network) - path_norm(half) - step.slope.scaled(step.factor / 2)
        assert fall.sign() == 0
    assert pruned.network.hidden == tuple(network.hidden[j] for j in pruned.kept)
    assert all(a * network.output[j] > 0 for j, a in zip(pruned.kept, pruned.network.output, strict=True))
    assert prune(network, data, order=order, seed=seed, penalty=2) == pruned


@given(cases(), st.data())
def test_an_order_of_ones_own_is_first_under_another_name(case, draw):
    network, data = case
    order = draw.draw(st.permutations(range(network.width)))
    chosen = prune(network, data, order=order)
    listed = Network([network.hidden[j] for j in order], [network.output[j] for j in order])
    assert canonical(prune(listed, data, order="first").network) == canonical(chosen.network)


def test_neurons_that_add_nothing_leave_first_of_all():
    data = Dataset([[1, 0], [0, 1]], [1, 1])
    network = Network([[1, 0], [-1, -1], [0, 0], [2, 3]], [1, 5, 1, 0])
    pruned = prune(network, data, penalty=1)
    assert pruned.kept == (0,)
    assert len(pruned.steps) == 1  # the one that fires on no row; those that are zero everywhere are no step
    assert prune(Network([], []), data).network == Network([], [])


def test_the_numbers_stay_short():
    # 40 neurons on 20 rows, one digit each: every amount on the way solves a linear system of at most 20 unknowns
    X = [[(7 * i * i + 3 * i * j + j) % 19 - 9 for j in range(3)] for i in range(20)]
    hidden = [[(5 * i * i + 2 * i * j + 3 * j * j) % 17 - 8 for j in range(3)] for i in range(40)]
    network, data = Network(hidden, [1 + i % 3 for i in range(40)]), Dataset(X, [0] * 20)
    for order in ORDERS:
        pruned = prune(network, data, order=order)
        assert pruned.network.predict(X) == network.predict(X)
        assert is_minimal(pruned.network, data)
        assert max(a.numerator for step in pruned.steps for a in step.after.output) < 10**40


def test_the_sign_is_decided_by_square_roots():
    # features 2 q, q and weights (1, 1), (1, 0) on the row (1, 0): the direction sqrt(2) is dearer, whoever is asked for
    data = Dataset([[1, 0]], [1])
    network = Network([[1, 1], [1, 0]], [1, 1])
    for order in (*ORDERS, (0, 1), (1, 0)):
        pruned = prune(network, data, order=order)
        assert (pruned.kept, pruned.network.output) == ((1,), (2,))
        assert pruned.steps[0].slope.sign() == 1


def test_both_signs_are_open_when_square_roots_cancel():
    network, data = Network([[1, 1], [2, 2]], [1, 1]), Dataset([[1, 0]], [1])
    assert prune(network, data, order="first").kept == (1,)
    assert prune(network, data, order="last").kept == (0,)


@settings(max_examples=150)
@given(cases(), st.integers(0, 4), st.sampled_from(SCORES), st.integers(0, 2))
def test_approximate_steps_record_what_they_do(case, width, score, seed):
    network, data = case
    pruned = prune_to_width(network, data, width, score=score, seed=seed, penalty=3)
    assert pruned.network.width <= width
    assert pruned == prune_to_width(network, data, width, score=score, seed=seed, penalty=3)
    original = network.predict(data.X)
    for number, entry in enumerate(pruned.steps):
        step, shares = entry.step, features(entry.step.network, data)
        assert all(0 <= scale <= 2 for scale in step.scales)
        assert abs(step.null_vector[entry.neuron]) == 1
        rest = [sum(b * q for b, q in zip(step.null_vector, column, strict=True)) for column in zip(*shares, strict=True)]
        assert entry.residual == sum(r * r for r in rest)
        others = [share for k, share in enumerate(shares) if k != entry.neuron]
        assert all(sum(a * r for a, r in zip(share, rest, strict=True)) == 0 for share in others)
        fit = step.after.predict(data.X)
        assert entry.exact == (fit == step.network.predict(data.X))
        assert entry.fit_error == sum((a - b) ** 2 for a, b in zip(fit, original, strict=True))
        assert entry.loss == sum((a - b) ** 2 for a, b in zip(fit, data.y, strict=True)) / 2
        assert entry.objective == balanced_objective(step.after, data, 3)
        if number == 0:
            assert entry.fit_error == step.factor**2 * entry.residual
    assert pruned.network.hidden == tuple(network.hidden[j] for j in pruned.kept)


@given(cases())
def test_the_residual_score_is_exact_while_the_features_are_dependent(case):
    network, data = case
    width = rank(features(network, data))
    pruned = prune_to_width(network, data, width)
    assert all(entry.exact for entry in pruned.steps)
    assert pruned.network.predict(data.X) == network.predict(data.X)


def test_the_residual_score_takes_the_least_squared_distance():
    # features (1, 0, 0), (0, 3, 0), (0, 2, 1/2): squared distances 1, 9/17, 1/4
    data = Dataset([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 0, 0])
    network = Network([[1, 0, 0], [0, 3, 0], [0, 4, 1]], [1, 1, F(1, 2)])
    (entry,) = prune_to_width(network, data, 2).steps
    assert (entry.neuron, entry.residual) == (2, F(1, 4))
    assert entry.step.null_vector == (0, F(-2, 3), 1)
    assert entry.step.removed == (2,)
    assert entry.step.scales == (1, F(5, 3), 0)


@pytest.mark.parametrize(("score", "kept"), [("norm", (1,)), ("activation", (0,)), ("gradient", (1,))])
def test_scores_by_hand(score, kept):
    # norms 1, 2; squared activations 100, 4; q . (fit - y) = 10 (10 - 10), 2 (2 - 5)
    data = Dataset([[10, 0], [0, 1]], [10, 5])
    network = Network([[1, 0], [0, 2]], [1, 1])
    assert prune_to_width(network, data, 1, score=score).kept == kept


def test_approximate_pruning_down_to_nothing():
    data = Dataset([[1, 0], [0, 1]], [1, 2])
    network = Network([[1, 0], [0, 1]], [1, 1])
    pruned = prune_to_width(network, data, 0)
    assert (pruned.network, pruned.kept) == (Network([], []), ())
    assert (pruned.steps[-1].fit_error, pruned.steps[-1].loss, pruned.steps[-1].objective) == (2, F(5, 2), None)
    assert prune_to_width(network, data, 2).network == network


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: prune(toy(1, 1, 1), TOY, order="biggest"), "order: 'biggest' is unknown; choose one of largest, first"),
        (lambda: prune(toy(1, 1, 1), TOY, order=[0, 1]), r"order: \[0, 1\] does not list each of the 3 neurons once"),
        (lambda: prune(toy(1, 1, 1), TOY, order=3), "order: 3 does not list"),
        (lambda: prune(toy(1, 1, 1), TOY, seed="x"), "seed: 'x' is not an integer"),
        (lambda: prune(toy(1, 1, 1), TOY, penalty=-1), "penalty: '-1' is not positive"),
        (lambda: prune([1], TOY), "network: a list is not a Network"),
        (lambda: prune(toy(1, 1, 1), Dataset([[1]], [1])), "the network reads 4 columns but the data has 1"),
        (lambda: prune_to_width(toy(1, 1, 1), TOY, -1), "width: -1 is not an integer from 0 on"),
        (lambda: prune_to_width(toy(1, 1, 1), TOY, True), "width: True is not an integer"),
        (lambda: prune_to_width(toy(1, 1, 1), TOY, 1, score="best"), "score: 'best' is unknown; choose one of residual, norm"),
        (lambda: prune_to_width(toy(1, 1, 1), TOY, 1, seed=0.5), "seed: 0.5 is not an integer"),
    ],
)
def test_bad_input_says_what_and_where(call, message):
    with pytest.raises(InputError, match=message):
        call()
