// The words of a language are a file of their own: a person loads one at most, keeps all of them, and is never without words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newPerson } from "./harness/person.mjs";
import { closeAll, founded } from "./harness/scene.mjs";
import { startServer } from "./harness/server.mjs";
import { words } from "./harness/words.mjs";

const CATALOGUES = /\/words\/\w+\.ftl$/;

test("whoever speaks Russian loads those words with the page, and English ones come with it for everybody", async () => {
  const server = await startServer();
  const people = [];
  try {
    for (const language of ["en", "ru"]) {
      const person = await newPerson("Olga Petrova", { language });
      people.push(person);
      await person.page.goto(server.url);
      await person.page.getByRole("heading", { name: person.t("landing-title") }).waitFor();
      const loaded = person.requests.filter((url) => CATALOGUES.test(url)).map((url) => new URL(url).pathname);
      assert.deepEqual(loaded, language === "en" ? [] : ["/words/ru.ftl"]);
      assert.equal(await person.page.locator("html").getAttribute("lang"), language);
    }
    // The words come while the module does, and not after it.
    const order = people[1].requests.map((url) => new URL(url).pathname);
    assert.ok(order.indexOf("/words/ru.ftl") < order.indexOf("/ui_bg.wasm"));
  } finally {
    await closeAll(people, [server]);
  }
});

test("words that do not come leave no empty page, and come when they can be had", async () => {
  const server = await startServer();
  const people = [];
  try {
    const olga = await newPerson("Olga Petrova", { language: "ru" });
    people.push(olga);
    const english = words("en");
    await olga.context.route(CATALOGUES, (route) => route.abort());
    await olga.page.goto(server.url);
    await olga.page.getByRole("heading", { name: english("landing-title") }).waitFor();
    assert.equal(await olga.page.locator("html").getAttribute("lang"), "en");
    await olga.page.getByRole("button", { name: "Русский" }).click();
    await olga.page.getByRole("status").getByText(english("language-not-here", { language: "Русский" })).waitFor();
    await olga.page.getByRole("button", { name: "English", pressed: true }).waitFor();
    await olga.context.unroute(CATALOGUES);
    await olga.page.getByRole("button", { name: "Русский" }).click();
    await olga.page.getByRole("heading", { name: olga.t("landing-title") }).waitFor();
  } finally {
    await closeAll(people, [server]);
  }
});

test("without a line one starts in one's own language, and may choose another one", async () => {
  const scene = await founded({ language: "ru" });
  try {
    const { olga, server } = scene;
    await kept(olga, "/words/ru.ftl");
    // The page says so by itself when it has been open for a while.
    await olga.page.evaluate(() => navigator.serviceWorker.controller.postMessage({ tag: "keep-rest" }));
    await kept(olga, "/words/fr.ftl");
    await server.end("SIGKILL");
    await olga.page.reload();
    await olga.click(olga.button("unlock-go"));
    await olga.page.locator(".tabs").waitFor();
    await olga.page.getByRole("button", { name: olga.t("settings") }).click();
    await olga.page.locator("label").filter({ hasText: "Français" }).click();
    await olga.page.getByRole("heading", { name: words("fr")("appearance") }).waitFor();
  } finally {
    await scene.close();
  }
});

/** Waits until the service worker serves the page and has a file. */
async function kept(person, file) {
  const has = (file) => navigator.serviceWorker.controller && caches.match(file).then(Boolean);
  for (let is = false; !is; ) is = await person.page.evaluate(has, file);
}
