// A group: made, written in, renamed, joined by a third, left.
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

test("a group is made, renamed, and everybody sees it", { todo: "written, and not yet seen to pass on a quiet machine" }, async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.page.getByRole("button", { name: olga.t("new-chat") }).first().click();
    await olga.button("new-group").click();
    const dialog = olga.page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: olga.t("group-name") }).fill("Weights and measures");
    await dialog.getByText("Ivan Sokolov").click();
    await dialog.locator("button[type=submit]").click();
    await olga.composer().waitFor();
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
  } finally {
    await scene.close();
  }
});
