// Several messages at once: they are chosen by mouse and by keys, copied, handed on, and taken back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

async function begin(person, text) {
  await person.choose(text, "select");
  const bar = person.page.getByRole("toolbar", { name: person.t("selection") });
  await bar.waitFor();
  return bar;
}

/** The keys go to this message, and not to the one on which they stood before. */
function standsOn(person, text) {
  return person.page.waitForFunction((text) => document.activeElement?.matches("article") && document.activeElement.innerText.includes(text), text);
}

function counted(person, bar, count) {
  return bar.getByText(new RegExp(`\\b${count}\\b`)).waitFor();
}

test("several are handed on in the order of the chat, chosen by mouse", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    for (const text of ["one", "two", "three"]) await ivan.write(text);
    await olga.message("three").waitFor();
    await olga.makeGroup("Shift", "Ivan Sokolov");
    await olga.openChat("Ivan Sokolov");
    const bar = await begin(olga, "three");
    await counted(olga, bar, 1);
    await olga.message("one").click();
    await olga.message("two").click();
    await counted(olga, bar, 3);
    assert.equal(await olga.composer().isVisible(), false, "what is chosen is not written to");
    await olga.message("two").click();
    await counted(olga, bar, 2);
    assert.equal(await bar.getByRole("button", { name: olga.t("delete-for-all"), exact: true }).count(), 0, "nobody takes back another's message");
    await bar.getByRole("button", { name: olga.t("forward"), exact: true }).click();
    const dialog = olga.page.getByRole("dialog");
    await dialog.getByText("Shift").click();
    await dialog.getByRole("button", { name: olga.t("forward"), exact: true }).click();
    await bar.waitFor({ state: "detached" });
    await ivan.openChat("Shift");
    await ivan.message("three").waitFor();
    const texts = await ivan.page.getByRole("article").locator(".text").allInnerTexts();
    assert.deepEqual(texts.filter((text) => ["one", "two", "three"].includes(text)), ["one", "three"]);
  } finally {
    await scene.close();
  }
});

for (const language of ["en", "ru"]) {
  test(`by keys alone: one's own are taken back, in ${language}`, async () => {
    const scene = await twoPeople({ language });
    try {
      const { olga, ivan } = scene;
      for (const text of ["first", "second", "third"]) await olga.write(text);
      await olga.tick("third", "tick-accepted");
      await ivan.message("third").waitFor();
      await olga.composer().fill("begun");
      await olga.message("first").focus();
      await olga.page.keyboard.press("Enter");
      const menu = olga.page.getByRole("menu", { name: olga.t("message-actions") });
      await menu.waitFor();
      await menu.getByRole("menuitem", { name: olga.t("select"), exact: true }).focus();
      await olga.page.keyboard.press("Enter");
      const bar = olga.page.getByRole("toolbar", { name: olga.t("selection") });
      await bar.waitFor();
      await standsOn(olga, "first");
      for (const key of ["ArrowDown", "Space"]) await olga.page.keyboard.press(key);
      await counted(olga, bar, 2);
      await olga.page.keyboard.press("Escape");
      await bar.waitFor({ state: "detached" });
      assert.equal(await olga.composer().inputValue(), "begun");
      assert.equal(await olga.page.getByRole("heading", { name: "Ivan Sokolov" }).first().isVisible(), true, "the chat stays open");
      assert.equal(await olga.page.evaluate(() => document.activeElement?.matches("article")), true);

      await begin(olga, "first");
      await standsOn(olga, "first");
      for (const key of ["ArrowDown", "Space"]) await olga.page.keyboard.press(key);
      await counted(olga, bar, 2);
      await bar.getByRole("button", { name: olga.t("delete-for-all"), exact: true }).focus();
      await olga.page.keyboard.press("Enter");
      const sure = olga.page.getByRole("dialog");
      await sure.getByText(olga.t("delete-several-text")).waitFor();
      await sure.getByRole("button", { name: olga.t("delete-for-all"), exact: true }).click();
      await bar.waitFor({ state: "detached" });
      for (const text of ["first", "second"]) await ivan.page.locator(".text").getByText(text, { exact: true }).waitFor({ state: "detached" });
      await ivan.message("third").waitFor();
    } finally {
      await scene.close();
    }
  });
}

test("several are copied with who wrote them", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await ivan.write("weights");
    await olga.message("weights").waitFor();
    await olga.write("measures");
    await olga.tick("measures", "tick-accepted");
    const bar = await begin(olga, "weights");
    await olga.message("measures").getByRole("checkbox").check();
    await counted(olga, bar, 2);
    await bar.getByRole("button", { name: olga.t("copy-text"), exact: true }).click();
    await olga.page.getByText(olga.t("copied")).waitFor();
    const copied = await olga.page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /^\[.+\] Ivan Sokolov: weights\n\[.+\] .+: measures$/);
  } finally {
    await scene.close();
  }
});
