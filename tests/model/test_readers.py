"""Files: what is read, to the last digit, and how every fault names its line, column and cure."""

from __future__ import annotations

import io
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import DATA
from pyarrow import parquet

from reluexact.errors import InputError
from reluexact.model.dataset import Dataset, read_problem
from reluexact.model.files.reading import Reading

EXAMPLES = DATA


@pytest.fixture(autouse=True)
def stand_there(tmp_path, monkeypatch):
    """Messages name a file as the caller did."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def write():
    def writer(content, name="data.csv"):
        path = Path(name)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return writer


# csv


def test_motorcycle_is_read_exactly():
    data = Dataset.read(EXAMPLES / "motorcycle.csv", bias=True)
    assert (data.n, data.d, data.names, data.target_name) == (133, 2, ("times", "bias"), "accel")
    assert data.X[0] == (Fraction(12, 5), 1)
    assert data.y[1] == Fraction(-13, 10)


def test_columns_are_chosen_in_the_order_asked_for():
    data = Dataset.read(str(EXAMPLES / "iris.csv"), target="petal_width", features=["petal_length", "sepal_length"])
    assert (data.n, data.names, data.target_name) == (150, ("petal_length", "sepal_length"), "petal_width")
    assert data.X[0] == (Fraction(7, 5), Fraction(51, 10))
    one = Dataset.read(EXAMPLES / "iris.csv", target="petal_width", features="petal_length")
    assert one.names == ("petal_length",)


@pytest.mark.parametrize("name", ["anscombe1.csv", "anscombe2.csv"])
def test_anscombe(name):
    data = Dataset.read(EXAMPLES / name)
    assert (data.n, data.d) == (11, 1)


def test_text_columns_have_to_be_left_out():
    message = (
        r"^.*iris\.csv line 2, column species: 'setosa' is not a number; .*; or leave the column out with target and features$"
    )
    with pytest.raises(InputError, match=message):
        Dataset.read(EXAMPLES / "iris.csv")


@pytest.mark.parametrize(
    "content",
    [
        "a,y\n1,2.50\n-3,1/3\n",
        "\ufeffa,y\n1,2.50\n-3,1/3",
        "a,y\r\n1,2.50\r\n-3,1/3\r\n",
        "a,y\r1,2.50\r-3,1/3\r",
        '"a","y"\n"1","2.50"\n"-3"," 1/3"\n',
        "\n a , y \n\n1,2.50\n   \n-3,1/3\n\n",
    ],
    ids=["plain", "byte order mark", "crlf", "cr", "quoted", "blanks"],
)
def test_csv_dialects(write, content):
    data = Dataset.read(write(content, "DATA.CSV"))
    assert data == Dataset([[1], [-3]], ["5/2", "1/3"])
    assert (data.names, data.target_name) == (("a",), "y")


def test_names_may_hold_commas_quotes_and_line_ends(write):
    data = Dataset.read(write('"a,b","c ""d""","e\nf"\n1,2,3\n'), target='c "d"')
    assert data == Dataset([[1, 3]], [2])
    assert data.names == ("a,b", "e\nf")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"data\.csv line 1: the file is empty; the first line names the columns"),
        ("\n\n", r"data\.csv line 1: the file is empty"),
        ("a,y\n", r"data\.csv: no rows below the header; give at least one"),
        ("a\n1\n", r"data\.csv line 1: only one column, 'a'; a feature and a target are needed, separated by commas"),
        ("a;y\n1;2\n", r"data\.csv line 1: only one column, 'a;y'.*separated by commas"),
        ("a,a\n1,2\n", r"data\.csv line 1: two columns are named 'a'; rename one"),
        ("a, a \n1,2\n", r"data\.csv line 1: two columns are named 'a'"),
        ("a,,y\n1,2,3\n", r"data\.csv line 1: column 2 has no name; name every column"),
        ("1,2\n3,4\n", r"data\.csv line 1: the first line holds numbers, not names; put a line of column names"),
        ("a,y\n1,2\n3\n", r"data\.csv line 3: 1 values, but the header names 2 columns; mend the line"),
        (
            "a,y\n1,2,3\n",
            r"data\.csv line 2: 3 values, .* as R writes it, put ',' before the first",
        ),
        (
            "a,y\n1,2\n,\n3,4\n",
            r"data\.csv line 3, column a: the value is missing; 1 of 3 rows has .* \(a: 1, y: 1\)",
        ),
        ("a,y\n\n1,2\n\n3,\n", r"data\.csv line 5, column y: the value is missing; 1 of 2 rows"),
        (
            "a,y\n1,NA\n2,\nNULL,3\n4,5\n",
            r"data\.csv line 2, column y: 'NA' is no value; 3 of 4 rows have a missing value \(a: 1, y: 2\); fill the values in, "
            r"or drop these rows with drop_missing=True or leave the column out with target and features$",
        ),
        ("a,y\n1,nan\n", r"data\.csv line 2, column y: 'nan' is no value"),
        ("a,y\n1,1e999999\n", r"data\.csv line 2, column y: '1e999999' has more than 4000 digits"),
        ("a,y\n1," + "9" * 100_000, r"data\.csv line 2, column y: .* has more than 4000 digits"),
        ("a,y\n1," + "9" * 200_000, r"data\.csv line 2: field larger than field limit"),
        ('a,y\n1,2\n1,"2\n3,4\n', r"data\.csv line 3: unexpected end of data; check the quotes"),
        ('a,y\n1,"2"x\n', r"data\.csv line 2: .*; check the quotes"),
        ('a,y\n"\n1",2\nx,3\n', r"data\.csv line 4, column a: 'x' is not a number"),
        ("a,y\n1,2\n3,\x004\n", r"data\.csv line 3: a NUL character"),
        ("a,y\n1,2\n".encode("utf-16"), r"data\.csv line 1: this is UTF-16 text; say encoding='utf-16'"),
        ("a,y\n1,2\n\u00e9,2\n".encode("latin-1"), r"data\.csv line 3: this is not UTF-8 text; .*, or say encoding='latin-1'"),
    ],
)
def test_bad_csv(write, content, message):
    with pytest.raises(InputError, match=f"^{message}"):
        Dataset.read(write(content))


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"target": "z"}, "there is no column 'z'; the columns are a, b, y"),
        ({"features": ["a", "z"]}, "there is no column 'z'; the columns are a, b, y"),
        ({"features": ["a", "y"]}, "'y' is target and feature; name it once"),
        ({"features": ["a", "a"]}, "the feature 'a' is named twice"),
        ({"features": []}, "no feature is named; the columns are a, b, y"),
        ({"target": 3}, "there is no column 3"),
    ],
)
def test_bad_choice_of_columns(write, choice, message):
    with pytest.raises(InputError, match=f"^data.csv: {message}"):
        Dataset.read(write("a,b,y\n1,2,3\n"), **choice)


