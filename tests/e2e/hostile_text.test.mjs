// Received text is text: it loads nothing (HS-52) and runs nothing (HS-53).
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

// What is written, and what is shown of it where that is something else.
const LURES = [
  "https://tracker.example/pixel.png",
  ["![picture](https://tracker.example/image.png)", "picture (https://tracker.example/image.png)"],
  '<img src="https://tracker.example/x.png" onerror="window.pwned=1">',
  '<script>window.pwned=2</script><style>@import "https://tracker.example/x.css"</style>',
  '<svg onload="window.pwned=3"><image href="https://tracker.example/x.svg"/></svg>',
  ["[click](javascript:window.pwned=4) <a href='javascript:window.pwned=5'>here</a>", "click (javascript:window.pwned=4) <a href='javascript:window.pwned=5'>here</a>"],
].flatMap((lure) => (Array.isArray(lure) ? [{ written: lure[0], shown: lure[1] }] : [{ written: lure, shown: lure }]));

test("no received text loads or runs anything", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan, server } = scene;
    await ivan.page.evaluate(() => {
      window.reports = [];
      document.addEventListener("securitypolicyviolation", (event) => window.reports.push(`${event.violatedDirective} ${event.blockedURI}`));
    });
    const elsewhere = await ivan.newTab("about:blank");
    await elsewhere.evaluate(() => fetch("https://tracker.example/control").catch(() => {}));
    assert.ok(ivan.requests.includes("https://tracker.example/control"), "the control: a foreign request is seen when there is one");
    await elsewhere.close();
    ivan.requests.length = 0;
    for (const { written } of LURES) await olga.write(written);
    await ivan.message(LURES.at(-1).shown).waitFor();
    assert.deepEqual(await ivan.page.getByRole("article").locator(".text").allInnerTexts(), ["I am in.", ...LURES.map(({ shown }) => shown)]);
    const foreign = ivan.requests.filter((url) => ![server.url, "blob:", "data:"].some((own) => url.startsWith(own)));
    assert.deepEqual(foreign, []);
    assert.equal(await ivan.page.evaluate(() => window.pwned), undefined);
    assert.deepEqual(await ivan.page.evaluate(() => window.reports), []);
    assert.equal(await ivan.page.locator("article img, article script, article svg image, article a[href^=javascript]").count(), 0);
  } finally {
    await scene.close();
  }
});

test("names and file names are shown as text", async () => {
  const scene = await twoPeople({ organisation: "<b>Ministry</b>" });
  try {
    const { olga, ivan } = scene;
    const name = '<img src=x onerror="window.pwned=1">.txt';
    await olga.sendFile({ name, mimeType: "text/plain", buffer: Buffer.from("harmless") });
    await ivan.page.getByText(name.replace(/^.*\//, ""), { exact: false }).first().waitFor();
    assert.equal(await ivan.page.evaluate(() => window.pwned), undefined);
    assert.equal(await ivan.page.locator("b").count(), 0);
  } finally {
    await scene.close();
  }
});
