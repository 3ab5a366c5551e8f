"""The symmetries of a network: what each move keeps, and that the canonical form forgets exactly the moves."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import datasets, integers, networks, penalties

from reluexact.errors import InputError
from reluexact.model import symmetries as forms
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.numbers.radicals import RadicalSum

F = Fraction
ZERO = Network([], [])
scales = st.builds(Fraction, st.integers(1, 9), st.integers(1, 9))


@st.composite
def moves(draw, network):
    """Draw an image of the network under scaling, splitting and permuting."""
    image = forms.rescaled(network, [draw(scales) for _ in range(network.width)])
    for _ in range(draw(st.integers(0, 3)) if network.width else 0):
        weights = [draw(st.integers(1, 5)) for _ in range(draw(st.integers(1, 3)))]
        image = forms.split(image, draw(st.integers(0, image.width - 1)), [F(w, sum(weights)) for w in weights])
    return forms.permuted(image, draw(st.permutations(range(image.width))))


def amounts(network):
    """Return {(sign of a, ray of w): sum of |a| times the greatest entry of |w|}, by other means than the module's."""
    found = {}
    for weights, amount in zip(network.hidden, network.output, strict=True):
        size = max(abs(w) for w in weights)
        if size and amount:
            key = (amount > 0, tuple(w / size for w in weights))
            found[key] = found.get(key, 0) + abs(amount) * size
    return found


@st.composite
def fitting(draw, width=(0, 5)):
    data = draw(datasets())
    return draw(networks(columns=data.d, width=width, entries=integers)), data


@given(st.data(), networks(columns=2, width=(0, 4), entries=integers))
def test_moves_keep_function_path_norm_and_canonical_form(data, network):
    image = data.draw(moves(network))
    rows = data.draw(st.lists(st.tuples(integers, integers), min_size=1, max_size=5))
    assert image.predict(rows) == network.predict(rows)
    assert (forms.path_norm(image) - forms.path_norm(network)).sign() == 0
    assert forms.canonical(image) == forms.canonical(network)
    assert forms.equivalent(image, network)


@given(networks(columns=2, width=(0, 3), entries=integers), networks(columns=2, width=(0, 3), entries=integers))
def test_forms_are_equal_exactly_when_the_amounts_on_rays_are(first, second):
    assert forms.equivalent(first, second) == (amounts(first) == amounts(second))


@given(networks(columns=3, width=(0, 4)))
def test_the_canonical_form_is_one_of_the_images_and_its_own_form(network):
    form = forms.canonical(network)
    assert amounts(form) == amounts(network)
    assert form.width == len(amounts(network))
    assert forms.canonical(form) == form
    assert all(w.denominator == 1 for row in form.hidden for w in row)


def test_networks_with_equal_function_need_not_have_equal_forms():
    cancelling = Network([[1], [1]], [2, -1])
    assert cancelling.predict([[3], [-3]]) == Network([[1]], [1]).predict([[3], [-3]])
    assert not forms.equivalent(cancelling, Network([[1]], [1]))
    assert forms.equivalent(Network([[0], [1]], [7, 0]), ZERO)


@given(st.data(), networks(columns=2, width=(1, 4)))
def test_merging_undoes_splitting(data, network):
    network = forms.merged(network)
    assume(network.width)
    weights = data.draw(st.lists(st.integers(1, 7), min_size=1, max_size=4))
    parts = [F(w, sum(weights)) for w in weights]
    assert forms.merged(forms.split(network, data.draw(st.integers(0, network.width - 1)), parts)) == network


@given(networks(columns=2, width=(0, 5), entries=integers))
def test_merging_on_rays_keeps_the_function_and_the_path_norm(network):
    one = forms.merged(network)
    rows = [[a, b] for a in range(-2, 3) for b in range(-2, 3)]
    assert one.predict(rows) == network.predict(rows)
    assert (forms.path_norm(one) - forms.path_norm(network)).sign() == 0
    assert forms.merged(one) == one


def in_one_cone(data, first, second):
    """Say whether no row tells the two apart, by other means than the module's."""
    values = [[sum(x * w for x, w in zip(row, u, strict=True)) for u in (first, second)] for row in data.X]
    return all(a * b >= 0 for a, b in values)


@given(fitting(), penalties)
def test_merging_in_cones_keeps_the_fit_and_lowers_the_objective(pair, penalty):
    network, data = pair
    one = forms.merged(network, data=data)
    assert one.predict(data.X) == network.predict(data.X)
    fall = forms.balanced_objective(network, data, penalty) - forms.balanced_objective(one, data, penalty)
    assert fall.sign() >= 0
    neurons = list(zip(one.hidden, one.output, strict=True))
    for k, (weights, amount) in enumerate(neurons):
        assert max(sum(x * w for x, w in zip(row, weights, strict=True)) for row in data.X) > 0
        for others, other in neurons[:k]:
            assert amount * other < 0 or not in_one_cone(data, weights, others)


