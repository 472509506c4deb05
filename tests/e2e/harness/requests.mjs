// Requests as people find and treat them.

/** Goes to the list of requests. */
export async function openRequests(person) {
  await person.click(person.page.getByRole("navigation", { name: person.t("sections") }).getByRole("button", { name: person.t("requests") }));
}

/** A request in the list, by its subject. */
export function requestRow(person, subject) {
  return person.page.locator(".request-row").filter({ hasText: subject });
}

/** Waits until the list says so of where a request stands. */
export async function stands(person, subject, state) {
  await requestRow(person, subject).locator(".request-state").getByText(person.t(state), { exact: true }).waitFor();
}

/** What stands beside a name among the facts of the document. */
export function fact(person, id) {
  return person.page.locator(".document .sheet-fact").filter({ has: person.page.locator("dt").getByText(person.t(id), { exact: true }) }).locator("dd");
}

/** Presses a button under the document, or a line of its menu. */
export async function act(person, id) {
  const bar = person.page.locator(".deeds");
  const button = bar.getByRole("button", { name: person.t(id), exact: true });
  const more = bar.getByRole("button", { name: person.t("request-more"), exact: true });
  await button.or(more).first().waitFor();
  if (await button.count()) return person.click(button);
  await person.click(more);
  const item = person.page.getByRole("menuitem", { name: person.t(id), exact: true });
  // What came meanwhile makes the bar anew, and may turn a line of the menu into a button.
  await item.or(button).first().waitFor();
  await person.click((await item.count()) ? item : button);
}

/** Fills in what is asked of whom was chosen, signs and sends it; `looked` sees it before it goes. */
export async function ask(person, dialog, { subject, text }, looked = async () => {}) {
  for (const [name, typed] of [["request-subject", subject], ["request-text", text]]) {
    await dialog.getByRole("textbox", { name: person.t(name), exact: true }).fill(typed);
  }
  await person.click(dialog.getByRole("button", { name: person.t("request-look"), exact: true }));
  await dialog.locator(".sheet").getByText(text).first().waitFor();
  await looked();
  await person.click(dialog.getByRole("button", { name: person.t("request-send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
}

/** Writes a letter in the dialog of a deed and sends it. */
export async function say(person, id, text, before = async () => {}) {
  await act(person, id);
  const dialog = person.page.getByRole("dialog").filter({ has: person.page.locator("#letter-text") });
  await dialog.getByRole("textbox", { name: person.t("letter-text"), exact: true }).fill(text);
  await before(dialog);
  await person.click(dialog.getByRole("button", { name: person.t("send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
}

/** Does something that asks for a few words at most: fills them in, and presses the button of the same name. `before` sees the dialog. */
export async function decide(person, id, typed = {}, before = async () => {}) {
  await act(person, id);
  const dialog = person.page.getByRole("dialog");
  for (const [name, text] of Object.entries(typed)) await dialog.getByRole("textbox", { name: person.t(name) }).fill(text);
  await before(dialog);
  await person.click(dialog.getByRole("button", { name: person.t(id), exact: true }));
  await dialog.waitFor({ state: "detached" });
}

/** A filter over the list of requests. */
export function filter(person, id) {
  return person.page.locator(".requests .chips .chip").filter({ has: person.page.getByText(person.t(id), { exact: true }) });
}

/** Waits until so many requests stand behind a filter, as it says itself. */
export async function counts(person, id, count) {
  const shown = filter(person, id).locator(".chip-count");
  if (count === 0) await shown.waitFor({ state: "detached" });
  else await shown.getByText(String(count), { exact: true }).waitFor();
}
