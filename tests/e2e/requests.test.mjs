// One organisation asks another formally; it asks back, answers with a file, and the answer is confirmed. Both see where it stands.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { found } from "./harness/needles.mjs";
import { digitsOf, find, makePartners, pair } from "./harness/pair.mjs";
import { act, openRequests, requestRow, say, stands } from "./harness/requests.mjs";
import { Terminal } from "./harness/terminal.mjs";

const SAID = {
  en: {
    subject: "Accounts of Mr. Petrov",
    text: "Which accounts did Mr. Petrov have on 1 June 2026?",
    basis: "Order 4471 of 12 November 2026",
    question: "Do you mean the closed ones, too?",
    meant: "Yes, all of them.",
    answer: "The list is attached.",
    leftOut: "1 file was left out.",
  },
  ru: {
    subject: "Счета Петрова И. И.",
    text: "Какие счета были у Петрова И. И. на 1 июня 2026 года?",
    basis: "Постановление № 4471 от 12 ноября 2026 года",
    question: "Закрытые счета тоже нужны?",
    meant: "Да, все.",
    answer: "Список приложен.",
    leftOut: "Не приложен 1 файл.",
  },
};
const FILE = { name: "accounts.txt", mimeType: "text/plain", buffer: Buffer.from("40702810000000000001\n") };

for (const language of ["en", "ru"]) {
  test(`a request goes to a partner and comes back answered (${language})`, async () => {
    const scene = await pair({ language });
    const complaints = [];
    try {
      const fingerprints = [];
      await makePartners(scene, async (person, dialog, _, name) => {
        fingerprints.push(await digitsOf(dialog, person.t("partner-digits", { name })));
      });
      const said = SAID[language];
      await ask(scene, said, complaints);
      await openAndTake(scene, said, complaints);
      await askBack(scene, said);
      await answer(scene, said, complaints);
      await confirm(scene, said, complaints);
      for (const person of [scene.olga, scene.clara]) await prove(person, fingerprints);
      await leaveOut(scene.olga, said, fingerprints, complaints);
      for (const { server } of [scene.office, scene.bank]) unreadable(server, said);
      assert.deepEqual(complaints, []);
      for (const person of [scene.olga, scene.clara]) assert.deepEqual(person.errors, []);
    } finally {
      await scene.close();
    }
  });
}

