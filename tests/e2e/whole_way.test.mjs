// The whole way of a request: an office asks nobody by name, one of its two holders takes it, asks back, photographs the answer, and it is confirmed; what
// proves all of it is checked by somebody who knows two fingerprints. In both languages.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { found } from "./harness/needles.mjs";
import { digitsOf, find, invited, makePartners, openPeople, pair } from "./harness/pair.mjs";
import { photographOfPaper, readDocument } from "./harness/paper.mjs";
import { act, ask, openRequests, say, stands, requestRow } from "./harness/requests.mjs";
import { scratch } from "./harness/scratch.mjs";
import { Terminal } from "./harness/terminal.mjs";

const SAID = {
  en: {
    office: "Registry",
    subject: "Accounts of Mr. Petrov",
    text: "Which accounts did Mr. Petrov have on 1 June 2026?",
    question: "Do you mean the closed ones, too?",
    meant: "Yes, all of them.",
    answer: "The signed list is attached.",
  },
  ru: {
    office: "Канцелярия",
    subject: "Счета Петрова И. И.",
    text: "Какие счета были у Петрова И. И. на 1 июня 2026 года?",
    question: "Закрытые счета тоже нужны?",
    meant: "Да, все.",
    answer: "Подписанный список приложен.",
  },
};
const ADDRESS = "registry@bank.example";
/** Where paper is and where its heading: parts of a page, from the upper left corner. */
const EDGES = [[0, 0, 0.03, 1], [0.97, 0, 1, 1], [0, 0, 1, 0.03], [0, 0.97, 1, 1]];
const HEADING = [0.08, 0.07, 0.5, 0.12];

for (const language of ["en", "ru"]) {
  test(`an office is asked, and answers with a scan that is proven (${language})`, async () => {
    const scene = await pair({ language });
    const complaints = [];
    const said = SAID[language];
    try {
      const fingerprints = await become(scene, said);
      await asks(scene, said, complaints);
      await oneOfTwoTakesIt(scene, said, complaints);
      await askBack(scene, said);
      await answerWithScan(scene, said, complaints);
      await opensTheScan(scene.olga, said, complaints);
      await confirm(scene, said, complaints);
      for (const person of [scene.olga, scene.dora]) await prove(person, fingerprints);
      for (const { server } of [scene.office, scene.bank]) unreadable(server, said);
      assert.deepEqual(complaints, []);
      for (const person of [scene.olga, scene.clara, scene.dora]) assert.deepEqual(person.errors, []);
    } finally {
      await scene.close();
    }
  });
}

