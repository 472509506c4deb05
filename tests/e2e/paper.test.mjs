// Paper: photographed, straightened and sent as one document; parts covered for good; labels that readers see.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { listening, overhear } from "./harness/capture.mjs";
import { photograph } from "./harness/files.mjs";
import { look } from "./harness/look.mjs";
import { attach, bomb, documentWithSecret, endlessGif, photographOfPaper, readDocument } from "./harness/paper.mjs";
import { founded, twoPeople } from "./harness/scene.mjs";
import { scratch } from "./harness/scratch.mjs";

/** The card of a file in a chat, whatever can be done with it. */
const card = (person, name) => person.page.getByRole("article").locator("button.card").filter({ hasText: name });

/** Gets a file and shows it. */
async function fetched(person, name) {
  await person.click(card(person, name));
  const viewer = person.page.locator("dialog.viewer");
  await viewer.waitFor();
  return viewer;
}

/** Saves what the viewer shows. */
async function saved(person, viewer) {
  const [download] = await Promise.all([person.page.waitForEvent("download"), viewer.getByRole("button", { name: person.t("save"), exact: true }).click()]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
}

for (const language of ["en", "ru"]) {
  test(`paper (${language})`, async (story) => {
    const scene = await twoPeople({ language });
    const { olga, ivan } = scene;
    const complaints = [];
    try {
      // One scene for all of it: people take longer to come together than to scan.
      const photos = [];
      for (const number of [1, 2, 3]) photos.push(await photographOfPaper(olga.page, { number }));

      await story.test("three photographs become one document in five taps", async () => {
        assert.ok(photos.every(({ buffer }) => buffer.includes("VALISE-CAMERA")), "the control: the notes are in the originals");
        await olga.page.setViewportSize({ width: 360, height: 740 });
        const [before, began] = [olga.clicks, Date.now()];
        const dialog = await attach(olga, "attach-scan", photos);
        await dialog.locator(".paper-small img").nth(2).waitFor();
        await olga.click(dialog.getByRole("button", { name: olga.t("send"), exact: true }));
        const sent = olga.page.getByRole("article").locator("button.card").filter({ hasText: ".pdf" });
        await sent.waitFor();
        const [taps, seconds] = [olga.clicks - before, (Date.now() - began) / 1000];
        console.log(`U4 (${language}): ${taps} taps, ${seconds.toFixed(1)} s from the first tap to the document in the chat`);
        assert.ok(taps <= 5, `${taps} taps`);

        await ivan.click(ivan.page.getByRole("article").locator("button.card").filter({ hasText: ".pdf" }));
        const viewer = ivan.page.locator("dialog.viewer");
        await viewer.locator(".pdf-page canvas").first().waitFor();
        assert.equal(await viewer.locator(".pdf-page").count(), 3);
        const { name, bytes } = await saved(ivan, viewer);
        assert.match(name, language === "ru" ? /^Скан .*\.pdf$/ : /^Scan .*\.pdf$/);
        console.log(`three pages are ${Math.round(bytes.length / 1024)} KiB`);
        assert.ok(bytes.length < 2_000_000);
        for (const gone of ["VALISE-CAMERA", "55.7558N", "Exif", "IMG_"]) assert.ok(!bytes.includes(gone), `${gone} was sent`);
        // The edges are paper and not table; the heading is there.
        const edges = [[0, 0, 0.03, 1], [0.97, 0, 1, 1], [0, 0, 1, 0.03], [0, 0.97, 1, 1]];
        const read = await readDocument(ivan.page, bytes, [...edges, [0.08, 0.07, 0.5, 0.12]]);
        assert.equal(read.pages, 3);
        assert.equal(read.text, "");
        assert.equal(read.info.Author ?? read.info.Title ?? read.info.Producer ?? read.info.Creator, undefined);
        for (const page of read.places) {
          for (const edge of page.slice(0, 4)) assert.ok(edge.mean > 235, `an edge is ${edge.mean}`);
          assert.ok(page[4].least < 90, `the ink is ${page[4].least}`);
        }
        for (const [wide, high] of read.sizes) assert.ok(Math.abs(high / wide - Math.SQRT2) < 0.12, `${wide} by ${high}`);
        await ivan.page.keyboard.press("Escape");
        await olga.page.setViewportSize({ width: 1280, height: 800 });
      });

      await story.test("pages are looked at, mended and ordered, with the keyboard too", async () => {
        const dialog = await attach(olga, "attach-scan", [photos[0], bomb(), photos[1]]);
        const small = dialog.locator(".paper-small");
        await small.locator("img").nth(1).waitFor();
        await look(olga, "scan", complaints);
        // What says to be larger than any camera makes was not opened, and is taken out.
        await small.nth(1).click();
        await dialog.getByText(olga.t("paper-too-large")).waitFor();
        await dialog.getByRole("button", { name: olga.t("paper-remove"), exact: true }).click();
        assert.equal(await small.count(), 2);
        // The second page becomes the first.
        const [first, second] = [await small.nth(0).locator("img").getAttribute("src"), await small.nth(1).locator("img").getAttribute("src")];
        await dialog.getByRole("button", { name: olga.t("paper-earlier"), exact: true }).click();
        assert.deepEqual([await small.nth(0).locator("img").getAttribute("src"), await small.nth(1).locator("img").getAttribute("src")], [second, first]);
        // A corner goes where the arrow keys move it.
        await dialog.getByRole("button", { name: olga.t("paper-edges"), exact: true }).click();
        const corner = dialog.getByRole("button", { name: olga.t("corner-upper-left"), exact: true });
        const left = () => corner.evaluate((element) => parseFloat(element.style.left));
        const found = await left();
        assert.ok(found > 10 && found < 30, `the corner was found at ${found} %`);
        await corner.focus();
        await olga.page.keyboard.press("ArrowRight");
        assert.ok(Math.abs((await left()) - found - 1) < 0.01);
        await look(olga, "scan-edges", complaints);
        await dialog.getByRole("button", { name: olga.t("paper-look"), exact: true }).click();
        await dialog.getByRole("radio", { name: olga.t("finish-black-white"), exact: true }).check({ force: true });
        await look(olga, "scan-look", complaints);
        // A box without a mouse: added, moved, taken away; it keeps the focus while its page is made anew.
        await dialog.getByRole("button", { name: olga.t("paper-cover"), exact: true }).click();
        await dialog.getByRole("button", { name: olga.t("cover-add"), exact: true }).click();
        const box = dialog.getByRole("button", { name: olga.t("cover-box", { number: 1 }), exact: true });
        await box.focus();
        await olga.page.keyboard.press("ArrowDown");
        await olga.page.keyboard.press("ArrowDown");
        assert.ok(Math.abs((await box.evaluate((element) => parseFloat(element.parentElement.style.top))) - 47) < 0.01);
        await olga.page.keyboard.press("Delete");
        await box.waitFor({ state: "detached" });
        assert.deepEqual(complaints.splice(0), []);
        await olga.page.keyboard.press("Escape");
        await dialog.waitFor({ state: "detached" });
      });

      await story.test("what is covered in a document is gone", async () => {
        const secret = "SEVEN BARRELS";
        const original = documentWithSecret(secret);
        const place = [0.09, 0.13, 0.9, 0.18];
        const control = await readDocument(olga.page, original.buffer, [place]);
        assert.ok(control.text.includes(secret) && control.info.Author === "A. Clerk", "the control: it is all there");
        assert.ok(control.places[0][0].most > 200 && control.places[0][0].least < 100);

        const send = async (draw, name) => {
          await olga.page.locator("#file-picker").setInputFiles({ ...original, name });
          await olga.page.getByRole("dialog").getByRole("button", { name: olga.t("cover-title"), exact: true }).click();
          const dialog = olga.page.locator("dialog.paper");
          const shown = dialog.locator(".paper-frame img");
          await shown.waitFor();
          if (draw) {
            const box = await dialog.locator(".paper-frame").boundingBox();
            await olga.page.mouse.move(box.x + box.width * 0.06, box.y + box.height * 0.12);
            await olga.page.mouse.down();
            await olga.page.mouse.move(box.x + box.width * 0.95, box.y + box.height * 0.19, { steps: 5 });
            await olga.page.mouse.up();
            await dialog.getByRole("button", { name: olga.t("cover-box", { number: 1 }) }).waitFor();
            await look(olga, "cover", complaints);
          }
          await dialog.getByRole("button", { name: olga.t("cover-done"), exact: true }).click();
          await dialog.waitFor({ state: "detached" });
          const offered = olga.page.getByRole("dialog");
          await offered.getByRole("button", { name: olga.t("send"), exact: true }).click();
          await offered.waitFor({ state: "detached" });
          const viewer = await fetched(ivan, name);
          await viewer.locator(".pdf-page canvas").first().waitFor();
          const { bytes } = await saved(ivan, viewer);
          await ivan.page.keyboard.press("Escape");
          return { bytes, read: await readDocument(ivan.page, bytes, [place, [0.09, 0.2, 0.9, 0.25]]) };
        };
        const covered = await send(true, "covered.pdf");
        const twin = await send(false, "twin.pdf");
        for (const { bytes, read } of [covered, twin]) {
          for (const gone of [secret, "A. Clerk", "Secret draft", "xmpmeta", "/Font", "/Metadata", "/Prev"]) assert.ok(!bytes.includes(gone), `${gone} is left`);
          assert.equal(bytes.toString("latin1").split("%%EOF").length - 1, 1, "one version");
          assert.deepEqual([read.pages, read.text], [1, ""]);
          assert.ok(read.places[0][1].least < 110, "the rest can be read");
        }
        assert.ok(covered.read.places[0][0].most < 24, `beneath the box it is ${covered.read.places[0][0].most}`);
        assert.ok(twin.read.places[0][0].most > 200, "the twin without a box shows its pixels");
        assert.deepEqual(complaints.splice(0), []);
      });

      await story.test("what is confidential bears its reader's name, and a copy is asked for", async () => {
        await olga.page.locator("#file-picker").setInputFiles(await photograph(olga.page));
        const dialog = olga.page.getByRole("dialog");
        await dialog.getByRole("checkbox", { name: olga.t("confidential") }).check();
        await olga.click(dialog.getByRole("button", { name: olga.t("send"), exact: true }));
        await dialog.waitFor({ state: "detached" });
        await ivan.page.getByRole("article").getByText(ivan.t("confidential"), { exact: true }).waitFor();
        assert.equal(await ivan.page.locator("button.picture").count(), 0, "no picture without a name across it stands in the chat");
        const viewer = await fetched(ivan, "photo.jpg");
        await viewer.locator("img").waitFor();
        const names = await viewer.locator(".watermark").innerText();
        assert.ok(names.split("Ivan Sokolov").length > 50, "the reader's own name, many times");
        await look(ivan, "confidential", complaints);
        // Saving says first what it is.
        await viewer.getByRole("button", { name: ivan.t("save"), exact: true }).click();
        const asked = ivan.page.getByRole("dialog", { name: ivan.t("confidential-save-title") });
        await asked.waitFor();
        const [download] = await Promise.all([ivan.page.waitForEvent("download"), asked.getByRole("button", { name: ivan.t("confidential-save-go") }).click()]);
        assert.equal(download.suggestedFilename(), "photo.jpg");
        await ivan.page.keyboard.press("Escape");
        // The control: what bears no label has no name across it.
        await olga.sendFile({ ...(await photograph(olga.page, 800, 600)), name: "open.jpg" });
        const open = ivan.page.locator("button.picture");
        await open.waitFor();
        await ivan.click(open);
        await ivan.page.locator("dialog.viewer img").waitFor();
        assert.equal(await ivan.page.locator(".watermark").count(), 0);
        await ivan.page.keyboard.press("Escape");
        assert.deepEqual(complaints.splice(0), []);
      });

      await story.test("texts are shown as texts, and pictures that are none or too long are not opened", async () => {
        const text = "<script>document.title = 'run'</script>\nПункт 1. Прочитано.\n";
        await olga.sendFile({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
        let viewer = await fetched(ivan, "note.txt");
        await viewer.locator(".viewer-text").waitFor();
        assert.equal(await viewer.locator(".viewer-text").textContent(), text);
        assert.notEqual(await ivan.page.title(), "run");
        await ivan.page.keyboard.press("Escape");
        // It cannot be cleaned of anything, so it goes as it is; whoever gets it is shown no frame of it.
        await olga.sendFile(endlessGif());
        viewer = await fetched(ivan, "endless.gif");
        await viewer.getByText(ivan.t("picture-refused")).waitFor();
        assert.equal(await viewer.locator("img").count(), 0);
        await ivan.page.keyboard.press("Escape");
        // A bomb is not even sent as a picture.
        await olga.page.locator("#file-picker").setInputFiles(bomb());
        await olga.page.getByRole("dialog").getByRole("button", { name: olga.t("send"), exact: true }).click();
        await olga.page.getByText(olga.t("picture-unreadable", { name: "bomb.png" })).waitFor();
      });
    } finally {
      await scene.close();
    }
  });
}

for (const language of ["en", "ru"]) {
  test(`three pages are photographed and sent in five taps, and then nothing looks any more (${language})`, async () => {
    const scene = await founded({ language });
    try {
      const { olga } = scene;
      // As wide as it is asked for: the browser would cut another shape to it.
      const sheet = await photographOfPaper(olga.page, { width: 1920, height: 1080 });
      const folder = scratch("camera");
      // What the camera sees: one photograph, again and again.
      const seen = path.join(folder, "paper.mjpeg");
      fs.writeFileSync(seen, sheet.buffer);
      const link = await olga.inviteFirst("Ivan Sokolov");
      const ivan = await scene.person("Ivan Sokolov", { language, size: { width: 360, height: 740 }, touch: true, camera: seen });
      await ivan.join(link);
      await ivan.write("I am in.");
      await ivan.tick("I am in.", "tick-accepted");

      await overhear(ivan);

      const [before, began] = [ivan.clicks, Date.now()];
      await ivan.click(ivan.button("attach-camera"));
      const dialog = ivan.page.locator("dialog.paper");
      const shutter = dialog.getByRole("button", { name: ivan.t("camera-take"), exact: true }).and(dialog.locator('[aria-disabled="false"]'));
      for (const taken of [1, 2, 3]) {
        await ivan.click(shutter);
        await dialog.locator(".paper-small").nth(taken - 1).waitFor();
      }
      await ivan.click(dialog.getByRole("button", { name: ivan.t("send"), exact: true }).and(dialog.locator('[aria-disabled="false"]')));
      await card(ivan, ".pdf").waitFor();
      const [taps, seconds] = [ivan.clicks - before, (Date.now() - began) / 1000];
      console.log(`U4 with the camera (${language}): ${taps} taps, ${seconds.toFixed(1)} s`);
      assert.ok(taps <= 5, `${taps} taps`);
      assert.equal(await listening(ivan), 0);

      await ivan.button("attach-camera").click();
      await shutter.waitFor();
      const complaints = [];
      await look(ivan, "camera", complaints);
      assert.deepEqual(complaints, []);
      await dialog.getByRole("button", { name: ivan.t("close"), exact: true }).click();
      assert.equal(await listening(ivan), 0);

      await olga.openChat("Ivan Sokolov");
      const viewer = await fetched(olga, ".pdf");
      await viewer.locator(".pdf-page canvas").first().waitFor();
      const { bytes } = await saved(olga, viewer);
      const read = await readDocument(olga.page, bytes, [[0, 0, 0.03, 1], [0.08, 0.07, 0.5, 0.12]]);
      assert.equal(read.pages, 3);
      for (const [edge, heading] of read.places) {
        assert.ok(edge.mean > 235, `the edge is ${edge.mean}: the sheet was not found`);
        assert.ok(heading.least < 90, `the ink is ${heading.least}`);
      }
      fs.rmSync(folder, { recursive: true });
    } finally {
      await scene.close();
    }
  });
}

test("without leave the camera says so, and what is covered can be seen larger", async () => {
  const scene = await twoPeople();
  try {
    const { olga } = scene;
    await olga.page.context().clearPermissions();
    await olga.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"));
    });
    await olga.click(olga.button("attach"));
    await olga.click(olga.page.getByRole("menuitem", { name: olga.t("attach-camera"), exact: true }));
    const dialog = olga.page.locator("dialog.paper");
    await dialog.getByText(olga.t("camera-denied")).waitFor();

    await dialog.getByRole("button", { name: olga.t("cancel"), exact: true }).click();
    await dialog.locator("#page-picker").setInputFiles(await photographOfPaper(olga.page));
    const frame = dialog.locator(".paper-frame");
    await frame.waitFor();
    const width = async () => (await frame.boundingBox()).width;
    const small = await width();
    await dialog.getByRole("button", { name: olga.t("paper-larger"), exact: true }).click();
    assert.ok((await width()) > small * 1.4);
    await dialog.getByRole("button", { name: olga.t("paper-cover"), exact: true }).click();
    await dialog.getByRole("button", { name: olga.t("cover-add"), exact: true }).click();
    const [page, box] = [await frame.boundingBox(), await dialog.locator(".paper-cover").boundingBox()];
    assert.ok(Math.abs(box.width / page.width - 0.4) < 0.01, "the box keeps its place on the page");
    await dialog.getByRole("button", { name: olga.t("paper-smaller"), exact: true }).click();
    assert.ok(Math.abs((await width()) - small) < 1);
  } finally {
    await scene.close();
  }
});
