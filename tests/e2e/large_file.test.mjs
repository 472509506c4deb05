// 200 MB over a line that is cut twice on the way.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { test } from "node:test";
import { largeFile } from "./harness/files.mjs";
import { twoPeople } from "./harness/scene.mjs";
import { freeBytes } from "./harness/scratch.mjs";

const MEGABYTE = 1 << 20;
const SIZE = Number(process.env.VALISE_LARGE_MB ?? 200) * MEGABYTE;

test("a large file survives two cuts, is not sent anew, and arrives whole", { timeout: 480_000 }, async () => {
  const scene = await twoPeople();
  const file = largeFile(SIZE);
  try {
    const { olga, ivan, server } = scene;
    const before = server.line.upBytes;
    await olga.sendFile(file.path);
    for (let cut = 0; cut < 2; cut++) {
      await server.line.moreUp(SIZE / 5);
      server.line.cut();
      const noticed = [olga.t("line-offline").slice(0, 7), olga.t("line-connecting")];
      await olga.page.getByText(new RegExp(`^(${noticed.join("|")})`)).first().waitFor();
      server.line.mend();
    }
    const download = ivan.page.getByRole("article").getByRole("button", { name: new RegExp(file.name) });
    await download.waitFor({ timeout: 600_000 });
    const sent = server.line.upBytes - before;
    console.log(`sent ${(sent / MEGABYTE).toFixed(0)} MB for a file of ${(SIZE / MEGABYTE).toFixed(0)} MB`);
    assert.ok(sent < SIZE * 1.3, "the upload went on where it was cut");
    // It lies here five times otherwise: a disk that is nearly full would look like a file that is not whole.
    file.remove();
    await scene.leaves(olga);
    await download.click();
    const open = ivan.page.getByRole("button", { name: new RegExp(`^${ivan.t("file-open", { name: file.name })}`) });
    await open.waitFor({ timeout: 600_000 });
    const [saved] = await Promise.all([ivan.page.waitForEvent("download", { timeout: 600_000 }), open.click()]);
    assert.equal(await saved.failure(), null, `the browser did not save it, with ${Math.floor(freeBytes() / MEGABYTE)} MB free on the disk`);
    const hash = createHash("sha256");
    for await (const part of fs.createReadStream(await saved.path())) hash.update(part);
    assert.equal(hash.digest("hex"), file.sha256);
  } finally {
    file.remove();
    await scene.close();
  }
});
