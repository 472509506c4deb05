// Every screen in both languages, both themes and both sizes: axe finds nothing, and somebody looks at the pictures.
import assert from "node:assert/strict";
import { test } from "node:test";
import { photograph } from "./harness/files.mjs";
import { PHONE, look } from "./harness/look.mjs";
import { founded } from "./harness/scene.mjs";

/** What becomes of messages: the menu, the answer bar, signs, versions, what was taken back. */
async function talkOver(olga, ivan, language, complaints) {
  const [hello, thanks] = language === "ru" ? ["Документы готовы", "посмотрю сегодня"] : ["The papers are ready", "look at them today"];
  const menu = (person) => person.page.getByRole("menu", { name: person.t("message-actions") });
  const open = async (person, text) => (await person.menuOf(text)).waitFor();
  const choose = (person, role, name) => menu(person).getByRole(role, { name, exact: true }).click();
  await olga.tick(thanks, "tick-accepted");
  await open(olga, thanks);
  await look(olga, "menu", complaints);
  await choose(olga, "menuitem", olga.t("delete-for-all"));
  await olga.page.getByRole("dialog", { name: olga.t("delete-title") }).waitFor();
  await look(olga, "delete", complaints);
  await olga.button("cancel").click();
  await open(olga, hello);
  await choose(olga, "menuitem", olga.t("reply"));
  await look(olga, "answer", complaints);
  await olga.write(language === "ru" ? "Хорошо" : "Good");
  await open(olga, hello);
  await choose(olga, "menuitemradio", "👍");
  await ivan.message(hello).first().getByRole("button", { name: "👍 Olga Petrova", exact: true }).click();
  await ivan.page.getByRole("button", { name: ivan.t("quote-label", { name: ivan.t("you"), text: "" }).trim() }).first().waitFor();
  await ivan.write(language === "ru" ? "Жду до срды" : "I wait until Wensday");
  await ivan.tick(language === "ru" ? "Жду до" : "I wait until", "tick-accepted");
  await ivan.composer().press("ArrowUp");
  await ivan.page.getByRole("group", { name: ivan.t("edit-title"), exact: true }).waitFor();
  await look(ivan, "edit", complaints);
  await ivan.write(language === "ru" ? "Жду до среды" : "I wait until Wednesday");
  await ivan.page.getByRole("button", { name: ivan.t("edited-show") }).waitFor();
  await look(ivan, "signs", complaints);
  await ivan.page.getByRole("button", { name: ivan.t("edited-show") }).click();
  await ivan.page.getByRole("dialog", { name: ivan.t("versions") }).locator("li").nth(1).waitFor();
  await look(ivan, "versions", complaints);
  await ivan.page.keyboard.press("Escape");
  await open(olga, hello);
  await choose(olga, "menuitem", olga.t("react-other"));
  await look(olga, "emoji", complaints);
  await olga.page.keyboard.press("Escape");
  await open(olga, thanks);
  await choose(olga, "menuitem", olga.t("delete-for-all"));
  await olga.page.getByRole("dialog").getByRole("button", { name: olga.t("delete-for-all"), exact: true }).click();
  await ivan.page.getByText(ivan.t("deleted-message"), { exact: true }).first().waitFor();
  await look(ivan, "deleted", complaints);
}

