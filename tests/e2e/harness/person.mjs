// One person: a browser with a profile of its own and a passkey, and what the person does in it.
import fs from "node:fs";
import { chromium } from "playwright-core";
import { scratch } from "./scratch.mjs";
import { words } from "./words.mjs";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Nothing but this machine has an address.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

/** A microphone that beeps every second, and a camera, in the place of the machine's own. */
const BEEPING = "--use-fake-device-for-media-stream";

const AUTHENTICATOR = {
  protocol: "ctap2",
  ctap2Version: "ctap2_1",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
  hasPrf: true,
};

/** Where the browser of somebody stands who speaks a language. */
const LOCALES = { en: "en-GB", de: "de-DE", fr: "fr-FR", ru: "ru-RU" };

/** How long anything may take that a person waits for; a loaded machine is slow. */
export const PATIENCE_MS = Number(process.env.VALISE_PATIENCE_MS ?? 60_000);

export async function newPerson(name, options = {}) {
  const person = new Person(name, options);
  await person.open();
  return person;
}

export class Person {
  constructor(name, { language = "en", theme = "light", size = { width: 1280, height: 800 }, scale = 1, touch = false, authenticator = {}, microphone = false, camera } = {}) {
    this.name = name;
    this.language = language;
    this.t = words(language);
    this.options = { theme, size, scale, touch, microphone, camera };
    this.authenticator = { ...AUTHENTICATOR, ...authenticator };
    this.profile = scratch("person");
    this.clicks = 0;
    this.requests = [];
    this.errors = [];
  }

  async open() {
    const { theme, size, scale, touch, microphone, camera } = this.options;
    const devices = camera ? [BEEPING, `--use-file-for-fake-video-capture=${camera}`] : [BEEPING];
    const permissions = [microphone && "microphone", camera && "camera"].filter(Boolean);
    this.context = await chromium.launchPersistentContext(this.profile, {
      executablePath: process.env.VALISE_CHROMIUM ?? "/usr/bin/chromium",
      headless: true,
      args: [...ARGUMENTS, ...devices],
      locale: LOCALES[this.language],
      colorScheme: theme,
      viewport: size,
      deviceScaleFactor: scale,
      hasTouch: touch,
      reducedMotion: "reduce",
      acceptDownloads: true,
      permissions,
    });
    this.context.setDefaultTimeout(PATIENCE_MS);
    this.context.on("request", (request) => this.requests.push(request.url()));
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    await this.prepare(this.page);
  }

