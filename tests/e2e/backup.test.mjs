// A phone that is lost: its person comes back on an empty device, with the passkey or with a printed code. In both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";
import { Terminal } from "./harness/terminal.mjs";

for (const language of ["en", "ru"]) {
  test(`with the passkey everything comes back (${language})`, async () => {
    const scene = await twoPeople({ language });
    try {
      const { olga, ivan } = scene;
      await olga.write("said before");
      await ivan.message("said before").waitFor();
      await ivan.write("heard before");
      await olga.message("heard before").waitFor();
      await settings(ivan);
      await standing(ivan, "backup-kept");
      // What was written last is in it, too.
      await lose(ivan, scene);

      const [begun, clicks] = [performance.now(), ivan.clicks];
      await ivan.page.goto(scene.server.url);
      await ivan.page.getByText(ivan.t("lost"), { exact: true }).click();
      await ivan.click(ivan.button("back-passkey"));
      await ivan.openChat("Olga Petrova");
      await ivan.message("said before").waitFor();
      await ivan.message("heard before").waitFor();
      const seconds = (performance.now() - begun) / 1_000;
      console.log(`# u8: back with everything in ${seconds.toFixed(1)} s, ${ivan.clicks - clicks + 1} clicks`);

      await ivan.write("it is me again");
      await olga.message("it is me again").waitFor();
      await olga.write("welcome back");
      await ivan.message("welcome back").waitFor();
      await olga.page.getByText(olga.t("notice-new-device", { person: "Ivan Sokolov" })).waitFor();
      for (const person of [olga, ivan]) assert.equal(await person.isBroken(), false);
    } finally {
      await scene.close();
    }
  });
}

test("a printed code opens it where there is no passkey; a wrong one says so; a deleted backup opens with nothing", async () => {
  const scene = await twoPeople();
  const terminal = new Terminal();
  try {
    const { olga, ivan } = scene;
    await olga.write("said before");
    await ivan.message("said before").waitFor();
    await settings(ivan);
    await standing(ivan, "backup-kept");
    await entry(ivan, "backup-print").click();
    const dialog = ivan.page.getByRole("dialog");
    const code = await dialog.locator(".code").textContent();
    assert.match(code, /^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/);
    await dialog.getByRole("button", { name: ivan.t("close"), exact: true }).last().click();
    await standing(ivan, "backup-opens-both");
    // It goes up with the next layer.
    await ivan.page.waitForTimeout(8_000);

    const other = await scene.person("A new phone");
    await other.page.goto(scene.server.url);
    await other.page.getByText(other.t("lost"), { exact: true }).click();
    await other.field("back-code").fill("K7QM-2RX9");
    await other.button("back-by-code").click();
    await other.page.getByText(other.t("trouble-bad-code")).waitFor();
    await other.field("back-code").fill(code.toLowerCase());
    await other.button("back-by-code").click();
    await other.openChat("Olga Petrova");
    await other.message("said before").waitFor();

    const again = terminal.begin("recover", scene.server.url);
    again.type(code);
    await again.done;
    assert.match(await terminal.run("read", "Olga Petrova"), /said before/);

    await settings(other);
    await entry(other, "backup-stop").click();
    await other.page.getByRole("dialog").getByRole("button", { name: other.t("backup-stop"), exact: true }).click();
    await standing(other, "backup-off");
  } finally {
    terminal.close();
    await scene.close();
  }
});

/** The browser forgets everything but its passkeys, as a new phone of the same person has them. */
async function lose(person, scene) {
  await person.page.waitForTimeout(8_000);
  await person.page.goto("about:blank");
  const { origin } = new URL(scene.server.url);
  await person.page.devtools.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
}

async function settings(person) {
  await person.page.getByRole("button", { name: person.t("settings") }).last().click();
}

/** The entry of the settings; its hint belongs to its name. */
function entry(person, id) {
  return person.page.getByRole("button", { name: new RegExp(`^${person.t(id)}`) });
}

/** Waits until the settings say so. */
async function standing(person, id) {
  const words = person.t(id, { day: "\u0000", time: "\u0000" }).split("\u0000")[0];
  await person.page.locator(".pane").getByText(words, { exact: false }).waitFor();
}
