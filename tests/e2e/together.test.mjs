// One asks many at once, out of a table: each gets a request of his own, and the asking side sees how many answered. In both languages.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { invited, makePartners, openPeople, pair } from "./harness/pair.mjs";
import { openRequests } from "./harness/requests.mjs";
import { Terminal } from "./harness/terminal.mjs";

const SAID = {
  en: { subject: "=Accounts of Mr. Petrov", text: "Which accounts did Mr. Petrov have?", answer: "None.", offices: ["Registry", "Archive", "Compliance"] },
  ru: { subject: "=Счета Петрова И. И.", text: "Какие счета были у Петрова И. И.?", answer: "Никаких.", offices: ["Канцелярия", "Архив", "Контроль"] },
};
/** The offices, Clara and Dora. */
const ASKED = 5;
/** Addresses that nobody has. */
const NOBODIES = Array.from({ length: 40 }, (_, at) => `nobody${at}@bank.example`);

for (const language of ["en", "ru"]) {
  test(`many are asked together and counted (${language})`, async () => {
    const scene = await pair({ language });
    const complaints = [];
    const said = SAID[language];
    const dora = new Terminal();
    try {
      await dora.run("join", await invited(scene.clara, "Dora Weiss"));
      await openPeople(scene.clara);
      await makePartners(scene);
      await dora.run("status");
      for (const [at, office] of said.offices.entries()) await makeOffice(scene.clara, office, `office${at}`);
      await askTogether(scene, said, complaints);
      await oneAnswers(scene.clara, said);
      await seenTogether(scene.olga, said, complaints);
      assert.deepEqual(complaints, []);
      for (const person of [scene.olga, scene.clara]) assert.deepEqual(person.errors, []);
    } finally {
      dora.close();
      await scene.close();
    }
  });
}

