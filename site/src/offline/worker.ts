/**
 * The service worker: keeps the whole site of one version, so that it works without a network after the first visit.
 *
 * A version is all or nothing. It is filled while the old one still serves, and takes over when the reader says so or all
 * pages are closed. Nothing but the site's own files is ever asked for.
 */
/** Set by the build: the files of the site relative to this one, and a name for exactly these. */
declare const FILES: string[];
declare const VERSION: string;

const worker = self as unknown as ServiceWorkerGlobalScope;

// The folder is part of the name, because sites under one host share their caches.
const FAMILY = `flightcheck ${worker.registration.scope} `;
const CACHE = FAMILY + VERSION;

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  const requests = FILES.map((file) => {
    // What has its content in its name is what it was; of the rest the browser may still have the one of before.
    const mode = file.startsWith("assets/") ? "default" : "no-cache";
    return new Request(new URL(file, worker.registration.scope), { cache: mode });
  });
  await cache.addAll(requests);
}

async function clear(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(FAMILY) && name !== CACHE).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const { origin, pathname } = new URL(request.url);
  const kept = await cache.match(origin + pathname);
  return kept ?? fetch(request);
}

worker.addEventListener("install", (event) => event.waitUntil(fill()));
worker.addEventListener("activate", (event) => event.waitUntil(clear()));
worker.addEventListener("message", (event) => {
  if (event.data === "take over") void worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(worker.registration.scope)) event.respondWith(answer(request));
});
