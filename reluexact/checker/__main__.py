"""Run the checker: ``python3 -I -S reluexact/checker FILE``, or ``python3 -m reluexact.checker FILE``."""

import sys

if __name__ == "__main__":
    if __package__:
        from .command import run
    else:  # Python runs the folder, and would look there for modules of the standard library, too
        if __package__ is not None:
            sys.path.pop(0)
        sys.dont_write_bytecode = True  # the folder stays as it is
        from importlib import import_module, util
        from pathlib import Path

        folder = Path(__file__).parent
        spec = util.spec_from_file_location("checker", folder / "__init__.py", submodule_search_locations=[str(folder)])
        if spec is None or spec.loader is None:
            raise ImportError(f"{folder}: cannot be loaded")
        sys.modules["checker"] = package = util.module_from_spec(spec)
        spec.loader.exec_module(package)
        run = import_module("checker.command").run
    run()
