// A guest who is looked at first, one who is not let in, one whose link is another one, one whose link is ended; and one who photographs what he answers.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { listening, overhear } from "./harness/capture.mjs";
import { askGuest, come, decideOnGuest, guestStands, handOver, panel, receipt } from "./harness/guests.mjs";
import { PHONE, look } from "./harness/look.mjs";
import { photographOfPaper, readDocument } from "./harness/paper.mjs";
import { openRequests } from "./harness/requests.mjs";
import { founded } from "./harness/scene.mjs";
import { scratch } from "./harness/scratch.mjs";

const SAID = {
  en: {
    taras: { guest: "Taras Kovalenko", subject: "The accident of 3 May", text: "What did you see at the crossing on 3 May 2026?" },
    marta: { guest: "Marta Melnyk", subject: "The accident, from the other side", text: "What did you see from your balcony?" },
  },
  ru: {
    taras: { guest: "Тарас Коваленко", subject: "Авария 3 мая", text: "Что вы видели на перекрёстке 3 мая 2026 года?" },
    marta: { guest: "Марта Мельник", subject: "Авария, с другой стороны", text: "Что вы видели с балкона?" },
  },
};

for (const language of ["en", "ru"]) {
  test(`a guest waits until somebody has looked, and is told in plain words when it is over (${language})`, async () => {
    const scene = await founded({ language });
    const complaints = [];
    const said = SAID[language];
    const phone = (name) => scene.person(name, { language, size: PHONE, touch: true });
    try {
      const { olga } = scene;
      await olga.button("first-later").click();
      await openRequests(olga);
      await askGuest(olga, said.taras, { held: true });
      const taras = await phone(said.taras.guest);
      await waits(olga, taras, await handOver(olga), complaints);
      await isLetIn(olga, taras, said.taras, complaints);
      await isEnded(olga, taras, said.taras, complaints);
      await askGuest(olga, said.marta, { held: true });
      const marta = await phone(said.marta.guest);
      await isRefused(olga, marta, said.marta, complaints);
      await isGivenAnotherLink(scene, phone, said.marta, complaints);
      assert.deepEqual(complaints, []);
      for (const person of [olga, taras, marta]) assert.deepEqual(person.errors, []);
    } finally {
      await scene.close();
    }
  });

  test(`a guest photographs two pages and keeps a receipt (${language})`, async () => {
    const scene = await founded({ language });
    const complaints = [];
    const said = SAID[language];
    const folder = scratch("camera");
    try {
      const { olga } = scene;
      await olga.button("first-later").click();
      await openRequests(olga);
      await askGuest(olga, said.taras);
      // What the camera sees: one photograph, again and again, as wide as it is asked for.
      const camera = path.join(folder, "paper.mjpeg");
      fs.writeFileSync(camera, (await photographOfPaper(olga.page, { width: 1920, height: 1080 })).buffer);
      const taras = await scene.person(said.taras.guest, { language, size: PHONE, touch: true, camera });
      await come(taras, await handOver(olga));
      await taras.page.locator(".document .sheet-text").getByText(said.taras.text).waitFor();
      await photographs(taras, complaints);
      assert.match(await receipt(taras), /\.pdf/, "the pages are in it as they were sent");
      await arrives(olga);
      assert.deepEqual(complaints, []);
      for (const person of [olga, taras]) assert.deepEqual(person.errors, []);
    } finally {
      fs.rmSync(folder, { recursive: true });
      await scene.close();
    }
  });
}

/** He sees that somebody looks at him, keeps his place when he closes the page, and both see the same digits. */
async function waits(olga, taras, handed, complaints) {
  await guestStands(olga, "guest-awaited");
  await taras.page.goto(handed.link);
  await taras.page.getByText(taras.t("guest-held"), { exact: true }).waitFor();
  await come(taras, handed);
  const waiting = taras.page.getByRole("heading", { name: taras.t("guest-wait-title"), exact: true });
  await waiting.waitFor();
  await guestStands(olga, "guest-waits");
  const digits = await panel(olga).locator(".fingerprint").innerText();
  assert.equal(await taras.page.locator(".guest-wait .fingerprint").innerText(), digits);
  await look(taras, "guest-waits", complaints);
  await look(olga, "guest-panel-waits", complaints, panel(olga));
  await taras.page.setViewportSize(PHONE);
  await taras.page.reload();
  await taras.click(taras.button("unlock-go"));
  await waiting.waitFor();
}

async function isLetIn(olga, taras, { text }, complaints) {
  await olga.click(panel(olga).getByRole("button", { name: olga.t("guest-let-in"), exact: true }));
  await taras.page.locator(".document .sheet-text").getByText(text).waitFor();
  await guestStands(olga, "guest-in");
  await look(olga, "guest-panel-in", complaints, panel(olga));
}

