// What becomes of messages: they are answered, said anew, get signs, and are taken back; the other side sees it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

function bar(person, id, values) {
  return person.page.getByRole("group", { name: person.t(id, values), exact: true });
}

test("an answer shows what it answers, and leads there", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await ivan.write("Where are the weights?");
    await olga.message("Where are the weights?").waitFor();
    await olga.choose("Where are the weights?", "reply");
    const answering = bar(olga, "answer-to", { name: "Ivan Sokolov" });
    await answering.waitFor();
    assert.equal(await olga.composer().evaluate((field) => field === document.activeElement), true, "one writes at once");
    await olga.composer().press("Escape");
    await answering.waitFor({ state: "detached" });
    await olga.choose("Where are the weights?", "reply");
    await olga.write("In the cellar");
    await answering.waitFor({ state: "detached" });

    const answer = ivan.message("In the cellar");
    const quote = answer.getByRole("button", { name: ivan.t("quote-label", { name: ivan.t("you"), text: "Where are the weights?" }) });
    await quote.waitFor();
    // Far above, and no longer on the page.
    for (let n = 0; n < 60; n += 1) await ivan.write(`line ${n}`);
    await ivan.tick("line 59", "tick-accepted");
    await answer.waitFor({ state: "detached" });
    await olga.message("line 59").waitFor();
    await olga.choose("line 59", "reply");
    await olga.write("That is enough");
    await ivan.message("That is enough").waitFor();
    await ivan.page.getByRole("feed").hover();
    while ((await answer.count()) === 0) await ivan.page.mouse.wheel(0, -600);
    await quote.click();
    const asked = ivan.page.getByRole("article").filter({ has: ivan.page.getByText("Where are the weights?", { exact: true }) }).first();
    await asked.waitFor();
    await ivan.page.waitForFunction(() => document.activeElement?.matches("article"));
    assert.match(await ivan.page.evaluate(() => document.activeElement.innerText), /^Where are the weights/);
  } finally {
    await scene.close();
  }
});

test("a message is said anew, and its versions stay to be seen", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.write("The hearing is on Wednesday");
    await olga.tick("The hearing is on Wednesday", "tick-delivered");
    await olga.composer().press("ArrowUp");
    await bar(olga, "edit-title").waitFor();
    await olga.page.waitForFunction(() => document.querySelector("textarea").value === "The hearing is on Wednesday");
    await olga.write("The hearing is on Thursday");

    await ivan.message("The hearing is on Thursday").waitFor();
    assert.equal(await ivan.message("Wednesday").count(), 0);
    for (const person of [olga, ivan]) {
      await person.message("Thursday").getByRole("button", { name: person.t("edited-show") }).click();
      const versions = person.page.getByRole("dialog", { name: person.t("versions") });
      await versions.getByText("The hearing is on Wednesday").waitFor();
      assert.deepEqual(await versions.locator("li .text").allInnerTexts(), ["The hearing is on Thursday", "The hearing is on Wednesday"]);
      await person.page.keyboard.press("Escape");
      await versions.waitFor({ state: "detached" });
    }
    const menu = await ivan.menuOf("Thursday");
    await menu.getByRole("menuitem", { name: ivan.t("versions"), exact: true }).waitFor();
    for (const id of ["edit", "delete-for-all"]) assert.equal(await menu.getByRole("menuitem", { name: ivan.t(id), exact: true }).count(), 0, "nobody changes another's message");
    await ivan.page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached" });
  } finally {
    await scene.close();
  }
});

test("what was begun waits while a message is said anew", async () => {
  const scene = await twoPeople();
  try {
    const { olga } = scene;
    await olga.write("One");
    await olga.tick("One", "tick-accepted");
    await olga.composer().fill("half a thought");
    await olga.choose("One", "edit");
    await olga.page.waitForFunction(() => document.querySelector("textarea").value === "One");
    await olga.composer().fill("Two");
    await olga.composer().press("Escape");
    await bar(olga, "edit-title").waitFor({ state: "detached" });
    assert.equal(await olga.composer().inputValue(), "half a thought");
    await olga.choose("One", "edit");
    await olga.write("Three");
    await olga.message("Three").waitFor();
    await olga.page.waitForFunction(() => document.querySelector("textarea").value === "half a thought");
  } finally {
    await scene.close();
  }
});

