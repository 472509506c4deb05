// The service worker: starts Valise without a line, wakes the person, and takes what other programs share.
//
// It has no key and reads no message. The server puts `SHELL` before the first line: the version of the web client and
// the digest of each of its files. A version is taken whole or not at all, and an old one goes on until its last page is
// closed or the person says so: pages and workers of two builds never meet. Only the very first version takes what a start
// does without in a second step (`SHELL.later`); until then such a file comes over the line, and is of this build or refused.
"use strict";

const CACHE = `shell-${SHELL.version}`;
const WORDS = "words";
// What was shared lies here, in memory, until the page that it is for asks for it.
let shared = null;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  if (event.request.method === "POST" && url.pathname === "/share") return event.respondWith(takeShared(event.request));
  if (event.request.method !== "GET") return;
  const path = event.request.mode === "navigate" && isPage(url.pathname) ? "/" : url.pathname;
  if (path in SHELL.files) event.respondWith(answer(path, event.request));
});
self.addEventListener("push", (event) => event.waitUntil(wake()));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data ?? {}));
});
self.addEventListener("message", (event) => {
  const { tag, words } = event.data ?? {};
  if (tag === "take-over") self.skipWaiting();
  if (tag === "keep") event.waitUntil(keepMissing([event.data.path].filter((path) => path in SHELL.files)));
  if (tag === "keep-rest") event.waitUntil(keepMissing(Object.keys(SHELL.files)));
  if (tag === "words") event.waitUntil(caches.open(WORDS).then((cache) => cache.put("/words", Response.json(words))));
  if (tag === "shared") {
    event.source?.postMessage({ tag: "shared", ...(shared ?? { files: [], text: "" }) });
    shared = null;
  }
});

async function fill() {
  await keep(Object.keys(SHELL.files).filter((path) => self.registration.active || !SHELL.later.includes(path)));
}

// All of them or none.
async function keep(paths) {
  const cache = await caches.open(CACHE);
  await cache.addAll(paths.map(ofThisBuild));
}

async function keepMissing(paths) {
  const cache = await caches.open(CACHE);
  const kept = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  await keep(paths.filter((path) => !kept.has(path)));
}

function ofThisBuild(path) {
  return new Request(path, { integrity: SHELL.files[path], cache: "no-cache" });
}

async function takeOver() {
  for (const name of await caches.keys()) if (name.startsWith("shell-") && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

function isPage(path) {
  return SHELL.pages.some((page) => path === page || (page.endsWith("/") && page !== "/" && path.startsWith(page)));
}

async function answer(path, request) {
  const kept = await caches.match(path, { cacheName: CACHE });
  if (kept) return kept;
  return fetch(SHELL.later.includes(path) ? ofThisBuild(path) : request);
}

// A push says nothing but that there is something. While a page runs, it has its own line and tells of it better.
async function wake() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const kept = await caches.match("/words", { cacheName: WORDS });
  const words = kept ? await kept.json() : { title: "Valise", body: "Something new" };
  if (pages.some((page) => page.visibilityState === "visible" && page.focused)) return;
  const shown = { body: words.body, tag: "several", icon: "/icon.svg", badge: "/icon.svg", silent: isQuiet(words) };
  await self.registration.showNotification(words.title, shown);
  await navigator.setAppBadge?.();
}

// A browser wants to see something for each push: in quiet hours it is shown without a sound. They may pass midnight.
function isQuiet({ from, to }) {
  if (from === undefined) return false;
  const now = new Date();
  const minute = now.getHours() * 60 + now.getMinutes();
  return from < to ? from <= minute && minute < to : minute >= from || minute < to;
}

async function open({ chat = null, listed = false }) {
  const pages = await self.clients.matchAll({ type: "window" });
  const page = pages.find((page) => page.focused) ?? pages[0];
  if (!page) return self.clients.openWindow("/");
  await page.focus();
  page.postMessage({ tag: "open", chat, listed });
}

async function takeShared(request) {
  const form = await request.formData();
  const text = ["title", "text", "url"].map((name) => form.get(name)).filter(Boolean).join("\n");
  shared = { files: form.getAll("files"), text };
  return Response.redirect("/share", 303);
}
