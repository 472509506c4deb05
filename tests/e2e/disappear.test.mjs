// Messages that disappear: set in the browser and at the terminal, told to everybody, and gone when their time is over.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { founded } from "./harness/scene.mjs";
import { Terminal } from "./harness/terminal.mjs";

/** The pane beside the open chat. */
async function openDetails(person) {
  await person.page.getByRole("button", { name: person.t("show-details") }).last().click();
  await person.page.getByRole("complementary", { name: person.t("details") }).waitFor();
}

/** Times as they are said. */
const AFTER = { en: { week: "after 7 days", moment: "after 5 seconds" }, ru: { week: "через 7 дней", moment: "через 5 секунд" } };

for (const language of ["en", "ru"]) {
  test(`messages disappear when both have agreed on a time, in ${language}`, async () => {
    const scene = await founded({ language });
    const tom = new Terminal();
    const complaints = [];
    const { week, moment } = AFTER[language];
    try {
      const { olga } = scene;
      const link = await olga.inviteFirst("Tom Reyes");
      await tom.run("join", link, "--name", "Tom Reyes");
      await tom.run("send", "Olga Petrova", "this stays");
      await olga.openChat("Tom Reyes");
      await olga.message("this stays").waitFor();

      await openDetails(olga);
      const choice = olga.page.getByRole("combobox", { name: olga.t("timer") });
      await choice.selectOption({ label: week });
      const notice = (id, values) => olga.page.getByRole("feed").getByText(olga.t(id, values), { exact: true }).first();
      await notice("notice-timer", { by: "Olga Petrova", after: week }).waitFor();
      await olga.write("gone in a week");
      await olga.tick("gone in a week", "tick-accepted");
      await olga.message("gone in a week").locator(".expires").waitFor();
      await look(olga, "disappear-set", complaints);
      const read = JSON.parse((await tom.run("read", "Olga Petrova", "--json")).trim().split("\n").at(-1));
      assert.equal(read.text, "gone in a week");
      assert.ok(read.disappears_at - read.at > 6 * 86_400_000, JSON.stringify(read));

      // Nobody waits for a week: at the terminal it can be seconds.
      await tom.run("disappear", "Olga Petrova", "5s");
      await notice("notice-timer", { by: "Tom Reyes", after: moment }).waitFor();
      await olga.page.waitForFunction(([id, text]) => document.getElementById(id).selectedOptions[0]?.label === text, ["chat-timer", moment]);
      await tom.run("send", "Olga Petrova", "the code is 4711");
      await tom.run("send", "Olga Petrova", "forget it");
      await olga.page.getByText(olga.t("disappeared-message")).first().waitFor();
      await olga.page.waitForFunction(() => document.querySelectorAll(".row.gone").length === 2);
      assert.equal(await olga.page.getByText("4711").count(), 0);
      // Of the two, one line is seen.
      assert.equal(await olga.page.locator(".row.gone .bubble-line").filter({ visible: true }).count(), 1);
      await olga.chatRow("Tom Reyes").getByText(olga.t("disappeared-message")).waitFor();
      await olga.message("this stays").waitFor();
      await olga.message("gone in a week").waitFor();
      await look(olga, "disappear-gone", complaints);

      await choice.selectOption({ label: olga.t("after-never") });
      await notice("notice-timer-off", { by: "Olga Petrova" }).waitFor();
      await olga.write("stays again");
      await olga.tick("stays again", "tick-accepted");
      assert.equal(await olga.message("stays again").locator(".expires").count(), 0);
      assert.deepEqual(complaints, []);
    } finally {
      await scene.close();
      tom.close();
    }
  });
}