async function makeOffice(person, name, address) {
  const { page } = person;
  await person.click(person.button("office-new"));
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: person.t("office-name") }).fill(name);
  await dialog.getByRole("textbox", { name: person.t("invite-address") }).fill(address);
  await dialog.getByRole("checkbox", { name: "Clara Berg" }).check();
  await dialog.getByRole("button", { name: person.t("office-make"), exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

/** A table with nothing in it is empty, and not one of which no line is wrong. */
async function saysNothing(olga, dialog, complaints) {
  await dialog.locator("#table-picker").setInputFiles({ name: "none.csv", mimeType: "text/csv", buffer: Buffer.from("\ufeff;\n\n") });
  await dialog.getByText(olga.t("request-table-empty")).waitFor();
  assert.equal(await dialog.locator(".table-lines").count(), 0);
  await look(olga, "request-table-empty", complaints);
}

/**
 * A table of all kinds of lines. Nobody of the bank was looked for before: whoever has an address there is found at the bank, and nothing goes on by
 * itself while a line names nobody.
 */
async function isTold(olga, dialog, said, bank, complaints) {
  const people = ["clara.berg@bank.example", "DORA.WEISS@bank.example"];
  const offices = said.offices.map((office) => `${office};${bank.name}`);
  const lines = ["To;Organisation", ...offices, ...people, `"${said.offices[0]}"`, "zoe@port.example", "Zoe", people[0], ...NOBODIES];
  await olga.page.evaluate(() => {
    window.progress = new Set();
    new MutationObserver(() => {
      const said = document.querySelector(".table-progress p")?.textContent;
      if (said) window.progress.add(said);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const begin = performance.now();
  await dialog.locator("#table-picker").setInputFiles({ name: "all.csv", mimeType: "text/csv", buffer: Buffer.from(`\ufeff${lines.join("\n")}\n`) });
  await dialog.locator(".modal-foot .primary").and(dialog.locator('[aria-disabled="false"]')).waitFor();
  console.log(`a table of ${lines.length} lines is looked up: ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  const seen = await olga.page.evaluate(() => [...window.progress]);
  // Clara is known: it was she who agreed to the partnership.
  const steps = seen.filter((text) => / 41$/.test(text));
  assert.ok(steps.length > 5, `it says how far it is: ${seen}`);
  const told = (words, text) => dialog.locator(".table-line").filter({ has: olga.page.getByText(words, { exact: true }) }).filter({ hasText: text });
  for (const office of said.offices) assert.equal(await told(`${office} · ${bank.name}`, bank.name).count(), 1, office);
  for (const [words, id] of [
    ["To · Organisation", "request-table-no-partner"],
    [said.offices[0], "request-table-again"],
    ["zoe@port.example", "request-table-no-partner"],
    ["Zoe", "request-table-nobody"],
    [people[0], "request-table-again"],
    ...NOBODIES.map((words) => [words, "request-table-no-address"]),
  ]) {
    assert.equal(await told(words, olga.t(id)).count(), 1, words);
  }
  for (const [words, name] of [[people[0], "Clara Berg"], [people[1], "Dora Weiss"]]) assert.equal(await told(words, name).count(), 1, words);
  // What is wrong comes first.
  assert.equal(await dialog.locator(".table-line").nth(lines.length - ASKED - 1).locator(".table-sign.amber").count(), 1);
  await look(olga, "request-table", complaints);
  await dialog.locator(".table-lines").evaluate((list) => (list.scrollTop = list.scrollHeight));
  await look(olga, "request-table-found", complaints);
}

/** One more table, every line of which names somebody: there is nothing to say. Who stands there already stands there once. */
async function goesOnByItself(olga, dialog) {
  const subject = dialog.getByRole("textbox", { name: olga.t("request-subject"), exact: true });
  await subject.waitFor();
  await subject.evaluate((field) => field.setAttribute("data-former", ""));
  await dialog.locator("#table-picker").setInputFiles({ name: "more.csv", mimeType: "text/csv", buffer: Buffer.from("dora.weiss@bank.example\n") });
  await dialog.locator("[data-former]").waitFor({ state: "detached" });
  await subject.waitFor();
  assert.equal(await dialog.locator(".others .other").count(), ASKED - 1);
}

async function askTogether({ olga, bank }, said, complaints) {
  const { page } = olga;
  await openRequests(olga);
  await page.keyboard.press("Alt+Shift+N");
  const dialog = page.getByRole("dialog");
  for (const office of said.offices) await dialog.locator(".entry").filter({ hasText: office }).first().waitFor();
  await saysNothing(olga, dialog, complaints);
  await isTold(olga, dialog, said, bank, complaints);
  await olga.click(dialog.locator(".modal-foot .primary"));
  await goesOnByItself(olga, dialog);
  await dialog.getByRole("textbox", { name: olga.t("request-subject"), exact: true }).fill(said.subject);
  await dialog.getByRole("textbox", { name: olga.t("request-text"), exact: true }).fill(said.text);
  await look(olga, "request-many", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("request-look"), exact: true }));
  assert.equal(await dialog.locator(".goes-to li").count(), ASKED);
  await look(olga, "request-many-look", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("request-send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await page.locator(".document .sheet-together").getByText(olga.t("requests-answered", { answered: 0, count: ASKED })).waitFor();
  assert.equal(await page.locator(".request-row").count(), 1, "one line for all of them");
}

async function oneAnswers(person, said) {
  const { page } = person;
  await openRequests(person);
  const rows = page.locator(".request-row").filter({ hasText: said.subject });
  await rows.nth(ASKED - 2).waitFor();
  assert.equal(await page.locator(".sheet-together").count(), 0);
  await rows.filter({ hasText: said.offices[1] }).click();
  await page.locator(".document .sheet-text").getByText(said.text).waitFor();
  assert.equal(await page.locator(".sheet-together").count(), 0, "who is asked sees nothing of the others");
  await person.click(page.locator(".deeds").getByRole("button", { name: person.t("request-do-answer"), exact: true }));
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: person.t("letter-text"), exact: true }).fill(said.answer);
  await person.click(dialog.getByRole("button", { name: person.t("send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
}

async function seenTogether(person, said, complaints) {
  const { page } = person;
  const group = page.locator(".request-row.together");
  const answered = person.t("requests-answered", { answered: 1, count: ASKED });
  await group.getByText(answered).waitFor();
  await look(person, "requests-together", complaints);
  await person.click(group);
  await page.locator(".overview").getByText(answered).waitFor();
  assert.equal(await page.locator(".request-row").count(), ASKED);
  await look(person, "requests-overview", complaints);
  const saved = page.waitForEvent("download");
  await person.click(person.button("requests-save"));
  const bytes = fs.readFileSync(await (await saved).path());
  const text = bytes.toString();
  assert.ok(text.startsWith("\ufeff"), "office software reads it as what it is");
  const lines = text.trim().split("\r\n");
  assert.equal(lines.length, ASKED + 1);
  for (const line of lines.slice(1)) assert.ok(line.includes(`'${said.subject}`), "nothing of it is computed");
  await page.locator(".overview").getByRole("button", { name: person.t("requests-all"), exact: true }).click();
  await group.waitFor();
}