  /** Gives a page its authenticator, and collects what goes wrong in it. */
  async prepare(page) {
    const devtools = await this.context.newCDPSession(page);
    await devtools.send("WebAuthn.enable");
    await devtools.send("WebAuthn.addVirtualAuthenticator", { options: this.authenticator });
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
      if (process.env.VALISE_VERBOSE) console.log(`[${this.name}] ${message.text()}`);
    });
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.devtools = devtools;
    return page;
  }

  async newTab(url) {
    const page = await this.prepare(await this.context.newPage());
    await page.goto(url);
    return page;
  }

  /** Clicks, and counts it. */
  async click(locator) {
    this.clicks += 1;
    await locator.click();
  }

  button(id, page = this.page) {
    return page.getByRole("button", { name: this.t(id), exact: true });
  }

  field(id, page = this.page) {
    return page.getByRole("textbox", { name: this.t(id) });
  }

  /** Founds the organisation, up to the first screen after it. */
  async setUp(link, { organisation = "Ministry of Weights", name = this.name } = {}) {
    await this.page.goto(link);
    await this.field("organisation-name").fill(organisation);
    await this.field("your-name").fill(name);
    await this.click(this.button("set-up-go"));
    await this.page.getByRole("heading", { name: this.t("first-title") }).waitFor();
  }

  /** Invites from the first screen; returns the link. */
  async inviteFirst(name) {
    await this.field("colleague-name").fill(name);
    await this.click(this.button("invite-make"));
    const link = await this.field("invite-link").inputValue();
    await this.click(this.button("first-done"));
    return link;
  }

  /** Invites from the list of people; returns the link. */
  async invite(name) {
    await this.page.getByRole("button", { name: this.t("people") }).first().click();
    await this.button("invite").first().click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: this.t("colleague-name") }).fill(name);
    await dialog.getByRole("button", { name: this.t("invite-make"), exact: true }).click();
    const link = await this.field("invite-link").inputValue();
    await this.page.keyboard.press("Escape");
    await this.page.getByRole("button", { name: this.t("chats") }).first().click();
    return link;
  }

  /** Makes a group with one other person; ends in it. */
  async makeGroup(name, other) {
    await this.page.getByRole("button", { name: this.t("new-chat") }).first().click();
    await this.button("new-group").click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: this.t("group-name") }).fill(name);
    await dialog.getByText(other).click();
    await dialog.locator("button[type=submit]").click();
    await this.page.getByRole("heading", { name, exact: true }).first().waitFor();
    await this.composer().waitFor();
  }

  /** Joins; ends in the chat with whoever invited. */
  async join(link) {
    await this.page.goto(link);
    const go = this.button("join-go");
    await go.waitFor();
    const name = this.field("your-name");
    if (await name.count()) await name.fill(this.name);
    await this.click(go);
    await this.composer().waitFor();
  }

  /** Whether some page of this person gave up. */
  async isBroken() {
    const shown = await Promise.all(this.context.pages().map((page) => page.getByText(this.t("broken-title")).count()));
    return shown.some((count) => count > 0);
  }

  composer(page = this.page) {
    return this.field("write", page);
  }

  /** Writes into the open chat. */
  async write(text, page = this.page) {
    await this.composer(page).fill(text);
    await this.composer(page).press("Enter");
  }

  /** Opens a chat of the list by its title. */
  async openChat(title, page = this.page) {
    await this.click(this.chatRow(title, page));
    await this.composer(page).waitFor();
  }

  /** A chat in the list, by its title: a preview may say any name. */
  chatRow(title, page = this.page) {
    return page.locator(".chat-row").filter({ has: page.locator(".title").getByText(title) }).first();
  }

  /** Waits until one's own message has got at least so far: it may go further before anybody looks. */
  async tick(text, id, page = this.page) {
    const steps = ["tick-waiting", "tick-accepted", "tick-delivered", "tick-read"];
    const names = steps.slice(steps.indexOf(id)).map((step) => this.t(step));
    const tick = this.message(text, page).locator(".meta .unseen");
    await tick.filter({ hasText: new RegExp(`^(${names.join("|")})`) }).waitFor({ state: "attached" });
  }

  /** Attaches a file to the open chat and sends it. */
  async sendFile(file) {
    await this.page.locator("#file-picker").setInputFiles(file);
    const dialog = this.page.getByRole("dialog");
    await this.click(dialog.getByRole("button", { name: this.t("send"), exact: true }));
    await dialog.waitFor({ state: "detached" });
  }

  /** Opens the menu of a message by the button beside it. */
  async menuOf(text) {
    // An answer to it has its text as well, and comes later.
    const message = this.message(text).first();
    await message.hover();
    await message.getByRole("button", { name: this.t("message-more"), exact: true }).click();
    return this.page.getByRole("menu", { name: this.t("message-actions") });
  }

  /** Does with a message what its menu offers under the id of its words. */
  async choose(text, id) {
    const menu = await this.menuOf(text);
    await menu.getByRole("menuitem", { name: this.t(id), exact: true }).click();
  }

  /** A message of the open chat that has this text. */
  message(text, page = this.page) {
    return page.getByRole("article").filter({ hasText: text });
  }

  async close({ keepProfile = false } = {}) {
    await this.context.close();
    if (!keepProfile) fs.rmSync(this.profile, { recursive: true, force: true });
  }
}
