// A registrar lets requests go by two people. One who asks waits; the other releases; the bank sees in whose name it is, and a terminal proves
// it. The answer is signed, and is the bank's when somebody who may says so. Then all requests are stopped, and what is asked waits.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { digitsOf, find, invited, makePartners, openPeople, pair } from "./harness/pair.mjs";
import { act, openRequests, requestRow } from "./harness/requests.mjs";
import { Terminal } from "./harness/terminal.mjs";

const SAID = {
  en: { subject: "Accounts of Mr. Petrov", text: "Which accounts did Mr. Petrov have on 1 June 2026?", later: "One more account", igors: "The same of his wife", again: "The same of his wife, by name", why: "Say which accounts.", answer: "He had two." },
  ru: { subject: "Счета Петрова И. И.", text: "Какие счета были у Петрова И. И. на 1 июня 2026 года?", later: "Ещё один счёт", igors: "То же о супруге", again: "То же о супруге, поимённо", why: "Укажите, какие счета.", answer: "У него было два счёта." },
};

for (const language of ["en", "ru"]) {
  test(`a request goes when somebody else released it, and none while all are stopped (${language})`, async () => {
    const scene = await pair({ language });
    const igor = new Terminal();
    const complaints = [];
    try {
      const { olga, clara } = scene;
      const said = SAID[language];
      const fingerprints = [];
      await igor.run("join", await invited(olga, "Igor Lang"));
      await makePartners(scene, async (person, dialog, _, name) => {
        fingerprints.push(await digitsOf(dialog, person.t("partner-digits", { name })));
      });
      await rules(olga, complaints);
      // His device says by itself what he releases with.
      await igor.run("status");
      await ask(olga, said.subject, said.text);
      await held(olga, "held-waits");
      await look(olga, "request-held", complaints);
      await released(igor, said);
      await sealed(scene, said, complaints);
      await answered(scene, said, complaints);
      await prove(olga, fingerprints, said, ["Igor Lang", "Clara Berg"]);
      await stop(olga, complaints);
      await ask(olga, said.later, said.text);
      await held(olga, "held-stopped");
      await look(olga, "request-stopped", complaints);
      await openRequests(clara);
      assert.equal(await requestRow(clara, said.later).count(), 0);
      await resume(olga);
      await released(igor, { ...said, subject: said.later });
      await requestRow(clara, said.later).waitFor();
      await releasesInTheBrowser(scene, igor, said, complaints);
      await goesBack(scene, igor, said, complaints);
      assert.deepEqual(complaints, []);
      for (const person of [olga, clara]) assert.deepEqual(person.errors, []);
    } finally {
      igor.close();
      await scene.close();
    }
  });
}

async function openRules(person) {
  await openPeople(person);
  await person.click(person.page.getByRole("button").filter({ hasText: person.t("rules-hint") }));
  return person.page.getByRole("dialog");
}

/** Two people are needed, and Igor may release. */
async function rules(olga, complaints) {
  const dialog = await openRules(olga);
  await dialog.getByRole("radio", { name: olga.t("rules-four-eyes") }).check();
  await dialog.getByText(olga.t("rules-keepers-needed")).waitFor();
  await look(olga, "rules", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("rules-keepers-change"), exact: true }));
  await dialog.locator(".person").filter({ hasText: "Igor Lang" }).getByRole("checkbox").check();
  await look(olga, "rules-keepers", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("rules-keepers-save"), exact: true }));
  await dialog.locator(".strong").getByText("Igor Lang").waitFor();
  await look(olga, "rules-set", complaints);
  await olga.page.keyboard.press("Escape");
}

