// Two organisations become partners by one link; afterwards their people find each other, talk, and are marked wherever they appear.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { digitsOf, find, invited, makePartners, openChats, openPeople, pair, rules, writeTo } from "./harness/pair.mjs";
import { Terminal } from "./harness/terminal.mjs";

const SAID = {
  en: { ask: "Is the account of Mr. Petrov with you?", answer: "It is.", group: "Case 41", hello: "Good morning, everybody", away: "This waits for your server", back: "Here we are again" },
  ru: { ask: "Счёт господина Петрова у вас?", answer: "Да, у нас.", group: "Дело 41", hello: "Всем доброе утро", away: "Это подождёт ваш сервер", back: "Мы снова здесь" },
};

for (const language of ["en", "ru"]) {
  test(`two registrars, one link, and people of both talk (${language})`, async () => {
    const scene = await pair({ language });
    const dora = new Terminal();
    const complaints = [];
    try {
      const { olga, clara, office } = scene;
      const said = SAID[language];
      [olga.clicks, clara.clicks] = [0, 0];
      const begin = performance.now();
      const seen = async (person, dialog, digits, name) => {
        const shown = await digitsOf(dialog, person.t("partner-digits", { name }));
        assert.match(shown, /^(\d{5} ){5}\d{5}$/);
        if (digits) assert.equal(shown, digits, "both see the same digits");
        await look(person, `partner-${person === olga ? "waits" : "meet"}`, complaints);
      };
      await makePartners(scene, seen);
      const seconds = (performance.now() - begin) / 1000;
      console.log(`U16: two organisations are partners: ${seconds.toFixed(1)} s, ${olga.clicks} + ${clara.clicks} clicks, one link`);
      assert.ok(olga.clicks + clara.clicks <= 8);
      await look(olga, "partner-list", complaints);

      await openPeople(clara);
      await dora.run("join", await invited(clara, "Dora Weiss"));
      await talkAcross(scene, said, complaints);
      await meetInAGroup(scene, dora, said, complaints);
      await surviveKills(scene, dora, said);

      await openPeople(olga);
      await look(olga, "people-outside", complaints);
      assert.match(await dora.run("partners"), new RegExp(office.name));
      await endIt(scene, complaints);
      assert.deepEqual(complaints, []);
    } finally {
      dora.close();
      await scene.close();
    }
  });
}

async function talkAcross({ olga, clara, office, bank }, said, complaints) {
  await writeTo(olga, "clara.berg@bank.example");
  const banner = (person) => person.page.getByRole("region", { name: person.t("outside-banner") });
  await banner(olga).getByText(olga.t("outside-here", { organisation: bank.name, people: "Clara Berg" })).waitFor();
  await olga.write(said.ask);
  await openChats(clara);
  const row = clara.chatRow("Olga Petrova");
  await row.locator(".outside").getByText(office.name).waitFor();
  await row.locator(".avatar.ring").waitFor();
  await clara.openChat("Olga Petrova");
  await banner(clara).getByText(clara.t("outside-here", { organisation: office.name, people: "Olga Petrova" })).waitFor();
  await clara.message(said.ask).waitFor();
  await clara.write(said.answer);
  await olga.message(said.answer).waitFor();
  await clara.tick(said.answer, "tick-read");
  await olga.tick(said.ask, "tick-read");
  assert.match(await olga.composer().getAttribute("placeholder"), new RegExp(bank.name));
  await look(olga, "chat-outside", complaints);
}

async function meetInAGroup({ olga, clara, bank }, dora, said, complaints) {
  await olga.page.getByRole("button", { name: olga.t("new-chat") }).first().click();
  await olga.button("new-group").click();
  const dialog = olga.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: olga.t("group-name") }).fill(said.group);
  for (const address of ["clara.berg@bank.example", "dora.weiss@bank.example"]) {
    await dora.run("status");
    await (await find(dialog, olga, address)).getByRole("checkbox").check();
  }
  await dialog.getByRole("searchbox").fill("");
  await look(olga, "group-outside", complaints);
  await dialog.locator("button[type=submit]").click();
  await olga.page.getByRole("heading", { name: said.group, exact: true }).first().waitFor();
  await olga.write(said.hello);
  await clara.openChat(said.group);
  await clara.message(said.hello).locator(".author .outside").waitFor();
  while (!(await dora.run("rooms")).includes(said.group)) continue;
  assert.match(await dora.run("read", said.group), new RegExp(`Olga Petrova \\(.+\\): ${said.hello}`));
  await olga.page.getByRole("button", { name: olga.t("show-details") }).last().click();
  const details = olga.page.getByRole("complementary", { name: olga.t("details") });
  await details.locator(".list .outside").nth(1).waitFor();
  assert.equal(await details.locator(".list .outside").getByText(bank.name).count(), 2);
  await look(olga, "details-outside", complaints);
  await details.getByRole("button", { name: olga.t("close") }).click();
}

