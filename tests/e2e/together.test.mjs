// One asks many at once, out of a table: each gets a request of his own, and the asking side sees how many answered. In both languages.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { find, makePartners, pair } from "./harness/pair.mjs";
import { openRequests } from "./harness/requests.mjs";

const SAID = {
  en: { subject: "=Accounts of Mr. Petrov", text: "Which accounts did Mr. Petrov have?", answer: "None.", offices: ["Registry", "Archive", "Compliance"] },
  ru: { subject: "=Счета Петрова И. И.", text: "Какие счета были у Петрова И. И.?", answer: "Никаких.", offices: ["Канцелярия", "Архив", "Контроль"] },
};

for (const language of ["en", "ru"]) {
  test(`many are asked together and counted (${language})`, async () => {
    const scene = await pair({ language });
    const complaints = [];
    const said = SAID[language];
    try {
      await makePartners(scene);
      for (const [at, office] of said.offices.entries()) await makeOffice(scene.clara, office, `office${at}`);
      await askTogether(scene, said, complaints);
      await oneAnswers(scene.clara, said);
      await seenTogether(scene.olga, said, complaints);
      assert.deepEqual(complaints, []);
      for (const person of [scene.olga, scene.clara]) assert.deepEqual(person.errors, []);
    } finally {
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

async function askTogether({ olga, bank }, said, complaints) {
  const { page } = olga;
  await openRequests(olga);
  await page.keyboard.press("Alt+Shift+N");
  const dialog = page.getByRole("dialog");
  for (const office of said.offices) await dialog.locator(".entry").filter({ hasText: office }).first().waitFor();
  await find(dialog, olga, "clara.berg@bank.example");
  const table = ["To;Organisation", ...said.offices.map((office) => `${office};${bank.name}`), "clara.berg@bank.example", `"${said.offices[0]}"`].join("\n");
  await dialog.locator("#table-picker").setInputFiles({ name: "all.csv", mimeType: "text/csv", buffer: Buffer.from(`\ufeff${table}\n`) });
  // The heading names nobody, the last line somebody who stands there already: both are named, and nothing goes on by itself.
  const lines = dialog.locator(".table-lines li");
  await lines.first().waitFor();
  assert.deepEqual((await lines.locator(".hint").allInnerTexts()), [olga.t("request-table-nobody"), olga.t("request-table-again")]);
  await look(olga, "request-table", complaints);
  await olga.click(dialog.locator(".modal-foot .primary"));
  await dialog.getByRole("textbox", { name: olga.t("request-subject"), exact: true }).fill(said.subject);
  await dialog.getByRole("textbox", { name: olga.t("request-text"), exact: true }).fill(said.text);
  await look(olga, "request-many", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("request-look"), exact: true }));
  assert.equal(await dialog.locator(".goes-to li").count(), 4);
  await look(olga, "request-many-look", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("request-send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await page.locator(".document .sheet-together").getByText(olga.t("requests-answered", { answered: 0, count: 4 })).waitFor();
  assert.equal(await page.locator(".request-row").count(), 1, "one line for all of them");
}

async function oneAnswers(person, said) {
  const { page } = person;
  await openRequests(person);
  const rows = page.locator(".request-row").filter({ hasText: said.subject });
  await rows.nth(3).waitFor();
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
  const answered = person.t("requests-answered", { answered: 1, count: 4 });
  await group.getByText(answered).waitFor();
  await look(person, "requests-together", complaints);
  await person.click(group);
  await page.locator(".overview").getByText(answered).waitFor();
  assert.equal(await page.locator(".request-row").count(), 4);
  await look(person, "requests-overview", complaints);
  const saved = page.waitForEvent("download");
  await person.click(person.button("requests-save"));
  const bytes = fs.readFileSync(await (await saved).path());
  const text = bytes.toString();
  assert.ok(text.startsWith("\ufeff"), "office software reads it as what it is");
  const lines = text.trim().split("\r\n");
  assert.equal(lines.length, 5);
  for (const line of lines.slice(1)) assert.ok(line.includes(`'${said.subject}`), "nothing of it is computed");
  await page.locator(".overview").getByRole("button", { name: person.t("requests-all"), exact: true }).click();
  await group.waitFor();
}
