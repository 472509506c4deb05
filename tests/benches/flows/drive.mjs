// What people do, with clicks and seconds as they have them; prints one line of JSON. The history is as long as the product promises.
import { linkDevice } from "../../e2e/harness/linking.mjs";
import { attach, photographOfPaper } from "../../e2e/harness/paper.mjs";
import { newPerson } from "../../e2e/harness/person.mjs";
import { LongChat, OTHER, arrival, say, settle } from "../browser/long_chat.mjs";
import { talk } from "../browser/talk.mjs";
import { measureAsking } from "./ask.mjs";
import { isPrepared, watchSearch } from "./page.mjs";

/** What is searched for: prefixes, other forms of the words that were said, two languages, several words. */
const QUERIES = ["meet", "meetings", "отчёты", "комнат", "budget letter", "подписаны", "tab", "signed noon", "письмами", "ready room"];

const [rounds, history, count] = process.argv.slice(2).map(Number);
const chat = new LongChat(talk(count));
const others = [];
try {
  console.log(JSON.stringify(await measure()));
} finally {
  for (const person of others) await person.close().catch(() => {});
  await chat.close();
}

async function measure() {
  const asking = await measureAsking(rounds);
  await chat.meet();
  const u1 = [];
  for (let round = 1; round <= rounds; round++) u1.push(await joinAndWrite(`Colleague ${round}`));
  const u4 = [];
  for (let round = 1; round <= rounds; round++) u4.push(await sendPaper());
  const u7 = await linkAndRead(others[0], chat.olga.name, 1, `I am Colleague 1`);
  await chat.fill(history);
  const u7History = await linkAndRead(chat.olga, OTHER, history, chat.texts[history - 1]);
  await closeOthers();
  await chat.fill();
  const u11 = [];
  for (let round = 0; round < rounds; round++) u11.push((await chat.start()).shown);
  const u12 = await search();
  return { ...asking, u1, u4, u7, u7History, u11, u12, u8: await comeBack() };
}

/** Follows an invitation and writes; until the server has taken the message. */
async function joinAndWrite(name) {
  say(`${name} joins and writes`);
  const link = await chat.olga.invite(name);
  const person = await newPerson(name);
  others.push(person);
  const begin = performance.now();
  await person.join(link);
  await person.write(`I am ${name}`);
  await person.tick(`I am ${name}`, "tick-accepted");
  return { seconds: since(begin), clicks: person.clicks };
}

/** Scans three photographs into one document and sends it; until it stands in the chat. The chooser of files is a tap, too. */
async function sendPaper() {
  say("three photographs become one document");
  const { olga } = chat;
  const photos = [];
  for (const number of [1, 2, 3]) photos.push(await photographOfPaper(olga.page, { number }));
  await olga.openChat(OTHER);
  const sent = olga.page.getByRole("article").locator("button.card").filter({ hasText: ".pdf" });
  const already = await sent.count();
  const [begin, before] = [performance.now(), olga.clicks];
  const dialog = await attach(olga, "attach-scan", photos);
  await dialog.locator(".paper-small img").nth(2).waitFor();
  await olga.click(dialog.getByRole("button", { name: olga.t("send"), exact: true }));
  await sent.nth(already).waitFor();
  return { seconds: since(begin), clicks: olga.clicks - before };
}

/** Links a further device; until it is in the chat with the last message on the screen, and until all of it is there. */
async function linkAndRead(person, title, messages, last) {
  say(`a further device of ${person.name} is linked`);
  const device = await newPerson(`${person.name}, another device`);
  others.push(device);
  const [begin, before] = [performance.now(), person.clicks];
  await linkDevice(person, device, chat.server.url);
  await device.openChat(title);
  await device.message(last).waitFor();
  const first = since(begin);
  await arrival(device, messages);
  await person.page.keyboard.press("Escape");
  await person.page.getByRole("button", { name: person.t("chats") }).last().click();
  return { seconds: first, all: since(begin), clicks: device.clicks + person.clicks - before };
}

/** Searches the chats; milliseconds from each query until what was found is on the screen. */
async function search() {
  say(`${QUERIES.length} searches`);
  const { page, t } = chat.olga;
  const field = page.getByRole("searchbox", { name: t("search-chats") });
  await field.fill(QUERIES[0]);
  await page.waitForFunction(isPrepared);
  const took = [];
  for (const query of QUERIES) took.push(await page.evaluate(watchSearch, query));
  await field.fill("");
  return took;
}

/** Loses everything but the passkey, and comes back; until a message can be sent and is taken, and until all of the past is there. */
async function comeBack() {
  const { olga, server } = chat;
  await olga.page.getByRole("button", { name: olga.t("settings") }).last().click();
  const [kept] = olga.t("backup-kept", { day: "\u0000", time: "\u0000" }).split("\u0000");
  await olga.page.locator(".pane").getByText(kept, { exact: false }).waitFor();
  // What was changed last goes up some seconds after it.
  for (let pause = 0; pause < 4; pause++) await settle();
  say("a device is lost, and its person comes back");
  await olga.page.goto("about:blank");
  await olga.page.devtools.send("Storage.clearDataForOrigin", { origin: new URL(server.url).origin, storageTypes: "all" });
  const [begin, before] = [performance.now(), olga.clicks];
  await olga.page.goto(server.url);
  await olga.click(olga.page.getByText(olga.t("lost"), { exact: true }));
  await olga.click(olga.button("back-passkey"));
  await olga.openChat(OTHER);
  await olga.write("It is me again.");
  await olga.tick("It is me again.", "tick-accepted");
  const working = since(begin);
  await arrival(olga, count);
  return { seconds: working, all: since(begin), clicks: olga.clicks - before };
}

async function closeOthers() {
  while (others.length) await others.pop().close();
}

function since(begin) {
  return (performance.now() - begin) / 1_000;
}