/** What is done with several messages and with chats: handing on, choosing, mentioning, the menu of a chat, the archive. */
async function listOver(olga, ivan, language, complaints) {
  const [hello, thanks, shift] = language === "ru" ? ["Документы готовы", "Жду до среды", "Смена"] : ["The papers are ready", "I wait until Wednesday", "Shift"];
  const act = async (text, id) => {
    const message = olga.message(text).first();
    await message.hover();
    await message.getByRole("button", { name: olga.t("message-more"), exact: true }).click();
    const menu = olga.page.getByRole("menu", { name: olga.t("message-actions") });
    await menu.getByRole("menuitem", { name: olga.t(id), exact: true }).click();
  };
  await act(hello, "forward");
  await olga.page.getByRole("dialog").getByRole("checkbox").first().check();
  await look(olga, "forward", complaints);
  await olga.page.keyboard.press("Escape");
  await act(hello, "select");
  await olga.message(thanks).first().click();
  await look(olga, "select", complaints);
  await olga.page.keyboard.press("Escape");
  await olga.makeGroup(shift, "Ivan Sokolov");
  await olga.composer().pressSequentially("@");
  await olga.page.getByRole("option").first().waitFor();
  await look(olga, "mention-list", complaints);
  await olga.page.getByRole("option").first().click();
  await olga.page.keyboard.type("?");
  await olga.page.keyboard.press("Enter");
  await ivan.chatRow(shift).locator(".badge.at").waitFor();
  await ivan.chatRow(shift).click({ button: "right" });
  await ivan.page.getByRole("menu", { name: ivan.t("chat-actions") }).waitFor();
  await look(ivan, "chat-menu", complaints);
  await ivan.page.keyboard.press("Escape");
  await ivan.chatRow(shift).click();
  await ivan.page.locator(".mention.me").waitFor();
  await look(ivan, "mention", complaints);
  await act("@Ivan Sokolov", "message-pin");
  await ivan.page.getByRole("group", { name: ivan.t("pinned-messages") }).waitFor();
  await look(ivan, "pinned", complaints);
  await olga.chatRow("Ivan Sokolov").click({ button: "right" });
  await olga.page.getByRole("menuitem", { name: olga.t("archive"), exact: true }).click();
  const archived = olga.page.getByRole("button", { name: new RegExp(`^${olga.t("archived")}`) });
  await archived.waitFor();
  await olga.page.setViewportSize(PHONE);
  await olga.page.getByRole("button", { name: olga.t("back") }).first().click();
  await look(olga, "archived-entry", complaints);
  await archived.click();
  await olga.chatRow("Ivan Sokolov").waitFor();
  await look(olga, "archived", complaints);
  await olga.chatRow("Ivan Sokolov").click();
}

for (const language of ["en", "ru"]) {
  test(`every screen is clean and looks right in ${language}`, async () => {
    const complaints = [];
    const scene = await founded({ language });
    try {
      const { olga, server } = scene;
      await look(olga, "first", complaints);
      const link = await olga.inviteFirst("Ivan Sokolov");
      await look(olga, "no-chats", complaints);
      const ivan = await scene.person("Ivan Sokolov", { language });
      await ivan.page.goto(server.url);
      await ivan.page.getByRole("heading", { name: ivan.t("landing-title") }).waitFor();
      await look(ivan, "landing", complaints);
      await ivan.page.goto("about:blank");
      await ivan.page.goto(link);
      await ivan.button("join-go").waitFor();
      await look(ivan, "join", complaints);
      await ivan.click(ivan.button("join-go"));
      await ivan.composer().waitFor();
      await ivan.write(language === "ru" ? "Здравствуйте! Документы готовы." : "Hello! The papers are ready.");
      await olga.openChat("Ivan Sokolov");
      await olga.write(language === "ru" ? "Спасибо, посмотрю сегодня." : "Thank you, I will look at them today.");
      await olga.sendFile(await photograph(olga.page));
      await olga.sendFile({ name: "contract.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(120_000, 1) });
      await ivan.page.getByText("contract.pdf").first().waitFor();
      await look(ivan, "chat", complaints);
      await talkOver(olga, ivan, language, complaints);
      await listOver(olga, ivan, language, complaints);
      await ivan.page.getByRole("button", { name: ivan.t("show-details") }).last().click();
      await look(ivan, "details", complaints);
      // On a phone an open chat covers everything else.
      await olga.page.setViewportSize(PHONE);
      await olga.page.getByRole("button", { name: olga.t("back") }).first().click();
      for (const tab of ["people", "settings"]) {
        await olga.page.getByRole("button", { name: olga.t(tab) }).first().click();
        await look(olga, tab, complaints);
      }
      await ivan.page.reload();
      await ivan.button("unlock-go").waitFor();
      await look(ivan, "locked", complaints);
      assert.deepEqual(complaints, []);
    } finally {
      await scene.close();
    }
  });
}
