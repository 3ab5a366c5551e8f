"""Run the checker: ``python3 -I -S reluexact/checker FILE``, or ``python3 -m reluexact.checker FILE``."""

import sys

if __name__ == "__main__":
    if __package__:
        from .command import run
    else:
        if __package__ is not None:
            sys.path.pop(0)  # Python runs the folder, and would look here for modules of the standard library, too
        from importlib import import_module, util
        from pathlib import Path

        folder = Path(__file__).parent
        spec = util.spec_from_file_location("reluexact_checker", folder / "__init__.py", submodule_search_locations=[str(folder)])
        if spec is None or spec.loader is None:
            raise ImportError(f"{folder}: cannot be loaded")
        sys.modules["reluexact_checker"] = package = util.module_from_spec(spec)
        spec.loader.exec_module(package)
        run = import_module("reluexact_checker.command").run
    run()
