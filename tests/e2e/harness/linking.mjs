// A further device of somebody, up to the moment in which it is approved.
import assert from "node:assert/strict";

/** Lets a browser that is nobody yet be linked by a device of `person`; both show the same six digits. */
export async function linkDevice(person, device, url) {
  await device.page.goto(url);
  await device.click(device.button("device-have"));
  const code = device.page.locator(".code");
  await code.waitFor();

  const dialog = person.page.getByRole("dialog");
  await openDevices(person);
  await person.click(dialog.getByRole("button", { name: person.t("device-link"), exact: true }));
  await dialog.getByRole("textbox", { name: person.t("device-code") }).fill((await code.textContent()).toLowerCase());
  await person.click(dialog.getByRole("button", { name: person.t("go-on"), exact: true }));
  const digits = dialog.locator(".code.large");
  await digits.waitFor();
  await device.page.locator(".code.large").waitFor();
  assert.equal(await device.page.locator(".code.large").textContent(), await digits.textContent());
  await person.click(dialog.getByRole("button", { name: person.t("device-approve"), exact: true }));
}

/** Opens the list of one's devices. */
export async function openDevices(person) {
  await person.click(person.page.getByRole("button", { name: person.t("settings") }).last());
  // The entry's hint belongs to its name.
  await person.click(person.page.getByRole("button", { name: new RegExp(`^${person.t("devices")}`) }));
}
