// Finding: as one types, in other forms and languages; pressing what was found opens it where it stands.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

for (const language of ["en", "ru"]) {
  test(`what was said is found and opened where it stands (${language})`, async () => {
    const scene = await twoPeople({ language });
    try {
      const { olga, ivan } = scene;
      await ivan.write("Договор подписан, see the contracts");
      for (let number = 0; number < 60; number += 1) await ivan.write(`line ${number}`);
      await olga.message("line 59").waitFor();
      assert.equal(await olga.message("Договор подписан").count(), 0, "it is far above what is on the page");

      const search = olga.page.getByRole("searchbox", { name: olga.t("search-chats") });
      const began = performance.now();
      await search.pressSequentially("договорами", { delay: 30 });
      const hit = olga.page.getByRole("region", { name: olga.t("messages") }).getByRole("button", { name: /Договор подписан/ });
      await hit.waitFor();
      console.log(`U12: ten letters typed and found: ${((performance.now() - began) / 1000).toFixed(1)} s`);
      assert.equal(await hit.locator("mark").first().textContent(), "Договор");
      await hit.click();
      await olga.message("Договор подписан").waitFor();

      for (const [typed, count] of [["contract", 1], ["line 5", 11], ["line from:Olga", 0], ["contract has:file", 0], ["zebra", 0]]) {
        await search.fill(typed);
        await olga.page.waitForFunction((count) => document.querySelectorAll(".hit").length === count, count);
      }
    } finally {
      await scene.close();
    }
  });
}
