"""Build the page that checks certificates in a browser: ``python docs/checker/build.py OUT [--pyodide FOLDER]``.

OUT becomes a folder that any web server can serve: the page, the unchanged checker as one archive (the bytes of
``reluexact check --write-checker checker.pyz``), and the runtime of Pyodide, which is CPython for browsers. FOLDER is
the npm package `pyodide`; without it, ``npm install`` fetches the version named here. The page loads nothing else.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from reluexact.certificates.checker_archive import checker_archive

PYODIDE = "314.0.7"
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
PAGE = ("index.html", "icon.svg", "style.css", "page.mjs", "worker.mjs", "checking.mjs", "run_checker.py", "offline.js")
HERE = Path(__file__).parent


def build(out: Path, pyodide: Path) -> None:
    """Write the page to a folder; `pyodide` is the folder of the npm package."""
    found = json.loads((pyodide / "package.json").read_text(encoding="utf-8"))["version"]
    if found != PYODIDE:
        raise SystemExit(f"{pyodide}: this is pyodide {found}, and the page is made for {PYODIDE}: npm install pyodide@{PYODIDE}")
    out.mkdir(parents=True, exist_ok=True)
    for folder, names in ((HERE, PAGE), (pyodide, RUNTIME)):
        for name in names:
            shutil.copyfile(folder / name, out / name)
    (out / "checker.pyz").write_bytes(checker_archive())
    (out / "files.js").write_text(file_list(out), encoding="ascii")


def file_list(out: Path) -> str:
    """Return the script that names the files of the page, and a digest of all of them: a changed page is another one offline."""
    names = sorted((*PAGE, *RUNTIME, "checker.pyz"))
    digests = [hashlib.sha256((out / name).read_bytes()).hexdigest() for name in names]
    digest = hashlib.sha256("".join(digests).encode("ascii")).hexdigest()
    listed = [name for name in names if name != "offline.js"]
    return f"self.PAGE = {json.dumps({'digest': digest, 'files': [*listed, 'files.js']})};\n"


def fetched(folder: Path) -> Path:
    """Install the npm package into a folder, and return where it is."""
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), f"pyodide@{PYODIDE}"]
    subprocess.run(command, check=True)
    return folder / "node_modules" / "pyodide"


def main(arguments: list[str]) -> None:
    """Build the page as the arguments say."""
    parser = argparse.ArgumentParser(description="Build the page that checks certificates in a browser.")
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder to write")
    parser.add_argument("--pyodide", type=Path, metavar="FOLDER", help="the npm package pyodide, when it is installed already")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        build(options.out, options.pyodide or fetched(Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:])