test("signs are put under a message and taken away", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.write("Done");
    await ivan.message("Done").waitFor();
    const menu = await ivan.menuOf("Done");
    await menu.getByRole("menuitemradio", { name: "👍" }).click();
    await menu.waitFor({ state: "detached" });
    await ivan.message("Done").getByRole("button", { name: `👍 ${ivan.t("you")}`, exact: true }).waitFor();
    await olga.message("Done").getByRole("button", { name: "👍 Ivan Sokolov", exact: true }).click();
    await olga.message("Done").getByRole("button", { name: `👍 ${olga.t("you")}, Ivan Sokolov`, exact: true }).waitFor();
    const both = ivan.message("Done").getByRole("button", { name: `👍 ${ivan.t("you")}, Olga Petrova`, exact: true });
    await both.waitFor();
    assert.equal(await both.getAttribute("aria-pressed"), "true");
    await both.click();
    const hers = ivan.message("Done").getByRole("button", { name: "👍 Olga Petrova", exact: true });
    await hers.waitFor();
    assert.equal(await hers.getAttribute("aria-pressed"), "false");
    // One sign a person: another one takes its place.
    await (await olga.menuOf("Done")).getByRole("menuitemradio", { name: "🙏" }).click();
    await ivan.message("Done").getByRole("button", { name: "🙏 Olga Petrova", exact: true }).waitFor();
    await hers.waitFor({ state: "detached" });
  } finally {
    await scene.close();
  }
});

test("a message is taken back from everybody", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.write("Wrong chat, sorry");
    await ivan.message("Wrong chat, sorry").waitFor();
    await ivan.choose("Wrong chat, sorry", "reply");
    await ivan.write("Which one then?");
    await olga.message("Which one then?").waitFor();
    await olga.choose("Wrong chat, sorry", "delete-for-all");
    const sure = olga.page.getByRole("dialog", { name: olga.t("delete-title") });
    await sure.getByText(olga.t("delete-text")).waitFor();
    await sure.getByRole("button", { name: olga.t("delete-for-all"), exact: true }).click();
    await sure.waitFor({ state: "detached" });
    for (const person of [olga, ivan]) {
      await person.page.getByText(person.t("deleted-message"), { exact: true }).first().waitFor();
      const quote = person.message("Which one then?").locator(".quote-text");
      await quote.filter({ hasText: person.t("deleted-message") }).waitFor();
      assert.equal(await person.page.getByText("Wrong chat, sorry").count(), 0);
    }
  } finally {
    await scene.close();
  }
});

test("the keyboard does everything", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.write("By keys");
    await ivan.message("By keys").waitFor();
    await ivan.message("By keys").focus();
    await ivan.page.keyboard.press("Enter");
    const menu = ivan.page.getByRole("menu", { name: ivan.t("message-actions") });
    await menu.waitFor();
    await ivan.page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached" });
    const isOn = () => ivan.page.evaluate(() => document.activeElement?.matches("article"));
    assert.equal(await isOn(), true, "the focus comes back");
    await ivan.page.keyboard.press("ContextMenu");
    await menu.waitFor();
    // Up from the first item is the row of signs.
    for (const key of ["ArrowUp", "ArrowRight", "Enter"]) await ivan.page.keyboard.press(key);
    await menu.waitFor({ state: "detached" });
    await olga.message("By keys").getByRole("button", { name: "❤️ Ivan Sokolov", exact: true }).waitFor();
    assert.equal(await isOn(), true);
    await ivan.page.keyboard.press("Enter");
    await menu.waitFor();
    await ivan.page.keyboard.press("Enter");
    await bar(ivan, "answer-to", { name: "Olga Petrova" }).waitFor();
  } finally {
    await scene.close();
  }
});

test("a finger that rests on a message opens its menu", async () => {
  const scene = await twoPeople({ touch: true });
  try {
    const { olga, ivan } = scene;
    await olga.write("Rest here");
    const bubble = ivan.message("Rest here").locator(".bubble");
    await bubble.waitFor();
    const { x, y, width, height } = await bubble.boundingBox();
    const touch = (type, points) => ivan.page.devtools.send("Input.dispatchTouchEvent", { type, touchPoints: points });
    await touch("touchStart", [{ x: x + width / 2, y: y + height / 2 }]);
    const menu = ivan.page.getByRole("menu", { name: ivan.t("message-actions") });
    await menu.waitFor();
    await touch("touchEnd", []);
    await menu.getByRole("menuitemradio", { name: "😂" }).tap();
    await menu.waitFor({ state: "detached" });
    await olga.message("Rest here").getByRole("button", { name: "😂 Ivan Sokolov", exact: true }).waitFor();
    assert.equal(await ivan.page.evaluate(() => getSelection().toString()), "", "nothing is selected");
  } finally {
    await scene.close();
  }
});
