// Runs the checker as the page does: node run_checks.mjs PAGE < [[argument, ...], ...] prints [{status, output, errors, places}, ...].

import { readFileSync } from "node:fs";

const [page] = process.argv.slice(2);
const { loadChecker } = await import(`${page}/checking.mjs`);
let places = [];
const checker = await loadChecker((name) => new Uint8Array(readFileSync(`${page}/${name}`)), (place) => places.push(place));

function answer([file, ...options]) {
  checker.files.writeFile("/file", new Uint8Array(readFileSync(file)));
  places = [];
  return { ...checker.check(["/file", ...options]), places };
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(answer)));
