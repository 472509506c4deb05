// The page that verifies evidence: from a server, and from a disk without a network. It says what the terminal says, and nothing leaves it.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { newPerson } from "./harness/person.mjs";
import { scratch } from "./harness/scratch.mjs";
import { startServer } from "./harness/server.mjs";
import { Terminal } from "./harness/terminal.mjs";

const VECTORS = fs.readFileSync(path.resolve(import.meta.dirname, "../../spec/vectors/evidence-good.txt"), "utf8");
const values = (wanted) => VECTORS.split("\n").filter((line) => line.startsWith(`${wanted}: `)).map((line) => line.slice(wanted.length + 2));
const BUNDLE = Buffer.from(values("bundle")[0], "hex");
const FINGERPRINTS = values("fingerprint");

const SAID = {
  en: { open: "Nothing is wrong, and not all of it is proven.", proven: "All that people signed is proven.", wrong: "Something is wrong.", changed: "it was changed", none: "this is no bundle" },
  ru: { open: "Ошибок нет, но доказано не всё.", proven: "Всё, что подписали люди, доказано.", wrong: "Есть ошибки.", changed: "изменено", none: "это не пакет" },
  de: { open: "Nichts ist falsch, aber nicht alles ist bewiesen.", proven: "Alles, was Menschen unterschrieben haben, ist bewiesen.", wrong: "Etwas stimmt nicht.", changed: "wurde verändert", none: "das ist kein Beweispaket" },
  fr: { open: "Rien n’est faux, mais tout n’est pas prouvé.", proven: "Tout ce que des personnes ont signé est prouvé.", wrong: "Quelque chose ne va pas.", changed: "a été modifié", none: "ce n’est pas un dossier de preuves" },
};

/** The same with one bit of the answer's text flipped. */
function flipped() {
  const bytes = Buffer.from(BUNDLE);
  bytes[bytes.indexOf("Enclosed.")] ^= 1;
  return bytes;
}

const choose = (person, name, buffer) => person.page.locator("#file").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
const outcome = (person, text) => person.page.locator("#outcome").getByText(text).waitFor();

/** Verifies a good bundle, a changed one, and none; the page has been opened. */
async function goThrough(person, complaints, screen) {
  const said = SAID[person.language];
  const { page } = person;
  if (complaints) await look(person, `${screen}-begin`, complaints);
  await choose(person, "2026-NB-00042.evb", BUNDLE);
  await outcome(person, said.open);
  assert.deepEqual(await page.locator(".digits").allTextContents(), FINGERPRINTS);
  // By the keyboard: the box keeps the focus when all is shown anew.
  await page.locator("#compared-0").press("Space");
  await page.locator("#things .proven").first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "compared-0");
  await page.locator("#compared-1").check();
  await outcome(person, said.proven);
  if (complaints) await look(person, `${screen}-proven`, complaints);
  const rows = await page.locator("#things li").count();
  await choose(person, "changed.evb", flipped());
  await page.locator("#things .fault").getByText(said.changed).waitFor();
  await outcome(person, said.wrong);
  assert.equal(await page.locator("#compared-0").isChecked(), false, "another file is compared anew");
  if (complaints) await look(person, `${screen}-wrong`, complaints);
  await choose(person, "letter.pdf", Buffer.from("%PDF-1.7 no bundle at all"));
  await page.locator("#things .fault").getByText(said.none).waitFor();
  if (complaints) await look(person, `${screen}-none`, complaints);
  return rows;
}

for (const language of Object.keys(SAID)) {
  test(`a bundle is verified on a page from a server (${language})`, async () => {
    const [server, person, terminal] = [await startServer(), await newPerson("an auditor", { language }), new Terminal()];
    const complaints = [];
    try {
      const answer = await person.page.goto(`${server.url}/verify`);
      const policy = answer.headers()["content-security-policy"];
      for (const part of ["default-src 'none'", "connect-src 'none'", "frame-ancestors 'none'"]) assert.ok(policy.includes(part), policy);
      const asked = person.requests.length;
      await person.context.setOffline(true);
      const rows = await goThrough(person, complaints, "verify");
      const file = path.join(person.profile, "bundle.evb");
      fs.writeFileSync(file, BUNDLE);
      const told = await terminal.run("--json", "verify", file, ...FINGERPRINTS.flatMap((digits) => ["--fingerprint", digits]));
      const things = told.trim().split("\n").map((line) => JSON.parse(line)).filter((row) => row.subject);
      assert.equal(rows, things.length, "the page tells of as many things as the terminal");
      const sent = person.requests.slice(asked).filter((url) => !url.startsWith("blob:"));
      assert.deepEqual(sent, [], "something left the page");
      assert.deepEqual(complaints, []);
      assert.deepEqual(person.errors, []);
    } finally {
      terminal.close();
      await person.close();
      await server.close();
    }
  });
}

