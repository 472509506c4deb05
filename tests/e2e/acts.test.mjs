// Everything that is done with a request besides answering it at once: numbers, time, parts, refusals, disputes, ends; and what is late. Both sides see the
// same after each. In both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { find, invited, makePartners, openPeople, pair } from "./harness/pair.mjs";
import { act, ask, counts, decide, fact, filter, openRequests, requestRow, say, stands } from "./harness/requests.mjs";
import { Terminal } from "./harness/terminal.mjs";

const SAID = {
  en: {
    text: "Which accounts did Mr. Petrov have?",
    accounts: "Accounts of Mr. Petrov",
    calls: "Calls of Mr. Petrov",
    cards: "Cards of Mr. Petrov",
    late: "Safe of Mr. Petrov",
    why: "The archive is closed this week.",
    no: "The court sits before that.",
    part: "The open ones.",
    all: "All of them.",
    wrong: "The closed ones are missing.",
    again: "With the closed ones.",
    refusal: "This is a bank’s secret.",
    ground: "Art. 26 of the Banking Act",
    over: "The case was closed.",
    desk: "Desk",
  },
  ru: {
    text: "Какие счета были у Петрова И. И.?",
    accounts: "Счета Петрова И. И.",
    calls: "Звонки Петрова И. И.",
    cards: "Карты Петрова И. И.",
    late: "Сейф Петрова И. И.",
    why: "Архив на этой неделе закрыт.",
    no: "Суд заседает раньше.",
    part: "Открытые.",
    all: "Все.",
    wrong: "Нет закрытых.",
    again: "Вместе с закрытыми.",
    refusal: "Это банковская тайна.",
    ground: "Статья 26 закона о банках",
    over: "Дело прекращено.",
    desk: "Приёмная",
  },
};
const NUMBER = "IN-77/26";
const DAY = 24 * 60 * 60 * 1000;

for (const language of ["en", "ru"]) {
  test(`time, parts, disputes and refusals stand the same on both sides (${language})`, async () => {
    const scene = await pair({ language });
    const complaints = [];
    const said = SAID[language];
    try {
      const { olga, clara } = scene;
      await makePartners(scene);
      for (const subject of [said.accounts, said.calls]) await asks(olga, { subject, text: said.text });
      await openRequests(clara);
      await opens(scene, said.accounts, said);
      await isRegistered(scene, said, complaints);
      await getsTime(scene, said, complaints);
      await isAnsweredInParts(scene, said);
      await isDisputed(scene, said, complaints);
      await opens(scene, said.calls, said);
      await getsNoTime(scene, said, complaints);
      await isRefused(scene, said, complaints);
      await isClosed(scene, said, complaints);
      assert.deepEqual(complaints, []);
      for (const person of [olga, clara]) assert.deepEqual(person.errors, []);
    } finally {
      await scene.close();
    }
  });

  test(`what is urgent, late, withdrawn and over is found by its filter (${language})`, async () => {
    const scene = await pair({ language });
    const igor = new Terminal();
    const complaints = [];
    const said = SAID[language];
    try {
      const { olga, clara } = scene;
      await igor.run("join", await invited(olga, "Igor Lang"));
      await tellsEverybodyAtOnce(clara);
      await openPeople(olga);
      await makeDesk(olga, said);
      await openPeople(clara);
      await makePartners(scene);
      await igor.run("status");
      await asks(olga, { subject: said.accounts, text: said.text });
      await asks(olga, { subject: said.calls, text: said.text }, tomorrow());
      await asks(olga, { subject: said.cards, text: said.text });
      await openRequests(clara);
      await opens(scene, said.calls, said);
      await isUrgent(scene, said, complaints);
      await isReminded(scene, said);
      await isWithdrawn(scene, said, complaints);
      await isLate(scene, igor, said, complaints);
      assert.deepEqual(complaints, []);
      for (const person of [olga, clara]) assert.deepEqual(person.errors, []);
    } finally {
      igor.close();
      await scene.close();
    }
  });
}

