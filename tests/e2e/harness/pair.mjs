// Two organisations, each with a server of its own on this machine.
import { newPerson } from "./person.mjs";
import { closeAll } from "./scene.mjs";
import { startServer } from "./server.mjs";

/** What the two are called, and what stands behind the @ of their people. */
export const NAMES = {
  en: { office: "Northern Prosecutor’s Office", bank: "Harbour Bank" },
  ru: { office: "Северная прокуратура", bank: "Портовый банк" },
};

/** Starts both with a registrar each, Olga of the office and Clara of the bank, who are at their lists of people. */
export async function pair(options = {}) {
  const scene = new Pair();
  try {
    const names = NAMES[options.language ?? "en"];
    scene.office = await scene.side("office.example", names.office);
    scene.bank = await scene.side("bank.example", names.bank);
    scene.olga = await scene.registrar(scene.office, "Olga Petrova", options);
    scene.clara = await scene.registrar(scene.bank, "Clara Berg", options);
    return scene;
  } catch (error) {
    await scene.close();
    throw error;
  }
}

class Pair {
  people = [];
  sides = [];

  async side(domain, name) {
    const server = await startServer({ settings: `domain = "${domain}"` });
    this.sides.push(server);
    return { server, name, domain };
  }

  async person(name, options) {
    const person = await newPerson(name, options);
    this.people.push(person);
    return person;
  }

  async registrar({ server, name }, person, options) {
    const registrar = await this.person(person, options);
    await registrar.setUp(await server.setUpLink(), { organisation: name });
    await registrar.button("first-later").click();
    await openPeople(registrar);
    return registrar;
  }

  async close() {
    await closeAll(this.people, this.sides);
  }
}

/** Goes to the list of people. */
export async function openPeople(person) {
  await person.click(person.page.getByRole("navigation", { name: person.t("sections") }).getByRole("button", { name: person.t("people"), exact: true }));
}

/** Invites a colleague from the list of people; returns the link. */
export async function invited(person, name) {
  await person.page.getByRole("button", { name: person.t("invite"), exact: true }).first().click();
  const dialog = person.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: person.t("colleague-name") }).fill(name);
  await dialog.getByRole("button", { name: person.t("invite-make"), exact: true }).click();
  const link = await person.field("invite-link").inputValue();
  await person.page.keyboard.press("Escape");
  return link;
}

/** Goes to the list of chats. */
export async function openChats(person) {
  await person.page.getByRole("navigation", { name: person.t("sections") }).getByRole("button", { name: person.t("chats"), exact: true }).click();
}

/** One makes a link and hands it over: the first half of a partnership. */
export async function offer(person) {
  await person.click(person.button("partner-offer"));
  const dialog = person.page.getByRole("dialog");
  await person.click(dialog.getByRole("button", { name: person.t("invite-make"), exact: true }));
  const link = await person.field("partner-link").inputValue();
  const digits = await digitsOf(dialog, person.t("partner-own"));
  return { link, digits };
}

/** The digits that stand under a heading, as somebody reads them out. */
export async function digitsOf(dialog, heading) {
  return (await dialog.getByRole("region", { name: heading }).locator(".safety").innerText()).replace(/\s+/g, " ").trim();
}

/** Somebody pastes a link; ends where the digits are compared. */
export async function meet(person, link) {
  await person.click(person.button("partner-meet"));
  const dialog = person.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: person.t("partner-paste") }).fill(link);
  await person.click(dialog.getByRole("button", { name: person.t("go-on"), exact: true }));
  await dialog.getByRole("button", { name: person.t("partner-agree"), exact: true }).waitFor();
  return dialog;
}

/** Both registrars do what there is to do. */
export async function makePartners({ olga, clara, office, bank }, compared = async () => {}) {
  const { link, digits } = await offer(olga);
  await olga.page.keyboard.press("Escape");
  const dialog = await meet(clara, link);
  await compared(clara, dialog, digits, office.name);
  await clara.click(dialog.getByRole("button", { name: clara.t("partner-agree"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await olga.click(olga.button("partner-look"));
  const asked = olga.page.getByRole("dialog");
  await compared(olga, asked, undefined, bank.name);
  await olga.click(asked.getByRole("button", { name: olga.t("partner-agree"), exact: true }));
  await asked.waitFor({ state: "detached" });
  for (const [person, side] of [[olga, bank], [clara, office]]) {
    const list = person.page.getByRole("region", { name: person.t("partners") });
    await list.getByText(side.domain, { exact: true }).waitFor();
  }
  return link;
}

/** Opens the chat with somebody of a partner, by the whole address. */
export async function writeTo(person, address) {
  await openChats(person);
  await person.click(person.page.getByRole("button", { name: person.t("new-chat") }).first());
  const dialog = person.page.getByRole("dialog");
  await find(dialog, person, address);
  await person.click(dialog.getByRole("button").filter({ hasText: address }));
  await person.composer().waitFor();
}

/** Types a whole address, until who has it stands in the list: a person shows himself when his device hears of the partnership. */
export async function find(dialog, person, address) {
  const search = dialog.getByRole("searchbox");
  const found = dialog.locator(".entry").filter({ hasText: address });
  for (;;) {
    await search.fill(address);
    await dialog.locator(".entry, .elsewhere, .empty").first().waitFor();
    await found.or(dialog.getByText(person.t("elsewhere-nobody").split(".").at(-2).trim())).first().waitFor();
    if (await found.count()) return found;
    await search.fill("");
  }
}

/** Says under whose law one stands, and with whom one works. */
export async function rules(person, { own, allowed }, seen) {
  await openPeople(person);
  await person.page.getByRole("button", { name: person.t("laws-title"), exact: true }).click();
  const dialog = person.page.getByRole("dialog");
  if (own) await dialog.getByRole("textbox", { name: person.t("laws-own"), exact: true }).fill(own);
  if (allowed) await dialog.getByRole("textbox", { name: person.t("laws-allowed") }).fill(allowed);
  await seen?.(person);
  await dialog.getByRole("button", { name: person.t("save"), exact: true }).click();
  await person.page.getByText(person.t("laws-said"), { exact: true }).waitFor();
}
