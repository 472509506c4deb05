// The list of chats: pinned, silent, put away and back, marked as read, by mouse, by keys and by a finger.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

async function choose(person, id) {
  const menu = person.page.getByRole("menu", { name: person.t("chat-actions") });
  await menu.getByRole("menuitem", { name: person.t(id), exact: true }).click();
  await menu.waitFor({ state: "detached" });
}

/** What stands in the list. A row that was not drawn yet has no inner text: `content-visibility` spares the browser that. */
function titles(person) {
  return person.page.locator(".chat-row .title bdi").allTextContents();
}

for (const language of ["en", "ru"]) {
  test(`a chat is put away and comes back with a message, unless it is silent, in ${language}`, async () => {
    const scene = await twoPeople({ language });
    try {
      const { olga, ivan } = scene;
      await olga.makeGroup("Shift", "Ivan Sokolov");
      await olga.write("hello");
      await ivan.openChat("Shift");
      const archived = olga.page.getByRole("button", { name: new RegExp(`^${olga.t("archived")}`) });
      assert.equal(await archived.count(), 0, "nothing is put away");
      await olga.chatRow("Ivan Sokolov").click({ button: "right" });
      await choose(olga, "archive");
      await olga.page.getByText(olga.t("archive-done")).waitFor();
      await olga.chatRow("Ivan Sokolov").waitFor({ state: "detached" });
      await archived.click();
      await olga.chatRow("Ivan Sokolov").waitFor();
      assert.deepEqual(await titles(olga), ["Ivan Sokolov"]);
      await olga.page.keyboard.press("Escape");
      await olga.chatRow("Shift").waitFor();
      assert.equal(await archived.evaluate((entry) => entry === document.activeElement), true);

      await ivan.openChat("Olga Petrova");
      await ivan.write("are you there?");
      await olga.chatRow("Ivan Sokolov").waitFor();
      await archived.waitFor({ state: "detached" });

      // By the keyboard, and silent: then it stays where it is.
      for (const id of ["mute", "archive"]) {
        await olga.chatRow("Ivan Sokolov").focus();
        await olga.page.keyboard.press("ContextMenu");
        await choose(olga, id);
      }
      await archived.waitFor();
      await ivan.write("and now?");
      await ivan.tick("and now?", "tick-delivered");
      assert.deepEqual(await titles(olga), ["Shift"]);
      await archived.click();
      await olga.chatRow("Ivan Sokolov").getByText("and now?").waitFor();
      await olga.chatRow("Ivan Sokolov").click({ button: "right" });
      await choose(olga, "unarchive");
      await olga.chatRow("Shift").waitFor();
      await olga.chatRow("Ivan Sokolov").waitFor();
    } finally {
      await scene.close();
    }
  });
}

test("a chat is kept on top, and marked as read without being opened", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.makeGroup("Shift", "Ivan Sokolov");
    await olga.write("hello");
    await ivan.openChat("Shift");
    await ivan.chatRow("Olga Petrova").click({ button: "right" });
    await choose(ivan, "pin");
    await ivan.page.waitForFunction(() => document.querySelector(".chat-row .title bdi")?.textContent === "Olga Petrova");
    await olga.openChat("Ivan Sokolov");
    for (const text of ["one", "two"]) await olga.write(text);
    await ivan.chatRow("Olga Petrova").locator(".badge").waitFor();
    await ivan.chatRow("Olga Petrova").hover();
    await ivan.page.locator(".chat-line").filter({ has: ivan.chatRow("Olga Petrova") }).getByRole("button", { name: ivan.t("chat-actions") }).click();
    await choose(ivan, "mark-read");
    await ivan.chatRow("Olga Petrova").locator(".badge").waitFor({ state: "detached" });
    await olga.tick("two", "tick-read");
    await ivan.chatRow("Olga Petrova").click({ button: "right" });
    await choose(ivan, "unpin");
    await olga.openChat("Shift");
    await olga.write("newer");
    await ivan.page.waitForFunction(() => document.querySelector(".chat-row .title bdi")?.textContent === "Shift");
  } finally {
    await scene.close();
  }
});

test("a finger that rests on a chat opens its menu and not the chat", async () => {
  const scene = await twoPeople({ touch: true, size: { width: 360, height: 740 } });
  try {
    const { ivan } = scene;
    await ivan.page.getByRole("button", { name: ivan.t("back") }).first().click();
    const { x, y, width, height } = await ivan.chatRow("Olga Petrova").boundingBox();
    const touch = (type, points) => ivan.page.devtools.send("Input.dispatchTouchEvent", { type, touchPoints: points });
    await touch("touchStart", [{ x: x + width / 2, y: y + height / 2 }]);
    const menu = ivan.page.getByRole("menu", { name: ivan.t("chat-actions") });
    await menu.waitFor();
    await touch("touchEnd", []);
    await menu.getByRole("menuitem", { name: ivan.t("mute"), exact: true }).tap();
    await menu.waitFor({ state: "detached" });
    await ivan.chatRow("Olga Petrova").getByText(ivan.t("muted")).waitFor({ state: "attached" });
    assert.equal(await ivan.composer().isVisible(), false);
  } finally {
    await scene.close();
  }
});
