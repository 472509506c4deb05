// Somebody is said to have lost everything: one registrar asks, another confirms, the person's page waits, and a device that is not
// lost stops it. In both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { twoPeople } from "./harness/scene.mjs";
import { Terminal } from "./harness/terminal.mjs";

for (const language of ["en", "ru"]) {
  test(`two registrars give an identity back, and a device that is not lost stops it (${language})`, async () => {
    const scene = await twoPeople({ language });
    const boris = new Terminal();
    const complaints = [];
    try {
      const { olga, ivan } = scene;
      const link = await inviteRegistrar(olga, "Boris Orlov");
      await boris.run("join", link);
      while (!/registrar|регистратор/.test(await boris.run("people", "Boris"))) continue;

      const dialog = await card(olga, "Ivan Sokolov");
      await dialog.getByText(olga.t("renewal-lost"), { exact: true }).click();
      await dialog.getByRole("button", { name: olga.t("renewal-offer"), exact: true }).click();
      const renewal = await dialog.getByRole("textbox", { name: olga.t("renewal-link") }).inputValue();
      await look(olga, "renewal-card", complaints);

      const phone = await scene.person("Ivan's new phone", { language, size: { width: 360, height: 740 }, touch: true });
      await phone.page.goto(renewal);
      await phone.button("renew-go").click();
      await phone.page.getByText(phone.t("renew-waits-second")).waitFor();

      assert.match(await boris.run("registrar", "renewals"), /Ivan Sokolov/);
      await boris.run("registrar", "confirm", "Ivan Sokolov");
      await phone.page.getByText(phone.t("renew-confirmed-by", { registrar: "Boris Orlov" })).waitFor();
      await look(phone, "renewal-waits", complaints);
      // It waits still after the page was opened again.
      await phone.page.reload();
      await phone.button("unlock-go").click();
      await phone.page.getByText(phone.t("renew-confirmed-by", { registrar: "Boris Orlov" })).waitFor();

      await ivan.page.getByText(ivan.t("renewal-alarm"), { exact: true }).waitFor();
      await look(ivan, "renewal-alarm", complaints);
      await ivan.button("renewal-stop").click();
      await ivan.page.getByText(ivan.t("renewal-alarm"), { exact: true }).waitFor({ state: "detached" });
      await phone.page.getByText(phone.t("renew-stopped")).waitFor();
      await ivan.write("I am still here");
      assert.deepEqual(complaints, []);
    } finally {
      boris.close();
      await scene.close();
    }
  });
}

async function card(person, name) {
  await person.page.getByRole("button", { name: person.t("people") }).first().click();
  await person.page.locator("li").getByRole("button", { name: new RegExp(name) }).first().click();
  return person.page.getByRole("dialog");
}

async function inviteRegistrar(person, name) {
  await person.page.getByRole("button", { name: person.t("people") }).first().click();
  await person.button("invite").first().click();
  const dialog = person.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: person.t("colleague-name") }).fill(name);
  await dialog.locator("summary").first().click();
  await dialog.locator("details input").last().check();
  await dialog.getByRole("button", { name: person.t("invite-make"), exact: true }).click();
  const link = await person.field("invite-link").inputValue();
  await person.page.keyboard.press("Escape");
  return link;
}
