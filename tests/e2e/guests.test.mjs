// Somebody who has nothing but a browser on a phone is asked by a link and a code: reads, answers with a large scan, keeps a receipt, comes back.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { largeScan } from "./harness/files.mjs";
import { PHONE, look } from "./harness/look.mjs";
import { found } from "./harness/needles.mjs";
import { founded } from "./harness/scene.mjs";
import { Terminal } from "./harness/terminal.mjs";

const SAID = {
  en: {
    guest: "Taras Kovalenko",
    subject: "The accident of 3 May",
    text: "What did you see at the crossing on 3 May 2026?",
    answer: "A red lorry went first. My drawing is attached.",
    other: "Marta Melnyk",
    asksOther: "The accident of 3 May, from the other side",
  },
  ru: {
    guest: "Тарас Коваленко",
    subject: "Авария 3 мая",
    text: "Что вы видели на перекрёстке 3 мая 2026 года?",
    answer: "Первым ехал красный грузовик. Мой рисунок приложен.",
    other: "Марта Мельник",
    asksOther: "Авария 3 мая, с другой стороны",
  },
};

for (const language of ["en", "ru"]) {
  test(`a guest reads, answers and keeps a receipt (${language})`, async () => {
    const scene = await founded({ language });
    const complaints = [];
    const said = SAID[language];
    try {
      const { olga } = scene;
      await olga.inviteFirst("Ivan Sokolov");
      const { link, code } = await ask(olga, said, complaints);
      await isToldWhomItIsFor(olga, link, said, complaints);
      const taras = await scene.person(said.guest, { language, size: PHONE, touch: true });
      await isDroppedByThePhone(taras, link, said, complaints);
      await comesIn(taras, link, code, said, complaints);
      await answers(taras, said, complaints);
      await isAnswered(olga, said, complaints);
      await keepsReceipt(taras, complaints);
      await comesBack(taras, said, complaints);
      await opensAnotherGuestsLink(scene, taras, link, said, complaints);
      await isForOne(scene, link, language, complaints);
      unreadable(scene.server, [...Object.values(said), code, code.replaceAll("-", ""), link.split("#")[1], "drawing.pdf"]);
      assert.deepEqual(complaints, []);
      assert.deepEqual(taras.errors, []);
    } finally {
      await scene.close();
    }
  });
}

/** A phone shows all of a text. */
async function isWhole(page, text) {
  const size = page.viewportSize();
  await page.setViewportSize(PHONE);
  assert.ok(await text.evaluate((element) => element.scrollWidth <= element.clientWidth), "nothing is cut");
  await page.setViewportSize(size);
}

