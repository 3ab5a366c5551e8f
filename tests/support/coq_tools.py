"""Running Coq in tests: skipped where it is not installed, a failure there when RELUEXACT_REQUIRE_COQ is set."""

from __future__ import annotations

import os
import re
import shutil

import pytest
from paths import GOOD, ROOT

from reluexact.certificates.coq.file import coq_source, read_bound
from reluexact.certificates.coq.kernel import build_theory
from reluexact.errors import CertificateError

PROOFS = ROOT / "proofs"
BOUNDS = tuple(path for path in sorted(GOOD.glob("bound-*.json")) if not path.name.startswith("bound-2-"))
PLANE = GOOD / "bound-plane.json"


def require_coq(*others):
    """Skip the test without Coq (and other programs), or fail where Coq has to be there."""
    missing = [program for program in ("coqc", *others) if shutil.which(program) is None]
    if missing and os.environ.get("RELUEXACT_REQUIRE_COQ"):
        pytest.fail(f"RELUEXACT_REQUIRE_COQ is set, but these are not installed: {', '.join(missing)}")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}; apt-get install coq make")


def definitions(text, number, fast):
    """Return a Coq module with the data of a certificate, and the command that computes the verdict."""
    source = coq_source(read_bound(text), f"number {number}", fast=fast)
    header, _, rest = source.partition("\nSection Data.")
    body, _, theorem = rest.partition("Lemma accepted : ")
    verdict = theorem.partition(" = true.")[0]
    module = f"Module C{number}.\nSection Data.{body}\nEval vm_compute in {verdict}.\nEnd C{number}.\n"
    return header, module


def coq_verdicts(texts, folder, *, fast=False):
    """Return what Coq computes for each certificate; one that is malformed is refused without it."""
    verdicts, modules, header = {}, [], ""
    for number, text in enumerate(texts):
        try:
            header, module = definitions(text, number, fast)
        except CertificateError:
            verdicts[number] = False
        else:
            modules.append((number, module))
    if modules:
        file = folder / "batch.v"
        file.write_text(header + "\n" + "".join(module for _, module in modules), encoding="ascii")
        answer = build_theory().run(file)
        assert answer.returncode == 0, answer.stderr
        words = re.findall(r"^ +=\s*(true|false)", answer.stdout, re.MULTILINE)
        assert len(words) == len(modules)
        verdicts.update({number: word == "true" for (number, _), word in zip(modules, words, strict=True)})
    return [verdicts[number] for number in range(len(texts))]
