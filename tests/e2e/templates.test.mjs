// Somebody asks, keeps it as a template, and asks the next one with it: the form travels, signed, to the other side. In both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { find, makePartners, pair } from "./harness/pair.mjs";
import { openRequests } from "./harness/requests.mjs";

const SAID = {
  en: { subject: "Accounts of a person", text: "Which accounts did this person have?", field: "Passport", first: "40 01 123456", second: "40 02 654321", name: "Accounts", other: "Accounts of a citizen" },
  ru: { subject: "Счета гражданина", text: "Какие счета были у этого гражданина?", field: "Паспорт", first: "40 01 123456", second: "40 02 654321", name: "Счета", other: "Счета физического лица" },
};

for (const language of ["en", "ru"]) {
  test(`what is asked often is kept and asked again (${language})`, async () => {
    const scene = await pair({ language });
    const complaints = [];
    const said = SAID[language];
    try {
      await makePartners(scene);
      await askAndKeep(scene, said, complaints);
      await arrives(scene.clara, said.subject, said.first, complaints);
      await askFromTemplate(scene, said, complaints);
      await arrives(scene.clara, said.subject, said.second);
      await askAgain(scene.olga, said);
      await tidyUp(scene.olga, said, complaints);
      assert.deepEqual(complaints, []);
      for (const person of [scene.olga, scene.clara]) assert.deepEqual(person.errors, []);
    } finally {
      await scene.close();
    }
  });
}

/** Fills in one line of the dialog. */
async function fill(person, dialog, name, text) {
  await dialog.getByRole("textbox", { name, exact: true }).fill(text);
}

async function press(person, dialog, id) {
  await person.click(dialog.getByRole("button", { name: person.t(id), exact: true }));
}

/** Signs it; ends where it stands in the document. */
async function send(person, dialog, value) {
  await press(person, dialog, "request-send");
  await dialog.waitFor({ state: "detached" });
  await person.page.locator(".document .sheet-fact").getByText(value).waitFor();
}

/** What was begun is there again after the browser was closed, for whom it was meant. */
async function staysWhenClosed(olga, dialog, said) {
  await dialog.getByText(olga.t("request-kept")).waitFor();
  await olga.page.reload();
  await olga.button("unlock-go").click();
  await openRequests(olga);
  await olga.page.keyboard.press("Alt+Shift+N");
  await dialog.getByText("Clara Berg", { exact: true }).waitFor();
  const typed = (name) => dialog.getByRole("textbox", { name, exact: true }).inputValue();
  assert.equal(await typed(olga.t("request-subject")), said.subject);
  assert.equal(await typed(olga.t("request-text")), said.text);
}

async function askAndKeep({ olga }, said, complaints) {
  await openRequests(olga);
  await olga.page.keyboard.press("Alt+Shift+N");
  const dialog = olga.page.getByRole("dialog");
  await olga.click(await find(dialog, olga, "clara.berg@bank.example"));
  await fill(olga, dialog, olga.t("request-subject"), said.subject);
  await fill(olga, dialog, olga.t("request-text"), said.text);
  await press(olga, dialog, "request-field-add");
  await fill(olga, dialog, olga.t("request-field-name"), said.field);
  await staysWhenClosed(olga, dialog, said);
  // Nothing goes out half filled.
  await press(olga, dialog, "request-look");
  await dialog.getByRole("alert").getByText(said.field).waitFor();
  await fill(olga, dialog, said.field, said.first);
  await look(olga, "request-field", complaints);
  await press(olga, dialog, "request-look");
  await dialog.locator(".sheet-fact").getByText(said.first).waitFor();
  await press(olga, dialog, "template-keep");
  await fill(olga, dialog, olga.t("template-name"), said.name);
  await look(olga, "template-keep", complaints);
  await press(olga, dialog, "template-keep-it");
  await dialog.locator(".keep-template").waitFor({ state: "detached" });
  await send(olga, dialog, said.first);
}

/** The other side opens it, and sees what was filled in. */
async function arrives(person, subject, value, complaints) {
  await openRequests(person);
  const { page } = person;
  const shown = page.locator(".document .sheet-fact").getByText(value);
  // Both are due at the same time: the second is the one that is not open yet.
  await page.locator(".request-row:not([aria-current])").filter({ hasText: subject }).click();
  await shown.waitFor();
  if (complaints) await look(person, "request-form", complaints);
}

/** From the list of requests: all that somebody presses and fills in is counted. */
async function askFromTemplate({ olga }, said, complaints) {
  const begin = performance.now();
  olga.clicks = 0;
  let filled = 0;
  await olga.click(olga.page.locator(".requests .pane-head").getByRole("button", { name: olga.t("request-new"), exact: true }));
  const dialog = olga.page.getByRole("dialog");
  await olga.click(dialog.locator(".template-bar").getByRole("button", { name: said.name, exact: true }));
  // Whom it is for stands in it, too.
  await dialog.locator(".recipient").getByText("Clara Berg").waitFor();
  filled += 1;
  await fill(olga, dialog, said.field, said.second);
  await press(olga, dialog, "request-look");
  await dialog.locator(".sheet-text").getByText(said.text).waitFor();
  await send(olga, dialog, said.second);
  const seconds = (performance.now() - begin) / 1000;
  const interactions = olga.clicks + filled;
  console.log(`U5 from a template: ${seconds.toFixed(1)} s, ${interactions} interactions`);
  assert.ok(interactions <= 8, `${interactions} interactions`);
  await olga.page.keyboard.press("Alt+Shift+N");
  await look(olga, "templates-chips", complaints);
  await olga.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
}

async function askAgain(person, said) {
  const { page } = person;
  await person.click(page.locator(".deeds").getByRole("button", { name: person.t("request-more"), exact: true }));
  await person.click(page.getByRole("menuitem", { name: person.t("request-again"), exact: true }));
  const dialog = page.getByRole("dialog");
  // Somebody is not named in a request: he is chosen anew, then all of it stands there.
  await person.click(await find(dialog, person, "clara.berg@bank.example"));
  assert.equal(await dialog.getByRole("textbox", { name: person.t("request-subject"), exact: true }).inputValue(), said.subject);
  assert.equal(await dialog.getByRole("textbox", { name: said.field, exact: true }).inputValue(), said.second);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
}

async function tidyUp(person, said, complaints) {
  const { page } = person;
  await page.keyboard.press("Alt+Shift+N");
  await person.button("templates-edit").click();
  const dialog = page.getByRole("dialog", { name: person.t("templates"), exact: true });
  await dialog.getByRole("button", { name: person.t("template-change", { name: said.name }), exact: true }).click();
  await fill(person, dialog, person.t("template-name"), said.other);
  await look(person, "templates", complaints);
  await dialog.getByRole("button", { name: person.t("save"), exact: true }).click();
  await dialog.getByRole("button", { name: person.t("template-change", { name: said.other }), exact: true }).click();
  await dialog.getByRole("button", { name: person.t("template-remove"), exact: true }).click();
  await dialog.getByText(person.t("templates-none")).waitFor();
  await dialog.getByRole("button", { name: person.t("templates-back"), exact: true }).click();
  await page.locator(".compose").waitFor();
  assert.equal(await page.locator(".template-bar").count(), 0);
}
