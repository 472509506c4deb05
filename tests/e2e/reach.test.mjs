// Valise reaches who is not looking, starts without a line, and takes a new version when the person wants it.
import assert from "node:assert/strict";
import fs from "node:fs";
import http from "node:http";
import { once } from "node:events";
import path from "node:path";
import { test } from "node:test";
import { founded, twoPeople } from "./harness/scene.mjs";
import { scratch } from "./harness/scratch.mjs";

test("who does not look is told of a message in no more words than were chosen", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan, server } = scene;
    await olga.message("I am in.").waitFor();
    await olga.context.grantPermissions(["notifications"], { origin: server.url });
    await olga.page.reload();
    await unlock(olga);
    await working(olga);
    await olga.click(olga.button("notices-offer-go"));
    await look(olga, false);
    await ivan.write("Meet at nine");
    let [shown] = await told(olga, 1);
    assert.deepEqual([shown.title, shown.body], ["Valise", "New message"]);
    await look(olga, true);
    await olga.openChat("Ivan Sokolov");
    await told(olga, 0);

    await chooseTelling(olga, "notices-words");
    await look(olga, false);
    await ivan.write("Bring the key");
    [shown] = await told(olga, 1);
    assert.deepEqual([shown.title, shown.body], ["Ivan Sokolov", "Bring the key"]);
    await look(olga, true);
    await told(olga, 0);

    await chooseTelling(olga, "notices-nothing");
    await look(olga, false);
    await ivan.write("Nothing is said of this");
    await ivan.tick("Nothing is said of this", "tick-delivered");
    assert.equal((await notices(olga)).length, 0);
  } finally {
    await scene.close();
  }
});

test("Valise starts without a line, and has everything that was here", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan, server } = scene;
    await ivan.write("kept on the device");
    await olga.message("kept on the device").waitFor();
    await working(olga);
    await server.end("SIGKILL");
    await olga.page.reload();
    await unlock(olga);
    await olga.openChat("Ivan Sokolov");
    await olga.message("kept on the device").waitFor();
    await olga.write("written without a line");
    await olga.tick("written without a line", "tick-waiting");
    await server.start();
    await ivan.message("written without a line").waitFor();
  } finally {
    await scene.close();
  }
});

test("what a first start does without is kept in a second step, and then needs no line either", async () => {
  const scene = await founded();
  try {
    const { olga, server } = scene;
    await working(olga);
    const file = "/pdf/pdf.min.mjs";
    assert.equal(await olga.page.evaluate((file) => caches.match(file).then(Boolean), file), false);
    // The page says so by itself when it has been open for a while.
    await olga.page.evaluate(() => navigator.serviceWorker.controller.postMessage({ tag: "keep-rest" }));
    for (let kept = false; !kept; ) kept = await olga.page.evaluate((file) => caches.match(file).then(Boolean), file);
    await server.end("SIGKILL");
    assert.equal(await olga.page.evaluate((file) => fetch(file).then(({ ok }) => ok), file), true);
  } finally {
    await scene.close();
  }
});

test("a new version waits until the person wants it, and is taken whole", async () => {
  const web = path.join(scratch("web"), "dist");
  fs.cpSync(process.env.VALISE_WEB ?? path.resolve(import.meta.dirname, "../../target/web-dist"), web, { recursive: true });
  const scene = await founded({ server: { web } });
  try {
    const { olga, server } = scene;
    await working(olga);
    await server.end();
    const css = path.join(web, "styles.css");
    fs.appendFileSync(css, "\n:root { --version-of-the-story: 2; }\n");
    fs.rmSync(`${css}.br`, { force: true });
    await server.start();
    await olga.page.reload();
    await unlock(olga);
    assert.equal(await version(olga), "", "the old one goes on");
    await olga.click(olga.button("update-go"));
    await olga.page.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue("--version-of-the-story"));
    await unlock(olga);
    assert.equal(await olga.button("update-go").count(), 0);
  } finally {
    await scene.close();
    fs.rmSync(web, { recursive: true, force: true });
  }
});

test("what another program shares goes into the chat that is chosen for it", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan, server } = scene;
    await working(olga);
    // As a system does that shares to an installed Valise: a form, which the service worker takes, and then the page.
    await olga.page.evaluate(async () => {
      const form = new FormData();
      form.append("text", "shared words");
      form.append("files", new File(["the shared file"], "shared.txt", { type: "text/plain" }));
      await fetch("/share", { method: "POST", body: form });
    });
    await olga.page.goto(`${server.url}/share`);
    await unlock(olga);
    await olga.page.getByText(olga.t("shared")).waitFor();
    await olga.chatRow("Ivan Sokolov").click();
    const dialog = olga.page.getByRole("dialog");
    await dialog.getByText("shared.txt").waitFor();
    await dialog.getByRole("button", { name: olga.t("send"), exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(await olga.composer().inputValue(), "shared words");
    await olga.composer().press("Enter");
    await ivan.message("shared.txt").waitFor();
    await ivan.message("shared words").waitFor();
    assert.equal(await olga.page.getByText(olga.t("shared")).count(), 0);
  } finally {
    await scene.close();
  }
});

