// A service worker that keeps the files of the page: once it was open, it opens without a network.

importScripts("files.js"); // self.PAGE: the files, and a digest of all of them

const STORE = `checker-${self.PAGE.digest}`;
const HOME = new URL("index.html", self.location.href).href;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(self.PAGE.files)));
});

self.addEventListener("activate", (event) => {
  const others = (names) => names.filter((name) => name.startsWith("checker-") && name !== STORE);
  event.waitUntil(caches.keys().then((names) => Promise.all(others(names).map((name) => caches.delete(name)))));
});

/** Answer from the store, and what is not in it from the server. */
async function answer(request) {
  const store = await caches.open(STORE);
  const asked = new URL(request.url);
  const folder = new URL(".", HOME).pathname;
  return (await store.match(asked.pathname === folder ? HOME : request, { ignoreSearch: true })) ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});
