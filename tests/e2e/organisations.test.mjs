// A person in two organisations, each with a server of its own: the list leads from one to the other, is the same on his devices,
// and tells neither server of the other. In both languages.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { link } from "./harness/devices.mjs";
import { PHONE, look } from "./harness/look.mjs";
import { founded, twoPeople } from "./harness/scene.mjs";
import { Terminal } from "./harness/terminal.mjs";

/** What stands over the list of chats once there is somewhere to go. */
const switcher = (person) => person.page.locator(".switch-organisation");
const dialogOf = (person) => person.page.getByRole("dialog", { name: person.t("organisations"), exact: true });

async function openSettings(person) {
  await person.page.getByRole("button", { name: person.t("settings") }).last().click();
  await person.page.getByRole("button", { name: new RegExp(`^${person.t("organisations-open")}`) }).click();
}

/** All that lies below a folder, as one text a file. */
function contents(folder) {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => fs.readFileSync(path.join(entry.parentPath ?? entry.path, entry.name), "latin1"));
}

for (const language of ["en", "ru"]) {
  test(`one goes from one organisation to the other, and neither learns of it (${language})`, async () => {
    const ministry = await twoPeople({ language });
    const bank = await founded({ language, organisation: "Bank" });
    const complaints = [];
    try {
      const { ivan } = ministry;
      const secret = `Bank${randomBytes(8).toString("hex")}`;
      const invitation = await bank.olga.inviteFirst("Ivan Sokolov");
      const dialog = dialogOf(ivan);
      const address = () => dialog.getByRole("textbox", { name: ivan.t("elsewhere-address"), exact: true });

      // Who is in one organisation sees nothing of it over the chats.
      assert.equal(await switcher(ivan).count(), 0);
      await openSettings(ivan);
      await dialog.getByText(ivan.t("elsewhere-here"), { exact: true }).waitFor();

      // Whatever could lead elsewhere than it says is refused, and one's own is said to be that.
      const refused = dialog.getByText(ivan.t("elsewhere-bad-address"));
      for (const lie of ["http://bank.example", "javascript:alert(1)", "https://ministry.example@evil.example", "https://чат.пример@evil.example"]) {
        await address().fill(lie);
        await address().press("Enter");
        await refused.waitFor();
        await address().fill("");
      }
      await address().fill(ministry.server.url);
      await address().press("Enter");
      await dialog.getByText(ivan.t("elsewhere-same")).waitFor();
      // Letters that could pass for others are shown as what they are sent as, before anything is added.
      await address().fill("https://bаnk.example");
      await dialog.getByText(ivan.t("elsewhere-leads", { address: "https://xn--bnk-6cd.example" })).waitFor();

      // Of an invitation the address is left, and its secret is gone from the field at once.
      await address().fill(invitation);
      await dialog.getByText(ivan.t("elsewhere-leads", { address: bank.server.url }), { exact: true }).waitFor();
      assert.ok(!(await address().inputValue()).includes("#"));
      await dialog.getByRole("textbox", { name: ivan.t("elsewhere-name"), exact: true }).fill(secret);
      await dialog.getByRole("button", { name: ivan.t("elsewhere-add"), exact: true }).click();
      const way = dialog.getByRole("link", { name: new RegExp(secret) });
      await way.getByText(bank.server.url, { exact: true }).waitFor();
      assert.deepEqual([await way.getAttribute("href"), await way.getAttribute("rel")], [`${bank.server.url}/`, "noopener noreferrer"]);
      await look(ivan, "organisations", complaints);
      await ivan.page.keyboard.press("Escape");

      // It is the same on the other device, where a finger finds it over the chats.
      const phone = await ministry.person("Ivan's phone", { language, size: PHONE, touch: true });
      await link(ministry, ivan, phone);
      await switcher(phone).waitFor();
      const box = await switcher(phone).boundingBox();
      assert.ok(box.height >= 44, `${box.height} is too low for a finger`);
      await look(phone, "organisations-over-chats", complaints);
      await phone.page.setViewportSize(PHONE);
      await switcher(phone).tap();
      await dialogOf(phone).getByRole("link", { name: new RegExp(secret) }).waitFor();
      await phone.page.keyboard.press("Escape");

      // By keys alone: Alt and O, and the first other one has the focus.
      await ivan.page.keyboard.press("Alt+o");
      await ivan.page.waitForFunction(() => document.activeElement?.matches(".elsewhere"));
      const [opened] = await Promise.all([ivan.context.waitForEvent("page"), ivan.page.keyboard.press("Enter")]);
      await opened.waitForURL(`${bank.server.url}/`);
      await opened.getByText(ivan.t("landing-text")).waitFor();
      // Neither page has a handle on the other, and no address came along.
      assert.deepEqual(await opened.evaluate(() => [window.opener, document.referrer]), [null, ""]);
      await dialog.waitFor({ state: "detached" });

      // In the same browser he joins the bank by the invitation, and both go on beside each other.
      await ivan.prepare(opened);
      await opened.goto(invitation);
      await opened.getByRole("button", { name: ivan.t("join-go"), exact: true }).click();
      await ivan.composer(opened).waitFor();
      await ivan.write("I am in.", opened);
      await bank.olga.chatRow("Ivan Sokolov").waitFor();
      assert.equal(await opened.locator(".switch-organisation").count(), 0, "nothing was carried over");
      await ministry.olga.write("still here?");
      await ivan.chatRow("Olga Petrova").getByText("still here?").waitFor();

      // Taken out on the phone, it is gone here, and so is the way over the chats.
      await switcher(phone).tap();
      await dialogOf(phone).getByRole("button", { name: phone.t("elsewhere-change", { name: secret }) }).tap();
      await dialogOf(phone).getByRole("button", { name: phone.t("elsewhere-remove"), exact: true }).tap();
      await switcher(phone).waitFor({ state: "detached" });
      await switcher(ivan).waitFor({ state: "detached" });

      // Nothing of the bank lies at the ministry, and nothing of the ministry at the bank.
      for (const [server, others] of [[ministry.server, [secret, bank.server.url]], [bank.server, [secret, ministry.server.url]]]) {
        const all = [...contents(path.join(server.folder, "data")), server.log];
        for (const word of others) assert.ok(!all.some((text) => text.includes(word)), `${word} is known`);
        assert.ok(all.some((text) => text.includes(server === bank.server ? "Bank" : "Ministry of Weights")), "the control is found");
      }
      assert.deepEqual(complaints, []);
      for (const person of [ivan, phone]) assert.equal(await person.isBroken(), false);
    } finally {
      await ministry.close();
      await bank.close();
    }
  });
}

test("a terminal keeps the same list", async () => {
  const scene = await founded();
  const terminal = new Terminal();
  try {
    await terminal.run("join", await scene.olga.inviteFirst("Ivan Sokolov"));
    await terminal.run("organisation", "chat.bank.example/join#secret", "--name", "The Bank");
    assert.match(await terminal.run("organisations"), /The Bank +https:\/\/chat\.bank\.example\n/);
    await assert.rejects(terminal.run("organisation", "http://bank.example"), /https/);
    await terminal.run("organisation", "https://chat.bank.example", "--remove");
    assert.equal(await terminal.run("organisations"), "");
  } finally {
    terminal.close();
    await scene.close();
  }
});
