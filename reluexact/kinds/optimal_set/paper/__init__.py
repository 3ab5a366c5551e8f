"""The document about an optimal set, as a paper has it: ``document.py`` puts the sections together."""
