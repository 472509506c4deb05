// A registrar makes an office; whoever is of a partner sees it without having been told an address, and whoever leaves is gone from it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { invited, makePartners, openPeople, pair } from "./harness/pair.mjs";
import { Terminal } from "./harness/terminal.mjs";

const SAID = {
  en: { name: "Registry", note: "Requests by other organisations come here.", records: "Registry and records" },
  ru: { name: "Канцелярия", note: "Сюда приходят запросы других организаций.", records: "Канцелярия и архив" },
};
const ADDRESS = "registry@office.example";

for (const language of ["en", "ru"]) {
  test(`an office is made, seen by a partner, changed and closed (${language})`, async () => {
    const scene = await pair({ language });
    const igor = new Terminal();
    const complaints = [];
    try {
      const { olga, clara } = scene;
      const said = SAID[language];
      await igor.run("join", await invited(olga, "Igor Lang"));
      await make(olga, said, complaints);
      assert.match(await igor.run("offices"), new RegExp(`${ADDRESS}.*${said.name}.*Igor Lang, Olga Petrova`));
      await whoIsThere(olga, igor, complaints);
      await makePartners(scene);
      // A person shows himself when his device hears of the partnership.
      await igor.run("status");
      await seenByAPartner(scene, said, complaints);
      await leaves(scene, complaints);
      await change(olga, said, complaints);
      await offices(clara).getByText(said.records, { exact: true }).waitFor();
      await close(olga, said, complaints);
      await offices(clara).getByText(said.records, { exact: true }).waitFor({ state: "detached" });
      assert.deepEqual([...olga.errors, ...clara.errors], []);
      assert.deepEqual(complaints, []);
    } finally {
      igor.close();
      await scene.close();
    }
  });
}

function offices(person) {
  return person.page.getByRole("region", { name: person.t("offices") });
}

async function make(olga, said, complaints) {
  await look(olga, "offices-none", complaints);
  await olga.click(offices(olga).getByRole("button", { name: olga.t("office-new"), exact: true }));
  const dialog = olga.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: olga.t("office-name") }).fill(said.name);
  await dialog.getByRole("textbox", { name: olga.t("invite-address") }).fill("registry");
  await dialog.getByRole("textbox", { name: olga.t("office-note") }).fill(said.note);
  for (const holder of ["Olga Petrova", "Igor Lang"]) await dialog.getByRole("checkbox", { name: holder }).check();
  await look(olga, "office-new", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("office-make"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await offices(olga).getByText(said.name, { exact: true }).waitFor();
  await offices(olga).getByText(olga.t("office-mine"), { exact: true }).waitFor();
}

/** Igor goes away and is covered, Olga goes on duty, and says that he is back when he does not. */
async function whoIsThere(olga, igor, complaints) {
  const inAWeek = new Date(Date.now() + 7 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  await igor.run("away", inAWeek, "--cover", "Olga Petrova", "--note", "At the sea.");
  await igor.run("duty", "registry");
  await offices(olga).getByRole("button").filter({ hasText: ADDRESS }).click();
  const dialog = olga.page.getByRole("dialog");
  const row = dialog.getByRole("listitem").filter({ hasText: "Igor Lang" });
  await row.getByText(olga.t("duty"), { exact: true }).waitFor();
  await row.getByText(/Olga Petrova/).waitFor();
  await dialog.getByRole("checkbox", { name: olga.t("duty-mine") }).check();
  await dialog.getByRole("listitem").filter({ hasText: "Olga Petrova" }).getByText(olga.t("duty"), { exact: true }).waitFor();
  await look(olga, "office-duty", complaints);
  await olga.page.keyboard.press("Escape");
  assert.match(await igor.run("--json", "offices"), /"name":"Olga Petrova","duty":true|"duty":true,"id":"[0-9a-f]+","name":"Olga Petrova"/);
  await olga.page.getByRole("button").filter({ hasText: "Igor Lang" }).first().click();
  await dialog.getByText("At the sea.", { exact: true }).waitFor();
  await look(olga, "person-away", complaints);
  await dialog.getByRole("button", { name: olga.t("away-short"), exact: true }).click();
  await dialog.getByRole("combobox", { name: olga.t("away-cover") }).waitFor();
  await look(olga, "away", complaints);
  await dialog.getByRole("button", { name: olga.t("away-back"), exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  assert.doesNotMatch(await igor.run("people", "igor"), new RegExp(inAWeek));
}

/** Nobody typed an address there. */
async function seenByAPartner({ clara, office }, said, complaints) {
  const row = offices(clara).getByRole("button").filter({ hasText: ADDRESS });
  await row.locator(".outside").getByText(office.name).waitFor();
  await look(clara, "offices-outside", complaints);
  await clara.page.getByRole("searchbox").first().fill(said.name.toLowerCase());
  await row.waitFor();
  await clara.page.getByRole("searchbox").first().fill("");
  await row.click();
  const dialog = clara.page.getByRole("dialog");
  for (const text of [said.note, "Igor Lang", "Olga Petrova"]) await dialog.getByText(text, { exact: true }).waitFor();
  await dialog.locator(".outside").getByText(office.name).waitFor();
  assert.equal(await dialog.getByRole("button", { name: clara.t("office-change"), exact: true }).count(), 0);
  await look(clara, "office-outside", complaints);
}

/** Clara's card stays open, and follows. */
async function leaves({ olga, clara }, complaints) {
  const dialog = clara.page.getByRole("dialog");
  await openPeople(olga);
  await olga.page.getByRole("button").filter({ hasText: "igor.lang@office.example" }).first().click();
  const card = olga.page.getByRole("dialog");
  await card.getByRole("button", { name: olga.t("person-end"), exact: true }).click();
  await card.getByRole("button", { name: olga.t("person-end-sure"), exact: true }).click();
  await card.waitFor({ state: "detached" });
  await dialog.getByText("Igor Lang", { exact: true }).waitFor({ state: "detached" });
  assert.equal(await dialog.getByText("Olga Petrova", { exact: true }).count(), 1);
  await look(clara, "office-without-a-leaver", complaints);
  await clara.page.keyboard.press("Escape");
}

async function change(olga, said, complaints) {
  await offices(olga).getByRole("button").filter({ hasText: ADDRESS }).click();
  const dialog = olga.page.getByRole("dialog");
  await look(olga, "office-own", complaints);
  await dialog.getByRole("button", { name: olga.t("office-change"), exact: true }).click();
  const name = dialog.getByRole("textbox", { name: olga.t("office-name") });
  assert.equal(await name.inputValue(), said.name);
  assert.equal(await dialog.getByRole("checkbox", { name: "Olga Petrova" }).isChecked(), true);
  await name.fill(said.records);
  await look(olga, "office-change", complaints);
  await dialog.getByRole("button", { name: olga.t("save"), exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await offices(olga).getByText(said.records, { exact: true }).waitFor();
}

async function close(olga, said, complaints) {
  await offices(olga).getByRole("button").filter({ hasText: ADDRESS }).click();
  const dialog = olga.page.getByRole("dialog");
  await dialog.getByRole("button", { name: olga.t("office-close"), exact: true }).click();
  await look(olga, "office-close", complaints);
  await dialog.getByRole("button", { name: olga.t("office-close-sure"), exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await offices(olga).getByText(said.records, { exact: true }).waitFor({ state: "detached" });
}