def test_neurons_on_a_common_hyperplane_belong_to_one_closed_cone():
    # row 2 is on for the first, on the hyperplane for the second: other patterns 1[Xw > 0], yet one closed cone
    data = Dataset([[1, 0], [1, -1], [-1, 0]], [0, 0, 0])
    network = Network([[1, 0], [1, 1]], [1, 2])
    assert forms.merged(network, data=data) == Network([[3, 2]], [1])
    assert forms.merged(network, data=Dataset([[1, -2], [1, 1]], [0, 0])) == network


def test_cones_are_not_transitive_first_come_first():
    # the second lies on the hyperplane between the other two and joins the first
    data = Dataset([[1, 0], [0, 1]], [0, 0])
    network = Network([[1, 1], [0, 1], [-1, 1]], [1, 1, 1])
    assert forms.merged(network, data=data) == Network([[1, 2], [-1, 1]], [1, 1])


def test_a_cone_merge_of_neurons_that_are_not_collinear_lowers_the_objective():
    data = Dataset([[1, 0], [0, 1]], [1, 1])
    network = Network([[1, 0], [0, 1]], [1, 1])
    before, after = (forms.balanced_objective(form, data, 1) for form in (network, forms.merged(network, data=data)))
    assert before.as_fraction() == 2
    assert after == RadicalSum.root(F(2))


def test_the_representative_keeps_the_output_weight_of_the_first():
    assert forms.merged(Network([[2, 2], [0, 0], [1, 1]], [-1, 5, -4])) == Network([[6, 6]], [-1])


@given(fitting(), penalties)
def test_balancing_never_raises_the_objective(pair, penalty):
    network, data = pair
    fall = RadicalSum.rational(network.objective(data, penalty)) - forms.balanced_objective(network, data, penalty)
    assert fall.sign() == (0 if forms.is_balanced(network) else 1)


@given(st.lists(st.tuples(scales, scales), max_size=3))
def test_balanced_is_found_where_it_is_rational(pairs):
    # (5 s, 0) with a = 5 s is balanced; scaling by c takes it away, balancing brings it back
    straight = Network([[3 * s, 4 * s] for s, _ in pairs], [-5 * s for s, _ in pairs])
    assert forms.is_balanced(straight)
    assert forms.balanced(forms.rescaled(straight, [c for _, c in pairs])) == straight


def test_balanced_of_zero_neurons_and_of_irrational_ones():
    assert forms.balanced(Network([[1, 2], [0, 0]], [0, 3])) == Network([[0, 0], [0, 0]], [0, 0])
    assert forms.balanced(Network([[1, 1]], [1])) is None
    assert forms.balanced(Network([[1]], [2])) is None
    assert forms.balanced(ZERO) == ZERO


def test_the_zero_network():
    data = Dataset([[1, 2]], [3])
    assert forms.canonical(ZERO) == forms.merged(ZERO, data=data) == ZERO
    assert forms.balanced_objective(ZERO, data, 5).as_fraction() == F(9, 2)
    assert forms.is_balanced(ZERO)


def test_path_norm_and_features_by_hand():
    network = Network([[3, 4], [1, 1]], [-2, 1])
    assert forms.path_norm(network) == RadicalSum.rational(10) + RadicalSum.root(F(2))
    assert forms.features(network, Dataset([[1, 0], [-1, 2]], [0, 0])) == ((-6, -10), (1, 1))


NETWORK = Network([[1, 2], [3, 4]], [1, 1])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: forms.canonical([[1]]), "network: a list is not a Network; make one with"),
        (lambda: forms.is_balanced(None), "network: a NoneType is not a Network"),
        (lambda: forms.permuted(NETWORK, [0]), r"order: \[0\] does not list each of the 2 neurons once"),
        (lambda: forms.permuted(NETWORK, [0, True]), "does not list each of the 2 neurons once"),
        (lambda: forms.permuted(NETWORK, "01"), "order: '01' does not list"),
        (lambda: forms.rescaled(NETWORK, [1, 0]), "factors: give one positive number for each of the 2 neurons"),
        (lambda: forms.rescaled(NETWORK, [1]), "factors: give one positive number for each of the 2 neurons"),
        (lambda: forms.split(NETWORK, 2, [1]), "neuron: 2 is not one of the 2 neurons"),
        (lambda: forms.split(NETWORK, True, [1]), "neuron: True is not one of"),
        (lambda: forms.split(NETWORK, 0, ["1/2", "1/3"]), "parts: give positive numbers that sum to 1"),
        (lambda: forms.split(NETWORK, 0, [2, -1]), "parts: give positive numbers that sum to 1"),
        (lambda: forms.split(NETWORK, 0, [0.5, 0.5]), r"parts\[0\]: the float 0.5 is not exact"),
        (lambda: forms.merged(NETWORK, data=Dataset([[1]], [1])), "the network reads 2 columns but the data has 1"),
        (lambda: forms.merged(NETWORK, data=[[1, 2]]), "data: a list is not a Dataset"),
        (lambda: forms.balanced_objective(NETWORK, Dataset([[1, 1]], [1]), 0), "penalty: '0' is not positive"),
    ],
)
def test_bad_input_says_what_and_where(call, message):
    with pytest.raises(InputError, match=message):
        call()
