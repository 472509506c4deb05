// Coming over: a chat of WhatsApp with a photograph is brought in, searched, read, and cannot be written into.
import assert from "node:assert/strict";
import { test } from "node:test";
import { photograph } from "./harness/files.mjs";
import { look } from "./harness/look.mjs";
import { founded } from "./harness/scene.mjs";
import { zip } from "./harness/zip.mjs";

/** A chat of two people with a photograph, a line that makes no sense, and words that are only in it. */
function export_of(photo) {
  const lines = [
    "31/12/23, 10:00 - Messages and calls are end-to-end encrypted. Tap to learn more.",
    "31/12/23, 10:01 - Anna Berg: Good morning, is the Zwiebelkuchen report ready?",
    "31/12/23, 10:02 - Olga P: Almost. Look at the yard:",
    "31/12/23, 10:03 - Olga P: IMG-20231231-WA0001.jpg (file attached)",
    "the yard on Sunday",
    "45/45/23, 10:03 - Anna Berg: this line was broken by somebody",
    "31/12/23, 10:04 - Anna Berg: <Media omitted>",
  ];
  for (let number = 0; number < 300; number += 1) {
    lines.push(`01/01/24, ${String(Math.floor(number / 60) + 8).padStart(2, "0")}:${String(number % 60).padStart(2, "0")} - Anna Berg: line ${number}`);
  }
  return zip([["_chat.txt", Buffer.from(`${lines.join("\n")}\n`)], ["IMG-20231231-WA0001.jpg", photo]]);
}

async function openBringing(person) {
  await person.page.getByRole("button", { name: person.t("settings") }).first().click();
  await person.page.getByRole("button", { name: new RegExp(`^${person.t("bring")}`) }).click();
  return person.page.getByRole("dialog", { name: person.t("bring") });
}

for (const language of ["en", "ru"]) {
  test(`a chat of WhatsApp comes over, is searched, and its photograph is opened (${language})`, async () => {
    const complaints = [];
    const scene = await founded({ language });
    try {
      const { olga } = scene;
      await olga.inviteFirst("Ivan Sokolov");
      const photo = await photograph(olga.page);
      const dialog = await openBringing(olga);
      await dialog.locator("#export-file").waitFor({ state: "attached" });
      await look(olga, "bring-choose", complaints);
      await dialog.getByRole("radio", { name: "Telegram" }).check();
      await dialog.getByRole("button", { name: olga.t("bring-folder") }).waitFor();
      await look(olga, "bring-telegram", complaints);

      await dialog.locator("#export-file").setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no chat at all\n") });
      await dialog.getByRole("alert").getByText(olga.t("trouble-no-export")).waitFor();

      const requests = olga.requests.length;
      const file = { name: "WhatsApp Chat with Anna Berg.zip", mimeType: "application/zip", buffer: export_of(photo.buffer) };
      await dialog.locator("#export-file").setInputFiles(file);
      await dialog.getByText("Anna Berg").first().waitFor();
      await dialog.getByRole("radio", { name: /Olga P/ }).check();
      await look(olga, "bring-ask", complaints);
      await dialog.getByRole("button", { name: olga.t("bring-go"), exact: true }).click();
      await dialog.getByText(olga.t("bring-done")).waitFor();
      await dialog.locator(".bring-skipped summary").click();
      await dialog.getByText(olga.t("left-out-line", { line: "6", why: olga.t("left-out-bad-date") })).waitFor();
      await look(olga, "bring-done", complaints);
      const uploads = olga.requests.slice(requests).filter((url) => url.includes("/v1/blobs"));
      assert.deepEqual(uploads, [], "something of the export goes to the server");

      await dialog.getByRole("button", { name: olga.t("bring-open"), exact: true }).click();
      await olga.page.getByRole("heading", { name: "Anna Berg (WhatsApp)" }).waitFor();
      await olga.message("line 299").waitFor();
      await olga.page.getByText(olga.t("blocked-imported")).waitFor();
      assert.equal(await olga.composer().count(), 0, "there is a place to write");
      await look(olga, "bring-chat", complaints);

      await olga.page.getByRole("searchbox", { name: olga.t("search-chats") }).fill("zwiebelkuchen from:anna");
      const hit = olga.page.getByRole("region", { name: olga.t("messages") }).getByRole("button", { name: /Zwiebelkuchen/i });
      await hit.click();
      await olga.message("Zwiebelkuchen").waitFor();
      await look(olga, "bring-beginning", complaints);

      for (const [day, line] of [["2024-01-01", "line 0"], ["2024-06-01", "line 299"], ["2023-12-01", "Zwiebelkuchen"]]) {
        await olga.page.getByRole("button", { name: olga.t("day-go-to"), exact: true }).click();
        const asked = olga.page.getByRole("dialog", { name: olga.t("day-go-to") });
        if (day === "2024-06-01") await look(olga, "day", complaints);
        await asked.getByLabel(olga.t("day"), { exact: true }).fill(day);
        await asked.getByRole("button", { name: olga.t("day-show") }).click();
        await asked.waitFor({ state: "detached" });
        await olga.message(line).filter({ visible: true }).first().waitFor();
        await olga.page.waitForFunction(() => document.querySelector(".row.flash") !== null);
      }
      // It came without a small picture, and has got one: made here, and kept.
      const photographed = olga.page.getByRole("button", { name: olga.t("file-open", { name: "IMG-20231231-WA0001.jpg" }) });
      await photographed.locator("img").waitFor();
      assert.ok((await photographed.locator("img").evaluate((image) => image.naturalWidth)) <= 480);
      await photographed.click();
      await olga.page.waitForFunction(() => document.querySelector("dialog img")?.naturalWidth === 1600);
      await olga.page.keyboard.press("Escape");

      await olga.page.getByRole("button", { name: olga.t("show-details") }).last().click();
      await olga.button("imported-forget").waitFor();
      await look(olga, "bring-details", complaints);
      await olga.button("imported-forget").click();
      await olga.page.getByRole("dialog").getByRole("button", { name: olga.t("imported-forget"), exact: true }).click();
      await olga.chatRow("Anna Berg").waitFor({ state: "detached" });
      assert.deepEqual(complaints, []);
    } finally {
      await scene.close();
    }
  });
}

