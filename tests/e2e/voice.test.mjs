// A voice note: spoken, sent, heard, and who spoke it sees that; or thrown away, and nothing listens any more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { listening, overhear } from "./harness/capture.mjs";
import { look } from "./harness/look.mjs";
import { twoPeople } from "./harness/scene.mjs";

function speaking(person) {
  return person.page.getByRole("group", { name: person.t("voice-recording") });
}

/** Begins to speak, and goes on for some seconds. */
async function speak(person, seconds) {
  await person.click(person.button("voice-record"));
  await speaking(person).waitFor();
  await speaking(person).getByRole("timer").getByText(`0:0${seconds}`).waitFor();
}

function play(person) {
  return person.page.getByRole("article").getByRole("button", { name: new RegExp(`^${person.t("voice-play", { length: "" }).trim()}`) });
}

for (const language of ["en", "ru"]) {
  test(`a voice note is spoken, heard, and known to be heard, in ${language}`, async () => {
    const scene = await twoPeople({ language, microphone: true });
    const complaints = [];
    try {
      const { olga, ivan } = scene;
      await overhear(olga);
      await speak(olga, 2);
      assert.equal(await listening(olga), 1, "the control: it listens");
      await look(olga, "voice-speaking", complaints);
      await olga.click(olga.button("voice-send"));
      await play(olga).waitFor();
      assert.equal(await listening(olga), 0, "it still listens");
      assert.equal(await olga.composer().evaluate((field) => document.activeElement === field), true);

      await play(ivan).waitFor();
      await ivan.page.getByText(ivan.t("voice-new"), { exact: true }).waitFor({ state: "attached" });
      await olga.page.getByText(olga.t("voice-not-heard"), { exact: true }).waitFor({ state: "attached" });
      // The beeps stand out from the silence between them.
      const drawing = await ivan.page.locator(".voice-drawing path").first().getAttribute("d");
      assert.ok(new Set(drawing.match(/v[0-9.]+/g)).size > 3, drawing);
      await look(ivan, "voice-note", complaints);
      await ivan.click(play(ivan));
      await ivan.button("voice-pause").waitFor();
      await olga.page.getByText(olga.t("voice-was-heard"), { exact: true }).waitFor({ state: "attached" });
      assert.equal(await ivan.page.getByText(ivan.t("voice-new"), { exact: true }).count(), 0);
      // It comes to its end by itself, and can be heard again.
      await play(ivan).waitFor();

      await ivan.click(play(ivan));
      await ivan.click(ivan.button("voice-pause"));
      await ivan.page.getByRole("button", { name: ivan.t("voice-speed", { factor: "1" }), exact: true }).click();
      await ivan.page.getByRole("button", { name: ivan.t("voice-speed", { factor: "1.5" }), exact: true }).waitFor();
      const place = ivan.page.getByRole("slider", { name: ivan.t("voice-where") });
      await place.focus();
      await place.press("End");
      await place.press("ArrowLeft");
      await place.press("ArrowLeft");
      await ivan.page.waitForFunction(() => Number(document.querySelector(".voice-drawing input").value) > 500);
      // Played on from there, it comes to its end.
      await ivan.click(play(ivan));
      await ivan.button("voice-pause").waitFor();
      await play(ivan).waitFor();
      await look(ivan, "voice-resting", complaints);
      assert.deepEqual(complaints, []);
    } finally {
      await scene.close();
    }
  });
}

test("what was spoken is thrown away, and an answer can be spoken", async () => {
  const scene = await twoPeople({ microphone: true });
  try {
    const { olga, ivan } = scene;
    await overhear(olga);
    await olga.composer().fill("begun");
    assert.equal(await olga.button("voice-record").count(), 0, "what is written is sent, not spoken over");
    await olga.composer().fill("");
    await speak(olga, 1);
    await olga.page.keyboard.press("Escape");
    await speaking(olga).waitFor({ state: "detached" });
    assert.equal(await listening(olga), 0, "it still listens");
    assert.equal(await play(olga).count(), 0);

    await olga.choose("I am in.", "reply");
    await speak(olga, 1);
    await olga.click(olga.button("voice-send"));
    await play(ivan).waitFor();
    const answered = ivan.page.getByRole("article").filter({ has: ivan.page.locator(".voice") });
    await answered.getByText("I am in.").first().waitFor();
    // Who leaves the chat while he speaks has not sent anything.
    await speak(olga, 1);
    await olga.makeGroup("Shift", "Ivan Sokolov");
    assert.equal(await listening(olga), 0, "it still listens");
    await olga.chatRow("Ivan Sokolov").getByText("🎤 0:0").waitFor();
    await olga.openChat("Ivan Sokolov");
    assert.equal(await play(olga).count(), 1);
  } finally {
    await scene.close();
  }
});

test("without the microphone it says why", async () => {
  const scene = await twoPeople();
  try {
    const { olga } = scene;
    await olga.click(olga.button("voice-record"));
    await olga.page.getByText(olga.t("voice-denied")).first().waitFor();
    await olga.write("so I write");
    await olga.tick("so I write", "tick-accepted");
  } finally {
    await scene.close();
  }
});
