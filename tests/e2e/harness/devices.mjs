// A further device of somebody's, linked by its code.

/** Links an empty browser to a person's account; ends in the chats on both. */
export async function link(scene, person, phone) {
  const dialog = person.page.getByRole("dialog");
  await phone.page.goto(scene.server.url);
  await phone.button("device-have").click();
  const code = await phone.page.locator(".code").textContent();
  await person.page.getByRole("button", { name: person.t("settings") }).last().click();
  await person.page.getByRole("button", { name: new RegExp(`^${person.t("devices")}`) }).click();
  await dialog.getByRole("button", { name: person.t("device-link"), exact: true }).click();
  await dialog.getByRole("textbox", { name: person.t("device-code") }).fill(code);
  await dialog.getByRole("button", { name: person.t("go-on"), exact: true }).click();
  await dialog.locator(".code.large").waitFor();
  await dialog.getByRole("button", { name: person.t("device-approve"), exact: true }).click();
  await phone.page.locator(".pane.chats").waitFor();
  await person.page.keyboard.press("Escape");
  await person.page.getByRole("button", { name: person.t("chats") }).last().click();
}