test("what was brought stays after a reload, and the same export again doubles nothing", async () => {
  const scene = await founded();
  try {
    const { olga } = scene;
    await olga.inviteFirst("Ivan Sokolov");
    const photo = await photograph(olga.page);
    const file = { name: "WhatsApp Chat with Anna Berg.zip", mimeType: "application/zip", buffer: export_of(photo.buffer) };
    for (const isAgain of [false, true]) {
      const dialog = await openBringing(olga);
      await dialog.locator("#export-file").setInputFiles(file);
      await dialog.getByRole("button", { name: olga.t("bring-go"), exact: true }).click();
      await dialog.getByText(olga.t("bring-done")).waitFor();
      assert.equal(await dialog.getByText(/were here before/).count(), isAgain ? 1 : 0);
      await dialog.getByRole("button", { name: olga.t("bring-open"), exact: true }).click();
      await olga.message("line 299").waitFor();
      assert.equal(await olga.chatRow("Anna Berg").count(), 1);
      await olga.page.reload();
      await olga.button("unlock-go").click();
      await olga.chatRow("Anna Berg").waitFor();
    }
  } finally {
    await scene.close();
  }
});

test("a registrar makes a text that asks to be answered here, and its link lets somebody in", async () => {
  const complaints = [];
  const scene = await founded();
  try {
    const { olga } = scene;
    await olga.inviteFirst("Ivan Sokolov");
    await olga.page.getByRole("button", { name: olga.t("settings") }).first().click();
    await olga.page.getByRole("button", { name: /Answer me here/ }).click();
    const dialog = olga.page.getByRole("dialog", { name: olga.t("answer-here") });
    await dialog.getByRole("radio").first().waitFor();
    await look(olga, "answer-here", complaints);
    await dialog.getByRole("button", { name: olga.t("answer-here-make"), exact: true }).click();
    const text = await dialog.getByRole("textbox", { name: olga.t("answer-here-label") }).inputValue();
    await look(olga, "answer-here-text", complaints);
    const [link] = text.match(/https?:\/\/\S+\/join#\S+/);
    const boris = await scene.person("Boris");
    await boris.join(link);
    assert.deepEqual(complaints, []);
    // Whoever may not invite is not offered it.
    await boris.page.getByRole("button", { name: boris.t("settings") }).first().click();
    await boris.page.getByRole("button", { name: new RegExp(`^${boris.t("bring")}`) }).waitFor();
    assert.equal(await boris.page.getByRole("button", { name: /Answer me here/ }).count(), 0);
  } finally {
    await scene.close();
  }
});
