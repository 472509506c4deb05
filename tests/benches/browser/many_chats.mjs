// Hundreds of groups, each with a message in it: further people make them from terminals.
import { Terminal } from "../../e2e/harness/terminal.mjs";
import { say, wait } from "./long_chat.mjs";

/** Groups that one person makes: a server takes 200 from anybody at once. */
const EACH = 190;

/** Milliseconds between two sign-ins: a server takes no more than two a second from one address in the long run. */
const SIGN_IN_MS = 520;

let next = 0;

/** Waits until somebody may sign in again. */
async function turn() {
  const now = performance.now();
  next = Math.max(next + SIGN_IN_MS, now);
  await wait(next - now);
}

/** Gives `olga` so many groups more; ends when all stand in her list. */
export async function manyChats(olga, count) {
  const makers = [];
  for (let first = 1; first <= count; first += EACH) makers.push({ first, last: Math.min(count, first + EACH - 1) });
  say(`${count} groups are made by ${makers.length} people`);
  for (const [number, maker] of makers.entries()) {
    maker.terminal = new Terminal();
    await maker.terminal.run("join", await olga.invite(`Maker ${number + 1}`));
  }
  await Promise.all(makers.map((maker) => make(olga.name, maker)));
  for (const { terminal } of makers) terminal.close();
  await olga.page.waitForFunction((count) => document.querySelectorAll(".chat-row").length >= count, count);
}

async function make(member, { terminal, first, last }) {
  for (let number = first; number <= last; number++) {
    await turn();
    await terminal.run("group", groupName(number), member);
    await turn();
    await terminal.run("send", groupName(number), lastWords(number));
    if (number % 50 === 0) say(`group ${number} is made`);
  }
}

export const groupName = (number) => `Group number ${number}.`;

export const lastWords = (number) => `What was said last in group ${number}.`;
