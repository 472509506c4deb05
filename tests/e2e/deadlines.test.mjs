// A registrar says which days are off; what is asked then is counted so, worded anew, given to a colleague with a few words for him alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { found } from "./harness/needles.mjs";
import { find, makePartners, pair } from "./harness/pair.mjs";
import { act, requestRow } from "./harness/requests.mjs";

const SAID = {
  en: {
    subject: "Accounts of Mr. Petrov",
    text: "Which accounts did Mr. Petrov have on 1 June 2026?",
    again: "Which accounts did Mr. Petrov have on 1 June 2026, and which cards?",
    note: "You know this customer.",
    calendar: "Office year",
  },
  ru: {
    subject: "Счета Петрова И. И.",
    text: "Какие счета были у Петрова И. И. на 1 июня 2026 года?",
    again: "Какие счета и карты были у Петрова И. И. на 1 июня 2026 года?",
    note: "Вы знаете этого клиента.",
    calendar: "Рабочий год",
  },
};
const DAY = 24 * 60 * 60 * 1000;

for (const language of ["en", "ru"]) {
  test(`a deadline is counted by a calendar, and the request is changed and given on (${language})`, async () => {
    const scene = await pair({ language });
    const complaints = [];
    try {
      await makePartners(scene);
      const said = SAID[language];
      const [before, after] = await saysCalendar(scene.olga, said, complaints);
      assert.notEqual(before, after, "a day off moves the date");
      await ask(scene, said, after, complaints);
      await amend(scene, said, complaints);
      await giveOn(scene, said, complaints);
      for (const { server } of [scene.office, scene.bank]) unreadable(server, said);
      assert.deepEqual(complaints, []);
      for (const person of [scene.olga, scene.clara]) assert.deepEqual(person.errors, []);
    } finally {
      await scene.close();
    }
  });
}

async function section(person, name) {
  await person.click(person.page.getByRole("navigation", { name: person.t("sections") }).getByRole("button", { name: person.t(name) }));
}

/** Opens what is asked, and returns its dialog. What was begun is there still. */
async function begin(olga) {
  await section(olga, "requests");
  await olga.page.keyboard.press("Alt+Shift+N");
  return olga.page.getByRole("dialog");
}

/** What is said of the date while the days are typed. */
async function counted(dialog) {
  const line = dialog.locator(".counted");
  await line.locator("span").first().waitFor();
  return line.innerText();
}

/** Olga adds the next ten days to the calendar by pasting them; returns what is said of ten working days before and after. */
async function saysCalendar(olga, said, complaints) {
  let dialog = await begin(olga);
  await olga.click(await find(dialog, olga, "clara.berg@bank.example"));
  const before = await counted(dialog);
  await olga.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await section(olga, "settings");
  await olga.click(olga.page.getByRole("button", { name: olga.t("deadlines") }));
  dialog = olga.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: olga.t("deadlines-name") }).fill(said.calendar);
  const holidays = dialog.getByRole("group", { name: olga.t("deadlines-holidays") });
  await olga.click(holidays.getByText(olga.t("deadlines-many")));
  const days = Array.from({ length: 10 }, (_, at) => new Date(Date.now() + (at + 1) * DAY).toISOString().slice(0, 10));
  await holidays.locator("textarea").fill(days.join("\n"));
  await olga.click(holidays.getByRole("button", { name: olga.t("deadlines-take") }));
  await holidays.locator(".day-list li").nth(9).waitFor();
  await look(olga, "deadlines-form", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("save"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  dialog = await begin(olga);
  await dialog.locator(".counted").getByText(said.calendar).waitFor();
  return [before, await counted(dialog)];
}

async function ask(scene, said, date, complaints) {
  const { olga } = scene;
  const dialog = olga.page.getByRole("dialog");
  const fill = (name, text) => dialog.getByRole("textbox", { name: olga.t(name), exact: true }).fill(text);
  await fill("request-subject", said.subject);
  await fill("request-text", said.text);
  await look(olga, "deadlines-counted", complaints);
  assert.ok(date.includes(said.calendar));
  await olga.click(dialog.getByRole("button", { name: olga.t("request-look"), exact: true }));
  await olga.click(dialog.getByRole("button", { name: olga.t("request-send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await olga.page.locator(".document .sheet-text").getByText(said.text).waitFor();
}

async function amend({ olga, clara }, said, complaints) {
  await section(clara, "requests");
  await clara.click(requestRow(clara, said.subject));
  await clara.page.locator(".document .sheet-text").getByText(said.text).waitFor();
  await act(olga, "request-do-amend");
  const dialog = olga.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: olga.t("request-text"), exact: true }).fill(said.again);
  await dialog.getByRole("radio", { name: olga.t("request-by-days") }).check({ force: true });
  await dialog.locator("#amend-days").fill("7");
  await staysWhenClosed(olga, dialog, said);
  await look(olga, "amend", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  for (const person of [olga, clara]) {
    await person.page.locator(".document .sheet-text").getByText(said.again).waitFor();
    const changes = person.page.locator(".changes");
    await person.click(changes.getByText(person.t("changed-text")));
    await changes.getByText(said.text, { exact: true }).waitFor();
  }
  await look(clara, "amended", complaints);
}

/** The browser is closed and opened again: the other wording is there, and so is how long there is for it. */
async function staysWhenClosed(olga, dialog, said) {
  await dialog.getByText(olga.t("request-kept")).waitFor();
  await olga.page.reload();
  await olga.button("unlock-go").click();
  await section(olga, "requests");
  await olga.click(requestRow(olga, said.subject));
  await olga.page.locator(".document .sheet-text").getByText(said.text).waitFor();
  await olga.click(olga.page.locator(".deeds").getByRole("button", { name: olga.t("answer-go-on"), exact: true }));
  await dialog.getByRole("heading", { name: olga.t("request-do-amend") }).waitFor();
  assert.equal(await dialog.getByRole("textbox", { name: olga.t("request-text"), exact: true }).inputValue(), said.again);
  assert.equal(await dialog.getByRole("textbox", { name: olga.t("request-subject"), exact: true }).inputValue(), said.subject);
  assert.equal(await dialog.locator("#amend-days").inputValue(), "7");
}

async function giveOn({ olga, clara }, said, complaints) {
  await act(clara, "request-do-assign");
  const dialog = clara.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: clara.t("forward-note") }).fill(said.note);
  await look(clara, "give-on", complaints);
  await clara.click(dialog.getByRole("button").filter({ hasText: clara.t("you") }));
  await dialog.waitFor({ state: "detached" });
  await requestRow(olga, said.subject).locator(".request-state").getByText(olga.t("request-in-work"), { exact: true }).waitFor();
  assert.equal(await olga.page.getByText(said.note).count(), 0, "the other side does not see it");
}

/** Nothing that was typed lies at a server, but for the calendar, which is no secret. */
function unreadable({ folder }, said) {
  assert.deepEqual(found(folder, [said.subject, said.text, said.again, said.note]), []);
}
