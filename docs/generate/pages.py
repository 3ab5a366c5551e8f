"""Writes the generated pages: the reference, the commands, the certificate format, what to believe, the map of statements."""

from __future__ import annotations

from generate import certificate, cli, pictures, reference, theorems


def write(folder):
    """Write all generated pages below a folder, which is emptied before; a page that did not change keeps its time."""
    wanted = {
        **{folder / "python" / f"{name}.rst": text for name, text in reference.texts().items()},
        **{folder / "commands" / f"{name}.md": text for name, text in cli.texts().items()},
        folder / "certificate.md": certificate.text(),
        folder / "theorems.md": theorems.text(),
    }
    for old in folder.rglob("*"):
        if old.suffix != ".svg" and old.is_file() and old not in wanted:
            old.unlink()
    for file, text in wanted.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
    pictures.write(folder / "pictures")
