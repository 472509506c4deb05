// Without a line one goes on writing; it is sent once when the line is back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

test("what is written offline arrives once, in order, when the line is back", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan, server } = scene;
    await olga.write("online");
    await ivan.message("online").waitFor();
    server.line.cut();
    await ivan.page.locator(".line, [role=status]").filter({ hasText: ivan.t("line-offline").slice(0, 7) }).first().waitFor();
    for (const text of ["first of three", "second of three", "third of three"]) await ivan.write(text);
    await ivan.tick("third of three", "tick-waiting");
    assert.equal(await olga.message("of three").count(), 0);
    server.line.mend();
    await olga.message("third of three").waitFor();
    await ivan.tick("third of three", "tick-read");
    const texts = await olga.message("of three").locator(".text").allInnerTexts();
    assert.deepEqual(texts, ["first of three", "second of three", "third of three"]);
  } finally {
    await scene.close();
  }
});

test("a server that is killed and started again loses nothing", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan, server } = scene;
    await olga.write("before the fall");
    await olga.tick("before the fall", "tick-accepted");
    await server.end("SIGKILL");
    await ivan.write("during the fall");
    await server.start();
    await olga.message("during the fall").waitFor();
    await ivan.message("before the fall").waitFor();
    assert.equal(await olga.message("during the fall").count(), 1);
  } finally {
    await scene.close();
  }
});
