"""safetensors files: those of the package, and damaged ones."""

from __future__ import annotations

import json

import ml_dtypes
import numpy as np
import pytest
from safetensors.numpy import save, save_file

import reluexact as rx
from reluexact.trained.files.safetensors import safetensors_state

STATE = {
    "hidden.weight": np.array([[0.5, -1.25], [3.0, 0.1], [-2.0, 7.0]]),
    "hidden.bias": np.array([0.25, -0.5, 1.0]),
    "a.weight": np.array([[1.0, -1.5, 0.3]]),
    "a.bias": np.array([0.75]),
}
ROWS = {"X": [[1, 2], [0, -1]], "y": [1, 2]}


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.float16, ml_dtypes.bfloat16])
def test_files_of_the_package(kind, tmp_path):
    state = {key: value.astype(kind) for key, value in STATE.items()}
    save_file(state, tmp_path / "net.safetensors", metadata={"format": "pt"})
    found = rx.from_safetensors(tmp_path / "net.safetensors", **ROWS, weight_decay="1/10")
    exact = {key: value.astype(np.float64) for key, value in state.items()}
    ours = rx.from_torch(exact, **ROWS, weight_decay="1/10")
    assert (found.network, found.problem, found.constant) == (ours.network, ours.problem, ours.constant)
    assert found.network.output[1] * 2 == -3


def test_settings_of_other_trainers(tmp_path):
    save_file(STATE, tmp_path / "net.safetensors")
    problem = rx.from_safetensors(tmp_path / "net.safetensors", **ROWS, trainer="keras", l2="1/10").problem
    assert (problem.penalty * 5, problem.hidden_bias) == (1, "free")


def test_settings_that_are_none(tmp_path):
    save_file(STATE, tmp_path / "net.safetensors")
    for settings in ({"optimizer": 5}, {"trainer": "keras", "optimizer": None, "l2": 1}):
        with pytest.raises(rx.InputError, match="optimizer: .* is no name"):
            rx.from_safetensors(tmp_path / "net.safetensors", **ROWS, **settings)


def test_weights_of_one_number_each_need_names_with_numbers(tmp_path):
    """The format keeps no order: the package writes names in that of the alphabet."""
    one, two = np.array([[2.0]]), np.array([[3.0]])
    save_file({"hidden.weight": one, "decoder.weight": two}, tmp_path / "net.safetensors")
    with pytest.raises(rx.InputError, match="both 1 x 1"):
        rx.from_safetensors(tmp_path / "net.safetensors", [[1], [2]], [1, 2], weight_decay=1)
    save_file({"2.weight": one, "10.weight": two}, tmp_path / "net.safetensors")
    network, _ = rx.from_safetensors(tmp_path / "net.safetensors", [[1], [2]], [1, 2], weight_decay=1)
    assert (network.hidden, network.output) == (((2,),), (3,))


def test_truncated_files():
    content = save(STATE)
    for end in range(len(content)):
        with pytest.raises(rx.InputError):
            safetensors_state(content[:end], "file")


def with_header(header, numbers=b"\x00" * 8):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + numbers


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no whole file"),
        (b"\xff" * 16, "no whole file"),
        (with_header(b"{"), "header is damaged"),
        (with_header(b"[]"), "header is damaged"),
        (with_header(b"\xff\xfe"), "header is damaged"),
        (with_header({"w": {"dtype": "F64", "shape": [1]}}), "header is damaged"),
        (with_header({"w": {"dtype": "F64", "shape": [-1], "data_offsets": [0, 8]}}), "header is damaged"),
        (with_header({"w": {"dtype": "F64", "shape": [True], "data_offsets": [0, 8]}}), "header is damaged"),
        (with_header({"w": {"dtype": "F64", "shape": [2], "data_offsets": [0, 16]}}), "claims 2 numbers at bytes 0 to 16 of 8"),
        (with_header({"w": {"dtype": "F64", "shape": [2], "data_offsets": [0, 8]}}), "claims 2 numbers"),
        (with_header({"w": {"dtype": "F64", "shape": [1], "data_offsets": [8, 0]}}), "claims 1 numbers"),
        (with_header({"w": {"dtype": "F64", "shape": [2**40, 2**40], "data_offsets": [0, 8]}}), "claims"),
        (with_header({"w": {"dtype": "F64", "shape": [0], "data_offsets": [0, 0]}}), "claims 0"),
        (with_header({"w": {"dtype": "I8", "shape": [8], "data_offsets": [0, 8]}}), "type I8"),
        (with_header(b'{"w":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"w":{}}'), "twice"),
        (with_header(b"[" * 100_000), "header is damaged"),
    ],
)
def test_damaged_files(content, words):
    with pytest.raises(rx.InputError, match=words):
        safetensors_state(content, "file")
