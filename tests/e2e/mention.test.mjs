// Somebody is mentioned: by mouse, by keys, in both languages; everybody sees the name, and whoever is meant sees it in the list.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

function options(person) {
  return person.page.getByRole("listbox", { name: person.t("mention-list") }).getByRole("option");
}

/** Makes a group with Ivan and a third person; it is open on Olga's side. */
async function three(scene, language) {
  const { olga } = scene;
  const anna = await scene.person("Anna Orlova", { language });
  await anna.join(await olga.invite("Anna Orlova"));
  await olga.makeGroup("Shift", "Ivan Sokolov");
  await olga.page.getByRole("button", { name: olga.t("show-details") }).last().click();
  await olga.button("add-people").click();
  const adding = olga.page.getByRole("dialog");
  await adding.getByText("Anna Orlova").click();
  await adding.locator("footer button.primary").click();
  await adding.waitFor({ state: "detached" });
  await olga.page.locator(".details").getByText("Anna Orlova").waitFor();
  await olga.page.getByRole("button", { name: olga.t("close"), exact: true }).click();
  return anna;
}

for (const language of ["en", "ru"]) {
  test(`whoever is mentioned sees it in the list, even of a silent chat, in ${language}`, async () => {
    const scene = await twoPeople({ language });
    try {
      const { olga, ivan } = scene;
      const anna = await three(scene, language);
      await ivan.chatRow("Shift").click({ button: "right" });
      await ivan.page.getByRole("menuitem", { name: ivan.t("mute"), exact: true }).click();
      await olga.composer().pressSequentially("ask @");
      await options(olga).nth(1).waitFor();
      assert.equal(await options(olga).count(), 2, "oneself is not offered");
      await olga.page.keyboard.type("so");
      await olga.page.waitForFunction(() => document.querySelectorAll("[role=option]").length === 1);
      await olga.page.keyboard.press("Enter");
      await options(olga).first().waitFor({ state: "detached" });
      assert.equal(await olga.composer().inputValue(), "ask @Ivan Sokolov ");
      await olga.page.keyboard.type("please");
      await olga.page.keyboard.press("Enter");
      await olga.tick("ask @Ivan Sokolov please", "tick-accepted");

      const row = (person) => person.chatRow("Shift");
      await row(ivan).locator(".badge.at").waitFor();
      await row(anna).getByText("ask @Ivan Sokolov please").waitFor();
      assert.equal(await row(anna).locator(".badge.at").count(), 0);
      for (const person of [ivan, anna]) {
        await person.openChat("Shift");
        const mention = person.message("ask").locator(".mention");
        assert.equal(await mention.innerText(), "@Ivan Sokolov");
        assert.equal(await mention.evaluate((element) => element.classList.contains("me")), person === ivan);
      }
      await row(ivan).locator(".badge.at").waitFor({ state: "detached" });

      // He takes another name: it is the one that everybody sees from now on.
      await ivan.page.getByRole("button", { name: ivan.t("settings") }).click();
      await ivan.button("name-change").click();
      const field = ivan.page.getByRole("textbox", { name: ivan.t("your-name") });
      await field.fill("Ivan the Bold");
      // What comes in while he types takes nothing from him.
      await olga.openChat("Ivan Sokolov");
      await olga.write("what do I call you?");
      await ivan.page.waitForFunction(() => document.title.startsWith("("));
      assert.equal(await field.inputValue(), "Ivan the Bold");
      await field.press("Enter");
      await field.waitFor({ state: "detached" });
      await olga.openChat("Shift");
      for (const person of [olga, anna]) await person.page.locator(".mention").getByText("@Ivan the Bold").waitFor();
    } finally {
      await scene.close();
    }
  });
}

test("a mention lives through a draft, an edit and Escape, and nobody else is made one", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.makeGroup("Shift", "Ivan Sokolov");
    await olga.write("hello");
    await ivan.openChat("Shift");
    await olga.composer().pressSequentially("@iv");
    await options(olga).first().waitFor();
    await olga.page.keyboard.press("Escape");
    await options(olga).first().waitFor({ state: "detached" });
    assert.equal(await olga.composer().isVisible(), true, "the chat stays open");
    await olga.page.keyboard.type("a");
    assert.equal(await options(olga).count(), 0, "it holds as long as one writes on");
    await olga.composer().fill("");
    await olga.composer().pressSequentially("@");
    await options(olga).first().click();
    assert.equal(await olga.composer().inputValue(), "@Ivan Sokolov ");
    await olga.page.keyboard.type("wait");
    await olga.openChat("Ivan Sokolov");
    await olga.chatRow("Shift").getByText("@Ivan Sokolov wait").waitFor();
    await olga.openChat("Shift");
    await olga.page.waitForFunction(() => document.querySelector("textarea").value === "@Ivan Sokolov wait");
    await olga.composer().press("Enter");
    await ivan.message("wait").locator(".mention.me").waitFor();

    await olga.tick("wait", "tick-accepted");
    await olga.composer().press("ArrowUp");
    await olga.page.waitForFunction(() => document.querySelector("textarea").value === "@Ivan Sokolov wait");
    await olga.write("@Ivan Sokolov do not wait");
    await ivan.message("do not wait").locator(".mention.me").waitFor();

    // Typed by hand it is a name and nothing more.
    await ivan.write("@Olga Petrova said so");
    await olga.message("said so").waitFor();
    assert.equal(await olga.message("said so").locator(".mention").count(), 0);
  } finally {
    await scene.close();
  }
});
