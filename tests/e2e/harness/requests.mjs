// Requests as people find and treat them.

/** Goes to the list of requests. */
export async function openRequests(person) {
  await person.click(person.page.getByRole("navigation", { name: person.t("sections") }).getByRole("button", { name: person.t("requests") }));
}

/** A request in the list, by its subject. */
export function requestRow(person, subject) {
  return person.page.locator(".request-row").filter({ hasText: subject });
}

/** Presses a button under the document, or a line of its menu. */
export async function act(person, id) {
  const bar = person.page.locator(".deeds");
  const button = bar.getByRole("button", { name: person.t(id), exact: true });
  const more = bar.getByRole("button", { name: person.t("request-more"), exact: true });
  await more.waitFor();
  if (await button.count()) return person.click(button);
  await person.click(more);
  await person.click(person.page.getByRole("menuitem", { name: person.t(id), exact: true }));
}
