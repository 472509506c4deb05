// The browser would put Valise among the device's own programs: it finds nothing that is missing for that.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PATIENCE_MS } from "./harness/person.mjs";
import { founded } from "./harness/scene.mjs";

test("a browser finds nothing that keeps Valise from being installed", async () => {
  const scene = await founded();
  try {
    const { olga } = scene;
    const { errors, url } = await olga.page.devtools.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
    assert.equal(url, `${scene.server.url}/manifest.webmanifest`);
    const { installabilityErrors } = await olga.page.devtools.send("Page.getInstallabilityErrors");
    assert.deepEqual(installabilityErrors, []);

    // The control: a page without a manifest is told what it lacks.
    await olga.page.evaluate(() => document.querySelector("link[rel=manifest]").remove());
    const missing = async () => (await olga.page.devtools.send("Page.getInstallabilityErrors")).installabilityErrors;
    // The browser takes note of it in its own time.
    const until = performance.now() + PATIENCE_MS;
    while ((await missing()).length === 0) {
      assert.ok(performance.now() < until, "a page without a manifest can be installed");
      await new Promise((later) => setTimeout(later, 50));
    }
  } finally {
    await scene.close();
  }
});
