// A link that leads to somebody, as `mailto:` does: the chat opens with the text in the field, and nothing is sent by it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

for (const language of ["en", "ru"]) {
  test(`a link to somebody opens the chat with what one might say (${language})`, async () => {
    const scene = await twoPeople({ language });
    try {
      const { olga, ivan, server } = scene;
      await olga.page.getByRole("button", { name: olga.t("people") }).last().click();
      await olga.page.locator(".side").getByRole("button", { name: /Ivan Sokolov/ }).click();
      const dialog = olga.page.getByRole("dialog");
      const address = await dialog.locator(".under bdi").first().textContent();
      await olga.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await dialog.getByRole("button", { name: olga.t("copy-link"), exact: true }).click();
      await olga.page.getByText(olga.t("copied")).waitFor();
      const link = await olga.page.evaluate(() => navigator.clipboard.readText());
      assert.equal(link, `${server.url}/to#${address}`);

      const text = "Wie besprochen: 100 % & mehr?\nDie Akte";
      for (const behind of [`${address}?text=${encodeURIComponent(text)}`, encodeURIComponent(`web+valise:${address}?text=${encodeURIComponent(text)}`)]) {
        olga.requests.length = 0;
        await follow(olga, server, behind);
        await olga.page.locator(".conversation-head, header").getByText("Ivan Sokolov").first().waitFor();
        // What was begun before, and is not forgotten everywhere yet, stands above it.
        await olga.page.waitForFunction((text) => document.querySelector(".composer textarea")?.value.endsWith(text), text);
        assert.equal(new URL(olga.page.url()).hash, "");
        // Neither the person nor the words reached the server.
        assert.ok(olga.requests.some((url) => url.endsWith("/to")));
        for (const url of olga.requests) assert.ok(!/ivan|Akte/i.test(url), url);
        await olga.composer().fill("");
      }
      assert.equal(await ivan.message("Akte").count(), 0);

      await follow(olga, server, "nobody@elsewhere.example");
      await olga.page.getByText(olga.t("letter-to-nobody", { address: "nobody@elsewhere.example" })).waitFor();
      await follow(olga, server, "%zz");
      await olga.page.locator(".chat-row").first().waitFor();
    } finally {
      await scene.close();
    }
  });
}

async function follow(person, server, behind) {
  // Another address on the same page would only change what stands behind the `#`.
  await person.page.goto("about:blank");
  await person.page.goto(`${server.url}/to#${behind}`);
  await person.button("unlock-go").click();
}
