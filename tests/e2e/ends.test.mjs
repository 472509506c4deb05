// A request that ends with its deadline says so while it is asked, before it goes, and on both sides.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { find, makePartners, pair } from "./harness/pair.mjs";
import { act, fact, openRequests, requestRow } from "./harness/requests.mjs";

const SAID = {
  en: { subject: "Accounts of Mr. Petrov", text: "Which accounts did Mr. Petrov have on 1 June 2026?" },
  ru: { subject: "Счета Петрова И. И.", text: "Какие счета были у Петрова И. И. на 1 июня 2026 года?" },
};

for (const language of ["en", "ru"]) {
  test(`a request that ends by itself says so on both sides (${language})`, async () => {
    const scene = await pair({ language });
    const complaints = [];
    try {
      await makePartners(scene);
      const due = await ask(scene, SAID[language], complaints);
      await seen(scene, SAID[language], due, complaints);
      await neverEnds(scene, complaints);
      assert.deepEqual(complaints, []);
      for (const person of [scene.olga, scene.clara]) assert.deepEqual(person.errors, []);
    } finally {
      await scene.close();
    }
  });
}

/** Olga asks Clara, and it is to end with the deadline; returns when it is due, as she reads it. */
async function ask({ olga }, said, complaints) {
  await openRequests(olga);
  await olga.page.keyboard.press("Alt+Shift+N");
  const dialog = olga.page.getByRole("dialog");
  await olga.click(await find(dialog, olga, "clara.berg@bank.example"));
  const fill = (name, text) => dialog.getByRole("textbox", { name: olga.t(name), exact: true }).fill(text);
  await fill("request-subject", said.subject);
  await fill("request-text", said.text);
  const ends = dialog.getByRole("group", { name: olga.t("request-ends-itself") });
  await olga.click(ends.getByRole("radio", { name: olga.t("request-ends-after"), exact: true }));
  await dialog.getByRole("spinbutton", { name: olga.t("request-ends-days") }).waitFor();
  await look(olga, "ends-after", complaints, ends);
  await olga.click(ends.getByRole("radio", { name: olga.t("request-ends-with"), exact: true }));
  await dialog.getByText(olga.t("request-ends-hint")).waitFor();
  await olga.click(dialog.getByRole("button", { name: olga.t("request-look"), exact: true }));
  await dialog.locator(".sheet-fact").getByText(olga.t("request-ends-with"), { exact: true }).waitFor();
  await look(olga, "ends-look", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("request-send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await olga.page.locator(".document .sheet-text").getByText(said.text).waitFor();
  return fact(olga, "request-ends-itself").innerText();
}

/** It ends at the same instant for both, which is when it is due. */
async function seen({ olga, clara }, said, ends, complaints) {
  await openRequests(clara);
  await clara.click(requestRow(clara, said.subject));
  await clara.page.locator(".document .sheet-text").getByText(said.text).waitFor();
  assert.equal(await fact(clara, "request-ends-itself").innerText(), ends);
  for (const person of [olga, clara]) assert.ok((await fact(person, "request-due").innerText()).startsWith(ends));
  await look(clara, "ends-asked", complaints);
}

/** Another wording takes the end away, and says so. */
async function neverEnds({ olga, clara }, complaints) {
  await act(olga, "request-do-amend");
  const dialog = olga.page.getByRole("dialog");
  const ends = dialog.getByRole("group", { name: olga.t("request-ends-itself") });
  await olga.click(ends.getByRole("radio", { name: olga.t("request-ends-never"), exact: true }));
  await look(olga, "ends-amend", complaints, ends);
  await olga.click(dialog.getByRole("button", { name: olga.t("send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  const changed = clara.page.locator(".changes").getByText(clara.t("request-ends-never"));
  await changed.waitFor();
  for (const person of [olga, clara]) await fact(person, "request-ends-itself").waitFor({ state: "detached" });
}
