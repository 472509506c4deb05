// A link into a group: made by its owner, opened by somebody who is not signed in, then by a colleague, made anew, and switched off.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { founded, twoPeople } from "./harness/scene.mjs";

const GROUP = { en: "Weights and measures", ru: "Меры и весы" };

async function details(person) {
  const pane = person.page.getByRole("complementary", { name: person.t("details") });
  if (!(await pane.count())) await person.page.getByRole("button", { name: person.t("show-details") }).last().click();
  await pane.waitFor();
  return pane;
}

/** Opens the dialog with the link into the open group. */
async function linkDialog(person) {
  const pane = await details(person);
  await pane.getByRole("button", { name: new RegExp(`^${person.t("group-link")}`) }).click();
  const dialog = person.page.getByRole("dialog", { name: person.t("group-link") });
  await dialog.waitFor();
  return dialog;
}

function shownLink(person, dialog) {
  return dialog.getByRole("textbox", { name: person.t("group-link") });
}

/** Follows a link on a device where somebody is signed in. */
async function follow(person, link) {
  await person.page.goto("about:blank");
  await person.page.goto(link);
  await person.button("unlock-go").click();
  return person.page.getByRole("dialog");
}

for (const language of ["en", "ru"]) {
  test(`a group has a link by which a colleague comes in, in ${language}`, async () => {
    const group = GROUP[language];
    const scene = await twoPeople({ language });
    const complaints = [];
    try {
      const { olga, ivan } = scene;
      await olga.makeGroup(group, "Ivan Sokolov");
      await ivan.openChat(group);
      const making = await linkDialog(olga);
      await look(olga, "group-link-new", complaints);
      await making.getByRole("button", { name: olga.t("group-link-make"), exact: true }).click();
      await shownLink(olga, making).waitFor();
      await look(olga, "group-link", complaints);
      const first = await shownLink(olga, making).inputValue();
      await olga.page.keyboard.press("Escape");
      await ivan.page.locator(".notice").getByText(ivan.t("notice-link", { by: "Olga Petrova" })).waitFor();
      const pane = await details(ivan);
      assert.equal(await pane.getByText(ivan.t("group-link")).count(), 0, "who owns nothing has no link");

      // Somebody who is signed in nowhere is told what to do first.
      const vera = await scene.person("Vera Orlova", { language });
      await vera.page.goto(first);
      await vera.page.getByRole("heading", { name: vera.t("enter-door-title") }).waitFor();
      await look(vera, "group-link-door", complaints);
      assert.equal(new URL(vera.page.url()).hash, "", "the secret is taken out of the address");
      const secret = first.split("#")[1];
      assert.ok(!vera.requests.some((url) => url.includes(secret)), "and reached nobody");

      await olga.page.keyboard.press("Escape");
      const invitation = await olga.invite("Vera Orlova");
      await vera.join(invitation);
      const entering = await follow(vera, first);
      await entering.getByText(vera.t("enter-by", { name: "Olga Petrova" })).waitFor();
      await entering.locator("p.strong").getByText(/^2 /).waitFor();
      await look(vera, "group-link-enter", complaints);
      assert.equal(await vera.chatRow(group).count(), 0, "who looks is not in it");
      await entering.getByRole("button", { name: vera.t("enter-go"), exact: true }).click();
      await vera.page.getByRole("heading", { name: group, exact: true }).first().waitFor();
      await vera.page.locator(".notice").getByText(vera.t("notice-came-by-link", { person: "Vera Orlova" })).waitFor();
      await vera.write("I came by the link");
      await ivan.message("I came by the link").waitFor();
      await ivan.page.locator(".notice").getByText(ivan.t("notice-came-by-link", { person: "Vera Orlova" })).waitFor();
      await look(ivan, "group-link-notice", complaints);

      const again = await follow(vera, first);
      await again.getByText(vera.t("enter-in")).waitFor();
      await again.getByRole("button", { name: vera.t("enter-open"), exact: true }).click();
      await vera.composer().waitFor();

      // Who is put out takes the link along.
      await olga.openChat(group);
      const members = await details(olga);
      await members.locator("summary").filter({ hasText: "Vera Orlova" }).click();
      await members.getByRole("button", { name: olga.t("remove"), exact: true }).filter({ visible: true }).click();
      await olga.page.getByText(olga.t("group-link-went", { name: "Vera Orlova" })).waitFor();
      await vera.page.getByText(vera.t("blocked-left")).waitFor();
      const late = await follow(vera, first);
      await late.getByText(vera.t("trouble-group-link-over")).waitFor();
      await look(vera, "group-link-over", complaints);

      // A new one, and off.
      const anew = await linkDialog(olga);
      await anew.getByRole("button", { name: olga.t("group-link-make"), exact: true }).click();
      await shownLink(olga, anew).waitFor();
      assert.notEqual(await shownLink(olga, anew).inputValue(), first);
      await anew.getByRole("button", { name: olga.t("group-link-end"), exact: true }).click();
      await anew.getByRole("button", { name: olga.t("group-link-make"), exact: true }).waitFor();
      await ivan.page.locator(".notice").getByText(ivan.t("notice-link-off", { by: "Olga Petrova" })).waitFor();
      assert.deepEqual(complaints, []);
    } finally {
      await scene.close();
    }
  });
}

test("a link into a group works by keyboard, and its buttons are large enough for a finger", async () => {
  const scene = await founded();
  try {
    const { olga } = scene;
    await olga.inviteFirst("Ivan Sokolov");
    await olga.page.getByRole("button", { name: olga.t("new-chat") }).first().click();
    await olga.button("new-group").click();
    const making = olga.page.getByRole("dialog");
    await making.getByRole("textbox", { name: olga.t("group-name") }).fill("Board");
    await making.locator("button[type=submit]").click();
    await olga.composer().waitFor();
    const dialog = await linkDialog(olga);
    await olga.page.setViewportSize({ width: 360, height: 740 });
    await dialog.getByRole("button", { name: olga.t("group-link-make"), exact: true }).focus();
    await olga.page.keyboard.press("Enter");
    await shownLink(olga, dialog).waitFor();
    for (const button of await dialog.getByRole("button").filter({ visible: true }).all()) {
      const box = await button.boundingBox();
      assert.ok(box.height >= 44, `${await button.innerText()} is ${box.height} px high`);
    }
    assert.ok(await olga.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the screen");
  } finally {
    await scene.close();
  }
});
