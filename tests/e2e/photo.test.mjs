// A photograph: sent without its camera's notes, seen as a picture by the other one.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { photograph, tone } from "./harness/files.mjs";
import { twoPeople } from "./harness/scene.mjs";

test("a photograph arrives as a picture, without place and camera", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    const original = await photograph(olga.page);
    assert.ok(original.buffer.includes("VALISE-CAMERA"), "the control: the notes are in the original");
    await olga.sendFile(original);
    const picture = ivan.page.getByRole("article").locator("button.picture");
    await picture.waitFor();
    await ivan.click(picture);
    const shown = ivan.page.getByRole("dialog").locator("img");
    await shown.waitFor();
    await ivan.page.waitForFunction(() => document.querySelector("dialog img")?.naturalWidth > 0);
    const bytes = await shown.evaluate(async (image) => [...new Uint8Array(await (await fetch(image.src)).arrayBuffer())]);
    assert.ok(bytes.length > 1000);
    assert.ok(!Buffer.from(bytes).includes("VALISE-CAMERA"), "the camera's notes were sent");
    const arrived = new RegExp(`^(${olga.t("tick-delivered")}|${olga.t("tick-read")})`);
    await olga.page.getByRole("article").locator(".meta .unseen").filter({ hasText: arrived }).first().waitFor({ state: "attached" });
  } finally {
    await scene.close();
  }
});

test("a document is saved as it was sent", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    const buffer = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) & 255));
    await olga.sendFile({ name: "table.bin", mimeType: "application/octet-stream", buffer });
    await ivan.page.getByRole("button", { name: ivan.t("file-download", { name: "table.bin" }) }).click();
    const open = ivan.page.getByRole("button", { name: ivan.t("file-open", { name: "table.bin" }) });
    await open.waitFor();
    const [download] = await Promise.all([ivan.page.waitForEvent("download"), open.click()]);
    assert.equal(download.suggestedFilename(), "table.bin");
    assert.deepEqual(fs.readFileSync(await download.path()), buffer);
  } finally {
    await scene.close();
  }
});

test("a sound is played where it stands, and what cannot be played says so", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.sendFile(tone("bell.wav"));
    await olga.sendFile({ name: "broken.mp4", mimeType: "video/mp4", buffer: Buffer.from("not a film at all") });
    const open = async (name) => {
      await ivan.page.getByRole("button", { name: ivan.t("file-download", { name }) }).click();
      await ivan.page.getByRole("dialog", { name, exact: true }).waitFor();
    };
    await open("bell.wav");
    await ivan.page.waitForFunction(() => document.querySelector("dialog audio")?.duration > 0.9);
    await ivan.page.keyboard.press("Escape");
    await open("broken.mp4");
    await ivan.page.getByText(ivan.t("unplayable")).waitFor();
  } finally {
    await scene.close();
  }
});
