// The store is closed by a reload and by locking, and only its passkey opens it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

test("after a reload the passkey opens the store and all is there", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.write("before the reload");
    await ivan.message("before the reload").waitFor();
    await ivan.page.reload();
    await ivan.button("unlock-go").waitFor();
    assert.equal(await ivan.message("before the reload").count(), 0);
    await olga.write("while it was locked");
    await ivan.button("unlock-go").click();
    await ivan.openChat("Olga Petrova");
    await ivan.message("before the reload").waitFor();
    await ivan.message("while it was locked").waitFor();
    await ivan.write("back again");
    await olga.message("back again").waitFor();
  } finally {
    await scene.close();
  }
});

test("another passkey does not open it", async () => {
  const scene = await twoPeople();
  try {
    const { ivan } = scene;
    await ivan.page.devtools.send("WebAuthn.disable");
    await ivan.page.reload();
    await ivan.prepare(ivan.page);
    await ivan.button("unlock-go").click();
    await ivan.page.getByText(ivan.t("unlock-cancelled")).waitFor();
  } finally {
    await scene.close();
  }
});
