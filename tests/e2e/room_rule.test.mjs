// A room's own rule about whose people are in it: made with the group, shown to everybody, and silent as soon as somebody is left out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { find, invited, makePartners, openChats, openPeople, pair, rules } from "./harness/pair.mjs";
import { openRequests, requestRow } from "./harness/requests.mjs";
import { Terminal } from "./harness/terminal.mjs";

const SAID = {
  en: { group: "Case 52", hello: "Good morning", back: "Here we go on", subject: "Accounts of Mr. Petrov", text: "Which accounts did he have?" },
  ru: { group: "Дело 52", hello: "Доброе утро", back: "Продолжаем", subject: "Счета Петрова И. И.", text: "Какие счета у него были?" },
};

for (const language of ["en", "ru"]) {
  test(`a room's rule keeps out, and keeps silent, whom it leaves out (${language})`, async () => {
    const scene = await pair({ language });
    const complaints = [];
    try {
      const { olga, clara, bank } = scene;
      const said = SAID[language];
      await makePartners(scene);
      await rules(clara, { own: "de" });
      await makeGroup(olga, said.group, complaints);
      await olga.write(said.hello);
      await openChats(clara);
      await clara.openChat(said.group);
      await clara.message(said.hello).waitFor();
      // Who owns nothing reads it.
      const theirs = await details(clara);
      await theirs.getByText(clara.t("room-rule-is", { countries: "DE" })).waitFor();
      assert.equal(await theirs.getByRole("button", { name: clara.t("room-rule") }).count(), 0);

      await rules(clara, { own: "de us" });
      await openChats(olga);
      await olga.chatRow(said.group).click();
      const why = olga.t("left-out-law", { organisation: bank.name, countries: "DE, US" });
      const blocked = olga.page.locator(".composer.blocked");
      await blocked.getByText(why).waitFor();
      await look(olga, "room-rule-blocked", complaints);
      const pane = await details(olga);
      await pane.getByText(why).waitFor();
      await look(olga, "room-rule-details", complaints, pane.getByText(why));

      const dialog = olga.page.getByRole("dialog");
      await pane.getByRole("button", { name: olga.t("room-rule") }).click();
      const typed = dialog.getByRole("textbox", { name: olga.t("room-rule-allowed") });
      await typed.fill("fr");
      await dialog.getByRole("button", { name: olga.t("save"), exact: true }).click();
      await dialog.getByText(olga.t("trouble-room-residency-outside")).waitFor();
      await look(olga, "room-rule-refused", complaints);
      await typed.fill("us, de");
      await dialog.getByRole("button", { name: olga.t("save"), exact: true }).click();
      await dialog.waitFor({ state: "detached" });
      await blocked.waitFor({ state: "detached" });
      await pane.getByText(olga.t("room-rule-is", { countries: "DE, US" })).waitFor();
      await pane.getByRole("button", { name: olga.t("close") }).click();
      await olga.write(said.back);
      await openChats(clara);
      await clara.openChat(said.group);
      await clara.message(said.back).waitFor();
      await look(olga, "room-rule-goes-on", complaints);
      await askByTheRule(scene, said, complaints);
      assert.deepEqual(complaints, []);
    } finally {
      await scene.close();
    }
  });
}

test("a terminal makes a group with a rule, shows it and changes it", async () => {
  const scene = await pair();
  const dora = new Terminal();
  try {
    const { olga, clara } = scene;
    await makePartners(scene);
    await rules(olga, { own: "at" });
    await openPeople(clara);
    await dora.run("join", await invited(clara, "Dora Weiss"));
    await dora.run("group", "Case 53", "clara.berg@bank.example", "--law", "fr", "--law", "de");
    assert.match(await dora.run("law", "Case 53"), /DE, FR/);
    await assert.rejects(dora.run("add", "Case 53", "olga.petrova@office.example"), /leaves out a law/);
    await assert.rejects(dora.run("law", "Case 53", "Germany"), /valise law/);
    assert.match(await dora.run("law", "Case 53", "us", "at"), /AT, US/);
    await dora.run("add", "Case 53", "olga.petrova@office.example");
    await openChats(olga);
    await olga.chatRow("Case 53").waitFor();
    await assert.rejects(dora.run("law", "Case 53", "de"), /leaves out a law/);
    assert.match(await dora.run("law", "Case 53", "--any"), /any law/);
  } finally {
    dora.close();
    await scene.close();
  }
});

async function details(person) {
  const pane = person.page.getByRole("complementary", { name: person.t("details") });
  if (!(await pane.count())) await person.page.getByRole("button", { name: person.t("show-details") }).last().click();
  return pane;
}

/** A group with Clara and a rule that lets her in. */
async function makeGroup(olga, name, complaints) {
  await openChats(olga);
  await olga.page.getByRole("button", { name: olga.t("new-chat") }).first().click();
  await olga.button("new-group").click();
  const dialog = olga.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: olga.t("group-name") }).fill(name);
  await (await find(dialog, olga, "clara.berg@bank.example")).getByRole("checkbox").check();
  await dialog.getByRole("searchbox").fill("");
  await dialog.locator("summary").click();
  await dialog.getByRole("textbox", { name: olga.t("room-rule-allowed") }).fill("de");
  await look(olga, "room-rule-group", complaints);
  await dialog.locator("button[type=submit]").click();
  await olga.page.getByRole("heading", { name, exact: true }).first().waitFor();
}

/** Olga asks Clara, by a rule that leaves her out, and then by one that does not. */
async function askByTheRule({ olga, clara }, said, complaints) {
  await openRequests(olga);
  await olga.page.keyboard.press("Alt+Shift+N");
  const dialog = olga.page.getByRole("dialog");
  const press = (name) => olga.click(dialog.getByRole("button", { name: olga.t(name), exact: true }));
  const fill = (name, text) => dialog.getByRole("textbox", { name: olga.t(name), exact: true }).fill(text);
  await olga.click(await find(dialog, olga, "clara.berg@bank.example"));
  await fill("request-subject", said.subject);
  await fill("request-text", said.text);
  const further = dialog.getByText(olga.t("request-further"), { exact: true });
  await further.click();
  await fill("room-rule-allowed", "fr");
  await look(olga, "room-rule-ask", complaints, dialog.getByRole("textbox", { name: olga.t("room-rule-allowed") }));
  await press("request-look");
  await dialog.getByText(olga.t("room-rule-is", { countries: "FR" })).waitFor();
  await press("request-send");
  await dialog.getByText(olga.t("trouble-room-residency-outside")).waitFor();
  await look(olga, "room-rule-ask-refused", complaints);
  await press("request-change");
  await further.click();
  await fill("room-rule-allowed", "us de");
  await press("request-look");
  await press("request-send");
  await dialog.waitFor({ state: "detached" });
  await olga.page.locator(".document .sheet-text").getByText(said.text).waitFor();
  await openRequests(clara);
  await clara.click(requestRow(clara, said.subject));
  await clara.page.locator(".document .sheet-text").getByText(said.text).waitFor();
  const pane = await details(olga);
  await pane.getByText(olga.t("room-rule-is", { countries: "DE, US" })).waitFor();
  await look(olga, "room-rule-request", complaints);
}
