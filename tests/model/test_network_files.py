"""Networks written and read back: the same network, the same bytes, whole or not at all."""

from __future__ import annotations

import io
import json
import re

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import networks

import reluexact as rx
from reluexact.errors import InputError
from reluexact.model.network import Network

NETWORK = Network([["1/3", -2], ["1e-30", 0]], [1, "-5/7"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(networks(columns=2), st.sampled_from([".json", ".csv"]))
def test_exact_files_read_back_as_they_were(tmp_path, network, suffix):
    place = tmp_path / f"network{suffix}"
    network.save(place)
    first = place.read_bytes()
    assert Network.read(place) == network
    rx.save(Network.read(str(place)), place)
    assert place.read_bytes() == first


@given(st.lists(st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 3), max_size=4))
def test_floats_read_back_as_they_were(rows):
    network = Network([row[:2] for row in rows], [row[2] for row in rows], floats="binary")
    place = io.BytesIO()
    from reluexact.model.network_files import encoded

    content = encoded(network.hidden, network.output, "network.npz")
    assert Network.decoded(content, "network.npz") == network
    assert encoded(network.hidden, network.output, "network.npz") == content
    with np.load(io.BytesIO(content)) as arrays:
        np.savez(place, **arrays)
    assert Network.decoded(place.getvalue(), "other.npz") == network


def test_the_files_are_plain(tmp_path):
    NETWORK.save(tmp_path / "network.csv")
    assert (tmp_path / "network.csv").read_text() == f"w1,w2,output\n1/3,-2,1\n1/1{'0' * 30},0,-5/7\n"
    NETWORK.save(tmp_path / "network.json")
    assert json.loads((tmp_path / "network.json").read_text())["output"] == ["1", "-5/7"]
    assert Network.from_lists(json.loads((tmp_path / "network.json").read_text())) == NETWORK


def test_what_is_no_float_is_not_written_as_one(tmp_path):
    place = tmp_path / "network.npz"
    with pytest.raises(InputError, match=r"hidden\[0\]\[0\] is no float, and .npz holds floats; write .json or .csv"):
        NETWORK.save(place)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InputError, match="is named .json, .csv .* or .npz"):
        NETWORK.save(tmp_path / "network.txt")
    with pytest.raises(InputError, match=r"output\[0\] is beyond all floats; write .json or .csv"):
        Network([[1]], ["1e400"]).save(place)
    with pytest.raises(InputError, match="cannot be written"):
        NETWORK.save(tmp_path / "none" / "network.json")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("n.json", "{", "n.json: this is not JSON"),
        ("n.json", "[]", 'n.json: network: give {"hidden"'),
        ("n.json", '{"hidden": [[NaN]], "output": [1]}', "the network has the number NaN"),
        ("n.json", '{"hidden": [["x"]], "output": [1]}', r"n.json: hidden[0][0]: 'x' is not a number"),
        ("n.json", '{"format": "reluexact-certificate"}', "n.json: this is a certificate; rx.load('n.json') checks it"),
        ("n.csv", "", "n.csv: no table of neurons"),
        ("n.csv", "a,b\n1,2\n", "n.csv: no table of neurons; the first line is w1,w2,...,output"),
        ("n.csv", "w1,output\n1,2,3\n", "n.csv: neuron 0 has 3 values for 2 columns"),
        ("n.csv", "w1,output\n1,x\n", "n.csv: output[0]: 'x' is not a number"),
        ("n.npz", "no archive", "n.npz: this is no archive of plain arrays"),
        ("n.json", b"\xff", "n.json: cannot be read (it is not UTF-8 text)"),
    ],
)
def test_files_that_hold_no_network(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=re.escape(message)):
        Network.read(tmp_path / name)


def test_other_arrays_are_named(tmp_path):
    np.savez(tmp_path / "data.npz", X=[[1.0]], y=[1.0])
    with pytest.raises(InputError, match="the arrays are X, y, not hidden and output"):
        Network.read(tmp_path / "data.npz")
    with pytest.raises(InputError, match="cannot be read"):
        Network.read(tmp_path / "none.json")
    with pytest.raises(InputError, match="a Dataset is not the name of a file"):
        Network.read(rx.Dataset([[1]], [1]))
    np.savez(tmp_path / "tenth.npz", hidden=[[0.1]], output=[1.0])
    assert Network.read(tmp_path / "tenth.npz", floats="decimal") == Network([["1/10"]], [1])


def test_an_optimum_predicts(tmp_path):
    data = rx.Dataset([[0], [1], [3]], [0, 2, 1], bias=True)
    optimum = rx.solve(data, "1/10")
    assert optimum.predict([[0], [2]]) == optimum.predict([[0, 1], [2, 1]]) == optimum.network.predict([[0], [2]])
    rounded = optimum.predict(np.array([[0.0], [2.0]]), floats="binary", as_floats=True)
    assert rounded == tuple(map(float, optimum.predict([[0], [2]])))
    for value, target, residual in zip(optimum.predict(data.X), data.y, optimum.residual, strict=True):
        assert abs((target - residual - value).middle) < 1e-12
    bare = rx.solve(rx.Dataset([[0, 1], [1, 3]], [0, 2]), "1/10")
    with pytest.raises(InputError, match="X has 1 column, but the data has 2 and no bias; give all columns"):
        bare.predict([[0]])