def test_features_that_are_no_list(write):
    with pytest.raises(InputError, match="^features: 5 is not a list of column names; the columns are a, b, y"):
        Dataset.read(write("a,b,y\n1,2,3\n"), features=5)


def test_a_column_named_bias_clashes_with_the_bias(write):
    path = write("bias,y\n1,2\n")
    assert Dataset.read(path).names == ("bias",)
    with pytest.raises(InputError, match="^data.csv: names: 'bias' names two columns"):
        Dataset.read(path, bias=True)


# any file


def test_missing_file(tmp_path):
    with pytest.raises(InputError, match=r"none\.csv: there is no such file; check the name"):
        Dataset.read(tmp_path / "none.csv")


def test_folder(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match=r"folder\.csv: this is a folder; name a file in it"):
        Dataset.read(tmp_path / "folder.csv")


@pytest.mark.parametrize("path", ["data.txt", "data", "data.csv.gz", ""])
def test_unknown_suffix(path):
    with pytest.raises(InputError, match=r"the suffix .* is not known; name the file \.csv, .*, or say what it is with format=$"):
        Dataset.read(path)


@pytest.mark.parametrize("path", [None, 3, b"data.csv"])
def test_a_path_is_a_path(path):
    with pytest.raises(InputError, match="^path: .* is not a path"):
        Dataset.read(path)


@pytest.mark.parametrize("path", ["a\0b.csv", "x" * 5000 + ".csv"])
def test_impossible_names(path):
    with pytest.raises(InputError, match="the file cannot be read"):
        Dataset.read(path)


# json