test("a reader says whose times he trusts", async () => {
  const [server, person] = [await startServer(), await newPerson("an auditor")];
  try {
    const certificate = Buffer.from(await (await fetch(`${server.url}/v1/timestamp`)).arrayBuffer());
    const pem = Buffer.from(`-----BEGIN CERTIFICATE-----\n${certificate.toString("base64")}\n-----END CERTIFICATE-----\n`);
    const { page } = person;
    await page.goto(`${server.url}/verify`);
    await person.context.setOffline(true);
    await choose(person, "2026-NB-00042.evb", BUNDLE);
    const rows = page.locator("#clocks li");
    for (const [buffer, said] of [
      [certificate, "Valise"],
      [pem, "Valise"],
      [Buffer.from("no certificate"), "This is no certificate."],
    ]) {
      await page.locator("#authority").setInputFiles({ name: "authority.pem", mimeType: "application/x-pem-file", buffer });
      await rows.getByText(said).first().waitFor();
      assert.equal(await rows.count(), 1);
      const complaints = [];
      await look(person, `verify-authority-${said.length}`, complaints);
      assert.deepEqual(complaints, []);
      await rows.getByRole("button").press("Enter");
      await rows.first().waitFor({ state: "detached" });
    }
    // A file that is dropped is told by what it is.
    await page.evaluate((bytes) => {
      const files = new DataTransfer();
      files.items.add(new File([Uint8Array.from(bytes)], "authority.der"));
      document.dispatchEvent(new DragEvent("drop", { dataTransfer: files, cancelable: true }));
    }, [...certificate]);
    await rows.first().waitFor();
    assert.deepEqual(person.errors, []);
  } finally {
    await person.close();
    await server.close();
  }
});

for (const [language, whole, unknown] of [
  ["en", "all of it was there together by then", "of an authority that nobody vouched for here"],
  ["ru", "к этому времени всё уже было вместе", "от службы, за которую здесь никто не поручился"],
]) {
  test(`a bundle says by when all of it was there, and whose clock that was (${language})`, async () => {
    const [server, person] = [await startServer(), await newPerson("an auditor", { language })];
    try {
      const { page } = person;
      await page.goto(`${server.url}/verify`);
      await person.context.setOffline(true);
      await choose(person, "2026-NB-00042.evb", Buffer.from(values("stamped-bundle")[0], "hex"));
      await page.locator("#compared-0").check();
      await page.locator("#compared-1").check();
      await outcome(person, SAID[language].proven);
      const row = page.locator("#things li").filter({ hasText: whole });
      await row.getByText(unknown).waitFor();
      assert.match(await row.getAttribute("class"), /open/, "everybody can be an authority");
      const buffer = Buffer.from(values("authority")[0], "hex");
      await page.locator("#authority").setInputFiles({ name: "authority.der", mimeType: "application/pkix-cert", buffer });
      await row.getByText(unknown).waitFor({ state: "detached" });
      assert.match(await row.getAttribute("class"), /proven/);
      await row.getByText("2026-09-21 18:13:20 UTC").waitFor();
      await row.scrollIntoViewIfNeeded();
      const complaints = [];
      await look(person, "verify-whole", complaints);
      assert.deepEqual(complaints, []);
      assert.deepEqual(person.errors, []);
    } finally {
      await person.close();
      await server.close();
    }
  });
}

test("the page works from a disk, and can ask nobody anything", async () => {
  const [server, person] = [await startServer(), await newPerson("an auditor")];
  const folder = scratch("page");
  try {
    const bytes = await (await fetch(`${server.url}/verify`)).arrayBuffer();
    const saved = path.join(folder, "verify.html");
    fs.writeFileSync(saved, Buffer.from(bytes));
    await person.page.goto(pathToFileURL(saved).href);
    await goThrough(person);
    assert.deepEqual(person.errors, []);
    const refused = await person.page.evaluate(async (url) => {
      try {
        await fetch(url, { mode: "no-cors" });
        return false;
      } catch {
        return true;
      }
    }, server.url);
    assert.ok(refused, "its policy lets nothing out");
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
    await person.close();
    await server.close();
  }
});

/** What the page says of a file that is not there, and why, by the vector that shows it. */
const ABSENT = {
  en: { "lacking-bundle": "could not be had: its server no longer gave it", "too-large-bundle": "too large to go along", "another-came-bundle": "another file came than the one that was signed" },
  ru: { "lacking-bundle": "получить не удалось: сервер его больше не отдаёт", "too-large-bundle": "не приложено: слишком большой", "another-came-bundle": "пришёл другой файл, не тот, который был подписан" },
};
/** What of it is a fault of somebody's, and not a mere lack. */
const BLAMED = "another-came-bundle";

for (const language of Object.keys(ABSENT)) {
  test(`a file that is not there says why (${language})`, async () => {
    const [server, person] = [await startServer(), await newPerson("an auditor", { language })];
    const complaints = [];
    const said = SAID[language];
    try {
      const { page } = person;
      await page.goto(`${server.url}/verify`);
      await person.context.setOffline(true);
      for (const [name, why] of Object.entries(ABSENT[language])) {
        await choose(person, `${name}.evb`, Buffer.from(values(name)[0], "hex"));
        // All is shown anew after each.
        const proven = page.locator("#things .proven");
        for (const box of ["#compared-0", "#compared-1"]) {
          const before = await proven.count();
          await page.locator(box).check();
          await proven.nth(before).waitFor();
        }
        const told = page.locator("#things li").getByText(why).first();
        await told.waitFor();
        await outcome(person, name === BLAMED ? said.wrong : said.proven);
        assert.equal(await page.locator("#things .fault").getByText(why).count(), name === BLAMED ? 1 : 0);
        await look(person, `verify-${name}`, complaints, told);
      }
      assert.deepEqual(complaints, []);
      assert.deepEqual(person.errors, []);
    } finally {
      await person.close();
      await server.close();
    }
  });
}
