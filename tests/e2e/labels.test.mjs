// What a person sets follows on the second device: labels, drafts, silence. And somebody's card. In both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { link } from "./harness/devices.mjs";
import { PHONE, look } from "./harness/look.mjs";
import { twoPeople } from "./harness/scene.mjs";
import { Terminal } from "./harness/terminal.mjs";

async function menuOf(person, title) {
  await person.chatRow(title).click({ button: "right" });
  return person.page.getByRole("menu", { name: person.t("chat-actions") });
}

async function choose(person, title, id) {
  const menu = await menuOf(person, title);
  await menu.getByRole("menuitem", { name: person.t(id), exact: true }).click();
  await menu.waitFor({ state: "detached" });
}

function chip(person, name) {
  return person.page.locator(".chips").getByRole("button", { name, exact: true });
}

for (const language of ["en", "ru"]) {
  test(`labels, drafts and silence follow on the second device (${language})`, async () => {
    const scene = await twoPeople({ language });
    const complaints = [];
    try {
      const { olga, ivan } = scene;
      const [court, urgent, half] = language === "ru" ? ["Суд", "Срочно", "Начатая мысль"] : ["Court", "Urgent", "Half a thought"];
      await olga.makeGroup("Shift", "Ivan Sokolov");
      await olga.write("hello");
      await ivan.chatRow("Shift").waitFor();

      // A label is made in a chat's menu, by keys alone, and is on that chat at once.
      await choose(ivan, "Shift", "labels-choose");
      const dialog = ivan.page.getByRole("dialog", { name: ivan.t("labels"), exact: true });
      await dialog.getByRole("textbox", { name: ivan.t("label-name") }).fill(court);
      await dialog.getByRole("radio", { name: ivan.t("label-blue") }).press("Space");
      await dialog.getByRole("textbox", { name: ivan.t("label-name") }).press("Enter");
      await dialog.getByRole("checkbox", { name: court, checked: true }).waitFor();
      // The same name again is refused in words.
      await dialog.getByRole("textbox", { name: ivan.t("label-name") }).fill(court.toUpperCase());
      await dialog.getByRole("button", { name: ivan.t("label-make"), exact: true }).click();
      await dialog.getByText(ivan.t("label-name-taken")).waitFor();
      await look(ivan, "labels", complaints);
      await dialog.getByRole("button", { name: ivan.t("close"), exact: true }).last().click();

      await chip(ivan, court).click();
      await ivan.chatRow("Olga Petrova").waitFor({ state: "detached" });
      await ivan.chatRow("Shift").waitFor();
      await look(ivan, "labelled", complaints);
      await chip(ivan, court).click();
      await ivan.chatRow("Olga Petrova").waitFor();

      const phone = await scene.person("Ivan's phone", { language, size: { width: 360, height: 740 }, touch: true });
      await link(scene, ivan, phone);
      await chip(phone, court).waitFor();

      await choose(phone, "Shift", "labels-choose");
      await phone.page.waitForFunction(() => document.activeElement?.matches(".label-list .tickbox"));
      await look(phone, "labels-list", complaints);
      await phone.page.keyboard.press("Escape");
      await phone.page.setViewportSize(PHONE);

      // Renamed here and made silent, and begun there.
      await choose(ivan, "Shift", "mute");
      await choose(ivan, "Shift", "labels-choose");
      await dialog.getByRole("button", { name: ivan.t("label-change", { name: court }) }).click();
      await dialog.getByRole("textbox", { name: ivan.t("label-name") }).fill(urgent);
      await dialog.getByRole("button", { name: ivan.t("save"), exact: true }).click();
      await dialog.getByRole("checkbox", { name: urgent }).waitFor();
      await ivan.page.keyboard.press("Escape");
      await chip(phone, urgent).waitFor();
      await phone.chatRow("Shift").locator(".marks").getByText(phone.t("muted")).waitFor({ state: "attached" });

      await ivan.openChat("Shift");
      await phone.openChat("Shift");
      await phone.composer().fill(half);
      // Open on both: what was begun on the phone stands in the field of the desk.
      await ivan.page.waitForFunction((text) => document.querySelector(".composer textarea")?.value === text, half);
      await ivan.write(`${half}.`);
      await olga.message(`${half}.`).waitFor();
      await phone.page.waitForFunction(() => document.querySelector(".composer textarea")?.value === "");

      await phone.page.getByRole("button", { name: phone.t("back") }).first().click();
      await choose(ivan, "Shift", "labels-choose");
      await dialog.getByRole("button", { name: ivan.t("label-change", { name: urgent }) }).click();
      await dialog.getByRole("button", { name: ivan.t("label-remove"), exact: true }).click();
      await dialog.getByRole("checkbox").waitFor({ state: "detached" });
      await ivan.page.keyboard.press("Escape");
      await chip(phone, urgent).waitFor({ state: "detached" });
      assert.deepEqual(complaints, []);
      for (const person of [olga, ivan, phone]) assert.equal(await person.isBroken(), false);
    } finally {
      await scene.close();
    }
  });

  test(`somebody's card is sent, and one press opens the chat with them (${language})`, async () => {
    const scene = await twoPeople({ language });
    const complaints = [];
    const terminal = new Terminal();
    try {
      const { olga, ivan } = scene;
      await terminal.run("join", await olga.invite("Anna Orlova"));
      await olga.openChat("Ivan Sokolov");
      await olga.page.getByRole("button", { name: olga.t("attach"), exact: true }).click();
      await olga.page.getByRole("menuitem", { name: olga.t("card"), exact: true }).click();
      const dialog = olga.page.getByRole("dialog");
      await dialog.getByRole("searchbox").fill("Anna");
      await dialog.getByRole("button", { name: /Anna Orlova/ }).click();
      await dialog.waitFor({ state: "detached" });

      const line = ivan.t("card-line", { name: "Anna Orlova" });
      await ivan.chatRow("Olga Petrova").getByText(line).waitFor();
      const card = ivan.page.getByRole("article").getByRole("button", { name: /Anna Orlova/ });
      await card.waitFor();
      await look(ivan, "card", complaints);
      await card.click();
      await ivan.page.getByRole("heading", { name: "Anna Orlova", exact: true }).first().waitFor();
      await ivan.write("hello, Anna");
      await ivan.tick("hello, Anna", "tick-accepted");

      // From a terminal, which labels and saves as well.
      await terminal.run("card", "Ivan Sokolov", "Olga Petrova");
      await ivan.page.getByRole("article").getByRole("button", { name: /Olga Petrova/ }).waitFor();
      await terminal.run("label", "Court", "Ivan Sokolov", "--colour", "blue");
      await terminal.run("send", "me", "milk");
      assert.match(await terminal.run("rooms", "--label", "Court"), /Ivan Sokolov.*#Court/);
      assert.match(await terminal.run("labels"), /Court +1/);
      assert.match(await terminal.run("read", "me"), /milk/);
      assert.match(await terminal.run("read", "Ivan Sokolov"), /Olga Petrova <olga/);
      assert.deepEqual(complaints, []);
      for (const person of [olga, ivan]) assert.equal(await person.isBroken(), false);
    } finally {
      terminal.close();
      await scene.close();
    }
  });
}
