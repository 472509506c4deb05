// Fills a browser's store with messages from a terminal and measures what a person waits for; prints one line of JSON.
import { LongChat, OTHER, say, settle, wait } from "./long_chat.mjs";
import { groupName, lastWords, manyChats } from "./many_chats.mjs";
import { rendererBytes } from "./memory.mjs";
import { beginFrames, endFrames, middle, watchSwitch, watchTyping } from "./page.mjs";
import { talk } from "./talk.mjs";

/** Pixels of one notch of a wheel, and notches a second: nine screens. */
const NOTCH_PX = 120;
const NOTCHES_PER_S = 60;
/** Notches between two looks at what is shown. */
const LOOK_EVERY = 60;
/** What is typed, one letter every so many milliseconds: a quick typist, never in step with the frames. */
const TYPED = "The committee meets on Thursday at nine, and the papers are needed by Wednesday.";
const STROKE_MS = 87;

const [count, starts, screens, groups, switches] = process.argv.slice(2).map(Number);
const chat = new LongChat(talk(count));
try {
  console.log(JSON.stringify(await measure()));
} finally {
  await chat.close();
}

async function measure() {
  const firstVisit = await chat.meet();
  await manyChats(chat.olga, groups);
  const filled = await chat.fill();
  const started = [];
  for (let round = 0; round < starts; round++) started.push(await chat.start());
  await settle();
  const atRest = rendererBytes(chat.olga.profile);
  const scrolled = await scroll();
  const switched = await switchChats();
  const typed = await type();
  const afterScroll = rendererBytes(chat.olga.profile);
  const own = await chat.olga.page.evaluate(() => performance.measureUserAgentSpecificMemory?.().then(({ bytes }) => bytes));
  return { firstVisit, filled, started, scrolled, switched, typed, memory: { atRest, afterScroll, own: own ?? null } };
}

/** Turns the wheel back through the conversation, and looks every now and then whether everything stands where it was sent. */
async function scroll() {
  const { page } = chat.olga;
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
  const expected = chat.texts[shown.place - 1 - (shown.total - count)];
  if (shown.text !== expected) throw new Error(`at ${shown.place} of ${shown.total} stands ${shown.text} instead of ${expected}`);
  if (shown.place >= before) throw new Error(`the wheel turned and ${shown.place} came after ${before}`);
  return shown.place;
}

/** Goes from the long chat into a group and back, another group each time; returns milliseconds of the page's clock. */
async function switchChats() {
  const { page } = chat.olga;
  say(`${switches} times into another chat and back`);
  const took = { group: [], long: [] };
  for (let round = 0; round < switches; round++) {
    const number = 1 + ((round * 37) % groups);
    took.group.push(await page.evaluate(watchSwitch, { chat: groupName(number), last: lastWords(number) }));
    await wait(300);
    took.long.push(await page.evaluate(watchSwitch, { chat: OTHER, last: chat.texts.at(-1) }));
    await wait(300);
  }
  return took;
}

/** Types into the long chat; returns for each letter the milliseconds from the key until the frame that shows it was made. */
async function type() {
  const { olga } = chat;
  say(`${TYPED.length} letters are typed`);
  await olga.composer().focus();
  await olga.page.evaluate(watchTyping);
  await olga.page.keyboard.type(TYPED, { delay: STROKE_MS });
  const typed = await olga.page.evaluate(() => window.valiseTyping);
  if ((await olga.composer().inputValue()) !== TYPED) throw new Error("what was typed does not stand in the composer");
  if (typed.length !== TYPED.length) throw new Error(`${typed.length} of ${TYPED.length} letters were seen`);
  return typed;
}
