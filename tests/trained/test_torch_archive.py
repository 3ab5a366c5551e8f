"""Files of torch.save, read without PyTorch: numbers, offsets and strides, and what is refused."""

from __future__ import annotations

import io
import pickle
import re
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest

import reluexact as rx
from reluexact.trained.files.pickled import plain_data
from reluexact.trained.files.torch_archive import torch_state

FILES = Path(__file__).parent / "files"
ROWS = {"X": [[1, 2], [0, -1]], "y": [[1], [2]], "weight_decay": "1/10", "penalised": "weights"}


def read(name, **more):
    return rx.from_torch(FILES / name, **{**ROWS, **more})


def changed(name, edit):
    """The content of a file with one member replaced: edit(member, content) gives the new content, or None to leave it out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(FILES / name) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            content = edit(entry.filename.partition("/")[2], old.read(entry))
            if content is not None:
                new.writestr(entry.filename, content)
    return buffer.getvalue()


def test_float32():
    network, problem = read("plain.pt")
    tenth, share = (Fraction(x) for x in (13421773 / 2**27, 10066330 / 2**25))
    assert network.hidden == ((Fraction(1, 2), Fraction(-5, 4)), (3, tenth), (-2, 7))
    assert network.hidden_bias == (Fraction(1, 4), Fraction(-1, 2), 1)
    assert network.output == (1, Fraction(-3, 2), share)
    assert network.output_bias == Fraction(3, 4)
    assert problem.penalty == Fraction(1, 10)


def test_offset_and_strides():
    """Both weights are views of one block of 24 numbers k/8; a reader of whole storages gives others."""
    network, problem = rx.from_torch(FILES / "strided.pt", [[1, 2], [0, -1]], [1, 2], weight_decay=1)
    assert [[8 * w for w in row] for row in network.hidden] == [[1, 7], [2, 8], [3, 9]]
    assert [8 * a for a in network.output] == [18, 20, 22]
    assert (problem.hidden_bias, problem.output_bias) == ("none", "none")


@pytest.mark.parametrize(("name", "tenth"), [("bfloat16.pt", Fraction(205, 2048)), ("float16.pt", Fraction(1638, 2**14))])
def test_short_floats_are_the_numbers_that_they_are(name, tenth):
    network, _ = read(name)
    assert network.hidden[1] == (3, tenth)


def test_a_checkpoint_has_one_state_or_is_told_which():
    assert read("checkpoint.pt").network == read("plain.pt").network
    with pytest.raises(rx.InputError, match=r"model, average; say which one by key="):
        read("two_states.pt")
    assert read("two_states.pt", key="average").network == read("plain.pt").network
    with pytest.raises(rx.InputError, match="are none; say"):
        read("checkpoint.pt", key="other")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("module.pt", r"it names torch.nn.modules.container.Sequential, which is not run here"),
        ("old.pt", "before 1.6"),
        ("integers.pt", "type i4"),
    ],
)
def test_what_is_not_read(name, words):
    with pytest.raises(rx.InputError, match=words):
        read(name)


class Foreign:
    """A harmless stand-in: a pickle that asks for a call of len."""

    def __reduce__(self):
        return len, ("abc",)


def test_names_of_others_are_not_run():
    with pytest.raises(rx.InputError, match="it names (__builtin__|builtins).len, which is not run"):
        plain_data(pickle.dumps(Foreign(), protocol=2), "file")
    content = changed("plain.pt", lambda name, old: pickle.dumps({"a": Foreign()}, protocol=2) if name == "data.pkl" else old)
    with pytest.raises(rx.InputError, match=r"file: it names"):
        torch_state(content, "file")


@pytest.mark.parametrize("protocol", [0, 1, 3, 4, 5])
def test_instructions_that_weights_do_not_need_are_refused(protocol):
    with pytest.raises(rx.InputError):
        plain_data(pickle.dumps({"a": Foreign(), "b": b"x"}, protocol=protocol), "file")


def test_plain_pickles_come_back():
    value = {"a": [1, -2, 300, 70_000, 2**40, -(2**80)], "b": (1.5, None, True, False, "x"), "c": ((), (1,), (1, 2), {}, [])}
    assert plain_data(pickle.dumps(value, protocol=2), "file") == value


def test_a_truncated_file_is_an_input_error_wherever_it_ends():
    content = (FILES / "plain.pt").read_bytes()
    for end in range(0, len(content), 37):
        with pytest.raises(rx.InputError):
            torch_state(content[:end], "file")


def test_a_truncated_index_is_an_input_error_wherever_it_ends():
    with zipfile.ZipFile(FILES / "plain.pt") as archive:
        index = archive.read("plain/data.pkl")
    for end in range(len(index)):
        with pytest.raises(rx.InputError):
            plain_data(index[:end], "file")


def test_damaged_instructions_are_input_errors_or_data():
    """Each byte of the index replaced by others: an answer or an InputError, nothing else."""
    with zipfile.ZipFile(FILES / "plain.pt") as archive:
        index = archive.read("plain/data.pkl")
    refused = 0
    for place in range(len(index)):
        for value in (0, ord("."), ord("R"), ord("("), ord("Q"), ord("s"), 255):
            broken = index[:place] + bytes([value]) + index[place + 1 :]
            content = changed("plain.pt", lambda name, old, new=broken: new if name == "data.pkl" else old)
            try:
                torch_state(content, "file")
            except rx.InputError:
                refused += 1
    assert refused > 1000


def test_claims_of_more_than_the_archive_holds():
    for edit in (
        lambda name, old: old[:-4] if name.startswith("data/") else old,
        lambda name, old: b"" if name == "data/0" else old,
        lambda name, old: None if name == "data/1" else old,
        lambda name, old: old[:-3] if name == "data/0" else old,
        lambda name, old: old.replace(b"K\x06t", b"K\x60t") if name == "data.pkl" else old,
        lambda name, old: old.replace(b"K\x03K\x02\x86", b"K\x63K\x63\x86") if name == "data.pkl" else old,
        lambda name, old: old.replace(b"K\x00K\x03K\x02\x86", b"K\x01K\x03K\x02\x86") if name == "data.pkl" else old,
        lambda name, old: None if name == "data.pkl" else old,
    ):
        content = changed("plain.pt", edit)
        with pytest.raises(rx.InputError):
            torch_state(content, "file")


def test_a_tensor_with_marks_beside_its_numbers_is_refused():
    """What torch.save writes for a negative view, whose storage has the other sign: a dict behind the six arguments."""
    mark = b"}X\x03\x00\x00\x00neg\x88s"
    for more, words in ((mark, "marks beside its numbers, such as neg"), (b"}", None)):
        content = changed("plain.pt", lambda name, old, more=more: marked(old, more) if name == "data.pkl" else old)
        if words is None:
            assert len(torch_state(content, "file")) == 4
            continue
        with pytest.raises(rx.InputError, match=words):
            torch_state(content, "file")


def marked(index, more):
    """The index with one more argument of its first tensor."""
    changed_index, count = re.subn(rb"(\)Rq.)(tq)", lambda found: found[1] + more + found[2], index, count=1, flags=re.DOTALL)
    assert count == 1
    return changed_index


def test_a_compressed_member_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(FILES / "plain.pt") as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
    with pytest.raises(rx.InputError, match="compressed"):
        torch_state(buffer.getvalue(), "file")


def test_big_endian_storages():
    def edit(name, old):
        if name == "byteorder":
            return b"big"
        if name.startswith("data/"):
            return b"".join(old[i : i + 4][::-1] for i in range(0, len(old), 4))
        return old

    ours, theirs = torch_state(changed("plain.pt", edit), "file"), torch_state((FILES / "plain.pt").read_bytes(), "file")
    assert all((ours[key] == theirs[key]).all() for key in theirs)


@pytest.mark.parametrize("content", [b"", b"PK", b"not an archive", b"\x80\x02}.", b"\x08\x07\x12\x07pytorch"])
def test_foreign_files(content, tmp_path):
    file = tmp_path / "weights.pt"
    file.write_bytes(content)
    with pytest.raises(rx.InputError, match=r"weights\.pt: this is no archive of PyTorch"):
        rx.from_torch(file, **ROWS)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"a.weight": [[1, 2]]}, "two that end in weight"),
        ({"a.weight": [[1]], "b.weight": [[1]], "c.weight": [[1]]}, "a.weight, b.weight, c.weight"),
        ({"a.weight": [[1, 2]], "b.weight": [[1]], "n.running_mean": [1]}, "running_mean"),
        ({"a.weight": [[1, 2], [3, 4]], "b.weight": [[1, 2], [3, 4]]}, "2 outputs"),
        ({"a.weight": [[1, 2]], "b.weight": [[1, 2]]}, "reads 2 neurons"),
        ({"a.weight": [[1, 2]], "b.weight": [[1]], "a.bias": [1, 2]}, "1 neurons and 2 biases"),
        ({"a.parametrizations.weight.original0": [[1]], "b.weight": [[1]]}, "weight_norm"),
        ({"a.weight": [[2]], "b.weight": [[3]]}, "a.weight and b.weight are both 1 x 1, .* as 0.weight and 2.weight"),
        ({"fc1.weight": [[2]], "out2.weight": [[3]]}, "both 1 x 1"),
        ({"a.weight": [1, 2], "b.weight": [[1]]}, "a.weight: it is no matrix"),
        ({"a.weight": 5, "b.weight": [[1]]}, "a.weight: it is no matrix"),
        ({"a.weight": [], "b.weight": [[1]]}, "a.weight: it is no matrix"),
        ({"a.weight": None, "b.weight": [[1]]}, "a.weight: it is no matrix"),
        ({0: [[1]], "b.weight": [[1]]}, "the key 0 is no name"),
        (3, "no module, no state_dict"),
        ("missing.pt", "cannot be read"),
    ],
)
def test_states_of_other_networks(state, words):
    with pytest.raises(rx.InputError, match=words):
        rx.from_torch(state, **ROWS)


@pytest.mark.parametrize(
    ("first", "second"), [("0", "2"), ("fc1", "fc2"), ("net.2", "net.10"), ("layers.0.linear", "layers.1.linear")]
)
def test_numbers_in_names_say_which_layer_of_one_neuron_is_first(first, second):
    state = {f"{second}.weight": [[3]], f"{first}.weight": [[2]]}
    network, _ = rx.from_torch(state, [[1], [2]], [1, 2], weight_decay=1)
    assert (network.hidden, network.output) == (((2,),), (3,))


def test_names_of_compiled_and_parallel_modules():
    plain = {"0.weight": [[1, 2]], "2.weight": [[3]]}
    for prefix in ("_orig_mod.", "module.", "module._orig_mod."):
        assert rx.from_torch({prefix + key: value for key, value in plain.items()}, **ROWS) == rx.from_torch(plain, **ROWS)
