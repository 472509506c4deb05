// A file that was signed and that its server no longer has: the evidence is made all the same, says so, and so does whoever looks at it. In both languages.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { digitsOf, find, makePartners, pair } from "./harness/pair.mjs";
import { act, ask, openRequests, requestRow, say, stands } from "./harness/requests.mjs";
import { Terminal } from "./harness/terminal.mjs";

const SAID = {
  en: { subject: "Accounts of Mr. Petrov", text: "Which accounts did Mr. Petrov have?", answer: "The list is attached.", lacks: "1 file could not be had from its server; the evidence says so.", absent: "could not be had: its server no longer gave it" },
  ru: { subject: "Счета Петрова И. И.", text: "Какие счета были у Петрова И. И.?", answer: "Список приложен.", lacks: "1 файл не удалось получить с его сервера: это сказано в доказательствах.", absent: "получить не удалось: сервер его больше не отдаёт" },
};
const FILE = { name: "accounts.pdf", mimeType: "application/pdf", buffer: Buffer.from(`%PDF-1.7\n${"40702810000000000001\n".repeat(40_000)}`) };

for (const language of ["en", "ru"]) {
  test(`evidence without a file that nobody has any more (${language})`, async () => {
    const scene = await pair({ language });
    const complaints = [];
    const said = SAID[language];
    try {
      const { olga, clara } = scene;
      const fingerprints = [];
      await makePartners(scene, async (person, dialog, _, name) => {
        fingerprints.push(await digitsOf(dialog, person.t("partner-digits", { name })));
      });
      await isAnswered(scene, said);
      for (const { server } of [scene.office, scene.bank]) loses(server);
      const bundle = await exported(olga, said, complaints);
      await isSaid(scene, bundle, fingerprints, said, complaints);
      assert.deepEqual(complaints, []);
      assert.deepEqual(clara.errors, []);
    } finally {
      await scene.close();
    }
  });
}

async function isAnswered({ olga, clara }, said) {
  await openRequests(olga);
  await olga.page.keyboard.press("Alt+Shift+N");
  const dialog = olga.page.getByRole("dialog");
  await olga.click(await find(dialog, olga, "clara.berg@bank.example"));
  await ask(olga, dialog, said);
  await openRequests(clara);
  await clara.click(requestRow(clara, said.subject));
  await say(clara, "request-do-answer", said.answer, (letter) => letter.locator("#letter-picker").setInputFiles(FILE));
  await stands(olga, said.subject, "request-answered");
}

/** The server's disk has nothing of any file any more. */
function loses({ folder }) {
  const blobs = path.join(folder, "data", "blobs");
  const files = fs.existsSync(blobs) ? fs.readdirSync(blobs, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : [];
  for (const file of files) fs.rmSync(path.join(file.parentPath ?? file.path, file.name));
}

/** Olga, who has not looked at the file yet, asks for the evidence: it is said what is not in it. */
async function exported(olga, said, complaints) {
  const saved = olga.page.waitForEvent("download");
  await act(olga, "request-export");
  const bundle = await (await saved).path();
  await olga.page.locator(".toast").getByText(said.lacks).waitFor();
  await look(olga, "evidence-lacks", complaints);
  return bundle;
}

/** Whoever verifies it is told the same, in a terminal and on the page; all else is proven. */
async function isSaid({ olga, office }, bundle, fingerprints, { absent }, complaints) {
  const terminal = new Terminal();
  try {
    const known = fingerprints.flatMap((digits) => ["--fingerprint", digits]);
    assert.match(await terminal.run("verify", bundle, ...known), /accounts\.pdf.*\n.*could not be had: its server no longer gave it/);
  } finally {
    terminal.close();
  }
  const page = await olga.newTab(`${office.server.url}/verify`);
  await page.locator("#file").setInputFiles({ name: "2026.evb", mimeType: "application/octet-stream", buffer: fs.readFileSync(bundle) });
  const file = page.locator("#things li").filter({ hasText: "accounts.pdf" });
  await file.locator("p.hint").getByText(absent).first().waitFor();
  await look({ ...olga, page, language: olga.language }, "verify-lacks", complaints, file);
  await page.close();
}