/** Olga ends it, and means it. He is told so, can sign nothing more, goes on reading, and clears the page. */
async function isEnded(olga, taras, { text }, complaints) {
  const { page } = taras;
  await decideOnGuest(olga, "guest-end", () => look(olga, "guest-end", complaints));
  await guestStands(olga, "guest-is-over");
  await page.locator(".guest-over").getByText(taras.t("guest-over"), { exact: true }).waitFor();
  await page.locator(".deeds button").first().waitFor({ state: "detached" });
  await page.locator(".guest-line").getByText(taras.t("guest-offline")).waitFor({ state: "detached" });
  await look(taras, "guest-over", complaints);
  await page.setViewportSize(PHONE);
  await taras.click(page.getByRole("button", { name: taras.t("request-talk"), exact: true }));
  await page.getByText(taras.t("blocked-guest-over"), { exact: true }).waitFor();
  await taras.click(page.getByRole("button", { name: taras.t("request-document"), exact: true }));
  await taras.click(page.locator(".guest-over").getByRole("button", { name: taras.t("guest-clear"), exact: true }));
  const dialog = page.getByRole("dialog");
  await look(taras, "guest-clear", complaints);
  await page.setViewportSize(PHONE);
  await taras.click(dialog.getByRole("button", { name: taras.t("guest-clear"), exact: true }));
  await page.getByText(text).waitFor({ state: "detached" });
  await page.locator(".guest-page").waitFor({ state: "detached" });
}

/** She waits, and is not let in: nobody leaves her waiting. */
async function isRefused(olga, marta, { guest }, complaints) {
  const { page } = marta;
  await come(marta, await handOver(olga));
  await guestStands(olga, "guest-waits");
  await decideOnGuest(olga, "guest-end");
  await page.getByRole("heading", { name: marta.t("guest-refused-title"), exact: true }).waitFor();
  assert.equal(await page.getByText(marta.t("guest-wait-title")).count(), 0);
  await look(marta, "guest-refused", complaints);
  await look(olga, "guest-panel-over", complaints, panel(olga));
  assert.equal(await panel(olga).getByText(guest, { exact: true }).count(), 1);
}

/** Olga makes another link; then one more, in the place of one that nobody used. By the former ones nobody comes, by the last one she does. */
async function isGivenAnotherLink(scene, phone, { guest, text }, complaints) {
  const { olga } = scene;
  await olga.click(panel(olga).getByRole("button", { name: olga.t("guest-renew"), exact: true }));
  await guestStands(olga, "guest-awaited");
  const former = await handOver(olga);
  await decideOnGuest(olga, "guest-renew", () => look(olga, "guest-renew", complaints));
  let handed = former;
  while (handed.link === former.link) handed = await handOver(olga);
  assert.notEqual(handed.code, former.code);
  const marta = await phone(guest);
  await marta.page.goto(former.link);
  await marta.page.getByRole("heading", { name: marta.t("guest-bad-title"), exact: true }).waitFor();
  await marta.page.goto("about:blank");
  await come(marta, handed);
  await guestStands(olga, "guest-waits");
  await olga.click(panel(olga).getByRole("button", { name: olga.t("guest-let-in"), exact: true }));
  await marta.page.locator(".document .sheet-text").getByText(text).waitFor();
}

/** Five taps from the request to the answer, and then nothing looks any more. */
async function photographs(taras, complaints) {
  const { page } = taras;
  await overhear(taras);
  const begin = performance.now();
  taras.clicks = 0;
  await taras.click(page.locator(".deeds").getByRole("button", { name: taras.t("request-do-answer"), exact: true }));
  const letter = page.getByRole("dialog").filter({ has: page.locator("#letter-text") });
  await taras.click(letter.getByRole("button", { name: taras.t("attach-camera"), exact: true }));
  const paper = page.locator("dialog.paper");
  const ready = (id) => paper.getByRole("button", { name: taras.t(id), exact: true }).and(paper.locator('[aria-disabled="false"]'));
  await taras.click(ready("camera-take"));
  await paper.locator(".paper-small").first().waitFor();
  await taras.click(ready("cover-done"));
  await paper.waitFor({ state: "detached" });
  assert.equal(await listening(taras), 0);
  await letter.getByText(/\.pdf$/).waitFor();
  await taras.click(letter.getByRole("button", { name: taras.t("send"), exact: true }));
  await letter.waitFor({ state: "detached" });
  await page.locator(".document .state").getByText(taras.t("request-answered"), { exact: true }).waitFor();
  console.log(`U3 with the camera: ${((performance.now() - begin) / 1000).toFixed(1)} s, ${taras.clicks} taps`);
  assert.ok(taras.clicks <= 5, `${taras.clicks} taps`);
  await look(taras, "guest-photographed", complaints);
  await page.setViewportSize(PHONE);
}

/** Whoever asks opens it: a sheet, and no table around it. */
async function arrives(olga) {
  const { page } = olga;
  const letter = page.locator(".course-letter");
  await olga.click(letter.locator("button.card").filter({ hasText: ".pdf" }));
  const viewer = page.locator("dialog.viewer");
  await viewer.locator(".pdf-page canvas").first().waitFor();
  const saving = page.waitForEvent("download");
  await viewer.getByRole("button", { name: olga.t("save"), exact: true }).click();
  const bytes = fs.readFileSync(await (await saving).path());
  const read = await readDocument(page, bytes, [[0, 0, 0.03, 1], [0.08, 0.07, 0.5, 0.12]]);
  for (const [edge, heading] of read.places) {
    assert.ok(edge.mean > 235, `the edge is ${edge.mean}: the sheet was not found`);
    assert.ok(heading.least < 90, `the ink is ${heading.least}`);
  }
}
