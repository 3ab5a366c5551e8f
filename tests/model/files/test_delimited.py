"""csv files as people have them: separators, decimal commas, encodings, indices, gaps; ambiguity is an error with its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from reluexact.errors import InputError
from reluexact.model.dataset import Dataset, read_problem
from reluexact.model.files.reading import Reading

SAME = Dataset([["1.5"], ["2.5"]], ["2.5", 3])


@pytest.fixture(autouse=True)
def stand_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def read(content, name="data.csv", **options):
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return Dataset.read(name, **options)


def refused(content, name="data.csv", **options):
    with pytest.raises(InputError) as error:
        read(content, name, **options)
    return str(error.value)


@pytest.mark.parametrize(
    ("content", "options"),
    [
        ("a;y\n1.5;2.5\n2.5;3\n", {"sep": ";"}),
        ("a;y\n1,5;2,5\n2,5;3\n", {"sep": ";", "decimal": ","}),
        ("a\ty\n1,5\t2,5\n2,5\t3\n", {"sep": "\t", "decimal": ","}),
        ("a|y\n1.5|2.5\n2.5|3\n", {"sep": "|"}),
        ("sep=;\na;y\n1,5;2,5\n2,5;3\n", {"decimal": ","}),
        ('"sep=;"\r\na;y\r\n1.5;2.5\r\n2.5;3\r\n', {}),
        ("sep=;\ra;y\r1.5;2.5\r2.5;3\r", {}),
        ("sep=;\na;y\n1.5;2.5\n2.5;3\n", {"sep": ";"}),
        ("a,y,\n1.5,2.5,\n2.5,3,\n", {}),
        ("a,y,,\n1.5,2.5,,\n2.5,3,\n", {}),
        ("a,y\n1.5,2.5,,\n2.5,3\n\n,,\n,\n\n", {}),
        ("1.5,2.5\n2.5,3\n", {"header": False}),
        ("a;y\n1,5;2,5\n2,5;3\n".encode("utf-16"), {"sep": ";", "decimal": ",", "encoding": "utf-16"}),
        ("\ufeffa,y\n1.5,2.5\n2.5,3\n", {"encoding": "utf-8"}),
    ],
)
def test_the_same_numbers_in_other_files(content, options):
    data = read(content, **options)
    assert data == SAME
    assert data.remarks == ()


def test_a_tsv_file_has_tabs():
    assert read("a\ty\n1.5\t2.5\n2.5\t3\n", "data.tsv") == SAME
    assert read("a,y\n1.5,2.5\n2.5,3\n", "data.tsv", sep=",") == SAME


def test_names_in_another_encoding():
    assert read("gr\u00f6\u00dfe,y\n1,2\n".encode("latin-1"), encoding="latin-1").names == ("gr\u00f6\u00dfe",)


def test_any_name_with_a_format_and_any_open_file():
    assert read("a,y\n1.5,2.5\n2.5,3\n", "data.txt", format="csv") == SAME
    with Path("data.txt").open("rb") as file:
        assert Dataset.read(file, format="csv") == SAME
    with Path("data.txt").open() as file, pytest.raises(InputError, match=r"^data\.txt: the open file gives text; .* 'rb'"):
        Dataset.read(file, format="csv")


def test_columns_without_names_are_numbered():
    data = read("1,2,3\n4,5,6\n", header=False)
    assert (data.names, data.target_name) == (("x1", "x2"), "x3")
    assert read("1,2,3\n4,5,6\n", header=False, target="x1", features=["x3"]) == Dataset([[3], [6]], [1, 4])


def test_names_that_are_numbers_have_to_be_meant():
    text = "0,1\n2.5,3\n"
    assert "put a line of column names above it, or say header=False to read it as data or say header=True if" in refused(text)
    assert read(text, header=True).names == ("0",)
    assert read(text, header=False).n == 2
    assert "the first line holds numbers" in refused("1,NA\n2,3\n")


# ambiguity


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (
            "a;y\n1;2\n",
            {},
            "data.csv line 1: only one column, 'a;y'; a feature and a target are needed, separated by commas; say sep=';'",
        ),
        ("a;y\n1,5;2\n", {}, "separated by commas; say sep=';' and, for decimal commas, decimal=','"),
        ("a\ty\n1\t2\n", {}, "separated by commas; say sep='\\t'"),
        ("a,y\n1,2\n", {"sep": ";"}, "separated by semicolons; say sep=','"),
        (
            "a;y\n1,5;2\n",
            {"sep": ";"},
            "line 2, column a: '1,5' is not a number; .* say decimal=',' if its comma is the decimal mark",
        ),
        ('a,y\n"1,5",2\n', {}, "say decimal=',' if its comma is the decimal mark"),
        (
            'a,y\n"1,5",2\n',
            {"decimal": ","},
            "data.csv: values are separated by commas, and decimal=, is the same sign; say which",
        ),
        ("a;y\n1.500,5;2\n", {"sep": ";", "decimal": ","}, "'1.500,5' has a point where the decimal mark is a comma"),
        ("a;y\n1.5;2\n", {"sep": ";", "decimal": ","}, "'1.5' has a point where the decimal mark is a comma"),
        ("a;y\n1,2,3;2\n", {"sep": ";", "decimal": ","}, "'1,2,3' is not a number"),
        ("a,y\n1,5,2,5\n", {}, "4 values, but .* quote such numbers, or separate the values otherwise and say sep=';'"),
        ("sep=;\na;y\n1;2\n", {"sep": ","}, "data.csv line 1: the file says that ';' separates its values, not sep=,"),
    ],
)
def test_what_could_mean_two_things_is_refused_with_the_cure(content, options, message):
    text = refused(content, **options)
    assert [part for part in message.split(" .* ") if part not in text] == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sep": ";;"}, "sep: ';;' is no separator"),
        ({"sep": "1"}, "sep: '1' is no separator"),
        ({"sep": ""}, "sep: '' is no separator"),
        ({"sep": '"'}, "sep: '\"' is no separator"),
        ({"sep": ",", "decimal": ","}, "sep=, and decimal=, are the same sign"),
        ({"decimal": "x"}, "decimal: 'x' is not known; say '.' or ','"),
        ({"encoding": "hex"}, "encoding: 'hex' is not known"),
        ({"encoding": "klingon"}, "encoding: 'klingon' is not known; say for example 'utf-8', 'latin-1'"),
        ({"encoding": 8}, "encoding: 8 is not known"),
        ({"encoding": "ascii"}, "data.csv line 2: this is no text in ascii; name another encoding"),
        ({"header": "no"}, "header: 'no' is not True or False"),
        ({"format": "xls"}, "format: 'xls' is not known; say 'csv', 'tsv', 'json'"),
        ({"floats": "exact"}, "floats: 'exact' is not known; say 'decimal' or 'binary'"),
        ({"drop_missing": 1}, "drop_missing: 1 is not True or False"),
    ],
)
def test_options_that_no_file_can_have(options, message):
    assert refused("a,y\n1,\u00e9\n", **options).startswith(message)


def test_options_of_csv_files_are_refused_for_others():
    text = '{"X": [[1]], "y": [1]}'
    assert refused(text, "data.json", sep=";").startswith("data.json: sep says how a csv file is written; leave it out for json")
    assert refused(text, "data.json", header=False).startswith("data.json: header says how a csv file")
    assert refused(text, "data.npz", encoding="utf-8").startswith(
        "data.npz: encoding says how text is written; leave it out for npz"
    )
    assert read(text.encode("utf-16"), "data.json", encoding="utf-16").n == 1


# an index is no column


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (",a,y\n0,1,2\n1,3,5\n", ("a",)),
        ('"","a","y"\n"r1",1,2\n"r2",3,5\n', ("a",)),
        ("Unnamed: 0,a,y\n0,1,2\n1,3,5\n", ("a",)),
        ("Unnamed: 0,Unnamed: 0.1,a,y\n0,0,1,2\n1,1,3,5\n", ("a",)),
        (",0,1\nr1,1,2\nr2,3,5\n", None),
    ],
)
def test_an_index_is_left_out_with_a_remark(content, names):
    if names is None:  # pandas numbers nameless columns: they could be data
        assert "the first line holds numbers" in refused(content)
        assert read(content, header=True).names == ("0",)
        return
    data = read(content)
    assert data == Dataset([[1], [3]], [2, 5])
    assert data.names == names
    assert len(data.remarks) == content.split("\n", 1)[0].count("Unnamed") or len(data.remarks) == 1
    assert all("taken for an index and left out" in remark for remark in data.remarks)


def test_an_index_that_is_not_used_is_no_matter():
    text = ",a,b,y\nr1,1,7,2\nr2,3,8,5\n"
    assert read(text, features=["a"], target="y").remarks == ()
    assert read(text, features=["a"]) == Dataset([[1], [3]], [2, 5])


def test_an_index_that_is_named_is_used():
    data = read("Unnamed: 0,a,y\n4,1,2\n6,3,5\n", features=["Unnamed: 0", "a"])
    assert data == Dataset([[4, 1], [6, 3]], [2, 5])
    assert data.remarks == ()
    assert read("Unnamed: 0,a\n4,1\n6,3\n", target="Unnamed: 0") == Dataset([[1], [3]], [4, 6])


def test_an_index_alone_is_not_enough():
    assert "no feature is named; the columns are y" in refused(",y\n0,1\n")


def test_only_columns_that_are_used_need_a_name_of_their_own():
    assert read("a,b,b,,y\n1,7,8,9,2\n", features=["a"]) == Dataset([[1]], [2])
    assert "two columns are named 'b'" in refused("a,b,b,y\n1,7,8,2\n")
    assert "column 2 has no name" in refused("a,,y\n1,7,2\n")
    assert "column 3 has no name" in refused("a,b,\n1,7,2\n")


# missing values


GAPS = "a,b,y\n1,2,3\n,5,6\n7,NA,9\n10,11,NULL\n#N/A,nan,3\n16,17,18\n"


def test_missing_values_say_what_where_how_many_and_the_cure():
    assert refused(GAPS) == (
        "data.csv line 3, column a: the value is missing; 4 of 6 rows have a missing value (a: 2, b: 2, y: 1); fill the values "
        "in, or drop these rows with drop_missing=True or leave the column out with target and features"
    )


def test_rows_without_a_value_are_dropped_when_asked_and_never_silently():
    data = read(GAPS, drop_missing=True)
    assert data == Dataset([[1, 2], [16, 17]], [3, 18])
    assert data.remarks == ("data.csv: 4 of 6 rows have a missing value (a: 2, b: 2, y: 1): left out",)
    assert read("a,y\n1,2\n", drop_missing=True).remarks == ("there is one row only",)


def test_gaps_count_in_columns_that_are_used_only():
    data = read(GAPS, features=["b"], drop_missing=True)
    assert data == Dataset([[2], [5], [17]], [3, 6, 18])
    assert read("a,b,y\n1,,3\n4,,6\n", features=["a"]).remarks == ()


def test_nothing_is_left():
    assert refused("a,y\n1,\n,2\n", drop_missing=True).startswith(
        "data.csv: 2 of 2 rows have a missing value (a: 1, y: 1); no row is left; fill the values in"
    )


@pytest.mark.parametrize("gap", ["", " ", "NA", "na", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "<NA>", "?", "."])
def test_spellings_of_no_value(gap):
    data, _ = read_problem(write(f"a,y\n1,{gap}\n2,3\n"), reading=Reading(drop_missing=True))
    assert data == Dataset([[2]], [3])


def write(content):
    Path("data.csv").write_text(content, encoding="utf-8")
    return "data.csv"


def test_a_word_is_no_missing_value():
    assert "'two' is not a number" in refused("a,y\n1,two\n2,3\n", drop_missing=True)