async function ask(olga, said, complaints) {
  const { page } = olga;
  await page.keyboard.press("Alt+Shift+N");
  const dialog = page.getByRole("dialog");
  await isWhole(page, dialog.getByText(olga.t("guest-by-link-hint"), { exact: true }));
  await olga.click(dialog.getByText(olga.t("guest-by-link"), { exact: true }));
  await dialog.getByRole("textbox", { name: olga.t("guest-name"), exact: true }).fill(said.guest);
  await look(olga, "guest-whom", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("go-on"), exact: true }));
  const fill = (name, text) => dialog.getByRole("textbox", { name: olga.t(name), exact: true }).fill(text);
  await fill("request-subject", said.subject);
  await fill("request-text", said.text);
  await olga.click(dialog.getByRole("button", { name: olga.t("request-look"), exact: true }));
  await dialog.locator(".sheet").getByText(said.text).waitFor();
  await look(olga, "guest-look", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("request-send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await olga.click(page.locator(".guest-panel").getByRole("button", { name: olga.t("guest-hand-over"), exact: true }));
  const handing = page.getByRole("dialog");
  const link = await handing.getByRole("textbox", { name: olga.t("guest-hand-link") }).inputValue();
  const code = await handing.locator(".guest-code").innerText();
  await look(olga, "guest-hand-over", complaints);
  await isInAnEmail(olga, handing, link, code, said);
  await print(olga, handing, link, complaints);
  await page.keyboard.press("Escape");
  return { link, code };
}

/** The letter and the code on paper: a camera that looks at the letter finds the link, and not a word of the code. */
async function print(olga, handing, link, complaints) {
  await olga.click(handing.getByText(olga.t("guest-letter"), { exact: true }));
  await handing.getByRole("textbox", { name: olga.t("guest-letter-from") }).fill("1 Harbour Street");
  await look(olga, "guest-letter", complaints);
  const printed = async (id) => {
    const saved = olga.page.waitForEvent("download");
    await olga.click(handing.getByRole("button", { name: olga.t(id), exact: true }));
    const download = await saved;
    assert.match(download.suggestedFilename(), /^2026-.*\.pdf$/);
    return download.path();
  };
  const letter = await printed("guest-letter-print");
  const seen = execFileSync(process.env.VALISE_SQUARES, [letter], { encoding: "utf8" }).trim();
  assert.equal(seen, link, "the square on paper is the link");
  const sheet = await printed("guest-letter-code");
  assert.throws(() => execFileSync(process.env.VALISE_SQUARES, [sheet], { stdio: "pipe" }), "the other sheet has no square");
}

/** The phone drops the page while Taras looks for the code: without the secret it tells him to open the link again, and not what newcomers are told. */
async function isDroppedByThePhone(taras, link, said, complaints) {
  const { page } = taras;
  await page.goto(link);
  await page.getByText(said.guest).first().waitFor();
  await page.reload();
  await page.getByRole("heading", { name: taras.t("guest-again-title"), exact: true }).waitFor();
  assert.equal(await page.getByText(taras.t("landing-text")).count(), 0, "he needs no invitation");
  await look(taras, "guest-again", complaints);
  await page.setViewportSize(PHONE);
  // Another address first: of a change behind the `#` alone a page is not opened anew.
  await page.goto("about:blank");
}

async function comesIn(taras, link, code, said, complaints) {
  const { page } = taras;
  const begin = performance.now();
  await page.goto(link);
  await page.getByText(said.guest).first().waitFor();
  const seen = performance.now();
  assert.equal(new URL(page.url()).hash, "", "the secret is taken out of the address");
  await look(taras, "guest-door", complaints);
  await page.setViewportSize(PHONE);
  const field = taras.field("guest-code");
  // A letter that is wrong is told at once, before anybody is asked.
  await field.fill(code.replace(/^./, (first) => (first === "7" ? "8" : "7")));
  await taras.click(taras.button("guest-go"));
  await page.getByText(taras.t("trouble-bad-code")).waitFor();
  await look(taras, "guest-wrong", complaints);
  await page.setViewportSize(PHONE);
  const typed = performance.now();
  taras.clicks = 0;
  await field.fill(code);
  await taras.click(taras.button("guest-go"));
  await page.locator(".document .sheet-text").getByText(said.text).waitFor();
  const seconds = (seen - begin + performance.now() - typed) / 1000;
  console.log(`U2: a guest reads the request: ${seconds.toFixed(1)} s, ${taras.clicks} clicks and a code, 0 accounts`);
  assert.ok(taras.clicks <= 2, `${taras.clicks} clicks`);
  await look(taras, "guest-request", complaints);
  await page.setViewportSize(PHONE);
  const secret = link.split("#")[1];
  assert.ok(!taras.requests.some((url) => url.includes(secret)), "the secret reached nobody");
}

async function answers(taras, said, complaints) {
  const { page } = taras;
  const file = largeScan();
  const begin = performance.now();
  taras.clicks = 0;
  await taras.click(page.locator(".deeds").getByRole("button", { name: taras.t("request-do-answer"), exact: true }));
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: taras.t("letter-text"), exact: true }).fill(said.answer);
  taras.clicks += 1; // The file is chosen in the phone's own dialog.
  await dialog.locator("input[type=file]").first().setInputFiles(file);
  await dialog.getByText(file.name).waitFor();
  await taras.click(dialog.getByRole("button", { name: taras.t("send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await page.locator(".document .state").getByText(taras.t("request-answered"), { exact: true }).waitFor();
  const saved = page.waitForEvent("download");
  await taras.click(page.locator(".deeds").getByRole("button", { name: taras.t("guest-receipt"), exact: true }));
  await saved;
  const seconds = (performance.now() - begin) / 1000;
  console.log(`U3: answered with 20 MB, receipt in hand: ${seconds.toFixed(1)} s, ${taras.clicks} clicks`);
  assert.ok(taras.clicks <= 5);
  await look(taras, "guest-answered", complaints);
  await page.setViewportSize(PHONE);
}

async function isAnswered(olga, said, complaints) {
  const letter = olga.page.locator(".course-letter").filter({ hasText: said.answer });
  await letter.getByText("drawing.pdf").first().waitFor();
  await olga.page.locator(".guest-panel").getByText(olga.t("guest-in"), { exact: true }).waitFor();
  await look(olga, "guest-is-in", complaints);
}

async function keepsReceipt(taras) {
  const saved = taras.page.waitForEvent("download");
  await taras.click(taras.page.locator(".deeds").getByRole("button", { name: taras.t("guest-receipt"), exact: true }));
  const download = await saved;
  await taras.page.locator(".sureness summary").click();
  const digits = await taras.page.locator(".guest-foot .fingerprint").innerText();
  const terminal = new Terminal();
  try {
    const verdict = await terminal.run("verify", await download.path(), "--fingerprint", digits);
    assert.match(verdict, /drawing\.pdf/, "the answer is in it as it was sent");
  } finally {
    terminal.close();
  }
}

/** The page is closed and opened again: the passkey opens it, and the request is where it was. */
async function comesBack(taras, said, complaints) {
  const origin = new URL(taras.page.url()).origin;
  await taras.page.goto("about:blank");
  await taras.page.goto(origin);
  await taras.click(taras.button("unlock-go"));
  await taras.page.locator(".document .sheet-text").getByText(said.text).waitFor();
  await look(taras, "guest-back", complaints);
}

/** Opens a link in a browser in which a guest's conversation lives. */
async function opensBeside(taras, link) {
  // Another address first: of a change behind the `#` alone a page is not opened anew.
  await taras.page.goto("about:blank");
  await taras.page.goto(link);
  await taras.page.getByText(taras.t("unlock-guest-link")).waitFor();
}

/** Taras opens another guest's link: he is told whose it is and what lives here, keeps his request, and the link is as good as before. By his own he comes back. */
async function opensAnotherGuestsLink(scene, taras, own, said, complaints) {
  const { olga } = scene;
  const { page } = taras;
  const link = await asksAnother(olga, said);
  await opensBeside(taras, link);
  await look(taras, "guest-other-locked", complaints);
  await taras.click(taras.button("unlock-go"));
  await page.getByRole("heading", { name: taras.t("guest-other-title", { guest: said.other }), exact: true }).waitFor();
  await page.getByText(taras.t("guest-link-asked", { asks: "Olga Petrova", guest: said.other })).waitFor();
  const organisation = "Ministry of Weights";
  await page.getByText(taras.t("guest-other-here", { name: said.guest, organisation })).waitFor();
  assert.equal(new URL(page.url()).hash, "", "the secret is taken out of the address");
  assert.equal(await page.getByText(said.text).count(), 0, "his request is not shown beside it");
  await look(taras, "guest-other", complaints);
  await taras.click(page.getByRole("button", { name: taras.t("guest-other-back", { name: said.guest }), exact: true }));
  await page.locator(".document .sheet-text").getByText(said.text).waitFor();
  await opensBeside(taras, own);
  await taras.click(taras.button("unlock-go"));
  await page.locator(".document .sheet-text").getByText(said.text).waitFor();
  const marta = await scene.person(said.other, { language: taras.language });
  await marta.page.goto(link);
  await marta.page.getByText(said.other).first().waitFor();
  await marta.field("guest-code").waitFor();
  assert.deepEqual(marta.errors, []);
}

/** Olga asks somebody else without Valise; returns the link. */
async function asksAnother(olga, said) {
  const { page } = olga;
  await page.keyboard.press("Alt+Shift+N");
  const dialog = page.getByRole("dialog");
  await olga.click(dialog.getByText(olga.t("guest-by-link"), { exact: true }));
  await dialog.getByRole("textbox", { name: olga.t("guest-name"), exact: true }).fill(said.other);
  await olga.click(dialog.getByRole("button", { name: olga.t("go-on"), exact: true }));
  for (const [name, text] of [["request-subject", said.asksOther], ["request-text", said.asksOther]]) {
    await dialog.getByRole("textbox", { name: olga.t(name), exact: true }).fill(text);
  }
  for (const id of ["request-look", "request-send"]) await olga.click(dialog.getByRole("button", { name: olga.t(id), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await page.locator(".document .sheet-text").getByText(said.asksOther).waitFor();
  await olga.click(page.locator(".guest-panel").getByRole("button", { name: olga.t("guest-hand-over"), exact: true }));
  const link = await page.getByRole("dialog").getByRole("textbox", { name: olga.t("guest-hand-link") }).inputValue();
  await page.keyboard.press("Escape");
  return link;
}

/** Olga opens the link in her own browser: she is told whom it is for, goes to the request, and the link is as good as before. */
async function isToldWhomItIsFor(olga, link, said, complaints) {
  const { page } = olga;
  // Another address first: of a change behind the `#` alone a page is not opened anew.
  await page.goto("about:blank");
  await page.goto(link);
  await page.getByText(olga.t("unlock-guest-link")).waitFor();
  await look(olga, "guest-link-locked", complaints);
  await olga.click(olga.button("unlock-go"));
  const dialog = page.getByRole("dialog", { name: olga.t("guest-link-title") });
  await dialog.getByText(olga.t("guest-link-asked", { asks: "Olga Petrova", guest: said.guest })).waitFor();
  assert.equal(new URL(page.url()).hash, "", "the secret is taken out of the address");
  await look(olga, "guest-link", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("guest-link-open"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await page.locator(".document .sheet-text").getByText(said.text).waitFor();
}

/** Whoever comes second gets nothing, whatever code he has. */
async function isForOne(scene, link, language, complaints) {
  const late = await scene.person("Late", { language });
  await late.page.goto(link);
  await late.page.getByRole("heading", { name: late.t("guest-bad-title") }).waitFor();
  await look(late, "guest-late", complaints);
}

/** The server has nothing of what was asked and answered, and no secret of the link, on its disk or in its log. */
function unreadable({ folder, log }, words) {
  const control = path.join(folder, "data", "planted");
  fs.writeFileSync(control, words[0]);
  assert.deepEqual(found(folder, words), [words[0]], "the control is found, and nothing else");
  fs.rmSync(control);
  for (const word of words) assert.ok(!log.includes(word), `${word} in a log`);
}

/** The words of an e-mail hold the link in a line of its own, and neither the code nor what is asked. */
async function isInAnEmail(olga, handing, link, code, said) {
  await olga.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await olga.click(handing.getByRole("button", { name: olga.t("guest-mail-copy"), exact: true }));
  await handing.getByRole("button", { name: olga.t("copied"), exact: true }).waitFor();
  const written = await olga.page.evaluate(() => navigator.clipboard.readText());
  assert.ok(written.split("\n").includes(link), written);
  for (const secret of [code, said.subject, said.text]) assert.ok(!written.includes(secret), secret);
}