/** Olga asks Clara; `day` is the last on which an answer is in time. */
async function asks(olga, letter, day) {
  await openRequests(olga);
  await olga.page.keyboard.press("Alt+Shift+N");
  const dialog = olga.page.getByRole("dialog");
  await olga.click(await find(dialog, olga, "clara.berg@bank.example"));
  if (day) {
    await dialog.getByRole("radio", { name: olga.t("request-by-day") }).check({ force: true });
    await dialog.locator("input[type=date]").fill(day);
  }
  await ask(olga, dialog, letter);
}

function tomorrow() {
  const day = new Date(Date.now() + DAY);
  const two = (number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** Both have a request before them. */
async function opens({ olga, clara }, subject, said) {
  for (const person of [olga, clara]) {
    await person.click(requestRow(person, subject));
    await person.page.locator(".document .sheet-subject").getByText(subject, { exact: true }).waitFor();
    await person.page.locator(".document .sheet-text").getByText(said.text).waitFor();
  }
}

/** Both lists and both documents say so of where it stands. */
async function both({ olga, clara }, subject, state) {
  for (const person of [olga, clara]) {
    await stands(person, subject, state);
    await person.page.locator(".document .sheet-marks .state").getByText(person.t(state), { exact: true }).waitFor();
  }
}

/** When an answer is due, as both documents say it. */
async function due({ olga, clara }) {
  const read = (person) => fact(person, "request-due").innerText();
  const [hers, theirs] = [await read(olga), await read(clara)];
  assert.equal(hers, theirs);
  return hers;
}

/** What was done stands on both sides, with the words that were said with it. */
async function done({ olga, clara }, id, words) {
  for (const person of [olga, clara]) {
    const [before, after] = person.t(id, { name: "\0", day: "\0", number: NUMBER }).split("\0");
    const said = person.page.locator(".document .course-act").filter({ hasText: before || after });
    await said.filter({ hasText: words }).last().waitFor();
  }
}

async function isRegistered(scene, said, complaints) {
  await decide(scene.clara, "request-do-register", { "request-number-own": NUMBER }, () => look(scene.clara, "act-register", complaints));
  await both(scene, said.accounts, "request-registered");
  await fact(scene.olga, "request-their-number").getByText(NUMBER).waitFor();
}

async function getsTime(scene, said, complaints) {
  const before = await due(scene);
  await decide(scene.clara, "request-do-ask-time", { "request-why-optional": said.why }, () => look(scene.clara, "act-ask-time", complaints));
  await done(scene, "act-extension-asked", said.why);
  await fact(scene.olga, "request-asked-until").waitFor();
  assert.equal(await due(scene), before, "until they agree the deadline stays");
  await decide(scene.olga, "request-do-give-time", {}, () => look(scene.olga, "act-give-time", complaints));
  for (const person of [scene.olga, scene.clara]) {
    await fact(person, "request-asked-until").waitFor({ state: "detached" });
  }
  assert.notEqual(await due(scene), before);
  const left = (person) => requestRow(person, said.accounts).locator(".request-due").innerText();
  assert.equal(await left(scene.olga), await left(scene.clara));
}

async function isAnsweredInParts(scene, said) {
  await say(scene.clara, "request-do-answer", said.part, (dialog) => dialog.getByRole("checkbox", { name: scene.clara.t("letter-is-part") }).check());
  await both(scene, said.accounts, "request-partly");
  await done(scene, "act-partly-answered", said.part);
  await say(scene.clara, "request-do-answer", said.all);
  await both(scene, said.accounts, "request-answered");
  await done(scene, "act-answered", said.all);
}

/** Olga does not take it for an answer, and has to say why; then she gets one that she takes. */
async function isDisputed(scene, said, complaints) {
  const { olga, clara } = scene;
  await decide(olga, "request-do-dispute", {}, async (dialog) => {
    await olga.click(dialog.getByRole("button", { name: olga.t("request-do-dispute"), exact: true }));
    await dialog.getByRole("alert").getByText(olga.t("request-why-missing")).waitFor();
    await dialog.getByRole("textbox", { name: olga.t("request-why"), exact: true }).fill(said.wrong);
    await look(olga, "act-dispute", complaints);
  });
  await both(scene, said.accounts, "request-disputed");
  await done(scene, "act-disputed", said.wrong);
  await counts(clara, "requests-for-us", 2);
  await look(clara, "act-disputed", complaints);
  await say(clara, "request-do-answer", said.again);
  await both(scene, said.accounts, "request-answered");
  await counts(clara, "requests-for-us", 1);
  await decide(olga, "request-do-confirm");
  for (const person of [olga, clara]) {
    await person.page.locator(".document .sheet-marks .state").getByText(person.t("request-confirmed"), { exact: true }).waitFor();
    await requestRow(person, said.accounts).waitFor({ state: "detached" });
    await counts(person, "requests-ended", 1);
  }
}

async function getsNoTime(scene, said, complaints) {
  const before = await due(scene);
  await decide(scene.clara, "request-do-ask-time", { "request-why-optional": said.why });
  await done(scene, "act-extension-asked", said.why);
  await decide(scene.olga, "request-do-deny-time", { "request-why-optional": said.no }, () => look(scene.olga, "act-deny-time", complaints));
  await done(scene, "act-extension-denied", said.no);
  assert.equal(await due(scene), before);
}

async function isRefused(scene, said, complaints) {
  const { clara } = scene;
  await say(clara, "request-do-refuse", said.refusal, async (dialog) => {
    await dialog.getByRole("textbox", { name: clara.t("request-ground"), exact: true }).fill(said.ground);
    await look(clara, "act-refuse", complaints);
  });
  await both(scene, said.calls, "request-refused");
  await done(scene, "act-refused", said.ground);
  await done(scene, "act-refused", said.refusal);
  await look(scene.olga, "act-refused", complaints);
}

/** Olga ends it; nothing can be done with it then but to save what proves it, and to ask the same again. */
async function isClosed(scene, said, complaints) {
  const { olga, clara } = scene;
  await decide(olga, "request-do-close", { "request-why-optional": said.over }, () => look(olga, "act-close", complaints));
  for (const person of [olga, clara]) {
    await counts(person, "requests-open", 0);
    await counts(person, "requests-ended", 2);
    await person.click(filter(person, "requests-ended"));
  }
  await both(scene, said.calls, "request-closed");
  await done(scene, "act-closed", said.over);
  await clara.page.locator(".deeds .button.primary").getByText(clara.t("request-export"), { exact: true }).waitFor();
  await look(clara, "act-closed", complaints);
}

/** Everybody of the bank is told as soon as something is late, and what is due in three days is near. */
async function tellsEverybodyAtOnce(clara) {
  await clara.click(clara.page.getByRole("navigation", { name: clara.t("sections") }).getByRole("button", { name: clara.t("settings") }));
  await clara.click(clara.page.getByRole("button", { name: clara.t("deadlines") }));
  const dialog = clara.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: clara.t("deadlines-remind") }).fill("3");
  await dialog.getByRole("textbox", { name: clara.t("deadlines-escalate") }).fill("0");
  await clara.click(dialog.getByRole("button", { name: clara.t("save"), exact: true }));
  await dialog.waitFor({ state: "detached" });
}

