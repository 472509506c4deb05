// A second device: linked by a code, has everything, talks as its person, and is removed again. In both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { linkDevice, openDevices } from "./harness/linking.mjs";
import { founded, twoPeople } from "./harness/scene.mjs";
import { Terminal } from "./harness/terminal.mjs";

for (const language of ["en", "ru"]) {
  test(`a second device is linked by its code, and has everything (${language})`, async () => {
    const scene = await twoPeople({ language });
    try {
      const { olga, ivan } = scene;
      await olga.write("said before");
      await ivan.message("said before").waitFor();
      await ivan.write("heard before");
      await olga.message("heard before").waitFor();

      const begun = performance.now();
      const phone = await scene.person("Ivan's phone", { language, size: { width: 360, height: 740 }, touch: true });
      await linkDevice(ivan, phone, scene.server.url);
      await phone.openChat("Olga Petrova");
      await phone.message("said before").waitFor();
      await phone.message("heard before").waitFor();
      const seconds = (performance.now() - begun) / 1_000;
      console.log(`# u7: linked in ${seconds.toFixed(1)} s, ${phone.clicks} and ${ivan.clicks} clicks`);

      await phone.write("from the phone");
      await olga.message("from the phone").waitFor();
      await ivan.page.keyboard.press("Escape");
      await ivan.page.getByRole("button", { name: ivan.t("chats") }).last().click();
      await ivan.message("from the phone").waitFor();
      await olga.write("to both of them");
      await phone.message("to both of them").waitFor();
      await ivan.message("to both of them").waitFor();
      await olga.page.getByText(olga.t("notice-new-device", { person: "Ivan Sokolov" })).waitFor();

      await openDevices(ivan);
      await dialog(ivan).locator("li.entry button").click();
      await dialog(ivan).last().getByRole("button", { name: ivan.t("device-remove"), exact: true }).click();
      await phone.page.getByText(phone.t("blocked-removed")).waitFor();
      await olga.write("without the phone");
      await ivan.page.keyboard.press("Escape");
      await ivan.page.getByRole("button", { name: ivan.t("chats") }).last().click();
      await ivan.message("without the phone").waitFor();
      assert.equal(await phone.message("without the phone").count(), 0);
      for (const person of [olga, ivan, phone]) assert.equal(await person.isBroken(), false);
    } finally {
      await scene.close();
    }
  });
}

test("the link of a new device opens the question on a device of the account, and a refusal changes nothing", async () => {
  const scene = await twoPeople();
  try {
    const { ivan } = scene;
    const other = await scene.person("Somebody");
    await other.page.goto(scene.server.url);
    await other.button("device-have").click();
    const code = await other.page.locator(".code").textContent();
    const link = await other.field("link-label").inputValue();

    await ivan.page.goto(link);
    await ivan.button("unlock-go").click();
    await dialog(ivan).locator(".code.large").waitFor();
    await dialog(ivan).getByRole("button", { name: ivan.t("device-refuse"), exact: true }).click();
    await other.page.locator(".code", { hasNotText: code }).and(other.page.locator(":not(.large)")).waitFor();
    await openDevices(ivan);
    await dialog(ivan).locator("li.entry").first().waitFor();
    assert.equal(await dialog(ivan).locator("li.entry").count(), 1);
  } finally {
    await scene.close();
  }
});

test("a terminal is linked by a terminal, and by a browser", async () => {
  const scene = await founded();
  const terminals = [new Terminal(), new Terminal(), new Terminal()];
  const [first, second, third] = terminals;
  try {
    const link = await scene.olga.inviteFirst("Ivan Sokolov");
    await first.run("join", link);
    await first.run("send", "Olga Petrova", "from the first terminal");

    const linking = second.begin("link", scene.server.url);
    const { code } = await linking.heard((said) => said.code);
    await assert.rejects(first.run("approve", code, "--digits", "000000"), /other digits/);
    // Refused: it waits under another code.
    const again = await linking.heard((said) => said.code !== code);
    const approving = first.begin("approve", again.code);
    const { digits } = await linking.heard((said) => said.code === again.code && said.digits);
    approving.type(digits);
    await approving.done;
    await linking.done;
    assert.match(await second.run("read", "Olga Petrova"), /from the first terminal/);

    const alone = third.begin("link", scene.server.url);
    const asked = await alone.heard((said) => said.code);
    const { olga } = scene;
    await openDevices(olga);
    await dialog(olga).getByRole("button", { name: olga.t("device-link"), exact: true }).click();
    await dialog(olga).getByRole("textbox", { name: olga.t("device-code") }).fill(asked.code);
    await dialog(olga).getByRole("button", { name: olga.t("go-on"), exact: true }).click();
    const shown = await alone.heard((said) => said.digits);
    assert.equal(await dialog(olga).locator(".code.large").textContent(), shown.digits);
    await dialog(olga).getByRole("button", { name: olga.t("device-approve"), exact: true }).click();
    await alone.done;
    assert.match(await third.run("read", "Ivan Sokolov"), /from the first terminal/);
  } finally {
    for (const terminal of terminals) terminal.close();
    await scene.close();
  }
});

function dialog(person) {
  return person.page.getByRole("dialog");
}