/** Kills one server, then the other: local work goes on, the rest waits, and everything is there once. */
async function surviveKills({ olga, clara, office, bank }, dora, said) {
  await bank.server.end("SIGKILL");
  await olga.write(said.away);
  await olga.tick(said.away, "tick-accepted");
  await bank.server.start();
  await clara.message(said.away).waitFor();
  await office.server.end("SIGKILL");
  await clara.write(said.back);
  await clara.message(said.back).locator(".meta .unseen").filter({ hasText: clara.t("tick-waiting") }).waitFor({ state: "attached" });
  await office.server.start();
  await olga.message(said.back).waitFor();
  await clara.tick(said.back, "tick-read");
  for (const person of [olga, clara]) {
    for (const text of [said.hello, said.away, said.back]) assert.equal(await person.message(text).count(), 1, text);
  }
  const lines = (await dora.run("read", said.group)).split("\n");
  for (const text of [said.hello, said.away, said.back]) assert.equal(lines.filter((line) => line.includes(text)).length, 1, text);
}

async function endIt({ olga, bank }, complaints) {
  const list = olga.page.getByRole("region", { name: olga.t("partners") });
  await list.getByRole("button").filter({ hasText: bank.domain }).click();
  const dialog = olga.page.getByRole("dialog");
  await dialog.getByRole("button", { name: olga.t("partner-end"), exact: true }).click();
  await look(olga, "partner-end", complaints);
  await dialog.getByRole("button", { name: olga.t("partner-end-sure"), exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await list.getByText(bank.domain, { exact: true }).waitFor({ state: "detached" });
}

test("a link between organisations says to everybody what it is", async () => {
  const scene = await pair();
  const complaints = [];
  try {
    const { olga } = scene;
    await olga.click(olga.button("partner-offer"));
    await olga.page.getByRole("dialog").getByRole("button", { name: olga.t("invite-make"), exact: true }).click();
    const link = await olga.field("partner-link").inputValue();
    await look(olga, "partner-link", complaints);

    // Whoever is nobody here.
    const stranger = await scene.person("Somebody", { size: { width: 360, height: 740 }, touch: true });
    await stranger.page.goto(link);
    await stranger.page.getByRole("heading", { name: stranger.t("partner-page-title") }).waitFor();
    assert.doesNotMatch(stranger.page.url(), /#/);
    await look(stranger, "partner-page", complaints);

    // Its maker.
    const tab = await olga.newTab(link);
    const told = tab.getByText(olga.t("trouble-own-link"));
    await olga.button("unlock-go", tab).or(told).first().waitFor();
    if (await olga.button("unlock-go", tab).count()) await olga.button("unlock-go", tab).click();
    await told.waitFor();
    await tab.close();

    // A member who is no registrar.
    await olga.page.keyboard.press("Escape");
    const ivan = await scene.person("Ivan Sokolov");
    await openPeople(olga);
    await ivan.join(await invited(olga, "Ivan Sokolov"));
    await openPeople(ivan);
    await ivan.page.getByRole("searchbox", { name: ivan.t("search-people") }).waitFor();
    assert.equal(await ivan.button("partner-offer").count(), 0);
    await ivan.page.goto(link);
    await ivan.button("unlock-go").click();
    await ivan.page.getByText(ivan.t("partner-member-text")).waitFor();
    assert.deepEqual(complaints, []);
  } finally {
    await scene.close();
  }
});

for (const language of ["en", "ru"]) {
  test(`registrars say with whom their people work (${language})`, async () => {
    const scene = await pair({ language });
    const complaints = [];
    try {
      const { olga, clara } = scene;
      await makePartners(scene);
      await rules(olga, { allowed: "de" });
      await openPeople(olga);
      await olga.page.getByText(olga.t("partner-barred"), { exact: true }).waitFor();
      await look(olga, "laws-barred", complaints);
      await rules(clara, { own: "de, fr" });
      await rules(olga, { allowed: "de fr" }, (person) => look(person, "laws", complaints));
      await olga.page.getByText(olga.t("partner-laws", { countries: "DE, FR" }), { exact: true }).waitFor();
      await olga.page.getByText(olga.t("partner-barred"), { exact: true }).waitFor({ state: "detached" });
      assert.deepEqual(complaints, []);
    } finally {
      await scene.close();
    }
  });
}
