// A group: made, written in, renamed, joined by a third, left.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

test("a group is made, renamed, joined by a third, left, and everybody sees it", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.makeGroup("Weights and measures", "Ivan Sokolov");
    await olga.write("first word in the group");
    await ivan.openChat("Weights and measures");
    await ivan.message("first word in the group").waitFor();
    await olga.tick("first word in the group", "tick-read");

    await olga.page.getByRole("button", { name: olga.t("show-details") }).last().click();
    await olga.button("rename").click();
    const field = olga.page.getByRole("textbox", { name: olga.t("group-name") });
    await field.fill("Measures");
    await field.press("Enter");
    await ivan.page.getByRole("heading", { name: "Measures", exact: true }).first().waitFor();
    await ivan.write("seen");
    await olga.message("seen").waitFor();
    await ivan.message("first word in the group").waitFor();

    const link = await olga.invite("Vera Orlova");
    const vera = await scene.person("Vera Orlova");
    await vera.join(link);
    await olga.openChat("Measures");
    await olga.page.getByRole("button", { name: olga.t("show-details") }).last().click();
    await olga.button("add-people").click();
    const adding = olga.page.getByRole("dialog");
    await adding.getByText("Vera Orlova").click();
    await adding.locator("footer button.primary").click();
    await vera.openChat("Measures");
    await vera.write("I am here too");
    for (const other of [olga, ivan]) await other.message("I am here too").waitFor();
    assert.equal(await vera.message("first word in the group").count(), 0, "who comes later reads nothing from before");

    await vera.page.getByRole("button", { name: vera.t("show-details") }).last().click();
    await vera.button("leave").click();
    await vera.page.getByRole("dialog").getByRole("button", { name: vera.t("leave"), exact: true }).click();
    await ivan.page.locator(".notice").getByText(ivan.t("notice-left", { person: "Vera Orlova" })).waitFor();
    await vera.page.getByText(vera.t("blocked-left")).waitFor();
    await ivan.write("without her");
    await olga.message("without her").waitFor();
    assert.equal(await vera.message("without her").count(), 0, "who left reads nothing more");
  } finally {
    await scene.close();
  }
});
