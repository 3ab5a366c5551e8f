"""The pages of the commands, from the program itself: what ``--help`` says, as Markdown."""

from __future__ import annotations

import re

from reluexact.cli.app import COMMANDS, loaded


def plain(text):
    r"""Return a text of the help as Markdown: without markup of the screen, and with no markup of its own.

    >>> plain("a file; \\[default: 1], *.csv")
    'a file; \\[default: 1], \\*.csv'
    """
    text = re.sub(r"\\\[", "[", text)
    return re.sub(r"([\\`*_|<\[$])", r"\\\1", text)


def described(parameter, context):
    """Return one entry of a definition list."""
    names, words = parameter.get_help_record(context)
    return f"`{names}`\n: {plain(' '.join(words.split())) or 'As above.'}\n"


def page(name):
    """Return the page of one command.

    >>> page("check").splitlines()[0]
    '# reluexact check'
    """
    command = loaded(name)
    context = command.make_context(name, [], resilient_parsing=True)
    usage = " ".join(["reluexact", name, *command.collect_usage_pieces(context)])
    lines = [f"# reluexact {name}", "", f"```text\n{usage}\n```", ""]
    for block in re.split(r"\n[ \t]*\n", (command.help or COMMANDS[name][1]).strip()):
        lines += [plain(block.replace("\b\n", "")), ""]
    for kind, title in (("argument", "Arguments"), ("option", "Options")):
        entries = [described(shown, context) for shown in command.params if shown.param_type_name == kind and not shown.hidden]
        lines += [f"## {title}", "", *entries] if entries else []
    return "\n".join(lines) + "\n"


def texts():
    """Return file -> text of all pages of the commands."""
    rows = [f"| [`reluexact {name}`]({name}.md) | {plain(words)} |" for name, (_, words) in COMMANDS.items()]
    head = ["# Command line", "", "Written from the program: what `reluexact COMMAND --help` says.", ""]
    toctree = ["", "```{toctree}", ":hidden:", "", *COMMANDS, "```"]
    index = "\n".join([*head, "| command | |", "| --- | --- |", *rows, *toctree]) + "\n"
    return {"index": index, **{name: page(name) for name in COMMANDS}}
