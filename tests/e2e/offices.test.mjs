// A registrar makes an office; whoever is of a partner sees it without having been told an address, and whoever leaves is gone from it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { find, invited, makePartners, openChats, openPeople, pair } from "./harness/pair.mjs";
import { openRequests, requestRow } from "./harness/requests.mjs";
import { Terminal } from "./harness/terminal.mjs";

const SAID = {
  en: { name: "Registry", note: "Requests by other organisations come here.", records: "Registry and records", asked: "Copies of the land register" },
  ru: { name: "Канцелярия", note: "Сюда приходят запросы других организаций.", records: "Канцелярия и архив", asked: "Копии из земельной книги" },
};
/** How it is said that Igor is away, whatever the day. */
const AWAY = { en: /^Away until .+, Olga Petrova stands in$/, ru: /^Нет до .+, замещает Olga Petrova$/ };
/** How the office counts: it says so, and not in the usual way. */
const NUMBERS = "{office} {n:3}/{year}";
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
      await whoeverWorksOnItIsAway(scene, igor, said, complaints);
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

/** A day, as the terminal takes it. */
function inAWeek() {
  return new Date(Date.now() + 7 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
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
  const numbers = dialog.getByRole("textbox", { name: olga.t("office-numbers") });
  await numbers.fill("{office}");
  await olga.click(dialog.getByRole("button", { name: olga.t("office-make"), exact: true }));
  await dialog.getByRole("alert").getByText(olga.t("trouble-bad-numbers")).waitFor();
  await numbers.fill(NUMBERS);
  await look(olga, "office-new", complaints);
  await olga.click(dialog.getByRole("button", { name: olga.t("office-make"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await offices(olga).getByText(said.name, { exact: true }).waitFor();
  await offices(olga).getByText(olga.t("office-mine"), { exact: true }).waitFor();
}

/** Igor goes away and is covered, Olga goes on duty, and says that he is back when he does not. */
async function whoIsThere(olga, igor, complaints) {
  const until = inAWeek();
  await igor.run("away", until, "--cover", "Olga Petrova", "--note", "At the sea.");
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
  await seenInListAndChat(olga, complaints);
  await colleagues(olga).getByRole("button").filter({ hasText: "Igor Lang" }).click();
  await dialog.getByText("At the sea.", { exact: true }).waitFor();
  await look(olga, "person-away", complaints);
  await dialog.getByRole("button", { name: olga.t("away-short"), exact: true }).click();
  await dialog.getByRole("combobox", { name: olga.t("away-cover") }).waitFor();
  await look(olga, "away", complaints);
  await dialog.getByRole("button", { name: olga.t("away-back"), exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  assert.doesNotMatch(await igor.run("people", "igor"), new RegExp(until));
}

/** The list of people: beside it a chat may be open with one of them, who stands over it. */
function colleagues(olga) {
  return olga.page.getByRole("list", { name: olga.t("people") });
}

/** That Igor is away stands under his name among the people, and over what one writes to him. */
async function seenInListAndChat(olga, complaints) {
  await colleagues(olga).getByRole("button").filter({ hasText: "Igor Lang" }).getByText(AWAY[olga.language]).waitFor();
  await openChats(olga);
  await olga.openChat("Igor Lang");
  await olga.page.locator(".talk-head .under").getByText(AWAY[olga.language]).waitFor();
  await look(olga, "chat-away", complaints);
  await openPeople(olga);
}

/** Name and mark have room also where the list is narrow. */
async function isInSight(olga, row) {
  const edge = (selector) => row.locator(selector).evaluate((element) => element.getBoundingClientRect().right);
  const who = await edge(".request-who");
  assert.ok((await edge(".away-mark .icon")) <= who, "the mark is not cut");
  assert.ok((await row.locator(".request-who bdi").evaluate((name) => name.clientWidth)) > 20, "something of the name is seen");
}

/** Clara asks the office, Igor takes it and goes away: that is marked beside his name in the list of requests. */
async function whoeverWorksOnItIsAway({ olga, clara }, igor, said, complaints) {
  await openRequests(clara);
  await clara.page.keyboard.press("Alt+Shift+N");
  const dialog = clara.page.getByRole("dialog");
  await clara.click(await find(dialog, clara, ADDRESS));
  for (const name of ["request-subject", "request-text"]) await dialog.getByRole("textbox", { name: clara.t(name), exact: true }).fill(said.asked);
  for (const id of ["request-look", "request-send"]) await clara.click(dialog.getByRole("button", { name: clara.t(id), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await openRequests(olga);
  await requestRow(olga, said.asked).waitFor();
  let listed = "";
  // Igor's device is brought in when it looks.
  while (!listed) listed = await igor.run("requests", "--json");
  const { number } = JSON.parse(listed.split("\n")[0]);
  await igor.run("request", "assign", number, "igor");
  await requestRow(olga, said.asked).locator(".request-who").getByText("Igor Lang").waitFor();
  assert.equal(await requestRow(olga, said.asked).locator(".away-mark").count(), 0);
  await igor.run("away", inAWeek(), "--cover", "Olga Petrova");
  await requestRow(olga, said.asked).locator(".away-mark").getByText(AWAY[olga.language]).waitFor({ state: "attached" });
  await isInSight(olga, requestRow(olga, said.asked));
  await look(olga, "request-away", complaints);
  await igor.run("away", "--back");
  await requestRow(olga, said.asked).locator(".away-mark").waitFor({ state: "detached" });
  await openPeople(clara);
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
  assert.equal(await dialog.getByRole("textbox", { name: olga.t("office-numbers") }).inputValue(), NUMBERS);
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
