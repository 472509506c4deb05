// Whose account ends is cut off at once: the socket, the chats, the sending.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

test("a leaver is cut off within seconds, and keeps what he has read", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.write("before the end");
    await ivan.message("before the end").waitFor();
    await olga.page.getByRole("button", { name: olga.t("people") }).first().click();
    await olga.page.getByRole("button", { name: /Ivan Sokolov/ }).first().click();
    await olga.button("person-end").click();
    const begin = performance.now();
    await olga.button("person-end-sure").last().click();
    await ivan.page.getByText(ivan.t("blocked-revoked")).waitFor();
    console.log(`leaver cut off after ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    assert.equal(await ivan.message("before the end").count(), 1);
    assert.equal(await ivan.composer().count(), 0);
  } finally {
    await scene.close();
  }
});