test("a closed Valise is woken by a push that says nothing", async () => {
  const push = await pushService();
  const scene = await twoPeople({ server: { settings: `[push]\nservices = ["${push.origin}"]\n`, metrics: true } });
  try {
    const { olga, ivan, server } = scene;
    await olga.context.grantPermissions(["notifications"], { origin: server.url });
    await olga.context.addInitScript(standIn, `${push.origin}/olga`);
    await olga.page.reload();
    await unlock(olga);
    await working(olga);
    await olga.click(olga.button("notices-offer-go"));
    await olga.page.waitForFunction(() => localStorage.getItem("pushed"));
    // The subscription is at the server once it has answered what was asked after it.
    await chooseTelling(olga, "notices-something");
    const workers = await olga.page.context().newCDPSession(olga.page);
    const registration = await registered(workers);
    assert.equal(await server.sockets(), 2, "the control: both have a line");
    await olga.page.goto("about:blank");
    // Whose line still stands is not woken.
    await server.until(async () => (await server.sockets()) === 1);
    let letter = "a secret of the case";
    await ivan.write(letter);
    const woken = await push.next();
    assert.equal(woken.path, "/olga");
    assert.equal(woken.headers["content-encoding"], "aes128gcm");
    assert.ok(woken.body.length < 200, "it has no room for a text");
    await workers.send("ServiceWorker.deliverPushMessage", { origin: server.url, registrationId: registration, data: "" });
    // Asked without a page: one that looks would be told on its own line instead.
    const [shown] = await told(olga, 1, noticesWithoutPage);
    assert.deepEqual([shown.title, shown.body], ["Valise", "New messages"]);
  } finally {
    await scene.close();
    push.close();
  }
});

async function unlock(person) {
  await person.click(person.button("unlock-go"));
  await person.page.locator(".tabs").waitFor();
}

/** Waits until the service worker serves the page. */
async function working(person) {
  await person.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
  });
}

/** Chromium without a window believes that everybody looks at everything. */
async function look(person, looks) {
  await person.page.evaluate((looks) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => !looks });
    document.dispatchEvent(new Event("visibilitychange"));
    window.dispatchEvent(new Event(looks ? "focus" : "blur"));
  }, looks);
}

/** The notifications that there are. Runs in a page, or in the service worker itself. */
async function shown() {
  const registration = self.registration ?? (await navigator.serviceWorker.getRegistration());
  return (await registration.getNotifications()).map(({ title, body }) => ({ title, body }));
}

function notices(person) {
  return person.page.evaluate(shown);
}

/** As the service worker has them; one that sleeps has none to tell. */
function noticesWithoutPage(person) {
  const worker = person.context.serviceWorkers().at(-1);
  return worker?.evaluate(shown).catch(() => []) ?? [];
}

/** Waits until there are so many notifications. */
async function told(person, count, ask = notices) {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((done) => setTimeout(done, 100))) {
    const found = await ask(person);
    if (found.length === count) return found;
  }
  throw new Error(`there are not ${count} notifications but ${JSON.stringify(await ask(person))}`);
}

async function chooseTelling(person, id) {
  const { page } = person;
  await page.getByRole("navigation").getByRole("button", { name: person.t("settings") }).click();
  await page.getByRole("radio", { name: person.t(id), exact: true }).check();
  await page.getByRole("navigation").getByRole("button", { name: person.t("chats") }).click();
}

function version(person) {
  return person.page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--version-of-the-story"));
}

/** A push service that remembers what it got. */
async function pushService() {
  const got = [];
  let waiting = null;
  const server = http.createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      response.writeHead(201).end();
      const one = { path: request.url, headers: request.headers, body: Buffer.concat(parts) };
      if (waiting) waiting(one);
      else got.push(one);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    next: () => (got.length ? got.shift() : new Promise((done) => (waiting = done))),
    close: () => server.close(),
  };
}

/** Stands in for the browser maker's push service, which cannot be reached from here. Runs in the page. */
function standIn(endpoint) {
  PushManager.prototype.subscribe = async function ({ userVisibleOnly, applicationServerKey }) {
    if (!userVisibleOnly || applicationServerKey.byteLength !== 65) throw new Error("not as a browser wants it");
    const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
    const p256dh = await crypto.subtle.exportKey("raw", pair.publicKey);
    const auth = crypto.getRandomValues(new Uint8Array(16)).buffer;
    return { endpoint, getKey: (name) => ({ p256dh, auth })[name] };
  };
}

/** The browser's own name for the service worker's registration. */
async function registered(devtools) {
  const found = new Promise((done) =>
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => registrations[0] && done(registrations[0].registrationId)),
  );
  await devtools.send("ServiceWorker.enable");
  return found;
}
