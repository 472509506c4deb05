// An answer that was begun stays on the device when the browser is closed, as what it was begun, and is gone once it is sent. In both languages.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { found } from "./harness/needles.mjs";
import { find, makePartners, pair } from "./harness/pair.mjs";
import { act, openRequests, requestRow } from "./harness/requests.mjs";

const SAID = {
  en: { subject: "Accounts of Mr. Petrov", another: "Calls of Mr. Petrov", text: "Which accounts did Mr. Petrov have?", refusal: "This is a bank’s secret.", ground: "Art. 26 of the Banking Act", part: "The open ones. The closed ones follow." },
  ru: { subject: "Счета Петрова И. И.", another: "Звонки Петрова И. И.", text: "Какие счета были у Петрова И. И.?", refusal: "Это банковская тайна.", ground: "Статья 26 закона о банках", part: "Открытые. Закрытые пришлём позже." },
};
const FILE = { name: "accounts.txt", mimeType: "text/plain", buffer: Buffer.from("40702810000000000001\n") };

for (const language of ["en", "ru"]) {
  test(`an answer that was begun stays until it is sent (${language})`, async () => {
    const scene = await pair({ language });
    const complaints = [];
    const said = SAID[language];
    try {
      const { olga, clara } = scene;
      await makePartners(scene);
      for (const subject of [said.subject, said.another]) await ask(olga, subject, said.text);
      await openRequests(clara);
      await staysWhenLeftInHaste(clara, said);
      await refusalStays(clara, said, complaints);
      await partStays(clara, said, complaints);
      await isGoneOnceSent(clara, said);
      await olga.click(requestRow(olga, said.subject));
      await olga.page.locator(".course-letter").filter({ hasText: said.part }).waitFor();
      assert.deepEqual(complaints, []);
      for (const person of [olga, clara]) assert.deepEqual(person.errors, []);
      await isReadableNowhere(clara, said);
    } finally {
      await scene.close();
    }
  });
}

async function ask(olga, subject, text) {
  await openRequests(olga);
  await olga.page.keyboard.press("Alt+Shift+N");
  const dialog = olga.page.getByRole("dialog");
  await olga.click(await find(dialog, olga, "clara.berg@bank.example"));
  for (const [name, typed] of [["request-subject", subject], ["request-text", text]]) {
    await dialog.getByRole("textbox", { name: olga.t(name), exact: true }).fill(typed);
  }
  for (const id of ["request-look", "request-send"]) await olga.click(dialog.getByRole("button", { name: olga.t(id), exact: true }));
  await dialog.waitFor({ state: "detached" });
}

/** The browser is closed and opened again; ends at the request. */
async function opensAgain(clara, said) {
  await clara.page.reload();
  await clara.button("unlock-go").click();
  await openRequests(clara);
  await clara.click(requestRow(clara, said.subject));
  await clara.page.locator(".document .sheet-text").getByText(said.text).waitFor();
}

/** Whoever turns to another request before what was typed had time to rest finds it again; the other request has none of it. */
async function staysWhenLeftInHaste(clara, said) {
  const dialog = clara.page.getByRole("dialog");
  const title = (subject) => clara.page.locator(".document").getByText(subject, { exact: true }).waitFor();
  await clara.click(requestRow(clara, said.subject));
  await act(clara, "request-do-answer");
  await typed(clara, "letter-text").fill(said.part);
  await clara.page.keyboard.press("Escape");
  await clara.click(requestRow(clara, said.another));
  await dialog.waitFor({ state: "detached" });
  await title(said.another);
  assert.equal(await goOn(clara).count(), 0);
  await clara.click(requestRow(clara, said.subject));
  await title(said.subject);
  await clara.click(goOn(clara));
  assert.equal(await typed(clara, "letter-text").inputValue(), said.part);
  await clara.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
}

function goOn(clara) {
  return clara.page.locator(".deeds").getByRole("button", { name: clara.t("answer-go-on"), exact: true });
}

function typed(clara, name) {
  return clara.page.getByRole("dialog").getByRole("textbox", { name: clara.t(name), exact: true });
}

/** Text, grounds, the mark on its files and that it is a refusal are there again; of its files it is said that they are not. */
async function refusalStays(clara, said, complaints) {
  await act(clara, "request-do-refuse");
  const dialog = clara.page.getByRole("dialog");
  await typed(clara, "letter-text").fill(said.refusal);
  await typed(clara, "request-ground").fill(said.ground);
  await dialog.getByRole("checkbox", { name: clara.t("confidential") }).check();
  await dialog.locator("#letter-picker").setInputFiles(FILE);
  await dialog.getByText(FILE.name).waitFor();
  await dialog.getByText(clara.t("request-kept")).waitFor();
  await look(clara, "answer-kept", complaints);
  await opensAgain(clara, said);
  await goOn(clara).waitFor();
  await look(clara, "answer-begun", complaints);
  await clara.click(goOn(clara));
  await dialog.getByRole("alert").getByText(clara.t("request-files-again")).waitFor();
  assert.equal(await typed(clara, "letter-text").inputValue(), said.refusal);
  assert.equal(await typed(clara, "request-ground").inputValue(), said.ground);
  assert.equal(await dialog.getByRole("checkbox", { name: clara.t("confidential") }).isChecked(), true);
  assert.equal(await dialog.getByText(FILE.name).count(), 0, "a file is not kept");
  await look(clara, "answer-again", complaints);
}

/** What was a refusal becomes a part of an answer, and is that after the next time. */
async function partStays(clara, said, complaints) {
  const dialog = clara.page.getByRole("dialog");
  await clara.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await act(clara, "request-do-answer");
  await typed(clara, "letter-text").fill(said.part);
  await dialog.getByRole("checkbox", { name: clara.t("letter-is-part") }).check();
  await dialog.getByText(clara.t("request-kept")).waitFor();
  await opensAgain(clara, said);
  await clara.click(goOn(clara));
  await dialog.getByRole("heading", { name: clara.t("request-do-answer") }).waitFor();
  assert.equal(await typed(clara, "letter-text").inputValue(), said.part);
  assert.equal(await dialog.getByRole("checkbox", { name: clara.t("letter-is-part") }).isChecked(), true);
  await look(clara, "answer-part-again", complaints);
}

/** Nothing of what was begun lies open in the browser's profile. */
async function isReadableNowhere(clara, said) {
  await clara.context.close();
  const control = path.join(clara.profile, "planted");
  fs.writeFileSync(control, said.ground);
  assert.deepEqual(found(clara.profile, [said.refusal, said.ground, said.part]), [said.ground], "the control is found, and nothing else");
  fs.rmSync(control);
}

async function isGoneOnceSent(clara, said) {
  const dialog = clara.page.getByRole("dialog");
  await clara.click(dialog.getByRole("button", { name: clara.t("send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await clara.page.locator(".document .state").getByText(clara.t("request-partly"), { exact: true }).waitFor();
  await opensAgain(clara, said);
  await act(clara, "request-do-answer");
  assert.equal(await goOn(clara).count(), 0);
  assert.equal(await typed(clara, "letter-text").inputValue(), "");
  assert.equal(await dialog.getByRole("alert").count(), 0);
}
