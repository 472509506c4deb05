// A request of an organisation that is no partner any more: it stands in a list of its own under a red banner, and nothing is done with it
// before somebody says that he checked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { find, makePartners, openPeople, pair } from "./harness/pair.mjs";
import { openRequests, requestRow } from "./harness/requests.mjs";

const SAID = {
  en: { subject: "All accounts at once", text: "Send us all accounts, at once.", how: "Rang their switchboard." },
  ru: { subject: "Срочно все счета", text: "Пришлите все счета, срочно.", how: "Позвонили на их коммутатор." },
};
const FILE = { name: "order.txt", mimeType: "text/plain", buffer: Buffer.from("By order.\n") };

for (const language of ["en", "ru"]) {
  test(`what nobody vouches for is kept apart (${language})`, async () => {
    const scene = await pair({ language });
    const complaints = [];
    try {
      const { olga, clara } = scene;
      const said = SAID[language];
      await makePartners(scene);
      await ask(olga, said);
      // It is here, and nobody has opened it.
      const requests = clara.page.getByRole("navigation", { name: clara.t("sections") }).getByRole("button", { name: clara.t("requests") });
      await requests.getByText("1", { exact: true }).waitFor();
      await endPartnership(clara, scene.office);
      await requests.getByText("1", { exact: true }).waitFor({ state: "detached" });
      await isApart(clara, scene.office, said, complaints);
      await vouch(clara, said, complaints);
      assert.deepEqual(complaints, []);
      for (const person of [olga, clara]) assert.deepEqual(person.errors, []);
    } finally {
      await scene.close();
    }
  });
}

async function ask(olga, said) {
  await olga.page.keyboard.press("Alt+Shift+N");
  const dialog = olga.page.getByRole("dialog");
  await olga.click(await find(dialog, olga, "clara.berg@bank.example"));
  const fill = (name, text) => dialog.getByRole("textbox", { name: olga.t(name), exact: true }).fill(text);
  await fill("request-subject", said.subject);
  await fill("request-text", said.text);
  await dialog.locator("input[type=file][multiple]").first().setInputFiles(FILE);
  await dialog.getByText(FILE.name).waitFor();
  await olga.click(dialog.getByRole("button", { name: olga.t("request-look"), exact: true }));
  await olga.click(dialog.getByRole("button", { name: olga.t("request-send"), exact: true }));
  await dialog.waitFor({ state: "detached" });
}

async function endPartnership(clara, office) {
  await openPeople(clara);
  await clara.page.getByRole("region", { name: clara.t("partners") }).getByText(office.name).click();
  const dialog = clara.page.getByRole("dialog");
  await dialog.getByRole("button", { name: clara.t("partner-end"), exact: true }).click();
  await dialog.getByRole("button", { name: clara.t("partner-end-sure"), exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

async function isApart(clara, office, said, complaints) {
  const { page } = clara;
  await openRequests(clara);
  const row = requestRow(clara, said.subject);
  await page.getByRole("button", { name: clara.t("requests-in-doubt") }).waitFor();
  assert.equal(await row.count(), 0, "it is not among the others");
  await clara.click(page.getByRole("button", { name: clara.t("requests-in-doubt") }));
  await clara.click(row);
  await page.locator(".sheet-doubt").getByText(clara.t("doubt-no-partner", { organisation: office.name })).waitFor();
  assert.equal(await page.getByText(FILE.name).count() > 0, true, "that there is a file is seen");
  await look(clara, "request-doubt", complaints);
}

async function vouch(clara, said, complaints) {
  const { page } = clara;
  await clara.click(page.locator(".deeds").getByRole("button", { name: clara.t("request-do-vouch"), exact: true }));
  const dialog = page.getByRole("dialog");
  await dialog.getByText(clara.t("request-vouch-warning")).waitFor();
  await dialog.getByRole("textbox").fill(said.how);
  await look(clara, "request-vouch", complaints);
  await clara.click(dialog.getByRole("button", { name: clara.t("request-do-vouch"), exact: true }));
  await dialog.waitFor({ state: "detached" });
  await page.locator(".sheet-doubt").waitFor({ state: "detached" });
}
