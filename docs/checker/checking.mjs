// The checker of reluexact in JavaScript: Pyodide runs its unchanged source. The same in a web worker and under node.

import { loadPyodide, version } from "./pyodide.mjs";

const ARCHIVE = "/checker.pyz";

/** Load Python and the checker; `read(name)` gives the bytes of a file of this folder, `tell(text)` hears where a check is. */
export async function loadChecker(read, tell) {
  const [python, archive, glue] = await Promise.all([
    loadPyodide({ indexURL: new URL(".", import.meta.url).href.replace(/^file:\/\//, "") }),
    read("checker.pyz"),
    read("run_checker.py"),
  ]);
  python.FS.writeFile(ARCHIVE, archive);
  python.FS.writeFile("/run_checker.py", glue);
  python.runPython("import sys; sys.path.insert(0, '/')");
  const glued = python.pyimport("run_checker");
  const about = { ...JSON.parse(glued.load(ARCHIVE)), pyodide: version };
  glued.tell_obligations(tell);
  return {
    about,
    files: python.FS,
    digest: (path) => glued.digest(path),
    check: (args) => JSON.parse(glued.check(JSON.stringify(args))),
  };
}
