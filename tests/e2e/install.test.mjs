// The browser would put Valise among the device's own programs: it finds nothing that is missing for that.
import assert from "node:assert/strict";
import { test } from "node:test";
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
    const { installabilityErrors: missing } = await olga.page.devtools.send("Page.getInstallabilityErrors");
    assert.notDeepEqual(missing, []);
  } finally {
    await scene.close();
  }
});
