// What one saves for oneself: from "new chat", handed on into it, found again, and on the second device. In both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { link } from "./harness/devices.mjs";
import { look } from "./harness/look.mjs";
import { twoPeople } from "./harness/scene.mjs";

for (const language of ["en", "ru"]) {
  test(`what is saved for oneself is on both devices and nowhere else (${language})`, async () => {
    const scene = await twoPeople({ language });
    try {
      const { olga, ivan } = scene;
      const complaints = [];
      const [milk, plan] = language === "ru" ? ["молоко и хлеб", "Встречаемся в девять"] : ["milk and bread", "We meet at nine"];
      await olga.write(plan);
      await ivan.message(plan).waitFor();
      assert.equal(await ivan.chatRow(ivan.t("saved-messages")).count(), 0);

      await ivan.page.getByRole("button", { name: ivan.t("new-chat") }).first().click();
      const entry = ivan.page.getByRole("dialog").getByRole("button", { name: ivan.t("saved-messages") });
      await entry.waitFor();
      await look(ivan, "saved-new-chat", complaints);
      await entry.click();
      await ivan.page.getByRole("heading", { name: ivan.t("saved-messages"), exact: true }).waitFor();
      await ivan.write(milk);
      await ivan.tick(milk, "tick-accepted");
      await ivan.chatRow(ivan.t("saved-messages")).waitFor();

      // Handed on into it: it stands first, without being looked for.
      await ivan.openChat("Olga Petrova");
      await ivan.choose(plan, "forward");
      const dialog = ivan.page.getByRole("dialog");
      await dialog.getByRole("checkbox").first().waitFor();
      const first = dialog.locator(".entry").first();
      assert.match(await first.innerText(), new RegExp(ivan.t("saved-messages")));
      await first.click();
      await dialog.getByRole("button", { name: ivan.t("forward"), exact: true }).click();
      await dialog.waitFor({ state: "detached" });
      await ivan.openChat(ivan.t("saved-messages"));
      await ivan.message(plan).getByText(ivan.t("forwarded-from", { name: "Olga Petrova" })).waitFor();

      // Nobody is beside it: nothing to make silent, no digits to compare.
      await ivan.page.getByRole("button", { name: ivan.t("show-details") }).last().click();
      await ivan.page.getByRole("switch", { name: ivan.t("pin") }).waitFor();
      assert.equal(await ivan.page.getByRole("switch", { name: ivan.t("mute") }).count(), 0);
      assert.equal(await ivan.page.getByText(ivan.t("safety-title")).count(), 0);
      await look(ivan, "saved", complaints);
      await ivan.page.getByRole("button", { name: ivan.t("close"), exact: true }).click();

      const phone = await scene.person("Ivan's phone", { language, size: { width: 360, height: 740 }, touch: true });
      await link(scene, ivan, phone);
      await phone.openChat(phone.t("saved-messages"));
      await phone.message(milk).waitFor();
      await phone.write("42");
      await ivan.page.getByRole("button", { name: ivan.t("chats") }).last().click();
      await ivan.openChat(ivan.t("saved-messages"));
      await ivan.message("42").waitFor();
      assert.equal(await olga.page.locator(".chat-row").count(), 1);
      assert.deepEqual(complaints, []);
      for (const person of [olga, ivan, phone]) assert.equal(await person.isBroken(), false);
    } finally {
      await scene.close();
    }
  });
}
