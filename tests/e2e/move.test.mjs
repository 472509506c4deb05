// Another device: an account moves from one browser to another with everything, and is in the former one no more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPeople } from "./harness/scene.mjs";

test("an account moves to another browser with its chats, and works once there", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan } = scene;
    await olga.write("before the move");
    await ivan.message("before the move").waitFor();

    await ivan.page.getByRole("button", { name: ivan.t("settings") }).last().click();
    await ivan.page.getByRole("button", { name: ivan.t("move") }).click();
    await ivan.page.getByRole("dialog").getByRole("button", { name: ivan.t("move-go"), exact: true }).click();
    const link = await ivan.field("move-label").inputValue();
    assert.equal(await ivan.composer().count(), 0, "nothing is written where it moved from");

    const elsewhere = await scene.person("Ivan elsewhere");
    await elsewhere.page.goto(link);
    await elsewhere.click(elsewhere.button("open-go"));
    await elsewhere.openChat("Olga Petrova");
    await elsewhere.message("before the move").waitFor();
    await olga.write("after the move");
    await elsewhere.message("after the move").waitFor();
    await elsewhere.write("I am here now");
    await olga.message("I am here now").waitFor();
    await ivan.page.reload();
    await ivan.button("unlock-go").click();
    await ivan.page.getByText(ivan.t("moved-title")).waitFor();
  } finally {
    await scene.close();
  }
});
