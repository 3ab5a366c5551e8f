"""LaTeX and KaTeX for tests: without these tools the tests are skipped, or fail when RELUEXACT_REQUIRE_LATEX=1 (in CI)."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

REQUIRED = os.environ.get("RELUEXACT_REQUIRE_LATEX") == "1"

KATEX = """
const katex = require(process.argv[1]);
const formulas = JSON.parse(require('fs').readFileSync(0));
const faults = [];
for (const formula of formulas) {
  try { katex.renderToString(formula, {strict: 'error', throwOnError: true, displayMode: true}); }
  catch (error) { faults.push(error.message); }
}
console.log(JSON.stringify(faults));
"""


def _missing(what):
    message = f"{what} is missing"
    if REQUIRED:
        pytest.fail(message)
    pytest.skip(message)


def katex_faults(formulas):
    """Return what KaTeX in its strict mode has to say against the formulas; KATEX_HOME names the folder of the package."""
    home = os.environ.get("KATEX_HOME", "")
    if shutil.which("node") is None or not Path(home, "package.json").is_file():
        _missing("node, or KaTeX in the folder that KATEX_HOME names,")
    run = subprocess.run(
        ["node", "-e", KATEX, home], input=json.dumps(formulas), capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(run.stdout)


def compile_latex(text, folder):
    """Compile a document twice; return the number of pages, the width of the widest overfull box in pt, and the warnings."""
    if shutil.which("pdflatex") is None:
        _missing("pdflatex")
    (folder / "paper.tex").write_text(text, encoding="ascii")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"]
    for _ in range(3):
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False, timeout=120)
        assert run.returncode == 0, run.stdout[-2000:]
    log = (folder / "paper.log").read_text(encoding="utf-8", errors="replace").replace("\n", " ")
    boxes = [float(width) for width in re.findall(r"Overfull \\[hv]box \(([\d.]+)pt too", log)]
    pages = int(re.search(r"Output written on paper\.pdf \((\d+) page", log)[1])
    return pages, max(boxes, default=0.0), re.findall(r"(?:LaTeX|Package \w+) Warning: [^.]*", log)


def formulas_of(text):
    """Return the formulas of a document: displayed ones and those between dollars."""
    displayed = re.findall(r"\\\[\n(.*?)\n\\\]", text, re.DOTALL)
    equations = re.findall(r"\\begin\{equation\}(.*?)\\end\{equation\}", text, re.DOTALL)
    inline = re.findall(r"\$([^$]+)\$", text)
    return [re.sub(r"\\label\{[^}]*\}", "", formula) for formula in displayed + equations + inline]
