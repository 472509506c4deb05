// Guests: how they are asked, how they come, and what they take away.
import { Terminal } from "./terminal.mjs";

/** Asks somebody without Valise, up to the request that has gone; if `held`, somebody looks who came first. */
export async function askGuest(person, { guest, subject, text }, { held = false } = {}) {
  const { page } = person;
  await page.keyboard.press("Alt+Shift+N");
  const dialog = page.getByRole("dialog");
  await person.click(dialog.getByText(person.t("guest-by-link"), { exact: true }));
  await dialog.getByRole("textbox", { name: person.t("guest-name"), exact: true }).fill(guest);
  if (held) await dialog.getByRole("checkbox", { name: person.t("guest-hold") }).check();
  await person.click(dialog.getByRole("button", { name: person.t("go-on"), exact: true }));
  for (const [name, typed] of [["request-subject", subject], ["request-text", text]]) {
    await dialog.getByRole("textbox", { name: person.t(name), exact: true }).fill(typed);
  }
  for (const id of ["request-look", "request-send"]) await person.click(dialog.getByRole("button", { name: person.t(id), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await page.locator(".document .sheet-text").getByText(text).waitFor();
}

/** What is handed over: the link one way, the code another one. */
export async function handOver(person) {
  const { page } = person;
  await person.click(panel(person).getByRole("button", { name: person.t("guest-hand-over"), exact: true }));
  const dialog = page.getByRole("dialog");
  const link = await dialog.getByRole("textbox", { name: person.t("guest-hand-link") }).inputValue();
  const code = await dialog.locator(".guest-code").innerText();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  return { link, code };
}

/** What stands of the guest on the document of whoever asks. */
export function panel(person) {
  return person.page.locator(".guest-panel");
}

/** Waits until it says so of him. */
export async function guestStands(person, id) {
  await panel(person).locator(".guest-panel-head .chip").getByText(person.t(id), { exact: true }).waitFor();
}

/** Presses a button of the panel, and says that one means it. */
export async function decideOnGuest(person, id, before = async () => {}) {
  await person.click(panel(person).getByRole("button", { name: person.t(id), exact: true }));
  const dialog = person.page.getByRole("dialog");
  await before(dialog);
  await person.click(dialog.getByRole("button", { name: person.t(id), exact: true }));
  await dialog.waitFor({ state: "detached" });
}

/** Opens the link and types the code. */
export async function come(guest, { link, code }) {
  await guest.page.goto(link);
  await guest.field("guest-code").fill(code);
  await guest.click(guest.button("guest-go"));
}

/** Saves the receipt, and has it verified by somebody who knows the digits on the guest's page alone; returns the verdict. */
export async function receipt(guest) {
  const saved = guest.page.waitForEvent("download");
  await guest.click(guest.page.locator(".deeds").getByRole("button", { name: guest.t("guest-receipt"), exact: true }));
  const bundle = await (await saved).path();
  await guest.page.locator(".guest-foot .sureness summary").click();
  const digits = await guest.page.locator(".guest-foot .fingerprint").innerText();
  await guest.page.locator(".guest-foot .sureness summary").click();
  const terminal = new Terminal();
  try {
    return await terminal.run("verify", bundle, "--fingerprint", digits);
  } finally {
    terminal.close();
  }
}