def test_json_numbers_are_the_decimals_that_are_written(write):
    path = write('{"X": [[0.1, "1/3"], [1e-2, -7]], "y": ["2.5", 12345678901234567890.5], "penalty": 0.3}', "data.json")
    data, penalty = read_problem(path)
    assert data == Dataset([["1/10", "1/3"], ["1/100", -7]], ["5/2", "24691357802469135781/2"])
    assert penalty == Fraction(3, 10)
    assert Dataset.read(path, bias=True) == Dataset(data.X, data.y, True)


def test_no_penalty_is_none(write):
    path = write('{"y": [1], "X": [[1]]}', "data.json")
    assert read_problem(path) == (Dataset([[1]], [1]), None)
    assert read_problem(EXAMPLES / "anscombe1.csv")[1] is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"data\.json line 1: this is not JSON"),
        ('{"X": [[1]],\n"y": [1]', r"data\.json line 2: this is not JSON \(.*\); mend the line"),
        ("[]", r'data\.json: the file holds a list, no object; write \{"X"'),
        ("3", r"data\.json: the file holds the number 3, no object"),
        ('"X"', r'data\.json: the file holds the text "X", no object'),
        ("{}", r"data\.json: X is missing; X \(rows\) and y \(targets\) are needed"),
        ('{"X": [[1]]}', r"data\.json: y is missing"),
        ('{"X": [[1]], "y": [1], "z": 1}', r"data\.json: 'z' is not known; the names are X, y and penalty"),
        ('{"X": [[1]], "y": [1], "y": [2]}', r"data\.json: the key 'y' stands twice; write it once"),
        ('{"X": [[1]], "y": [NaN]}', r"data\.json: y\[0\]: the value is missing; 1 of 1 rows"),
        ('{"X": [[1]], "y": [-Infinity]}', r"data\.json: -Infinity is not a finite number"),
        ('{"X": [[1]], "y": [1e400000]}', r"data\.json: y\[0\]: '1e400000' has more than 4000 digits"),
        ('{"X": [[1]], "y": [' + "9" * 5000 + "]}", r"data\.json: y\[0\]: .* has more than 4000 digits"),
        ('{"X": [[1]], "y": [true]}', r"data\.json: y\[0\]: true stands where a number belongs; write a number"),
        (
            '{"X": [[null]], "y": [1]}',
            r"data\.json: X\[0\]\[0\]: the value is missing; .* drop_missing=True$",
        ),
        ('{"X": [[1], [2, 3]], "y": [1, 2]}', r"data\.json: X\[1\] has 2 entries but X\[0\] has 1;"),
        ('{"X": [1], "y": [1]}', r"data\.json: X\[0\]: the number 1 stands where a row belongs"),
        ('{"X": {"a": [1]}, "y": [1]}', r"data\.json: X: an object stands where a list belongs; X is a list of rows"),
        ('{"X": "1", "y": [1]}', r'data\.json: X: the text "1" stands where a list belongs'),
        ('{"X": [[1]], "y": [1, 2]}', r"data\.json: y has 2 values but X has 1 row"),
        ('{"X": [], "y": []}', r"data\.json: X is empty"),
        ('{"X": [[1]], "y": [1], "penalty": 0}', r"data\.json: penalty: '0' is not positive"),
        ('{"X": [[1]], "y": [1], "penalty": null}', r"data\.json: penalty: null stands where a number > 0 belongs"),
        ("[" * 100_000, r"data\.json: lists are nested too deeply"),
        (b'{"X": [[1]], "y": ["\xff"]}', r"data\.json line 1: this is not UTF-8"),
    ],
)
def test_bad_json(write, content, message):
    with pytest.raises(InputError, match=f"^{message}"):
        Dataset.read(write(content, "data.json"))


def test_columns_are_chosen_in_csv_files_only(write):
    with pytest.raises(InputError, match=r"data\.json: target and features choose columns of a csv file; leave them out"):
        Dataset.read(write('{"X": [[1]], "y": [1]}', "data.json"), target="y")


# npz


def archive(**arrays):
    np.savez("data.npz", **arrays)
    return Path("data.npz")


def test_npz_of_integers(tmp_path):
    path = archive(X=np.array([[1, 2], [3, 4]], dtype=np.int16), y=np.array([5, 2**62]), penalty=np.array(3))
    data, penalty = read_problem(path)
    assert data == Dataset([[1, 2], [3, 4]], [5, 2**62])
    assert penalty == 3


