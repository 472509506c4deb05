// Messages are pinned for everybody: by owners in a group, by both in a direct chat; the bar leads to them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

function bar(person) {
  return person.page.getByRole("group", { name: person.t("pinned-messages") });
}

for (const language of ["en", "ru"]) {
  test(`an owner pins, and everybody finds it, in ${language}`, async () => {
    const scene = await twoPeople({ language });
    try {
      const { olga, ivan } = scene;
      await olga.makeGroup("Shift", "Ivan Sokolov");
      await olga.write("meet at nine");
      await olga.tick("meet at nine", "tick-accepted");
      await ivan.openChat("Shift");
      for (let n = 0; n < 40; n += 1) await ivan.write(`line ${n}`);
      await ivan.tick("line 39", "tick-accepted");
      await olga.message("line 39").waitFor();
      await olga.page.getByRole("feed").hover();
      while ((await olga.message("meet at nine").count()) === 0) await olga.page.mouse.wheel(0, -600);
      await olga.choose("meet at nine", "message-pin");
      for (const person of [olga, ivan]) await bar(person).getByText("meet at nine").waitFor();
      const menu = await ivan.menuOf("line 39");
      await menu.waitFor();
      assert.equal(await menu.getByRole("menuitem", { name: ivan.t("message-pin"), exact: true }).count(), 0, "owners decide");
      await ivan.page.keyboard.press("Escape");
      assert.equal(await bar(ivan).getByRole("button", { name: ivan.t("message-unpin") }).count(), 0);
      await bar(ivan).getByRole("button", { name: /Olga Petrova: ?meet at nine/ }).click();
      await ivan.page.waitForFunction(() => document.activeElement?.matches("article"));
      assert.match(await ivan.page.evaluate(() => document.activeElement.innerText), /meet at nine/);
      await bar(olga).getByRole("button", { name: olga.t("message-unpin"), exact: true }).click();
      for (const person of [olga, ivan]) await bar(person).waitFor({ state: "detached" });
    } finally {
      await scene.close();
    }
  });
}

test("in a direct chat both pin, and the bar goes from one to the other", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.write("first paper");
    await ivan.message("first paper").waitFor();
    await ivan.write("second paper");
    await olga.message("second paper").waitFor();
    await ivan.choose("first paper", "message-pin");
    await bar(olga).getByText("first paper").waitFor();
    await olga.choose("second paper", "message-pin");
    await bar(ivan).getByText("second paper").waitFor();
    await bar(ivan).getByRole("button").first().click();
    await bar(ivan).getByText("first paper").waitFor();
    await ivan.choose("first paper", "message-unpin");
    await bar(olga).getByText(olga.t("pinned-of", { number: 1, count: 2 })).waitFor({ state: "detached" });
    await bar(olga).getByText("second paper").waitFor();
  } finally {
    await scene.close();
  }
});
