// Several tabs, one writer: the others follow live, and take over when it ends.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

test("a second tab follows live and takes over when the first is closed", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan, server } = scene;
    await ivan.write("from the first tab");
    const second = await ivan.newTab(server.url);
    await ivan.openChat("Olga Petrova", second);
    await ivan.message("from the first tab", second).waitFor();
    await ivan.write("from the second tab", second);
    await olga.message("from the second tab").waitFor();
    await ivan.message("from the second tab").waitFor();

    await ivan.page.close();
    const begin = performance.now();
    await ivan.write("after the first was closed", second);
    await ivan.tick("after the first was closed", "tick-waiting", second).catch(() => {});
    await olga.message("after the first was closed").waitFor();
    console.log(`takeover: closed to delivered in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    await olga.write("do you read me?");
    await ivan.message("do you read me?", second).waitFor();
    assert.equal(await olga.message("after the first was closed").count(), 1);
  } finally {
    await scene.close();
  }
});

test("locking one tab locks all", async () => {
  const scene = await twoPeople();
  try {
    const { ivan, server } = scene;
    const second = await ivan.newTab(server.url);
    await second.getByRole("button", { name: ivan.t("settings") }).first().click();
    await second.getByRole("button", { name: ivan.t("lock-now") }).first().click();
    await ivan.button("unlock-go", second).waitFor();
    await ivan.button("unlock-go").waitFor();
  } finally {
    await scene.close();
  }
});

test("a leader that crashes leaves nothing behind and nothing doubled", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan, server } = scene;
    const second = await ivan.newTab(server.url);
    await ivan.openChat("Olga Petrova", second);
    const crashed = ivan.page.waitForEvent("crash");
    ivan.page.devtools.send("Page.crash").catch(() => {});
    await crashed;
    await ivan.write("the other one crashed", second);
    await olga.message("the other one crashed").waitFor();
    await ivan.tick("the other one crashed", "tick-read", second);
    assert.equal(await olga.message("the other one crashed").count(), 1);
  } finally {
    await scene.close();
  }
});
