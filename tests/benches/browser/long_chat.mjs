// A chat of a hundred thousand messages: two people meet, a terminal sends while the page is closed, and the page catches up.
import { newPerson } from "../../e2e/harness/person.mjs";
import { freePort, startServer } from "../../e2e/harness/server.mjs";
import { Terminal } from "../../e2e/harness/terminal.mjs";
import { watchStart } from "./page.mjs";

const ME = "Olga Petrova";
export const OTHER = "Ivan Sokolov";
/** Milliseconds between two looks at how far the page is. */
const LOOK_MS = 1_000;

export const say = (text) => console.error(`-- ${text}`);
export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class LongChat {
  /** @param texts what is said, in order */
  constructor(texts) {
    this.texts = texts;
    this.sent = 0;
  }

  /** The one founds the organisation in a browser, the other joins from a terminal; returns which files the first visit loaded. */
  async meet() {
    say("two people meet");
    const port = await freePort();
    // Between browser and server there is nothing, not even the line that the stories can cut.
    this.server = await startServer({ port, url: `http://localhost:${port}` });
    this.olga = await newPerson(ME);
    const loaded = noteFiles(this.olga.context, this.server.url);
    await this.olga.setUp(await this.server.setUpLink());
    const link = await this.olga.inviteFirst(OTHER);
    this.ivan = new Terminal();
    await this.ivan.run("join", link);
    await this.ivan.run("send", ME, "I am in.");
    await this.olga.openChat(OTHER);
    await this.olga.message("I am in.").waitFor();
    return loaded();
  }

  /** Lets the terminal send what comes next while the page is closed, and then the page catch up; returns milliseconds of both. */
  async fill(until = this.texts.length) {
    await this.olga.page.goto("about:blank");
    const begin = performance.now();
    const count = until - this.sent;
    let sent = 0;
    const heard = (text) => {
      const before = sent;
      sent += text.split("\n").length - 1;
      const step = Math.max(1, Math.round(count / 20));
      if (Math.floor(sent / step) > Math.floor(before / step)) say(`${sent} of ${count} messages are sent after ${seconds(begin)} s`);
    };
    say(`${count} messages are sent`);
    const lines = this.texts.slice(this.sent, until).map((text) => `${text}\n`);
    await this.ivan.speak(lines.join(""), ["--json", "--wait", "60", "send", ME, "-", "--each-line"], heard);
    this.sent = until;
    const sentMs = performance.now() - begin;
    return { sentMs, caughtUpMs: await this.catchUp() };
  }

  /** Opens the page again and waits until everything is there; gives up when nothing has come for a minute. Ends at the last message. */
  async catchUp() {
    const { olga } = this;
    say("the page catches up");
    await olga.page.goto(this.server.url);
    const begin = performance.now();
    await olga.button("unlock-go").click();
    await olga.openChat(OTHER);
    await arrival(olga, this.sent);
    const took = performance.now() - begin;
    say(`all are in the browser after ${seconds(begin)} s`);
    // The chat is open where the unread ones begin, or at its end if they came after it was opened; now they are read.
    const [last, toEnd] = [olga.message(this.texts[this.sent - 1]), olga.page.locator(".to-end")];
    await last.or(toEnd).first().waitFor();
    if (await toEnd.isVisible()) await toEnd.click();
    await last.waitFor();
    const reading = performance.now();
    await olga.page.waitForFunction(
      (title) => ![...document.querySelectorAll(".chat-row.unread .title")].some((shown) => shown.textContent.includes(title)),
      OTHER,
    );
    say(`all are read after ${seconds(reading)} s more`);
    return took;
  }

  /** Leaves the page and comes back; returns when what was on the screen, in milliseconds of the page's clock. */
  async start() {
    const { page, t } = this.olga;
    this.watching ??= await page.addInitScript(watchStart, { unlock: t("unlock-go"), chat: OTHER, last: this.texts.at(-1) });
    await page.goto("about:blank");
    // The store is let go when the former page's worker has ended.
    await settle();
    await page.goto(this.server.url);
    const done = page.waitForFunction(() => window.valiseTimes.shown !== undefined);
    await done.catch((error) => (this.trouble = error));
    const { unlock, chat, shown } = await page.evaluate(() => window.valiseTimes);
    if (shown === undefined) throw new Error(`the door came after ${unlock} ms, the chats after ${chat} ms, the last message never: ${this.trouble}`);
    say(`shown after ${Math.round(shown)} ms`);
    return { unlock, chat, shown };
  }

  async close() {
    await this.olga?.close().catch(() => {});
    this.ivan?.close();
    await this.server?.close();
  }
}

/** Waits until the open chat of a page has so many messages; gives up when nothing has come for a minute. */
export async function arrival(person, count) {
  const begin = performance.now();
  let before = 0;
  let news = performance.now();
  for (;;) {
    const total = await person.page.evaluate(() => Number(document.querySelector("article.row")?.ariaSetSize ?? 0));
    if (total >= count) return;
    if (total > before) {
      before = total;
      news = performance.now();
      say(`${total} are in the browser after ${seconds(begin)} s`);
    }
    if (performance.now() - news > 60_000) throw new Error(`the browser receives nothing any more: ${total} of ${count}`);
    await wait(LOOK_MS);
  }
}

/** Lets what follows a start come to its end. */
export async function settle() {
  await wait(3_000);
}

export function seconds(begin) {
  return Math.round((performance.now() - begin) / 1000);
}

/** Notes which files of the web client a browser with an empty cache loads, and how many bytes each is on the way. */
function noteFiles(context, url) {
  const files = new Map();
  context.on("response", (response) => {
    const address = new URL(response.url());
    if (address.origin !== url || address.pathname.startsWith("/v1/") || response.status() !== 200) return;
    const { "content-length": length, "content-encoding": encoding } = response.headers();
    files.set(address.pathname, { bytes: Number(length ?? NaN), encoding: encoding ?? "" });
  });
  return () => {
    for (const needed of ["/ui_bg.wasm", "/core_bg.wasm"]) {
      if (!files.has(needed)) throw new Error(`the first visit did without ${needed}: ${[...files.keys()]}`);
    }
    return Object.fromEntries(files);
  };
}
