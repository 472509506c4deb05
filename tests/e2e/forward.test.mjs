// Messages are handed on: to a chat, to somebody with whom there is none yet, to several at once; everybody sees who wrote them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

async function forward(person, text) {
  await person.choose(text, "forward");
  const dialog = person.page.getByRole("dialog");
  await dialog.waitFor();
  return dialog;
}

for (const language of ["en", "ru"]) {
  test(`a message goes to a group and to somebody new, in ${language}`, async () => {
    const scene = await twoPeople({ language });
    try {
      const { olga, ivan } = scene;
      const [plan, group] = language === "ru" ? ["Встречаемся в девять", "Смена"] : ["We meet at nine", "Shift"];
      await ivan.write(plan);
      await olga.message(plan).waitFor();
      const anna = await scene.person("Anna Orlova", { language });
      await anna.join(await olga.invite("Anna Orlova"));
      await olga.makeGroup(group, "Ivan Sokolov");
      await olga.openChat("Ivan Sokolov");
      await olga.message(plan).waitFor();
      assert.equal(await olga.page.locator("article.notice-row").count(), 0, "nothing of the group stands here");

      const dialog = await forward(olga, plan);
      const search = dialog.getByRole("searchbox", { name: olga.t("forward-search") });
      assert.equal(await search.evaluate((field) => field === document.activeElement), true, "one types at once");
      const go = dialog.getByRole("button", { name: olga.t("forward"), exact: true });
      assert.equal(await go.getAttribute("aria-disabled"), "true");
      // By keys alone: each Enter chooses what was found first.
      for (const typed of [group, "Orlova"]) {
        await search.fill(typed);
        const found = dialog.getByRole("checkbox");
        await found.nth(0).waitFor();
        await olga.page.waitForFunction(() => document.querySelectorAll("dialog .tickbox").length === 1);
        await search.press("Enter");
        await olga.page.waitForFunction(() => document.querySelector("dialog input[type=search]").value === "");
      }
      await dialog.locator(".chosen").filter({ hasText: group }).filter({ hasText: "Anna Orlova" }).waitFor();
      await search.press("Enter");
      await dialog.waitFor({ state: "detached" });
      await olga.page.getByRole("status").filter({ hasText: "2" }).waitFor();

      await ivan.openChat(group);
      for (const person of [ivan, anna]) {
        await person.message(plan).getByText(person.t("forwarded-from", { name: "Ivan Sokolov" })).waitFor();
      }
    } finally {
      await scene.close();
    }
  });
}

test("a file goes on with its text, and nowhere where one may not write", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.sendFile({ name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("meet at nine") });
    await ivan.message("plan.txt").waitFor();
    await olga.makeGroup("Notices", "Ivan Sokolov");
    await olga.page.getByRole("button", { name: olga.t("show-details") }).last().click();
    await olga.page.getByRole("switch", { name: olga.t("announcement") }).click();
    await olga.makeGroup("Shift", "Ivan Sokolov");
    await ivan.chatRow("Notices").click();
    await ivan.page.getByText(ivan.t("blocked-owners")).waitFor();
    await ivan.openChat("Olga Petrova");
    const dialog = await forward(ivan, "plan.txt");
    await dialog.getByText("Shift").waitFor();
    assert.equal(await dialog.getByText("Notices").count(), 0);
    await dialog.getByText("Shift").click();
    await dialog.getByRole("button", { name: ivan.t("forward"), exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await ivan.page.getByText(ivan.t("forwarded-to", { name: "Shift" })).waitFor();
    const handed = olga.message("plan.txt");
    await handed.getByText(olga.t("forwarded-from", { name: olga.t("you") })).or(handed.getByText(olga.t("forwarded-from", { name: "Olga Petrova" }))).waitFor();
    await handed.getByRole("button", { name: olga.t("file-download", { name: "plan.txt" }) }).or(handed.getByRole("button", { name: "plan.txt" })).first().waitFor();
  } finally {
    await scene.close();
  }
});
