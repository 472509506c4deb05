// A line that is cut again and again while both write.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

const CUTS = 8;

test("over a line that is cut again and again everything arrives once and in order", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan, server } = scene;
    for (let cut = 1; cut <= CUTS; cut++) {
      server.line.cut();
      await olga.write(`from Olga, ${cut}.`);
      await ivan.write(`from Ivan, ${cut}.`);
      server.line.mend();
      // Every second time the line is cut anew before anybody is through.
      if (cut % 2 === 0) await olga.tick(`from Olga, ${cut}.`, "tick-accepted");
    }
    await olga.message(`from Ivan, ${CUTS}.`).waitFor();
    await ivan.message(`from Olga, ${CUTS}.`).waitFor();
    const [atOlga, atIvan] = [await told(olga), await told(ivan)];
    assert.deepEqual(atOlga, atIvan, "both see one order");
    for (const name of ["Olga", "Ivan"]) {
      const numbers = atOlga.filter((text) => text.startsWith(`from ${name}`));
      assert.deepEqual(numbers, Array.from({ length: CUTS }, (_, index) => `from ${name}, ${index + 1}.`));
    }
  } finally {
    await scene.close();
  }
});

/** All texts of the open chat; the list shows a screenful, so the window is made tall enough for all. */
async function told(person) {
  await person.page.setViewportSize({ width: 1280, height: 2400 });
  const texts = person.page.getByRole("article").locator(".text");
  await person.page.waitForFunction((least) => document.querySelectorAll("article .text").length >= least, 2 * CUTS + 1);
  return (await texts.allInnerTexts()).filter((text) => text.startsWith("from"));
}