/** Olga and Igor hold an office: what Igor asks for it stands in her list, too. */
async function makeDesk(olga, said) {
  await olga.click(olga.button("office-new"));
  const dialog = olga.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: olga.t("office-name") }).fill(said.desk);
  await dialog.getByRole("textbox", { name: olga.t("invite-address") }).fill("desk");
  for (const holder of ["Olga Petrova", "Igor Lang"]) await dialog.getByRole("checkbox", { name: holder }).check();
  await olga.click(dialog.getByRole("button", { name: olga.t("office-make"), exact: true }));
  await dialog.waitFor({ state: "detached" });
}

/** Behind each filter is what it says, and as many as it says. */
async function behind(person, id, subjects) {
  await counts(person, id, subjects.length);
  await person.click(filter(person, id));
  for (const subject of subjects) await requestRow(person, subject).waitFor();
  await person.page.locator(".request-row").nth(subjects.length).waitFor({ state: "detached" });
}

async function isUrgent({ olga, clara }, said, complaints) {
  for (const person of [olga, clara]) {
    await counts(person, "requests-open", 3);
    await behind(person, "requests-urgent", [said.calls]);
  }
  await look(clara, "filter-urgent", complaints);
  await behind(olga, "requests-waiting", [said.accounts, said.calls, said.cards]);
  await behind(clara, "requests-for-us", [said.accounts, said.calls, said.cards]);
  for (const person of [olga, clara]) await behind(person, "requests-escalated", []);
  await clara.page.getByText(clara.t("requests-none-here")).waitFor();
  for (const person of [olga, clara]) await person.click(filter(person, "requests-open"));
}