/** Dora comes to the bank, she and Clara hold its office, and the two organisations become partners; returns their fingerprints. */
async function become(scene, said) {
  const { clara } = scene;
  const { language } = clara;
  scene.dora = await scene.person("Dora Weiss", { language });
  await scene.dora.join(await invited(clara, "Dora Weiss"));
  await openPeople(clara);
  await clara.click(clara.button("office-new"));
  const dialog = clara.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: clara.t("office-name") }).fill(said.office);
  await dialog.getByRole("textbox", { name: clara.t("invite-address") }).fill("registry");
  for (const holder of ["Clara Berg", "Dora Weiss"]) await dialog.getByRole("checkbox", { name: holder }).check();
  await clara.click(dialog.getByRole("button", { name: clara.t("office-make"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  const fingerprints = [];
  await makePartners(scene, async (person, dialog, _, name) => {
    fingerprints.push(await digitsOf(dialog, person.t("partner-digits", { name })));
  });
  return fingerprints;
}

async function asks({ olga, bank }, said, complaints) {
  await openRequests(olga);
  await olga.page.keyboard.press("Alt+Shift+N");
  const dialog = olga.page.getByRole("dialog");
  await olga.click(await find(dialog, olga, ADDRESS));
  await dialog.locator(".recipient").getByText(said.office).waitFor();
  await ask(olga, dialog, said, async () => {
    await dialog.locator(".sheet .outside").getByText(bank.name).waitFor();
    await look(olga, "whole-office-look", complaints);
  });
  await olga.page.locator(".document .sheet-text").getByText(said.text).waitFor();
}

/** Both holders have it. Dora takes it, and neither her colleague nor who asks has to ask who it is. */
async function oneOfTwoTakesIt({ olga, clara, dora }, said, complaints) {
  for (const person of [clara, dora]) {
    await openRequests(person);
    await requestRow(person, said.subject).locator(".request-office").getByText(said.office).waitFor();
    await stands(person, said.subject, "request-fresh");
  }
  await look(clara, "whole-inbox", complaints);
  await dora.click(requestRow(dora, said.subject));
  await dora.page.locator(".document .sheet-text").getByText(said.text).waitFor();
  await act(dora, "request-do-assign");
  const dialog = dora.page.getByRole("dialog");
  await dora.click(dialog.getByRole("button").filter({ hasText: dora.t("you") }));
  await dialog.waitFor({ state: "detached" });
  for (const person of [olga, clara, dora]) await stands(person, said.subject, "request-in-work");
  const who = (person) => requestRow(person, said.subject).locator(".request-who bdi");
  await who(dora).getByText(dora.t("you"), { exact: true }).waitFor();
  for (const person of [olga, clara]) await who(person).getByText("Dora Weiss", { exact: true }).waitFor();
  await clara.click(requestRow(clara, said.subject));
  await clara.page.locator(".course").getByText(clara.t("act-took", { name: "Dora Weiss" })).waitFor();
  await look(clara, "whole-taken", complaints);
}

async function askBack({ olga, clara, dora }, said) {
  await say(dora, "request-do-question", said.question);
  for (const person of [olga, clara, dora]) await stands(person, said.subject, "request-questioned");
  await say(olga, "request-do-clarify", said.meant);
  for (const person of [olga, clara, dora]) {
    await stands(person, said.subject, "request-in-work");
    await person.page.locator(".course").getByText(said.meant).waitFor();
  }
}

/** Two pages lie on a table and are photographed; one corner of the first is put right by hand. They go out as one document. */
async function answerWithScan({ olga, clara, dora }, said, complaints) {
  const { page } = dora;
  const photos = [];
  for (const number of [1, 2]) photos.push(await photographOfPaper(page, { number }));
  await say(dora, "request-do-answer", said.answer, async (letter) => {
    const chosen = page.waitForEvent("filechooser");
    await dora.click(letter.getByRole("button", { name: dora.t("attach-scan"), exact: true }));
    await (await chosen).setFiles(photos);
    const paper = page.locator("dialog.paper");
    await paper.locator(".paper-small img").nth(1).waitFor();
    await framed(dora, paper);
    await look(dora, "whole-scan-edges", complaints);
    await dora.click(paper.getByRole("button", { name: dora.t("cover-done"), exact: true }));
    await paper.waitFor({ state: "detached" });
    await letter.getByText(/\.pdf$/).waitFor();
    await look(dora, "whole-answer", complaints);
  });
  for (const person of [olga, clara, dora]) {
    await stands(person, said.subject, "request-answered");
    await person.page.locator(".course-letter").filter({ hasText: said.answer }).locator("button.card").filter({ hasText: ".pdf" }).waitFor();
  }
  await look(olga, "whole-answered", complaints);
}

/** The frame of the first page was found; its upper left corner goes one step to the right and back, as somebody does who puts it right. */
async function framed(person, paper) {
  await paper.locator(".paper-small").first().click();
  await paper.getByRole("button", { name: person.t("paper-edges"), exact: true }).click();
  const corner = paper.getByRole("button", { name: person.t("corner-upper-left"), exact: true });
  const left = () => corner.evaluate((element) => parseFloat(element.style.left));
  const at = await left();
  assert.ok(at > 10 && at < 30, `the corner was found at ${at} %`);
  await corner.focus();
  await person.page.keyboard.press("ArrowRight");
  assert.ok(Math.abs((await left()) - at - 1) < 0.01);
}

/** Who asked opens the paper: two pages, straight, without the table and without what a camera notes. */
async function opensTheScan(olga, said, complaints) {
  const { page } = olga;
  const letter = page.locator(".course-letter").filter({ hasText: said.answer });
  await olga.click(letter.locator("button.card").filter({ hasText: ".pdf" }));
  const viewer = page.locator("dialog.viewer");
  await viewer.locator(".pdf-page canvas").first().waitFor();
  await look(olga, "whole-viewer", complaints);
  const saving = page.waitForEvent("download");
  await viewer.getByRole("button", { name: olga.t("save"), exact: true }).click();
  const bytes = fs.readFileSync(await (await saving).path());
  const read = await readDocument(page, bytes, [...EDGES, HEADING]);
  assert.equal(read.pages, 2);
  for (const gone of ["VALISE-CAMERA", "Exif", "IMG_"]) assert.ok(!bytes.includes(gone), `${gone} was sent`);
  for (const places of read.places) {
    for (const edge of places.slice(0, 4)) assert.ok(edge.mean > 225, `an edge is ${edge.mean}`);
    assert.ok(places[4].least < 90, `the ink is ${places[4].least}`);
  }
  await page.keyboard.press("Escape");
  await viewer.waitFor({ state: "detached" });
}

async function confirm({ olga, clara, dora }, said, complaints) {
  await act(olga, "request-do-confirm");
  const dialog = olga.page.getByRole("dialog");
  await olga.click(dialog.getByRole("button", { name: olga.t("request-do-confirm"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  for (const person of [olga, clara, dora]) {
    await person.page.locator(".document .state").getByText(person.t("request-confirmed"), { exact: true }).waitFor();
    await requestRow(person, said.subject).waitFor({ state: "detached" });
  }
  await look(dora, "whole-done", complaints);
}

/** Saves what proves it all: whoever knows the two fingerprints accepts it, and does not when one bit of it is another. */
async function prove(person, fingerprints) {
  const saved = person.page.waitForEvent("download");
  await act(person, "request-export");
  const bundle = await (await saved).path();
  const known = fingerprints.flatMap((digits) => ["--fingerprint", digits]);
  const terminal = new Terminal();
  const folder = scratch("flipped");
  try {
    const verdict = await terminal.run("verify", bundle, ...known);
    for (const named of [/\.pdf/, /Olga Petrova/, /Dora Weiss/]) assert.match(verdict, named);
    const flipped = path.join(folder, "flipped.evb");
    fs.writeFileSync(flipped, withOneBitFlipped(fs.readFileSync(bundle)));
    await assert.rejects(terminal.run("verify", flipped, ...known), /verify ended with/);
  } finally {
    terminal.close();
    fs.rmSync(folder, { recursive: true });
  }
}

/** Another bit in the middle of the scan. */
function withOneBitFlipped(bundle) {
  const other = Buffer.from(bundle);
  const at = other.indexOf("/DCTDecode") + 2_000;
  assert.ok(at > 2_000, "a photograph lies in it");
  other[at] ^= 1;
  return other;
}

/** Neither server has anything of what was asked and answered, on its disk or in its log. */
function unreadable({ folder, log }, said) {
  const { office, ...secrets } = said;
  const words = [...Object.values(secrets), "PROTOCOL", "/DCTDecode"];
  const control = path.join(folder, "data", "planted");
  fs.writeFileSync(control, said.subject);
  assert.deepEqual(found(folder, words), [said.subject], "the control is found, and nothing else");
  fs.rmSync(control);
  for (const word of words) assert.ok(!log.includes(word), `${word} in a log`);
}
