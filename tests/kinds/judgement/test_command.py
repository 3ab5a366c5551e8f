"""``reluexact judge``, as it is called."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction

import numpy as np
import pytest
from safetensors.numpy import save_file
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app
from reluexact.kinds.judgement.claim import Excess
from reluexact.kinds.judgement.views import amount_words
from reluexact.trained.settings import TRAINERS, described


@pytest.fixture
def files(tmp_path):
    (tmp_path / "data.csv").write_text("x,y\n1,1\n2,2\n")
    (tmp_path / "best.json").write_text('{"hidden": [["1/2"]], "output": ["1/2"]}')
    (tmp_path / "near.json").write_text('{"hidden": [[0.51]], "output": [0.49]}')
    (tmp_path / "biased.json").write_text('{"hidden": [[1]], "hidden_bias": [-1], "output": [1], "output_bias": 1}')
    return tmp_path


def judge(folder, network, *arguments, penalty="15/4"):
    call = ["judge", folder / network, folder / "data.csv", "--penalty", penalty, *arguments]
    return CliRunner().invoke(app, [str(argument) for argument in call], catch_exceptions=False)


def lines_of(result):
    return dict(line.split(maxsplit=1) for line in result.stdout.split("\n\n")[0].splitlines())


def test_an_optimum(files):
    result = judge(files, "best.json", "--max-gap", 0)
    lines = lines_of(result)
    assert result.exit_code == 0
    assert lines["objective"] == "2.34375 (exactly)"
    assert lines["excess"] == "0: the network is a global optimum, PROVED"
    assert lines["verdict"] == "PROVED: the excess is at most 0 of the objective"


@pytest.mark.parametrize(("gap", "code", "word"), [("1/1000", 0, "PROVED"), ("1/10000", 1, "REFUTED")])
def test_exit_codes_for_continuous_integration(files, gap, code, word):
    result = judge(files, "near.json", "--max-gap", gap, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["status"], document["max_gap"]) == (code, word, gap)
    assert document["objective"] == "93780001/40000000"
    assert document["is_optimal"] is False


def test_the_reasons_are_shown_and_left_out(files):
    (files / "far.json").write_text('{"hidden": [[4], [-1]], "output": [1, 1]}')
    result = judge(files, "far.json", "--report", files / "page.md")
    assert [name in result.stdout for name in ("balance", "missing neurons", "in no optimal network, PROVED")] == [True] * 3
    page = (files / "page.md").read_text()
    assert page.startswith("# Judgement of far.json")
    assert "| balance |" in page
    short = judge(files, "far.json", "--brief")
    assert "balance" not in short.stdout
    document = json.loads(judge(files, "far.json", "--json").stdout, parse_float=lambda text: pytest.fail(f"a float: {text}"))
    steps = document["explanation"]["steps"]
    assert sum(Fraction(step["gain"]["high"]) for step in steps) == Fraction(document["excess"]["high"])
    assert document["explanation"]["neurons"][1]["in_no_optimal_network"] is True


def test_the_settings_of_a_trainer_say_what_is_meant(files):
    call = ["judge", files / "biased.json", files / "data.csv", "--from", "sklearn", "--alpha", "1e-3"]
    run = lambda *more: CliRunner().invoke(app, [str(argument) for argument in (*call, *more)])  # noqa: E731
    result = run("--setting", "solver=lbfgs", "--json", "--brief")
    document = json.loads(result.stdout)
    assert (document["penalty"], document["constant"], document["trainer"]) == ("1/1000", "2", "scikit-learn, lbfgs")
    assert document["problem"]["hidden_bias"] == "free"
    mini = json.loads(run("--setting", "batch_size=1", "--json", "--brief").stdout)
    assert mini["penalty"] == "1/500"
    for more, words in (
        (("--penalty", "1"), "--penalty: with --from"),
        (("--setting", "solver"), "'solver' has no value; write NAME=VALUE, such as solver=lbfgs"),
        (("--setting", "weight_decay"), "'weight_decay' has no value; write NAME=VALUE, such as weight_decay=0.01"),
        (("--setting", "=1"), "'=1' has no name; write NAME=VALUE"),
        (("--setting", "alpha=1"), "alpha is given twice"),
        (("--setting", "gamma=1"), "no such setting"),
    ):
        result = run(*more)
        assert (result.exit_code, words in result.stderr) == (2, True), result.stderr
    lone = CliRunner().invoke(app, [str(argument) for argument in (*call[:3], "--penalty", "1", "--alpha", "1")])
    assert "alpha: settings of which program?" in lone.stderr


def test_the_help_names_the_settings_of_every_trainer():
    text = "".join(CliRunner().invoke(app, ["judge", "--help"], env={"COLUMNS": "200"}).stdout.split("\u2502"))
    words = " ".join(text.split())
    for trainer in TRAINERS:
        assert f"{trainer}: {described(trainer)}" in words
    for name in ("weight_decay", "log_loss", "huber", "bce_with_logits", "unitize_data", "reduction"):
        assert name in words


def test_defaults_of_scikit_learn_are_remarks(files):
    call = ["judge", str(files / "biased.json"), str(files / "data.csv"), "--from", "sklearn", "--brief", "--json"]
    both = CliRunner().invoke(app, call)
    remark = "not given, so the defaults of scikit-learn are meant: alpha=1/10000, solver=adam"
    assert json.loads(both.stdout)["remarks"][0] == remark
    assert f"remark: {remark}\n" in both.stderr
    assert json.loads(both.stdout)["penalty"] == "1/10000"
    one = CliRunner().invoke(app, [*call, "--alpha", "1", "--setting", "solver=lbfgs"])
    assert "not given" not in one.stderr
    assert "meant: solver=adam\n" in CliRunner().invoke(app, [*call, "--alpha", "1"]).stderr


@pytest.mark.parametrize("name", ["model.pkl", "model.joblib", "model.json"])
def test_a_pickle_is_not_run(files, name):
    (files / name).write_bytes(pickle.dumps({"coefs": [1.0]}))
    for options in (["--penalty", "1"], ["--from", "sklearn"]):
        call = ["judge", str(files / name), str(files / "data.csv"), *options]
        result = CliRunner().invoke(app, call, catch_exceptions=False)
        assert (result.exit_code, f"{name}: a pickle" in result.stderr, "rx.from_sklearn(model, X, y)" in result.stderr) == (
            2,
            True,
            True,
        )


def test_a_bias_column_that_was_appended_is_named_by_bias(files):
    """As ``solve --bias --network-out`` writes it; PyTorch penalises that bias, scikit-learn does not."""
    (files / "column.json").write_text('{"hidden": [[1, -1]], "output": [1]}')
    run = lambda *more: CliRunner().invoke(  # noqa: E731
        app, ["judge", *(str(files / name) for name in ("column.json", "data.csv")), "--brief", "--json", *more]
    )
    torch = ("--from", "torch", "--setting", "weight_decay=0.5", "--setting", "output_bias=no")
    without = run(*torch)
    assert (without.exit_code, "the network reads 2 columns, and X has 1" in without.stderr, "say --bias" in without.stderr) == (
        2,
        True,
        True,
    )
    ours = json.loads(run("--penalty", "1/2", "--hidden-bias", "penalised").stdout)
    assert json.loads(run(*torch, "--bias").stdout)["objective"] == ours["objective"] == "7/4"
    free = json.loads(run("--from", "sklearn", "--alpha", "1/2", "--setting", "solver=lbfgs", "--bias").stdout)
    assert (free["objective"], free["problem"]["hidden_bias"]) == ("3/2", "free")
    twice = CliRunner().invoke(app, ["judge", str(files / "biased.json"), str(files / "data.csv"), *torch, "--bias"])
    assert (twice.exit_code, "--bias: the network reads 1 columns" in twice.stderr) == (2, True)


def test_files_of_other_programs(files):
    """The objective is the loss that PyTorch minimises on the data, its penalty included."""
    rng = np.random.default_rng(0)
    shapes = {"0.weight": (5, 1), "0.bias": (5,), "2.weight": (1, 5), "2.bias": (1,)}
    state = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    save_file(state, files / "model.safetensors")
    call = ["judge", files / "model.safetensors", files / "data.csv", "--brief", "--json"]
    run = lambda *more: json.loads(CliRunner().invoke(app, [str(a) for a in (*call, *more)]).stdout)  # noqa: E731
    document = run("--from", "torch", "--setting", "weight_decay=0.1")
    rows = np.array([[1.0], [2.0]])
    outputs = np.maximum(rows @ state["0.weight"].T + state["0.bias"], 0) @ state["2.weight"].T + state["2.bias"]
    own = np.mean((outputs - rows) ** 2) + 0.1 / 2 * sum((part**2).sum() for part in state.values())
    assert document["problem"]["output_bias"] == "penalised"
    assert float(Fraction(document["objective"]) / Fraction(document["constant"])) == pytest.approx(own, rel=1e-12)
    parts = run("--penalty", "1/10", "--hidden-bias", "penalised", "--output-bias", "penalised")
    assert parts["objective"] == document["objective"]  # 2 rows: the constant is 1


def test_a_layer_without_biases(files):
    call = [
        "judge",
        files / "best.json",
        files / "data.csv",
        "--from",
        "torch",
        "--setting",
        "weight_decay=1",
        "--brief",
        "--json",
    ]
    run = lambda *more: json.loads(CliRunner().invoke(app, [str(a) for a in (*call, *more)]).stdout)  # noqa: E731
    assert run()["problem"]["output_bias"] == "penalised"
    bare = run("--setting", "hidden_bias=no", "--setting", "output_bias=no")
    assert (bare["problem"]["output_bias"], bare["problem"]["hidden_bias"]) == ("none", "none")


def test_undecided_has_its_own_exit_code(files):
    gap = json.loads(judge(files, "near.json", "--json").stdout)["relative"]
    middle = (rx.Dataset([[gap["low"]]], [gap["high"]]).X[0][0] + rx.Dataset([[1]], [gap["high"]]).y[0]) / 2
    result = judge(files, "near.json", "--max-gap", middle)
    assert gap["low"] != gap["high"]
    assert result.exit_code == 4
    assert "UNDECIDED" in lines_of(result)["verdict"]


def test_the_certificate_is_about_the_data(files):
    result = judge(files, "biased.json", "--hidden-bias", "free", "--output-bias", "free", "--out", files / "out.json")
    assert result.exit_code == 0, result.stderr
    report = rx.check(files / "out.json")
    assert report.verified
    found = rx.load(files / "out.json")
    assert found.objective == rx.Problem(found.data, "15/4", "squared", "free", "free").objective(found.network)
    assert lines_of(result)["problem"] == "output bias free, hidden bias free"


def test_a_certificate_of_ours_has_a_network(files):
    call = [
        "solve",
        files / "data.csv",
        "--penalty",
        1,
        "--hidden-bias",
        "free",
        "--output-bias",
        "free",
        "--out",
        files / "o.json",
    ]
    assert CliRunner().invoke(app, [str(argument) for argument in call]).exit_code == 0
    result = judge(files, "o.json", "--hidden-bias", "free", "--output-bias", "free", "--max-gap", "1e-20", penalty=1)
    assert result.exit_code == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("network", "arguments", "words"),
    [
        ("biased.json", (), "output bias, which this problem has not"),
        ("best.json", ("--max-gap", "-1"), "--max-gap: '-1' is negative"),
        ("data.csv", (), "data.csv"),
    ],
)
def test_errors_name_the_place(files, network, arguments, words):
    result = judge(files, network, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_where_the_steps_are_not_shown_the_reason_is(files):
    """A time limit that ends the proof left the table out without a word, and the lower bound of the excess with it."""
    rows = [[str(((k * 7 + j * 3) ** 2) % 23) for j in range(4)] + [str((k * k) % 11)] for k in range(30)]
    (files / "data.csv").write_text("a,b,c,d,y\n" + "".join(",".join(row) + "\n" for row in rows))
    (files / "wide.json").write_text('{"hidden": [[1, 0, 0, 0]], "output": [1]}')
    result = judge(files, "wide.json", "--time-limit", "1/100", penalty="1/10")
    assert result.exit_code == 4
    assert lines_of(result)["why"].startswith("not explained: ")
    assert "why" not in lines_of(judge(files, "wide.json", "--time-limit", "1/100", "--brief", penalty="1/10"))


def test_both_bounds_of_an_excess_are_shown_where_the_lower_one_says_something():
    assert amount_words(Excess(low=Fraction(1, 110), high=Fraction(67, 100))) == "0.00909090 to 0.67"
    assert amount_words(Excess(low=Fraction(0), high=Fraction(67, 100))) == "at most 6.7e-1"
    assert amount_words(Excess(low=Fraction(1, 3), high=Fraction(1, 3))) == "0.333333333333"
