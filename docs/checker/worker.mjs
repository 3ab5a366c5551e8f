// Runs the checker in a worker, so that the page stays awake, and can end a check by ending the worker.

import { loadChecker } from "./checking.mjs";

const FOLDER = "/certificate";

async function read(name) {
  const answer = await fetch(new URL(name, import.meta.url));
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${answer.statusText}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** Check a file in place: it is read where it lies, piece by piece, and not copied. */
function checked(checker, file, problem) {
  const { files } = checker;
  const blobs = [{ name: "file", data: file }, ...(problem ? [{ name: "problem", data: problem }] : [])];
  files.mount(files.filesystems.WORKERFS, { blobs }, FOLDER);
  try {
    postMessage({ sha256: checker.digest(`${FOLDER}/file`) });
    return checker.check([`${FOLDER}/file`, ...(problem ? ["--statement", `${FOLDER}/problem`] : [])]);
  } finally {
    files.unmount(FOLDER);
  }
}

try {
  const checker = await loadChecker(read, (place) => postMessage({ place }));
  checker.files.mkdir(FOLDER);
  onmessage = ({ data: { file, problem } }) => {
    try {
      postMessage({ report: checked(checker, file, problem) });
    } catch (error) {
      postMessage({ broken: String(error) });
    }
  };
  postMessage({ about: checker.about });
} catch (error) {
  postMessage({ broken: String(error) });
}