/** Olga asks not to forget it, in plain words, which she does once a day. */
async function isReminded({ olga, clara }) {
  await act(olga, "request-remind");
  await olga.page.getByText(olga.t("request-reminded"), { exact: true }).waitFor();
  await clara.message(olga.t("request-remind-text")).waitFor();
  await olga.page.locator(".deeds").getByRole("button", { name: olga.t("request-remind"), exact: true }).waitFor({ state: "detached" });
}

async function isWithdrawn(scene, said, complaints) {
  const { olga, clara } = scene;
  await opens(scene, said.cards, said);
  await decide(olga, "request-do-withdraw", { "request-why-optional": said.over }, () => look(olga, "act-withdraw", complaints));
  for (const person of [olga, clara]) {
    await behind(person, "requests-open", [said.accounts, said.calls]);
    await behind(person, "requests-ended", [said.cards]);
  }
  await both(scene, said.cards, "request-withdrawn");
  await done(scene, "act-withdrawn", said.over);
  for (const person of [olga, clara]) await person.click(filter(person, "requests-open"));
}

/** Igor asks for the desk what is due in a moment. Nobody presses anything: that it was delivered, opened and is late stands in the list. */
async function isLate(scene, igor, said, complaints) {
  const { olga, clara } = scene;
  const soon = new Date(Date.now() + 25_000);
  const local = new Date(soon - soon.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  await igor.run("request", "ask", "clara.berg@bank.example", "--from", "desk", "--subject", said.late, "--until", local, "--text", said.text);
  const row = requestRow(olga, said.late);
  const reached = (id) => row.locator(".request-reached").getByText(olga.t(id), { exact: true }).waitFor({ state: "attached" });
  await row.waitFor();
  olga.clicks = 0;
  await reached("request-reached-delivered");
  await requestRow(clara, said.late).waitFor();
  await clara.click(requestRow(clara, said.late));
  const begin = performance.now();
  await reached("request-reached-opened");
  const opened = performance.now() - begin;
  for (const person of [olga, clara]) await requestRow(person, said.late).locator(".request-due .left.red").waitFor();
  console.log(`U6: delivered, opened and late are seen in the list: opened after ${opened.toFixed(0)} ms, ${olga.clicks} clicks`);
  assert.equal(olga.clicks, 0);
  await look(olga, "late-list", complaints);
  await behind(clara, "requests-escalated", [said.late]);
  await look(clara, "filter-escalated", complaints);
  // What is late is what comes first.
  await behind(clara, "requests-urgent", [said.late, said.calls]);
  await behind(olga, "requests-urgent", [said.late, said.calls]);
  assert.match(await olga.page.locator(".request-row").first().innerText(), new RegExp(said.late));
  await behind(olga, "requests-escalated", []);
}