def fractions():
    return st.fractions(-100, 100, max_denominator=9)


@st.composite
def biased(draw, numbers):
    size, width = draw(st.integers(1, 3)), draw(st.integers(0, 3))
    row, column = st.lists(numbers, min_size=size, max_size=size), st.lists(numbers, min_size=width, max_size=width)
    hidden = draw(st.lists(row, min_size=width, max_size=width))
    parts = {"hidden_bias": draw(column), "output_bias": draw(numbers), "skip": draw(st.one_of(st.just([]), row))}
    return rx.BiasedNetwork(hidden, draw(column), floats="binary", **parts)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(biased(fractions()), st.sampled_from([".json", ".csv"]))
def test_networks_with_parts_read_back_as_they_were(tmp_path, network, suffix):
    place = tmp_path / f"network{suffix}"
    network.save(place)
    first = place.read_bytes()
    assert rx.BiasedNetwork.read(place) == network
    rx.save(rx.BiasedNetwork.read(str(place)), place)
    assert place.read_bytes() == first
    plain = network.without_parts()
    if plain is None:
        with pytest.raises(InputError, match=r"which a Network has not; read it with BiasedNetwork\.read"):
            Network.read(place)
    else:
        assert Network.read(place) == plain


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(biased(st.floats(allow_nan=False, allow_infinity=False)))
def test_floats_with_parts_read_back_as_they_were(tmp_path, network):
    network.save(tmp_path / "network.npz")
    assert rx.BiasedNetwork.read(tmp_path / "network.npz") == network


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(networks(columns=2), st.sampled_from([".json", ".csv"]))
def test_the_file_of_a_network_is_one_of_a_network_with_parts(tmp_path, network, suffix):
    network.save(tmp_path / f"network{suffix}")
    assert rx.BiasedNetwork.read(tmp_path / f"network{suffix}") == rx.BiasedNetwork.of(network)


def test_the_files_of_parts_are_plain(tmp_path):
    network = rx.BiasedNetwork([["1/3", -2]], [5], hidden_bias=[7], output_bias="-1/2", skip=[0, 4])
    network.save(tmp_path / "n.csv")
    assert (tmp_path / "n.csv").read_text() == "w1,w2,hidden_bias,output\n1/3,-2,7,5\n0,4,-1/2,\n"
    network.save(tmp_path / "n.json")
    assert json.loads((tmp_path / "n.json").read_text()) == network.to_lists()
    with pytest.raises(InputError, match=r"n\.npz: hidden\[0\]\[0\] is no float, and \.npz holds floats; write \.json or \.csv"):
        network.save(tmp_path / "n.npz")
    (tmp_path / "two.csv").write_text("w1,hidden_bias,output\n1,2,\n3,4,\n")
    with pytest.raises(InputError, match=re.escape("two.csv: 2 lines have no output; one may, the linear part")):
        rx.BiasedNetwork.read(tmp_path / "two.csv")
    (tmp_path / "bad.json").write_text('{"hidden": [[1]], "hidden_bias": ["x"], "output": [1], "output_bias": 0, "skip": []}')
    with pytest.raises(InputError, match=re.escape("bad.json: hidden_bias[0]: 'x' is not a number")):
        rx.BiasedNetwork.read(tmp_path / "bad.json")
    with pytest.raises(InputError, match=re.escape("n.json: the network has hidden_bias, output_bias, skip")):
        Network.read(tmp_path / "n.json")


def test_networks_with_parts_show_themselves_in_short():
    network = rx.BiasedNetwork([["1/3", -2]], [5], hidden_bias=[7], output_bias="-1/2", skip=[0, 4])
    assert eval(repr(network), {"BiasedNetwork": rx.BiasedNetwork}) == network
    assert repr(rx.BiasedNetwork([], [])) == "BiasedNetwork([], [])"
    large = rx.BiasedNetwork([["1/3", -2]] * 30, [5] * 30)
    assert repr(large).startswith("BiasedNetwork(30 neurons, 2 inputs; digest ")


def test_networks_with_parts_predict():
    network = rx.BiasedNetwork([[1, -1]], [2], output_bias="1/3")
    assert network.predict([[3]]) == network.predict([[3, 1]])  # as a penalised bias is a column of ones
    assert network.predict(np.array([[3.0]]), floats="binary", as_floats=True) == (13 / 3,)
    with pytest.raises(InputError, match="X has 1 column but the network reads 2"):
        rx.BiasedNetwork([[1, -1]], [2], hidden_bias=[1]).predict([[3]])


def test_a_key_that_stands_twice_is_refused(tmp_path):
    file = tmp_path / "network.json"
    file.write_text('{"hidden": [[1]], "output": [1], "output": [2]}')
    with pytest.raises(rx.InputError, match=r"network\.json: the key 'output' stands twice; write it once"):
        rx.Network.read(file)
