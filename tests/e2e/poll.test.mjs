// A question to everybody: asked in the browser, voted in by name, changed, taken back, and closed by who asked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { twoPeople } from "./harness/scene.mjs";

const SAID = {
  en: { question: "When do we meet?", options: ["Monday", "Tuesday", "Friday"], group: "Shift" },
  ru: { question: "Когда встречаемся?", options: ["В понедельник", "Во вторник", "В пятницу"], group: "Смена" },
};

function poll(person, question) {
  return person.page.getByRole("group", { name: person.t("poll-line", { question }), exact: true });
}

/** An option of a poll: its accessible name says how many chose it, and who. */
function option(person, question, text, who = "") {
  const name = new RegExp(`^${text}, .*${who}$`);
  return poll(person, question).getByRole("button", { name });
}

async function openDialog(person) {
  await person.button("attach").click();
  await person.page.getByRole("menuitem", { name: person.t("poll"), exact: true }).click();
  const dialog = person.page.getByRole("dialog", { name: person.t("poll-new") });
  await dialog.waitFor();
  return dialog;
}

function field(person, dialog, number) {
  return dialog.getByRole("textbox", { name: person.t("poll-option", { number }), exact: true });
}

/** Asks by keyboard alone, once the dialog is open. */
async function ask(person, { question, options }, several = false) {
  const dialog = await openDialog(person);
  const keys = person.page.keyboard;
  await keys.type(question);
  await keys.press("Enter");
  for (const text of options) {
    await keys.type(text);
    await keys.press("Enter");
  }
  if (several) await dialog.getByRole("checkbox").check();
  // From the empty field behind the last option Enter sends.
  if (several) await dialog.getByRole("button", { name: person.t("send"), exact: true }).click();
  else await keys.press("Enter");
  await dialog.waitFor({ state: "detached" });
}

for (const language of ["en", "ru"]) {
  test(`a poll is asked, voted in and closed, in ${language}`, async () => {
    const { question, options, group } = SAID[language];
    const scene = await twoPeople({ language });
    const complaints = [];
    try {
      const { olga, ivan } = scene;
      await olga.makeGroup(group, "Ivan Sokolov");
      const dialog = await openDialog(olga);
      await field(olga, dialog, 1).fill(options[0]);
      await dialog.getByRole("button", { name: olga.t("send"), exact: true }).click();
      await dialog.getByRole("alert").getByText(olga.t("poll-no-question")).waitFor();
      assert.equal(await field(olga, dialog, 3).count(), 0);
      await field(olga, dialog, 2).fill(options[1]);
      await field(olga, dialog, 3).waitFor();
      await look(olga, "poll-new", complaints);
      await olga.page.keyboard.press("Escape");
      await ask(olga, SAID[language]);

      await ivan.chatRow(group).getByText(ivan.t("poll-line", { question })).waitFor();
      await ivan.openChat(group);
      await option(ivan, question, options[0]).click();
      await option(olga, question, options[0], "Ivan Sokolov").waitFor();
      await option(olga, question, options[1]).click();
      await option(ivan, question, options[1], "Olga Petrova").waitFor();
      // Another one takes its place; the same once more takes it back.
      await option(ivan, question, options[1]).click();
      await option(olga, question, options[1], ".*Ivan Sokolov").waitFor();
      assert.equal(await option(olga, question, options[0], "Ivan Sokolov").count(), 0);
      assert.equal(await option(ivan, question, options[1]).getAttribute("aria-pressed"), "true");
      await option(ivan, question, options[1]).click();
      await option(ivan, question, options[1], "Olga Petrova").and(ivan.page.locator("[aria-pressed=false]")).waitFor();
      await option(ivan, question, options[2]).click();
      await option(olga, question, options[2], "Ivan Sokolov").waitFor();

      await poll(olga, question).getByRole("button", { name: olga.t("poll-who"), exact: true }).click();
      const who = olga.page.getByRole("dialog", { name: question });
      await who.getByText("Ivan Sokolov").waitFor();
      await look(olga, "poll-votes", complaints);
      await olga.page.keyboard.press("Escape");

      const menu = await ivan.menuOf(question);
      await menu.waitFor();
      assert.equal(await menu.getByRole("menuitem", { name: ivan.t("poll-close"), exact: true }).count(), 0, "only its author closes it");
      await ivan.page.keyboard.press("Escape");
      await look(ivan, "poll", complaints);
      await olga.choose(question, "poll-close");
      await olga.page.getByRole("dialog").getByRole("button", { name: olga.t("poll-close"), exact: true }).click();
      for (const person of [olga, ivan]) await poll(person, question).getByText(person.t("poll-closed")).waitFor();
      assert.equal(await option(ivan, question, options[0]).getAttribute("aria-disabled"), "true");
      // Pressed nevertheless, it does nothing.
      await option(ivan, question, options[0]).click({ force: true });
      await look(ivan, "poll-closed", complaints);
      assert.equal(await option(ivan, question, options[0]).getAttribute("aria-pressed"), "false");
      assert.deepEqual(complaints, []);
    } finally {
      await scene.close();
    }
  });
}

test("several are chosen, by keyboard, and an answer quotes the question", async () => {
  const { question, options } = SAID.en;
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await ask(olga, SAID.en, true);
    await poll(ivan, question).getByText(ivan.t("poll-choose-several")).waitFor();
    for (const text of [options[0], options[2]]) {
      await option(ivan, question, text).focus();
      await ivan.page.keyboard.press("Enter");
      await option(ivan, question, text, ivan.t("you")).waitFor();
      await ivan.page.waitForFunction(() => document.activeElement?.matches(".poll-option"));
    }
    await option(olga, question, options[0], "Ivan Sokolov").waitFor();
    await option(olga, question, options[2], "Ivan Sokolov").waitFor();
    await ivan.choose(question, "reply");
    await ivan.write("any of these");
    await olga.page.locator("button.quote .quote-text").getByText(olga.t("poll-line", { question })).waitFor();
    await olga.choose(question, "message-pin");
    const bar = ivan.page.getByRole("group", { name: ivan.t("pinned-messages") });
    await bar.getByText(ivan.t("poll-line", { question })).waitFor();
    await ivan.page.setViewportSize({ width: 360, height: 740 });
    await ivan.page.locator(".talk").waitFor();
    for (const button of await poll(ivan, question).getByRole("button").all()) {
      const box = await button.boundingBox();
      assert.ok(box.height >= 44, `${await button.innerText()} is ${box.height} px high`);
    }
  } finally {
    await scene.close();
  }
});