def test_npz_of_floats_needs_to_know_how(tmp_path):
    path = archive(X=np.array([[0.1]]), y=np.float32([0.1]), penalty=0.5)
    with pytest.raises(InputError, match=r"^data\.npz: penalty: the float 0\.5 is not exact"):
        Dataset.read(path)
    assert read_problem(path, reading=Reading(floats="decimal")) == (Dataset([["1/10"]], ["1/10"]), Fraction(1, 2))
    assert Dataset.read(path, floats="binary").y == (Fraction(13421773, 2**27),)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"X": [[1]]}, r"data\.npz: y is missing"),
        ({"X": [[1]], "y": [1], "z": [1]}, r"data\.npz: 'z' is not known"),
        ({"X": [1], "y": [1]}, r"data\.npz: X: an array of shape \(1,\) has 1 dimensions, not 2"),
        ({"X": [[1]], "y": [[1]]}, r"data\.npz: y: an array of shape \(1, 1\) has 2 dimensions, not 1"),
        ({"X": [[1j]], "y": [1]}, r"data\.npz: X: an array of type complex128"),
        ({"X": [[0.5]], "y": [1]}, r"data\.npz: X\[0\]\[0\]: the float 0\.5 is not exact"),
        ({"X": [[1]], "y": [1], "penalty": [1]}, r"data\.npz: penalty: array"),
        ({"X": np.array([[Fraction(1)]]), "y": [1]}, r"data\.npz: this is no archive of plain arrays \(Object arrays"),
    ],
)
def test_bad_npz(tmp_path, arrays, message):
    with pytest.raises(InputError, match=f"^{message}"):
        Dataset.read(archive(**arrays))


def test_a_single_array_is_no_archive(write):
    buffer = io.BytesIO()
    np.save(buffer, np.array([[1]]))
    with pytest.raises(InputError, match=r"^data\.npz: this is one array, not an archive; write it with numpy\.savez"):
        Dataset.read(write(buffer.getvalue(), "data.npz"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"X,y\n1,2\n", b"\x80\x04N."])
def test_what_is_no_archive(write, content):
    with pytest.raises(InputError, match=r"^data\.npz: this is no archive of plain arrays"):
        Dataset.read(write(content, "data.npz"))


# faults of any kind


def good_npz():
    buffer = io.BytesIO()
    np.savez_compressed(buffer, X=np.array([[1, 2], [3, 4]]), y=np.array([5, 6]))
    return buffer.getvalue()


def good_npy():
    buffer = io.BytesIO()
    np.save(buffer, np.array([[1, 2, 5], [3, 4, 6]]))
    return buffer.getvalue()


def good_arrow(suffix):
    table, sink = pa.table({"a": [1, 2], "b": ["1/2", "3"], "y": [5, 6]}), pa.BufferOutputStream()
    if suffix == ".parquet":
        parquet.write_table(table, sink)
    else:
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    return sink.getvalue().to_pybytes()


GOOD = {
    ".csv": b"a,b,y\n1,2.5,3\n4,-5e1,1/6\n",
    ".json": json.dumps({"X": [["1/2", 2], [3, 0.5]], "y": [5, 6], "penalty": "1"}).encode(),
    ".npz": good_npz(),
    ".npy": good_npy(),
    ".parquet": good_arrow(".parquet"),
    ".feather": good_arrow(".feather"),
}


@pytest.mark.parametrize("suffix", GOOD)
def test_the_good_files_are_data(suffix):
    path = Path(f"good{suffix}")
    path.write_bytes(GOOD[suffix])
    assert Dataset.read(path).y == ((3, Fraction(1, 6)) if suffix == ".csv" else (5, 6))


@pytest.mark.parametrize("suffix", GOOD)
@given(places=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=3), cut=st.integers(0, 40))
def test_damaged_files_are_data_or_an_input_error(tmp_path_factory, suffix, places, cut):
    content = bytearray(GOOD[suffix])
    for place, value in places:
        content[place % len(content)] = value
    path = tmp_path_factory.getbasetemp() / f"damaged{suffix}"
    path.write_bytes(content[: max(len(content) - cut, 0)])
    try:
        data = Dataset.read(path)
    except InputError:
        return
    assert len(data.X) == len(data.y) > 0
