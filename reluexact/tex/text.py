"""Pieces of LaTeX text: escaped names, tables, displayed formulas."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",
    "`": "'",
}

_ACCENTS = {chr(0x300): r"\`", chr(0x301): r"\'", chr(0x302): r"\^", chr(0x303): r"\~", chr(0x308): r"\"", chr(0x30C): r"\v"}
_ACCENTS |= {chr(0x304): r"\=", chr(0x306): r"\u", chr(0x307): r"\.", chr(0x30A): r"\r", chr(0x30B): r"\H"}
_ACCENTS |= {chr(0x327): r"\c", chr(0x328): r"\k"}
_BELOW = (r"\c", r"\k")

_LETTERS = {
    0xA0: "~",
    0xA1: r"\textexclamdown{}",
    0xA2: r"\textcent{}",
    0xA3: r"\textsterling{}",
    0xA5: r"\textyen{}",
    0xA7: r"\S{}",
    0xA9: r"\textcopyright{}",
    0xAA: r"\textordfeminine{}",
    0xAB: r"\guillemotleft{}",
    0xAC: r"\textlnot{}",
    0xAE: r"\textregistered{}",
    0xB0: r"\textdegree{}",
    0xB1: r"\textpm{}",
    0xB2: r"\texttwosuperior{}",
    0xB3: r"\textthreesuperior{}",
    0xB5: r"\textmu{}",
    0xB7: r"\textperiodcentered{}",
    0xB9: r"\textonesuperior{}",
    0xBA: r"\textordmasculine{}",
    0xBB: r"\guillemotright{}",
    0xBC: r"\textonequarter{}",
    0xBD: r"\textonehalf{}",
    0xBE: r"\textthreequarters{}",
    0xBF: r"\textquestiondown{}",
    0xC6: r"\AE{}",
    0xD0: r"\DH{}",
    0xD7: r"\texttimes{}",
    0xD8: r"\O{}",
    0xDE: r"\TH{}",
    0xDF: r"\ss{}",
    0xE6: r"\ae{}",
    0xF0: r"\dh{}",
    0xF7: r"\textdiv{}",
    0xF8: r"\o{}",
    0xFE: r"\th{}",
    0x110: r"\DJ{}",
    0x111: r"\dj{}",
    0x131: r"\i{}",
    0x141: r"\L{}",
    0x142: r"\l{}",
    0x14A: r"\NG{}",
    0x14B: r"\ng{}",
    0x152: r"\OE{}",
    0x153: r"\oe{}",
    0x20AC: r"\texteuro{}",
}
"""Letters and signs that are no letter with an accent, by their code points."""

LONG_WORD = 40
"""A longer word of a command may be broken."""

MOST_FLOATING = 24
"""A table with a caption and no more rows than this is kept in one piece."""

MOST_COLUMNS = 5
"""A table with more columns is set in smaller type."""


def escape(text: str) -> str:
    r"""Write a name in ASCII so that LaTeX and KaTeX print it: special characters escaped, letters beyond Latin by their code.

    >>> escape("a_b 5%"), escape(chr(228)), escape(chr(223)), escape(chr(0x4E2D)), escape("--out")
    ('a\\_b 5\\%', '\\"{a}', '\\ss{}', '[U+4E2D]', '-{}-out')
    """
    joined = "".join(map(_letter, unicodedata.normalize("NFC", text)))
    while "--" in joined:  # two hyphens would become a dash
        joined = joined.replace("--", "-{}-")
    return joined


def _letter(letter: str) -> str:
    if letter in _SPECIAL:
        return _SPECIAL[letter]
    if 32 <= ord(letter) < 127:
        return letter
    parts = unicodedata.normalize("NFD", letter)
    base, mark = parts[0], parts[1:]
    if mark in _ACCENTS and base.isascii() and base.isalpha() and ord(letter) < 0x180:
        accent = _ACCENTS[mark]
        body = "\\" + base if base in "ij" and accent not in _BELOW else base  # without its dot
        return f"{accent}{{{body}}}"
    if ord(letter) in _LETTERS:
        return _LETTERS[ord(letter)]
    return f"[U+{ord(letter):04X}]"


def code(text: str) -> str:
    r"""Write a command so that it can be copied: straight quotes, every blank, no dashes; long words may be broken.

    >>> code("solve 'a b' --out x")
    'solve \\textquotesingle{}a b\\textquotesingle{} -{}-out x'
    """
    straight = {"'": r"\textquotesingle{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}"}
    words = []
    for word in unicodedata.normalize("NFC", text).split(" "):
        letters = [straight.get(letter) or escape(letter) for letter in word]
        if len(letters) > LONG_WORD:
            letters = [letter + (r"\allowbreak{}" if place % 8 == 7 else "") for place, letter in enumerate(letters)]
        words.append("".join(letters).replace("--", "-{}-").replace("--", "-{}-"))
    return " ".join(word or r"\ " for word in words)


def breakable(text: str, size: int = 8) -> str:
    r"""Write a long word in typewriter letters that may be broken after every ``size`` letters.

    >>> breakable("abcdef", 3)
    '\\texttt{abc\\allowbreak{}def}'
    """
    parts = [escape(text[start : start + size]) for start in range(0, len(text), size)]
    return r"\texttt{" + r"\allowbreak{}".join(parts) + "}"


def plural(count: int, noun: str, several: str | None = None) -> str:
    """Write a number of things.

    >>> plural(1, "row"), plural(2, "vertex", "vertices")
    ('1 row', '2 vertices')
    """
    return f"{count} {noun if count == 1 else several or noun + 's'}"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], align: str, *, caption: str, foot: Sequence[str] = ()) -> str:
    """Set a table; a long one may run over pages. A cell is LaTeX text; ``foot`` is a last row under a line."""
    head = " & ".join(headings) + r" \\"
    body = "\n".join(" & ".join(row) + r" \\" for row in rows)
    if foot:
        body += "\n\\midrule\n" + " & ".join(foot) + r" \\"
    small = r"\small\setlength{\tabcolsep}{4pt}" if len(align) > MOST_COLUMNS else ""
    title = rf"\caption{{{caption}}}"
    top = f"\\toprule\n{head}\n\\midrule"
    if len(rows) <= MOST_FLOATING:
        start = rf"\begin{{table}}[htb]\centering{small}{title}\smallskip" + "\n" + rf"\begin{{tabular}}{{@{{}}{align}@{{}}}}"
        return f"{start}\n{top}\n{body}\n\\bottomrule\n\\end{{tabular}}\\end{{table}}"
    start = rf"{{{small}\begin{{longtable}}{{@{{}}{align}@{{}}}}" + f"\n{title}\\\\\n{top}\n\\endfirsthead\n{top}\n\\endhead\n"
    return f"{start}\\bottomrule\n\\endfoot\n{body}\n\\end{{longtable}}}}"


def display(formula: str, mark: str = "") -> str:
    """Set a formula on a line of its own, with a mark of punctuation; dots at the end of a number take the place of a period."""
    return f"\\[\n{stopped(formula, mark)}\n\\]"


def stopped(formula: str, mark: str) -> str:
    r"""Put a mark of punctuation behind a formula.

    >>> stopped("x=2", "."), stopped(r"x=1.41\ldots", ".")
    ('x=2.', 'x=1.41\\ldots')
    """
    return formula if mark == "." and formula.endswith(r"\ldots") else formula + mark


def matrix(rows: Sequence[Sequence[str]]) -> str:
    """Set a matrix of formulas; rows with fractions get more room."""
    lines = [" & ".join(row) for row in rows]
    room = r"\\[3pt] " if any("frac" in line for line in lines) else r"\\ "
    return r"\begin{pmatrix}" + room.join(lines) + r"\end{pmatrix}"


def chunks(count: int, size: int) -> list[range]:
    """Divide columns into parts of at most ``size``.

    >>> chunks(5, 2)
    [range(0, 2), range(2, 4), range(4, 5)]
    """
    return [range(start, min(start + size, count)) for start in range(0, count, size)]
