// What people do who ask: two organisations become partners, one asks the other, and somebody who has nothing but a browser.
import { largeScan } from "../../e2e/harness/files.mjs";
import { find, makePartners, pair } from "../../e2e/harness/pair.mjs";
import { say } from "../browser/long_chat.mjs";

const PHONE = { width: 360, height: 740 };

/** Goes all of these ways `rounds` times, but for the partnership. */
export async function measureAsking(rounds) {
  const scene = await pair();
  try {
    const u16 = await becomePartners(scene);
    const [u2, u3, u5, u6] = [[], [], [], []];
    for (let round = 1; round <= rounds; round++) {
      const { asked, opened } = await askPartner(scene, `Accounts of Mr. Petrov, ${round}`);
      u5.push(asked);
      u6.push(opened);
      const { read, answered } = await askGuest(scene, `The accident of ${round} May`);
      u2.push(read);
      u3.push(answered);
    }
    return { u2, u3, u5, u6, u16 };
  } finally {
    await scene.close();
  }
}

/** From the first click of one registrar until both lists have the other organisation; nobody takes time to compare digits. */
async function becomePartners(scene) {
  say("two organisations become partners");
  const { olga, clara } = scene;
  const count = counter(olga, clara);
  await makePartners(scene);
  return count();
}

/** Asks, until it is signed and stands in the document; and milliseconds from the other side's press on it until the list says that it was opened. */
async function askPartner({ olga, clara }, subject) {
  say("one asks the other");
  const [text, dialog] = [`Which accounts were there on 1 June 2026? ${subject}`, olga.page.getByRole("dialog")];
  await goToRequests(olga);
  await olga.page.keyboard.press("Alt+Shift+N");
  const whom = await find(dialog, olga, "clara.berg@bank.example");
  const count = counter(olga);
  await olga.click(whom);
  await write(olga, { "request-subject": subject, "request-text": text, "request-basis": "Order 4471 of 12 November 2026" });
  await olga.click(dialog.getByRole("button", { name: olga.t("request-look"), exact: true }));
  await dialog.locator(".sheet").getByText(text).waitFor();
  await olga.click(dialog.getByRole("button", { name: olga.t("request-send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await olga.page.locator(".document .sheet-text").getByText(text).waitFor();
  const asked = count();
  await goToRequests(clara);
  const row = (person) => person.page.locator(".request-row").filter({ hasText: subject });
  await row(clara).waitFor();
  const begin = performance.now();
  await row(clara).click();
  await row(olga).locator(".request-reached").getByText(olga.t("request-reached-opened"), { exact: true }).waitFor({ state: "attached" });
  return { asked, opened: performance.now() - begin };
}

/** Asks a guest; from his link until he reads, and from there until he has answered with a large scan and saved the receipt. */
async function askGuest(scene, subject) {
  say("a guest is asked");
  const text = `What did you see at the crossing? ${subject}`;
  const { link, code } = await handOver(scene.olga, subject, text);
  const taras = await scene.person("Taras Kovalenko", { size: PHONE, touch: true });
  const { page } = taras;
  let count = counter(taras);
  await page.goto(link);
  await taras.field("guest-code").fill(code);
  await taras.click(taras.button("guest-go"));
  await page.locator(".document .sheet-text").getByText(text).waitFor();
  const read = count();
  const file = largeScan();
  count = counter(taras);
  const dialog = page.getByRole("dialog");
  await taras.click(page.locator(".deeds").getByRole("button", { name: taras.t("request-do-answer"), exact: true }));
  await dialog.getByRole("textbox", { name: taras.t("letter-text"), exact: true }).fill("A red lorry went first.");
  // The file is chosen in the phone's own dialog.
  taras.clicks += 1;
  await dialog.locator("input[type=file]").first().setInputFiles(file);
  await dialog.getByText(file.name).waitFor();
  await taras.click(dialog.getByRole("button", { name: taras.t("send"), exact: true }));
  await page.locator(".document .state").getByText(taras.t("request-answered"), { exact: true }).waitFor();
  const saved = page.waitForEvent("download");
  await taras.click(page.locator(".deeds").getByRole("button", { name: taras.t("guest-receipt"), exact: true }));
  await saved;
  const answered = count();
  await taras.close();
  return { read, answered };
}

/** Asks somebody of no organisation; returns what is handed to him. */
async function handOver(olga, subject, text) {
  await goToRequests(olga);
  await olga.page.keyboard.press("Alt+Shift+N");
  const dialog = olga.page.getByRole("dialog");
  await dialog.getByText(olga.t("guest-by-link"), { exact: true }).click();
  await write(olga, { "guest-name": "Taras Kovalenko" });
  await dialog.getByRole("button", { name: olga.t("go-on"), exact: true }).click();
  await write(olga, { "request-subject": subject, "request-text": text });
  await dialog.getByRole("button", { name: olga.t("request-look"), exact: true }).click();
  await dialog.getByRole("button", { name: olga.t("request-send"), exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await olga.page.locator(".guest-panel").getByRole("button", { name: olga.t("guest-hand-over"), exact: true }).click();
  const link = await dialog.getByRole("textbox", { name: olga.t("guest-hand-link") }).inputValue();
  const code = await dialog.locator(".guest-code").innerText();
  await olga.page.keyboard.press("Escape");
  return { link, code };
}

/** Fills in lines of the dialog; each is an interaction. */
async function write(person, lines) {
  for (const [name, text] of Object.entries(lines)) {
    person.clicks += 1;
    await person.page.getByRole("dialog").getByRole("textbox", { name: person.t(name), exact: true }).fill(text);
  }
}

async function goToRequests(person) {
  await person.page.getByRole("navigation", { name: person.t("sections") }).getByRole("button", { name: person.t("requests") }).click();
}

/** Begins to count; what it returns tells seconds and clicks of all of them. */
function counter(...people) {
  const clicks = () => people.reduce((sum, person) => sum + person.clicks, 0);
  const [begin, before] = [performance.now(), clicks()];
  return () => ({ seconds: (performance.now() - begin) / 1_000, clicks: clicks() - before });
}
