// Fills a browser's store with messages from a terminal and measures what a person waits for; prints one line of JSON.
import { newPerson } from "../../e2e/harness/person.mjs";
import { freePort, startServer } from "../../e2e/harness/server.mjs";
import { Terminal } from "../../e2e/harness/terminal.mjs";
import { rendererBytes } from "./memory.mjs";
import { beginFrames, endFrames, middle, watchStart } from "./page.mjs";
import { talk } from "./talk.mjs";

const ME = "Olga Petrova";
const OTHER = "Ivan Sokolov";
/** Pixels of one notch of a wheel, and notches a second: nine screens. */
const NOTCH_PX = 120;
const NOTCHES_PER_S = 60;
/** Notches between two looks at what is shown. */
const LOOK_EVERY = 60;
/** Milliseconds between two looks at how far the page is. */
const LOOK_MS = 1_000;

const [count, starts, screens] = process.argv.slice(2).map(Number);
const say = (text) => console.error(`-- ${text}`);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const texts = talk(count);
const scene = {};
try {
  console.log(JSON.stringify(await measure()));
} finally {
  await scene.olga?.close().catch(() => {});
  scene.ivan?.close();
  await scene.server?.close();
}

async function measure() {
  const firstVisit = await meet();
  const filled = await fill();
  const started = [];
  for (let round = 0; round < starts; round++) started.push(await start());
  await settle();
  const atRest = rendererBytes(scene.olga.profile);
  const scrolled = await scroll();
  const afterScroll = rendererBytes(scene.olga.profile);
  const own = await scene.olga.page.evaluate(() => performance.measureUserAgentSpecificMemory?.().then(({ bytes }) => bytes));
  return { firstVisit, filled, started, scrolled, memory: { atRest, afterScroll, own: own ?? null } };
}

/** The one founds the organisation in a browser, the other joins from a terminal; returns what the first visit loaded. */
async function meet() {
  say("two people meet");
  const port = await freePort();
  // Between browser and server there is nothing, not even the line that the stories can cut.
  scene.server = await startServer({ port, url: `http://localhost:${port}` });
  scene.olga = await newPerson(ME);
  const loaded = noteFiles(scene.olga.context, scene.server.url);
  await scene.olga.setUp(await scene.server.setUpLink());
  const link = await scene.olga.inviteFirst(OTHER);
  scene.ivan = new Terminal();
  await scene.ivan.run("join", link);
  await scene.ivan.run("send", ME, "I am in.");
  await scene.olga.openChat(OTHER);
  await scene.olga.message("I am in.").waitFor();
  return loaded();
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

/** Lets the terminal send everything while the page is closed, and then the page catch up. */
async function fill() {
  await scene.olga.page.goto("about:blank");
  const begin = performance.now();
  let sent = 0;
  const heard = (text) => {
    const before = sent;
    sent += text.split("\n").length - 1;
    const step = Math.max(1, Math.round(count / 20));
    if (Math.floor(sent / step) > Math.floor(before / step)) say(`${sent} of ${count} messages are sent after ${seconds(begin)} s`);
  };
  say(`${count} messages are sent`);
  await scene.ivan.speak(texts.map((text) => `${text}\n`).join(""), ["--json", "--wait", "60", "send", ME, "-", "--each-line"], heard);
  const sentMs = performance.now() - begin;
  return { sentMs, caughtUpMs: await catchUp() };
}

/** Opens the page again and waits until everything is there; gives up when nothing has come for a minute. Ends at the last message. */
async function catchUp() {
  const { olga } = scene;
  say("the page catches up");
  await olga.page.goto(scene.server.url);
  const begin = performance.now();
  await olga.button("unlock-go").click();
  await olga.openChat(OTHER);
  let before = 0;
  let news = performance.now();
  for (;;) {
    const total = await olga.page.evaluate(() => Number(document.querySelector("article.row")?.ariaSetSize ?? 0));
    if (total >= count) break;
    if (total > before) {
      before = total;
      news = performance.now();
      say(`${total} are in the browser after ${seconds(begin)} s`);
    }
    if (performance.now() - news > 60_000) throw new Error(`the browser receives nothing any more: ${total} of ${count}`);
    await wait(LOOK_MS);
  }
  const took = performance.now() - begin;
  say(`all are in the browser after ${seconds(begin)} s`);
  // The chat is open where the unread ones begin; now they are read.
  await olga.page.locator(".to-end").click();
  await olga.message(texts.at(-1)).waitFor();
  const reading = performance.now();
  await olga.page.waitForFunction(() => !document.title.startsWith("("));
  say(`all are read after ${seconds(reading)} s more`);
  return took;
}

/** Leaves the page and comes back; returns when what was on the screen, in milliseconds of the page's clock. */
async function start() {
  const { page, t } = scene.olga;
  scene.watching ??= await page.addInitScript(watchStart, { unlock: t("unlock-go"), chat: OTHER, last: texts.at(-1) });
  await page.goto("about:blank");
  // The store is let go when the former page's worker has ended.
  await settle();
  await page.goto(scene.server.url);
  const done = page.waitForFunction(() => window.valiseTimes.shown !== undefined);
  await done.catch((error) => (scene.trouble = error));
  const { unlock, chat, shown } = await page.evaluate(() => window.valiseTimes);
  if (shown === undefined) throw new Error(`the door came after ${unlock} ms, the chats after ${chat} ms, the last message never: ${scene.trouble}`);
  say(`shown after ${Math.round(shown)} ms`);
  return { unlock, chat, shown };
}

/** Lets what follows a start come to its end. */
async function settle() {
  await wait(3_000);
}

/** Turns the wheel back through the conversation, and looks every now and then whether everything stands where it was sent. */
async function scroll() {
  const { page } = scene.olga;
  const log = await page.locator(".log").boundingBox();
  await page.mouse.move(log.x + log.width / 2, log.y + log.height / 2);
  const notches = Math.round((screens * log.height) / NOTCH_PX);
  say(`the wheel goes back over ${screens} screens`);
  await page.evaluate(beginFrames);
  const begin = performance.now();
  let place = Infinity;
  for (let notch = 1; notch <= notches; notch++) {
    await page.mouse.wheel(0, -NOTCH_PX);
    if (notch % LOOK_EVERY === 0) place = check(await page.evaluate(middle), place);
    const due = begin + (notch * 1000) / NOTCHES_PER_S;
    if (performance.now() < due) await wait(due - performance.now());
  }
  const took = performance.now() - begin;
  const { gaps, long } = await page.evaluate(endFrames);
  return { gaps, long, notches, tookMs: took, place };
}

/** The message at a place is the one that was sent at that place, and further back than the one before. */
function check(shown, before) {
  if (!shown) throw new Error("nothing stands in the middle of the conversation");
  const expected = texts[shown.place - 1 - (shown.total - count)];
  if (shown.text !== expected) throw new Error(`at ${shown.place} of ${shown.total} stands ${shown.text} instead of ${expected}`);
  if (shown.place >= before) throw new Error(`the wheel turned and ${shown.place} came after ${before}`);
  return shown.place;
}

function seconds(begin) {
  return Math.round((performance.now() - begin) / 1000);
}