async function ask(olga, subject, text) {
  await openRequests(olga);
  await olga.page.keyboard.press("Alt+Shift+N");
  const dialog = olga.page.getByRole("dialog");
  await olga.click(await find(dialog, olga, "clara.berg@bank.example"));
  const fill = (name, said) => dialog.getByRole("textbox", { name: olga.t(name), exact: true }).fill(said);
  await fill("request-subject", subject);
  await fill("request-text", text);
  await olga.click(dialog.getByRole("button", { name: olga.t("request-look"), exact: true }));
  await olga.click(dialog.getByRole("button", { name: olga.t("request-send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
}

async function held(olga, id) {
  await olga.page.locator(".sheet-label").getByText(olga.t(id)).waitFor();
}

/** Igor sees in his terminal exactly what the bank will see, and releases it. */
async function released(igor, said) {
  let waiting = [];
  while (waiting.length === 0) waiting = lines(await igor.run("request", "waiting", "--json"));
  assert.equal(waiting[0].subject, said.subject);
  const number = waiting[0].number;
  assert.match(await igor.run("request", "look", number), new RegExp(said.text.slice(0, 20)));
  await igor.run("request", "release", number);
}

/** Olga sends back what Igor asks, and has to say why; Igor sends back what she asks. Each sees it, and nothing has gone to the bank. */
async function goesBack({ olga, clara }, igor, said, complaints) {
  const asking = igor.begin("request", "ask", "clara.berg@bank.example", "--subject", said.again, "--days", "5", "--text", said.text);
  const waiting = olga.page.getByRole("region", { name: olga.t("releases") });
  await olga.click(waiting.getByRole("button").filter({ hasText: said.again }));
  const sheet = olga.page.getByRole("dialog");
  const back = sheet.getByRole("button", { name: olga.t("release-back"), exact: true });
  await olga.click(back);
  await olga.click(back);
  await sheet.getByRole("alert").getByText(olga.t("release-back-missing")).waitFor();
  await sheet.getByRole("textbox", { name: olga.t("release-back-why") }).fill(said.why);
  await look(olga, "release-back", complaints);
  await olga.click(back);
  await sheet.waitFor({ state: "detached" });
  await waiting.waitFor({ state: "detached" });
  await asking.done.catch(() => igor.run("status"));
  let seen = "";
  while (!seen.includes(said.why)) seen = await igor.run("requests", "--json");
  assert.match(seen, /"why":"sent-back"|"why": "sent-back"/);

  await ask(olga, said.again, said.text);
  await held(olga, "held-waits");
  let mine = [];
  while (mine.length === 0) mine = lines(await igor.run("request", "waiting", "--json"));
  await igor.run("request", "send-back", mine[0].number, "--note", said.why);
  await olga.page.locator(".sheet-label").getByText(olga.t("held-back", { name: "Igor Lang", note: said.why })).waitFor();
  await olga.page.locator(".request-row[aria-current]").getByText(olga.t("chip-sent-back"), { exact: true }).waitFor();
  await look(olga, "request-sent-back", complaints);
  await openRequests(clara);
  assert.equal(await requestRow(clara, said.again).count(), 0, "nothing of it has gone");
}

/** Igor asks, and Olga, who may release now, too, reads it as the bank will and releases it. */
async function releasesInTheBrowser({ olga, clara }, igor, said, complaints) {
  await keepers(olga, "Olga Petrova");
  const asking = igor.begin("request", "ask", "clara.berg@bank.example", "--subject", said.igors, "--days", "5", "--text", said.text);
  await openRequests(olga);
  const waiting = olga.page.getByRole("region", { name: olga.t("releases") });
  await waiting.getByText(said.igors).waitFor();
  await look(olga, "releases", complaints);
  await olga.click(waiting.getByRole("button"));
  const sheet = olga.page.getByRole("dialog");
  await sheet.locator(".sheet-text").getByText(said.text).waitFor();
  await look(olga, "release", complaints);
  await olga.click(sheet.getByRole("button", { name: olga.t("release-do"), exact: true }));
  await sheet.waitFor({ state: "detached" });
  await asking.done.catch(() => igor.run("status"));
  await requestRow(clara, said.igors).waitFor();
}

function lines(text) {
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

async function sealed({ olga, clara, office }, said, complaints) {
  await openRequests(clara);
  await clara.click(requestRow(clara, said.subject));
  const seal = clara.page.locator(".sheet-seal");
  await seal.getByText(clara.t("request-sealed", { organisation: office.name })).waitFor();
  await seal.getByText(clara.t("request-sealed-by", { name: "Igor Lang" })).waitFor();
  const asked = bubble(clara, said.text);
  await asked.getByText(clara.t("request-sealed", { organisation: office.name })).waitFor();
  assert.equal(await asked.getAttribute("title"), clara.t("request-sealed-by", { name: "Igor Lang" }));
  await look(clara, "request-sealed", complaints);
  await olga.page.locator(".sheet-seal").waitFor();
}

/** The seal in the bubble of what somebody said. */
function bubble(person, text) {
  return person.page.locator(".talk").getByRole("article").filter({ hasText: text }).locator(".letter-seal");
}

/** Clara answers before the bank has anybody who may seal; then she may, and does. */
async function answered({ olga, clara, bank }, said, complaints) {
  await act(clara, "request-do-answer");
  const dialog = clara.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: clara.t("letter-text"), exact: true }).fill(said.answer);
  await clara.click(dialog.getByRole("button", { name: clara.t("send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  const answer = (person) => person.page.locator(".course-act").filter({ hasText: said.answer });
  await answer(olga).waitFor();
  assert.equal(await answer(olga).locator(".answer-unsealed, .sheet-seal").count(), 0, "nobody of the bank may seal");
  assert.equal(await bubble(olga, said.answer).count(), 0);
  await keepers(clara, "Clara Berg");
  const unsealed = olga.t("answer-unsealed", { name: "Clara Berg", organisation: bank.name });
  await answer(olga).getByText(unsealed).waitFor();
  await look(olga, "answer-unsealed", complaints, answer(olga).locator(".answer-unsealed"));
  await openRequests(clara);
  await clara.click(requestRow(clara, said.subject));
  const seal = answer(clara).getByRole("button", { name: clara.t("answer-seal", { organisation: bank.name }), exact: true });
  await look(clara, "answer-seal", complaints, answer(clara).locator(".answer-unsealed"));
  await clara.click(seal);
  for (const person of [clara, olga]) {
    await answer(person).locator(".sheet-seal").getByText(person.t("request-sealed", { organisation: bank.name })).waitFor();
    await answer(person).locator(".sheet-seal").getByText("Clara Berg").waitFor();
    await bubble(person, said.answer).getByText(person.t("request-sealed", { organisation: bank.name })).waitFor();
  }
  assert.equal(await answer(olga).locator(".answer-unsealed").count(), 0);
  await look(olga, "answer-sealed", complaints, answer(olga).locator(".sheet-seal"));
}

/** Lets somebody release and seal. */
async function keepers(registrar, name) {
  const dialog = await openRules(registrar);
  await registrar.click(dialog.getByRole("button", { name: registrar.t("rules-keepers-change"), exact: true }));
  await dialog.locator(".person").filter({ hasText: name }).getByRole("checkbox").check();
  await registrar.click(dialog.getByRole("button", { name: registrar.t("rules-keepers-save"), exact: true }));
  await dialog.locator(".strong").getByText(name).waitFor();
  await registrar.page.keyboard.press("Escape");
}

async function prove(person, fingerprints, said, names) {
  const saved = person.page.waitForEvent("download");
  const bar = person.page.locator(".deeds");
  await person.click(bar.getByRole("button", { name: person.t("request-more"), exact: true }));
  await person.click(person.page.getByRole("menuitem", { name: person.t("request-export"), exact: true }));
  const download = await saved;
  const terminal = new Terminal();
  try {
    const known = fingerprints.flatMap((digits) => ["--fingerprint", digits]);
    const verdict = await terminal.run("verify", await download.path(), ...known);
    for (const name of names) assert.match(verdict, new RegExp(name), "who sealed something is named");
    assert.ok(fs.statSync(await download.path()).size > said.text.length);
  } finally {
    terminal.close();
  }
}

async function stop(olga, complaints) {
  const dialog = await openRules(olga);
  await olga.click(dialog.getByRole("button", { name: olga.t("rules-stop"), exact: true }));
  await olga.click(dialog.getByRole("button", { name: olga.t("rules-stop-sure"), exact: true }));
  await dialog.getByRole("button", { name: olga.t("rules-resume"), exact: true }).waitFor();
  await olga.page.keyboard.press("Escape");
  await openRequests(olga);
  await olga.page.locator(".requests-stopped").waitFor();
  await look(olga, "requests-stopped", complaints);
}

async function resume(olga) {
  const dialog = await openRules(olga);
  await olga.click(dialog.getByRole("button", { name: olga.t("rules-resume"), exact: true }));
  await dialog.getByRole("button", { name: olga.t("rules-stop"), exact: true }).waitFor();
  await olga.page.keyboard.press("Escape");
}
