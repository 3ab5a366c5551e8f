"""Parquet, feather and frames: integers, decimals, text and Fractions stay exact; floats go by the rule; nulls are missing."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import feather, parquet

import reluexact as rx
from reluexact.errors import InputError, MissingDependency

EXACT = rx.Dataset([["0.10", 2], ["-1234567890123456789.05", 2**62]], ["1/3", 4])


def table():
    return pa.table(
        {
            "a": pa.array([Decimal("0.10"), Decimal("-1234567890123456789.05")], pa.decimal128(38, 2)),
            "b": pa.array([2, 2**62], pa.int64()),
            "y": pa.array(["1/3", "4"]),
        }
    )


@pytest.fixture(autouse=True)
def stand_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def stream(content, place):
    with pa.OSFile(place, "wb") as file, pa.ipc.new_stream(file, content.schema) as writer:
        writer.write_table(content)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("data.parquet", parquet.write_table),
        ("data.pq", parquet.write_table),
        ("data.feather", lambda content, place: pl.from_arrow(content).write_ipc(place)),
        ("data.arrow", stream),
    ],
)
def test_files_keep_every_digit(name, write):
    write(table(), name)
    data = rx.Dataset.read(name)
    assert data == EXACT
    assert (data.names, data.target_name) == (("a", "b"), "y")


def test_feather_of_pyarrow():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn", lambda *args, **kwargs: None)  # newer versions of pyarrow advise the Arrow functions
        feather.write_feather(table(), "data.feather")
    assert rx.Dataset.read("data.feather") == EXACT


@pytest.mark.parametrize("frame", [table(), pl.from_arrow(table()), table().to_pandas()], ids=["pyarrow", "polars", "pandas"])
def test_frames_keep_every_digit(frame):
    data = rx.Dataset.from_frame(frame)
    assert data == EXACT
    assert (data.names, data.target_name) == (("a", "b"), "y")
    assert rx.Dataset.from_frame(frame, target="b", features=["a"], bias=True).names == ("a", "bias")


def test_fractions_in_a_frame_of_pandas():
    frame = pd.DataFrame({"a": [Fraction(1, 3), 2], "y": [Decimal("0.1"), "1/7"]}, index=["r1", "r2"])
    assert rx.Dataset.from_frame(frame) == rx.Dataset([["1/3"], [2]], ["1/10", "1/7"])


@pytest.mark.parametrize("width", ["float32", "float64"])
def test_floats_go_by_the_rule_and_know_their_width(width):
    values = np.array([0.1, 2.5], dtype=width)
    frames = [pd.DataFrame({"a": values, "y": [1, 2]}), pl.DataFrame({"a": values, "y": [1, 2]})]
    frames += [frames[0].astype({"a": width.capitalize()}), frames[0].convert_dtypes(dtype_backend="pyarrow")]
    for frame in frames:
        with pytest.raises(InputError, match=r"^frame: rows\[0\], column a: the float .* is not exact; .*, or say floats="):
            rx.Dataset.from_frame(frame)
        assert rx.Dataset.from_frame(frame, floats="decimal") == rx.Dataset([["1/10"], ["5/2"]], [1, 2])
        assert rx.Dataset.from_frame(frame, floats="binary").X[0][0] == Fraction(*values[0].as_integer_ratio())


def gaps():
    columns = {"a": [1, None, 3, 4], "b": [0.5, 1.5, None, float("nan")], "y": ["1", "2", "3", "4"]}
    frame = pd.DataFrame({"a": pd.array(columns["a"], "Int64"), "b": columns["b"], "y": columns["y"]})
    return [pa.table(columns), pl.DataFrame(columns), frame]


@pytest.mark.parametrize("frame", gaps(), ids=["pyarrow", "polars", "pandas"])
def test_nulls_are_missing_values(frame):
    with pytest.raises(
        InputError, match=r"^frame: rows\[1\], column a: the value is missing; 3 of 4 rows have .* \(a: 1, b: 2\)"
    ):
        rx.Dataset.from_frame(frame, floats="decimal")
    data = rx.Dataset.from_frame(frame, floats="decimal", drop_missing=True)
    assert data == rx.Dataset([[1, "1/2"]], [1])
    assert data.remarks[0] == "frame: 3 of 4 rows have a missing value (a: 1, b: 2): left out"


def test_an_index_of_pandas_is_no_column():
    frame = pd.DataFrame({"a": [1, 2], "y": [3, 5]}, index=["r1", "r2"])
    assert rx.Dataset.from_frame(frame) == rx.Dataset([[1], [2]], [3, 5])
    frame.to_parquet("data.parquet")
    data = rx.Dataset.read("data.parquet")
    assert data == rx.Dataset([[1], [2]], [3, 5])
    assert len(data.remarks) == 1
    assert "'__index_level_0__' is taken for an index" in data.remarks[0]


NAMED = {
    "numbers": pd.Index([10, 20, 30], name="id"),
    "text": pd.Index(["u", "v", "w"], name="who"),
    "range": pd.RangeIndex(5, 8, name="row"),
    "dates": pd.date_range("2020-01-01", periods=3, name="day"),
    "two": pd.MultiIndex.from_tuples([("u", 1), ("u", 2), ("v", 1)], names=["who", "when"]),
}


@pytest.mark.parametrize("index", NAMED.values(), ids=NAMED)
@pytest.mark.parametrize("form", ["parquet", "feather", "arrow table"])
def test_a_named_index_of_pandas_is_no_column_either(index, form):
    frame = pd.DataFrame({"a": [1, 2, 4], "y": [1, 2, 3]}, index=index)
    names = [] if isinstance(index, pd.RangeIndex) else list(index.names)
    data = rx.Dataset.from_frame(pa.Table.from_pandas(frame)) if form == "arrow table" else through(frame, form)
    assert data == rx.Dataset.from_frame(frame) == rx.Dataset([[1], [2], [4]], [1, 2, 3])
    assert (data.names, data.target_name) == (("a",), "y")
    said = "is the index of the rows and left out; name it in features to use it"
    assert [str(remark).partition(": ")[2] for remark in data.remarks] == [f"column {name!r} {said}" for name in names]


def through(frame, form, **options):
    """Write a frame of pandas with its index, and read it back."""
    table = pa.Table.from_pandas(frame)
    parquet.write_table(table, "data.parquet") if form == "parquet" else stream(table, "data.feather")
    return rx.Dataset.read(f"data.{form}", **options)


def test_an_index_is_used_where_it_is_named():
    frame = pd.DataFrame({"a": [1, 2, 4], "y": [1, 2, 3]}, index=NAMED["numbers"])
    data = through(frame, "parquet", features=["id", "a"])
    assert (data, data.names, data.remarks) == (rx.Dataset([[10, 1], [20, 2], [30, 4]], [1, 2, 3]), ("id", "a"), ())
    data = through(frame, "parquet", target="id")
    assert (data.names, data.target_name, data.y) == (("a", "y"), "id", (10, 20, 30))
    with pytest.raises(InputError, match=r"^data.parquet: there is no column 'b'; the columns are a, y$"):
        through(frame, "parquet", target="b")


def test_notes_of_others_in_the_place_of_those_of_pandas_say_nothing():
    for note in (b"\xff", b"[]", b"{", b'{"index_columns": 3}', b'{"index_columns": [{"kind": "range"}, 7, null]}'):
        parquet.write_table(table().replace_schema_metadata({b"pandas": note}), "data.parquet")
        assert rx.Dataset.read("data.parquet") == EXACT


def test_an_index_alone_is_no_data():
    with pytest.raises(InputError, match="data.parquet: no feature is named; the columns are y"):
        through(pd.DataFrame({"y": [1, 2, 3]}, index=NAMED["numbers"]), "parquet")


def test_categories_are_their_values():
    frame = pd.DataFrame({"a": pd.Categorical(["1.5", "2", "1.5"]), "y": [1, 2, 3]})
    assert rx.Dataset.from_frame(frame) == rx.Dataset([["3/2"], [2], ["3/2"]], [1, 2, 3])


def frame_of(column, kind=pd.DataFrame):
    return kind({"a": column, "y": range(1, len(column) + 1)})


@pytest.mark.parametrize(
    "frame",
    [
        frame_of(pd.arrays.SparseArray([5, 0])),
        frame_of(pd.array([5, 0], "UInt8")),
        frame_of(np.array([5, 0], np.longdouble)),
        frame_of(["5", "0"], pl.DataFrame).cast({"a": pl.Categorical}),
        frame_of([Decimal("5.00"), Decimal(0)], pl.DataFrame),
        pa.table({"a": pa.RunEndEncodedArray.from_arrays(pa.array([1, 2], pa.int32()), pa.array([5, 0])), "y": [1, 2]}),
        pa.table({"a": pa.array([5.0, 0.0], pa.float32()).dictionary_encode(), "y": [1, 2]}),
        pa.record_batch({"a": [5, 0], "y": [1, 2]}),
    ],
)
def test_ways_to_store_numbers(frame):
    assert rx.Dataset.from_frame(frame, floats="decimal") == rx.Dataset([[5], [0]], [1, 2])


NO_NUMBER = r"frame: rows\[0\], column a: .* is (no number; convert the column|not a rational number).*; or leave the column out"


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame({"a": [True, False], "y": [1, 2]}), r"frame: rows\[0\], column a: True is a truth value"),
        (frame_of(pd.to_datetime(["2020-01-01"])), NO_NUMBER),
        (frame_of(pd.period_range("2020", "2021", freq="Y")), NO_NUMBER),  # Arrow stores years from 1970
        (frame_of(pd.to_timedelta(["1 day"])), NO_NUMBER),
        (frame_of([1j]), NO_NUMBER),
        (frame_of([[1, 2]], pl.DataFrame), NO_NUMBER),
        (frame_of(pl.Series([Fraction(1, 3)], dtype=pl.Object), pl.DataFrame), NO_NUMBER),
        (pd.DataFrame({"a": ["x"], "y": [1]}), r"frame: rows\[0\], column a: 'x' is not a number; .* leave the column out"),
        (frame_of([np.inf]), r"frame: rows\[0\], column a: inf is not a finite number"),
        (pd.DataFrame({"y": [1]}), "frame: 1 columns; a feature and a target are needed"),
        (pd.DataFrame({"a": [], "y": []}), "frame: no rows"),
        (pd.DataFrame([[1, 2, 3]], columns=["a", "a", "y"]), "frame: two columns are named 'a'; rename one"),
        ([[1, 2]], r"frame: a list is no frame of pandas, polars or Arrow; give lists and arrays as Dataset\(X, y\)"),
        (pd.Series([1, 2]), "frame: a Series is no frame"),
        (pl.Series([1, 2]), "frame: a Series is no frame"),
        (pl.LazyFrame({"a": [1], "y": [2]}), "frame: a LazyFrame is no frame"),
    ],
)
def test_other_frames(frame, message):
    with pytest.raises(InputError, match=f"^{message}"):
        rx.Dataset.from_frame(frame)


@pytest.mark.parametrize("name", ["data.parquet", "data.feather"])
def test_what_is_no_such_file(name):
    for content in (b"", b"a,y\n1,2\n", b"PAR1", b"ARROW1\0\0"):
        Path(name).write_bytes(content)
        with pytest.raises(InputError, match=f"^{name}: this is no (parquet|feather) file"):
            rx.Dataset.read(name)


def test_without_pyarrow_the_cure_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingDependency, match=r"^pyarrow is not installed; the cure is: pip install 'reluexact\[arrow\]'$"):
        rx.Dataset.from_frame(pl.DataFrame({"a": [1], "y": [2]}))


def test_columns_that_are_not_used_may_hold_anything():
    frame = pd.DataFrame({"when": pd.to_datetime(["2020-01-01"]), "a": [1], "y": [2]})
    assert rx.Dataset.from_frame(frame, features=["a"]) == rx.Dataset([[1]], [2])


@pytest.mark.parametrize("form", ["parquet", "feather"])
def test_reading_starts_no_thread_and_loads_no_pandas(form):
    """What a thread of pyarrow does while Python ends aborted one call in ten; pandas takes half a second to load."""
    frame = pd.DataFrame({"a": [1.5, None, 3.0], "y": [1, 2, 3]})
    through(frame, form, floats="decimal", drop_missing=True)
    program = f"""if True:
        import sys
        from pathlib import Path
        import pyarrow.parquet, numpy
        before = len(list(Path("/proc/self/task").iterdir()))
        import reluexact as rx
        data = rx.Dataset.read("data.{form}", floats="decimal", drop_missing=True)
        print(len(list(Path("/proc/self/task").iterdir())) - before, "pandas" in sys.modules, data.n)
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "False", "2"]
