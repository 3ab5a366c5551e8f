"""The theory in proofs/: it builds, admits nothing, assumes only what is allowed, and is complete in the wheel."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from coq_tools import PROOFS, require_coq

from reluexact.certificates.coq import kernel as coq_kernel
from reluexact.certificates.coq.kernel import ALLOWED, ALLOWED_FAST, REAL_NUMBERS, THEORY, assumptions

THEORIES = sorted((PROOFS / "theories").glob("*.v"))

MAIN_THEOREMS = {
    "Duality": ("weak_duality", "dual_lower_bound"),
    "Slackness": ("complementary_slackness", "attains_dual_value", "optimal_weight_identity"),
    "StrongDuality": ("optimal_residual_dual", "optimal_iff_kkt", "optimal_networks_from_one"),
    "OptimalSet": ("optimal_amounts", "optimal_networks", "optimal_networks_merge"),
    "Convexity": ("objective_mix", "optimal_amounts_convex", "optimal_fit_unique"),
    "Program": ("network_to_program", "program_to_network"),
    "Equivalence": ("same_lower_bounds", "optimal_network_to_point", "optimal_point_to_network", "all_patterns_cover"),
    "Pruning": ("signed_step_optimal", "optimal_independent_exists"),
    "Minimal": ("minimal_iff_independent", "support_minimal_exists", "width_n_is_enough"),
    "Toy": ("toy_optimal_amounts", "toy_minimal_not_fewest", "toy_unsigned_step"),
    "Clarke": (
        "example_clarke_stationary",
        "example_gates",
        "example_descent",
        "example_no_subsampled_optimum",
        "example_same_value",
    ),
    "ProgramDual": ("program_optimal_kkt", "program_kkt_sufficient", "no_violated_column", "violated_column_lowers"),
    "Patterns": ("covers_signs_sound", "tree_covers", "tree_dual_point", "off_walls_enough", "pattern_tree_sound"),
    "Walk": ("walk_complete",),
    "Existence": (
        "program_optimum_exists",
        "optimal_network_exists",
        "strong_duality",
        "dual_optimum_unique",
        "walk_complete_any",
    ),
    "Interpolation": ("interpolation_weak_duality", "free_bias_balances", "interpolation_gauge"),
    "Autoencoder": ("projects_nearest", "autoencoder_optimal", "autoencoder_bias_optimal"),
    "Whitened": ("whitened_optimal", "whitened_interpolation"),
    "SpikeFree": (
        "pair_to_network",
        "spike_free_reduction",
        "spike_free_lower_bounds",
        "orthonormal_spike_free",
        "rank_one_spike_free",
        "opposite_rows_not_spike_free",
    ),
    "Certificate": ("ZCertificates.C.check_sound", "ZCertificates.certificate_sound"),
    "Training": ("cost_of_problem", "cost_bound_problem", "best_within_problem", "training_weak_duality"),
    "TrainingKkt": (
        "training_kkt_attains",
        "training_kkt_optimal",
        "training_slackness",
        "training_optima_from_one",
        "training_optimal_kkt",
    ),
    "Pivots": ("bent_bound", "pivots_enough"),
    "Piecewise": ("loss_at_real", "conjugate_sound", "loss_convex_sound"),
    "TrainingCertificate": ("ZTrainingCertificates.training_certificate_sound",),
}
"""The theorems of the table in proofs/README.md."""


def without_comments(text):
    """Remove comments, innermost first."""
    while True:
        shorter = re.sub(r"\(\*(?:(?!\(\*|\*\)).)*\*\)", " ", text, flags=re.DOTALL)
        if shorter == text:
            return text
        text = shorter


@pytest.mark.parametrize("path", THEORIES, ids=lambda path: path.stem)
def test_nothing_is_admitted(path):
    text = without_comments(path.read_text(encoding="utf-8"))
    assert re.findall(r"\b(?:Admitted|admit|Abort|Conjecture|bypass_check|Unset\s+\w+\s+Checking)\b", text) == []
    outside = re.sub(r"Module Type (\w+)\..*?End \1\.", " ", text, flags=re.DOTALL)  # every implementation proves its fields
    assert re.findall(r"\b(?:Axioms?|Parameters?)\b", outside) == []


def test_the_specification_is_short():
    text = (PROOFS / "theories" / "Spec.v").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 120
    assert f"(theories/Spec.v), {len(text.splitlines())} lines." in (PROOFS / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"From (\w+) Require Import ([\w ]+)\.", text) == [("Coq", "Reals List")]


def test_the_kernel_knows_all_files_that_a_certificate_needs():
    needed, waiting = set(), [THEORY[-1]]  # the last one needs all others
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            text = (PROOFS / "theories" / f"{name}.v").read_text(encoding="utf-8")
            waiting += [
                other for line in re.findall(r"From ReluExact Require (?:Import )?([\w ]+)\.", text) for other in line.split()
            ]
    assert needed == set(THEORY)


def test_the_wheel_has_these_files():
    project = tomllib.loads((PROOFS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert wheel == {f"proofs/theories/{name}.v": f"reluexact/proofs/theories/{name}.v" for name in THEORY}
    assert coq_kernel.sources() == PROOFS / "theories"


def test_the_machine_integers_are_no_axioms_of_the_theory():
    assert set(REAL_NUMBERS) < ALLOWED < ALLOWED_FAST
    assert all(name.startswith(("PrimInt63.", "PArray.")) and "_" not in name for name in ALLOWED - set(REAL_NUMBERS))


@pytest.mark.slow
def test_the_theory_builds_and_rests_on_the_real_numbers_only(tmp_path):
    require_coq("make", "coqdep")
    names = {path.name: path.read_bytes() for path in THEORIES}
    (tmp_path / "theories").mkdir()
    for name, text in names.items():
        (tmp_path / "theories" / name).write_bytes(text)
    (tmp_path / "Makefile").write_bytes((PROOFS / "Makefile").read_bytes())
    subprocess.run(["make", "-s", "-C", str(tmp_path)], check=True, capture_output=True)
    for file, theorems in MAIN_THEOREMS.items():
        for theorem in theorems:
            found = printed_assumptions(tmp_path, file, theorem)
            assert found, theorem
            assert found <= set(REAL_NUMBERS), theorem
    for theorem in ("BigCertificates.certificate_sound", "BigTrainingCertificates.training_certificate_sound"):
        assert printed_assumptions(tmp_path, "BigCertificate", theorem) <= ALLOWED_FAST


def printed_assumptions(folder: Path, file, theorem):
    """Return what Coq prints for one theorem; names are complete because nothing else is imported."""
    script = folder / "Assumptions.v"
    script.write_text(f"From ReluExact Require {file}.\nPrint Assumptions {file}.{theorem}.\n", encoding="ascii")
    command = ["coqc", "-q", "-Q", "theories", "ReluExact", script.name]
    answer = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return assumptions(answer.stdout)