async function ask({ olga, bank }, said, complaints) {
  const { page } = olga;
  await openRequests(olga);
  await look(olga, "requests-empty", complaints);
  // Clara shows herself when her device has heard of the partnership.
  await page.keyboard.press("Alt+Shift+N");
  const dialog = page.getByRole("dialog");
  const clara = await find(dialog, olga, "clara.berg@bank.example");
  await look(olga, "request-whom", complaints);
  const begin = performance.now();
  olga.clicks = 0;
  let typed = 0;
  const fill = async (name, text) => {
    typed += 1;
    await dialog.getByRole("textbox", { name: olga.t(name), exact: true }).fill(text);
  };
  await olga.click(clara);
  await fill("request-subject", said.subject);
  await fill("request-text", said.text);
  await fill("request-basis", said.basis);
  await look(olga, "request-new", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("request-look"), exact: true }));
  await dialog.locator(".sheet").getByText(said.text).waitFor();
  await dialog.locator(".sheet .outside").getByText(bank.name).waitFor();
  await look(olga, "request-look", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("request-send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await page.locator(".document .sheet-text").getByText(said.text).waitFor();
  const seconds = (performance.now() - begin) / 1000;
  console.log(`U5: a request is written and signed: ${seconds.toFixed(1)} s, ${olga.clicks + typed} interactions`);
  assert.ok(olga.clicks + typed <= 8);
  await look(olga, "request-sent", complaints);
}

async function openAndTake({ olga, clara, office }, said, complaints) {
  await openRequests(clara);
  await requestRow(clara, said.subject).locator(".outside").getByText(office.name).waitFor();
  await look(clara, "requests", complaints);
  const reached = (word) => requestRow(olga, said.subject).locator(".request-reached").getByText(olga.t(word), { exact: true }).waitFor({ state: "attached" });
  await reached("request-reached-delivered");
  const begin = performance.now();
  await clara.click(requestRow(clara, said.subject));
  await clara.page.locator(".document .sheet-text").getByText(said.text).waitFor();
  await reached("request-reached-opened");
  console.log(`U6: that it was opened is seen in the list: ${(performance.now() - begin).toFixed(0)} ms, 0 clicks`);
  await look(clara, "request", complaints);
  await act(clara, "request-do-assign");
  const dialog = clara.page.getByRole("dialog");
  await look(clara, "request-assign", complaints);
  await clara.click(dialog.getByRole("button").filter({ hasText: clara.t("you") }));
  await dialog.waitFor({ state: "detached" });
  await stands(olga, said.subject, "request-in-work");
  await stands(clara, said.subject, "request-in-work");
}

async function askBack({ olga, clara }, said) {
  await say(clara, "request-do-question", said.question);
  await stands(olga, said.subject, "request-questioned");
  await olga.page.locator(".talk").getByRole("article").filter({ hasText: said.question }).getByText(olga.t("letter-question"), { exact: true }).waitFor();
  await say(olga, "request-do-clarify", said.meant);
  await stands(clara, said.subject, "request-in-work");
  await clara.page.locator(".course").getByText(said.meant).waitFor();
}

async function answer({ olga, clara }, said, complaints) {
  await say(clara, "request-do-answer", said.answer, async (dialog) => {
    await dialog.locator("#letter-picker").setInputFiles(FILE);
    await dialog.getByText(FILE.name).waitFor();
    await look(clara, "request-answer", complaints);
  });
  await stands(olga, said.subject, "request-answered");
  const letter = olga.page.locator(".course-letter").filter({ hasText: said.answer });
  await letter.getByText(FILE.name).first().waitFor();
  await look(olga, "request-answered", complaints);
}

async function confirm({ olga, clara }, said, complaints) {
  await act(olga, "request-do-confirm");
  const dialog = olga.page.getByRole("dialog");
  await look(olga, "request-confirm", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("request-do-confirm"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  for (const person of [olga, clara]) {
    await person.page.locator(".document .state").getByText(person.t("request-confirmed"), { exact: true }).waitFor();
    await person.page.locator(".requests .chip").filter({ hasText: person.t("requests-ended") }).click();
    await stands(person, said.subject, "request-confirmed");
  }
  await look(clara, "requests-ended", complaints);
}

/** Saves what proves it all, and has it verified by somebody who knows the two fingerprints alone. */
async function prove(person, fingerprints) {
  const saved = person.page.waitForEvent("download");
  await act(person, "request-export");
  const download = await saved;
  assert.match(download.suggestedFilename(), /\.evb$/);
  assert.ok(fs.readFileSync(await download.path()).includes("report.pdf"), "what it says lies in it, to be read");
  const terminal = new Terminal();
  try {
    const known = fingerprints.flatMap((digits) => ["--fingerprint", digits]);
    const verdict = await terminal.run("verify", await download.path(), ...known);
    assert.match(verdict, new RegExp(FILE.name), "the answer is in it as it was sent");
  } finally {
    terminal.close();
  }
}

/** Saves it without a file, and has it said by whoever verifies it what was left out. */
async function leaveOut(person, said, fingerprints, complaints) {
  await act(person, "request-export-without");
  const dialog = person.page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: FILE.name }).check();
  await look(person, "request-leave-out", complaints);
  const saved = person.page.waitForEvent("download");
  await person.click(dialog.getByRole("button", { name: person.t("request-export"), exact: true }));
  const bundle = await (await saved).path();
  await dialog.waitFor({ state: "detached" });
  await person.page.getByText(said.leftOut).waitFor();
  await look(person, "request-left-out", complaints);
  assert.ok(!fs.readFileSync(bundle).includes(FILE.buffer), "the file is not in it");
  const terminal = new Terminal();
  try {
    const known = fingerprints.flatMap((digits) => ["--fingerprint", digits]);
    const verdict = await terminal.run("verify", bundle, ...known);
    assert.match(verdict, /accounts\.txt.*\n.*left out on purpose/);
    assert.match(verdict, /left out on purpose: 1/);
  } finally {
    terminal.close();
  }
}

/** Neither server has anything of what was asked and answered, on its disk or in its log. */
function unreadable({ folder, log }, said) {
  const words = [...Object.values(said), FILE.name, FILE.buffer.toString().trim(), "OLGA.PETROVA"];
  const control = path.join(folder, "data", "planted");
  fs.writeFileSync(control, said.subject);
  assert.deepEqual(found(folder, words), [said.subject], "the control is found, and nothing else");
  fs.rmSync(control);
  for (const word of words) assert.ok(!log.includes(word), `${word} in a log`);
}
