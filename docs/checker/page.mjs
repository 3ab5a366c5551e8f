// The page: takes files, has them checked one after the other by a worker, and shows what it says.

const VERDICTS = { 0: ["verified", "VERIFIED"], 3: ["rejected", "REJECTED"] };
const byId = (id) => document.getElementById(id);

const waiting = [];
let worker = null;
let ready = false;
let running = null;
let problem = null;

/** Start a worker, and Python in it. A worker made from a blob obeys the Content-Security-Policy of this page. */
function startWorker() {
  ready = false;
  const source = `import ${JSON.stringify(new URL("worker.mjs", import.meta.url).href)};`;
  const blob = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  worker = new Worker(blob, { type: "module" });
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = (event) => hear({ broken: event.message || "the worker could not be loaded" });
}

/** What to do where a browser loads nothing, because the page was opened as a file. */
function cure() {
  if (location.protocol !== "file:") return "";
  const why = "A page that is opened as a file may load nothing";
  return `. ${why}: run "python3 -m http.server" in its folder, and open http://localhost:8000/`;
}

/** Hear one message of the worker. */
function hear({ about, place, sha256, report, broken }) {
  if (about) {
    ready = true;
    showAbout(about);
    goOn();
  }
  if (place) running.place = place;
  if (sha256) running.part("sha256").textContent = sha256;
  if (report) finish(...(VERDICTS[report.status] ?? ["none", "NO VERDICT"]), report);
  if (broken && !ready) byId("state").textContent = `Python could not be loaded: ${broken}${cure()}`;
  if (broken && running) {
    restart(); // a Python that broke off is not asked again
    finish("none", "NO VERDICT", { status: "none", output: "", errors: `The check broke off: ${broken}\n` });
  }
}

function restart() {
  worker.terminate();
  startWorker();
}

/** One file on the page. */
class Entry {
  constructor(file) {
    this.file = file;
    this.problem = problem;
    this.place = "";
    const shown = byId("result").content.cloneNode(true);
    this.element = shown.querySelector("li");
    this.element.querySelector("h3").textContent = file.name;
    this.element.querySelector("pre").setAttribute("aria-label", `Report on ${file.name}`);
    this.part("cancel").setAttribute("aria-label", `Cancel the check of ${file.name}`);
    this.part("cancel").onclick = () => cancel(this);
    this.part("size").textContent = `${file.size.toLocaleString("en")} bytes`;
    this.say("waiting", "WAITING", "");
    byId("results").append(shown);
  }

  part(name) {
    return this.element.querySelector(`.${name}`);
  }

  say(state, verdict, where) {
    this.element.dataset.state = this.part("verdict").dataset.state = state;
    this.part("verdict").textContent = verdict;
    this.part("where").textContent = where;
    this.element.querySelector("progress").hidden = state !== "running";
  }
}

function add(files) {
  for (const file of files) waiting.push(new Entry(file));
  byId("found").hidden = byId("results").children.length === 0;
  goOn();
}

/** Check the next file, when there is one and Python is there. */
function goOn() {
  if (!ready || running) return;
  running = waiting.shift() ?? null;
  if (!running) return;
  running.begun = performance.now();
  running.timer = setInterval(() => showProgress(running), 250);
  showProgress(running);
  byId("state").textContent = `Checking ${running.file.name}.`;
  worker.postMessage({ file: running.file, problem: running.problem });
}

function seconds(entry) {
  return `${((performance.now() - entry.begun) / 1000).toFixed(1)} s`;
}

function showProgress(entry) {
  entry.say("running", "CHECKING", `${seconds(entry)}${entry.place ? `, at obligation ${entry.place}` : ""}`);
}

function finish(state, verdict, { status, output, errors }) {
  const entry = running;
  running = null;
  clearInterval(entry.timer);
  close(entry, state, verdict, seconds(entry));
  entry.part("status").textContent = status;
  const pre = entry.element.querySelector("pre");
  pre.textContent = output + errors;
  pre.hidden = false;
  byId("state").textContent = `${entry.file.name}: ${verdict}.`;
  goOn();
}

function close(entry, state, verdict, where) {
  const focused = document.activeElement === entry.part("cancel");
  entry.say(state, verdict, where);
  entry.part("cancel").remove();
  if (focused) byId("pick").focus();
}

function cancel(entry) {
  if (entry === running) {
    clearInterval(entry.timer);
    running = null;
    restart();
  } else {
    waiting.splice(waiting.indexOf(entry), 1);
  }
  close(entry, "none", "NO VERDICT", "cancelled");
  byId("state").textContent = `${entry.file.name}: cancelled.`;
}

function showAbout({ sha256, lines, python, pyodide }) {
  const files = Object.entries(lines);
  const total = files.reduce((sum, [, count]) => sum + count, 0);
  byId("total").textContent = `${files.length} files, ${total.toLocaleString("en")} lines`;
  byId("digest").textContent = sha256;
  byId("python").textContent = `CPython ${python}, Pyodide ${pyodide}`;
  byId("lines").replaceChildren(
    ...files.map(([name, count]) => {
      const row = document.createElement("tr");
      for (const text of [name, count]) row.insertCell().textContent = text;
      return row;
    }),
  );
  if (byId("results").children.length === 0) byId("state").textContent = "Ready.";
}

function listen() {
  byId("pick").onchange = ({ target }) => {
    add([...target.files]);
    target.value = ""; // so that the same file can be chosen again
  };
  byId("problem").onchange = ({ target }) => setProblem(target.files[0] ?? null);
  byId("any").onclick = () => {
    byId("problem").value = "";
    setProblem(null);
    byId("problem").focus();
  };
  for (const event of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(event, (dragged) => {
      dragged.preventDefault();
      document.body.classList.toggle("over", event === "dragover");
    });
  }
  document.addEventListener("drop", ({ dataTransfer }) => add([...dataTransfer.files]));
}

function setProblem(file) {
  problem = file;
  byId("any").hidden = !file;
  byId("state").textContent = file ? `From now on only certificates about ${file.name} are accepted.` : "Certificates about any problem.";
}

/** Keep the files of this page in the browser, so that it opens without a network, too. */
async function keepForOffline() {
  if (!navigator.serviceWorker) {
    byId("offline").textContent = "this tab goes on working; to open it again needs the server (no secure context)";
    return;
  }
  await navigator.serviceWorker.register("offline.js");
  await navigator.serviceWorker.ready;
  byId("offline").textContent = "this page is kept by the browser, and opens without a network";
}

byId("state").textContent = "Loading Python (13 MB).";
listen();
startWorker();
keepForOffline().catch((error) => {
  byId("offline").textContent = `the browser does not keep this page: ${error.message}`;
});
