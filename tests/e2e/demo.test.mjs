// The demo: a link opens an account with its week in a browser, live, and works once.
//
// VALISE_PICTURES=1 takes the README's pictures anew; with a folder in it, pictures of everything go there.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { startDemo } from "./harness/demo.mjs";
import { newPerson } from "./harness/person.mjs";
import { openRequests } from "./harness/requests.mjs";

const README = path.resolve(import.meta.dirname, "../../docs/pictures");
const README_PICTURES = ["desk-light-en", "desk-dark-en", "phone-light-en"];
const DESK = { width: 1100, height: 700 };
const PHONE = { width: 390, height: 720 };

/** What one side sees of the requests, and the other: a person, subjects and where they stand. */
const ASKED = {
  en: { nina: "Nina Frost", victor: "Victor Hale", bank: "Harbour Bank", office: "Northern Prosecutor's Office", owner: "Owner of safe-deposit box 12", camera: "Camera at the cash machine", statement: "Statement of the ice-cream stand's account", answer: "The signed statement is attached.", paper: "statement.pdf", whistle: "A payment with a police whistle" },
  ru: { nina: "Нина Фролова", victor: "Виктор Халин", bank: "Портовый банк", office: "Северная прокуратура", owner: "Владелец банковской ячейки 12", camera: "Камера у банкомата", statement: "Выписка по счёту киоска мороженого", answer: "Подписанная выписка приложена.", paper: "vypiska.pdf", whistle: "Оплата полицейским свистком" },
};

const SAID = {
  en: { group: "Duty desk", kettle: "Kettle committee", helen: "Helen Ward", marcus: "Marcus Bell", pdf: "hearings.pdf", moved: "Somebody has moved into chambers", hello: "On my way.", back: "The kettle is on." },
  ru: { group: "Дежурная смена", kettle: "Комитет по чайнику", helen: "Елена Орлова", marcus: "Марк Белов", pdf: "spisok-del.pdf", moved: "В кабинете новая жительница", hello: "Иду.", back: "Чайник уже кипит." },
};

async function picture(person, name) {
  const wanted = process.env.VALISE_PICTURES;
  if (!wanted || (wanted === "1" && !README_PICTURES.includes(name))) return;
  const { takePicture } = await import("./harness/pictures.mjs");
  await takePicture(person.page, path.join(wanted === "1" ? README : path.resolve(wanted), `${name}.png`));
}

/** Both themes of what is seen now. */
async function pictures(person, name) {
  for (const theme of ["dark", "light"]) {
    await person.page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await picture(person, `${name}-${theme}-${person.language}`);
  }
}

function row(person, title) {
  return person.page.locator(".chat-row").filter({ hasText: title }).first();
}

async function open(person, link, sees = ".chat-row") {
  // As a bookmark does: otherwise the app says that the browser may throw everything away.
  const permission = { permissions: ["durableStorage"], origin: new URL(link).origin };
  await person.page.devtools.send("Browser.grantPermissions", permission);
  await person.page.goto(link);
  await person.button("open-go").waitFor();
  await pictures(person, `door-${person.options.size.width}`);
  await person.click(person.button("open-go"));
  await person.page.locator(sees).first().waitFor();
}

/** Scrolls back in the open chat until something is there. */
async function scrollTo(person, locator) {
  const log = person.page.locator(".log");
  for (let tries = 0; tries < 60 && (await locator.count()) === 0; tries++) {
    await log.evaluate((element) => {
      element.scrollTop -= element.clientHeight / 2;
      return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
  }
  await locator.first().scrollIntoViewIfNeeded();
}

for (const language of ["en", "ru"]) {
  test(`a link opens an account with its week, once (${language})`, async () => {
    const said = SAID[language];
    const demo = await startDemo(language);
    const people = [];
    const person = async (name, options = {}) => {
      const made = await newPerson(name, { language, scale: 2, size: DESK, ...options });
      people.push(made);
      return made;
    };
    const linkOf = (name) => demo.people.find((one) => one.name === name).link;
    try {
      assert.equal(demo.people.length, 10);
      const helen = await person(said.helen);
      await open(helen, linkOf(said.helen));
      await row(helen, said.kettle).locator(".badge").filter({ hasText: "2" }).waitFor();
      await row(helen, said.group).locator(".draft").waitFor();
      await pictures(helen, "list");

      await helen.openChat(said.group);
      await helen.page.locator(".log article").first().waitFor();
      await pictures(helen, "end");
      const paper = helen.page.locator("button.card").filter({ hasText: said.pdf });
      await scrollTo(helen, paper);
      await helen.click(paper);
      await helen.page.locator("dialog.viewer canvas").first().waitFor();
      await pictures(helen, "pdf");
      await helen.page.keyboard.press("Escape");
      await helen.page.locator("dialog.viewer").waitFor({ state: "detached" });
      const cat = helen.message(said.moved).locator("button.picture");
      await scrollTo(helen, cat);
      await helen.click(cat);
      await helen.page.waitForFunction(() => document.querySelector("dialog.viewer img")?.naturalWidth === 1200);
      await pictures(helen, "photo");
      await helen.page.keyboard.press("Escape");
      await helen.page.locator("dialog.viewer").waitFor({ state: "detached" });
      await cat.evaluate((picture) => {
        const log = picture.closest(".log");
        log.scrollTop += picture.getBoundingClientRect().top - log.getBoundingClientRect().top - 44;
      });
      await helen.composer().focus();
      await pictures(helen, "desk");

      const marcus = await person(said.marcus, { size: PHONE, touch: true });
      await open(marcus, linkOf(said.marcus));
      await pictures(marcus, "phone-list");
      await marcus.openChat(said.helen);
      await helen.openChat(said.marcus);
      await marcus.write(said.hello);
      await helen.message(said.hello).waitFor();
      await helen.write(said.back);
      await marcus.message(said.back).waitFor();
      await marcus.click(marcus.button("back"));
      await marcus.openChat(said.helen);
      await marcus.message(said.back).waitFor();
      await pictures(marcus, "phone");
      assert.deepEqual(marcus.errors, []);
      assert.deepEqual(helen.errors, []);

      // The second time the link says where the account is, before anything is made.
      const late = await person("Late");
      await late.page.goto(linkOf(said.helen));
      await late.page.getByRole("heading", { name: late.t("open-used-title") }).waitFor();
      await pictures(late, "used");
    } catch (error) {
      for (const one of people) {
        const seen = await one.page.locator("body").innerText().catch(() => "nothing");
        error.message += `\n${one.name} sees: ${seen.slice(0, 300)}\n${one.errors.join("\n")}`;
      }
      throw error;
    } finally {
      for (const one of people) await one.close().catch(() => {});
      await demo.close();
    }
  });
}

/** Waits until a request stands in the list so. */
async function stands(person, subject, state, other) {
  const row = person.page.locator(".request-row").filter({ hasText: subject });
  await row.locator(".request-state").getByText(person.t(state), { exact: true }).waitFor();
  await row.locator(".outside").getByText(other).first().waitFor();
  return row;
}

for (const language of ["en", "ru"]) {
  test(`two organisations have asked each other, and go on (${language})`, async () => {
    const said = ASKED[language];
    const demo = await startDemo(language);
    const people = [];
    const person = async (name, options = {}) => {
      const made = await newPerson(name, { language, size: DESK, ...options });
      people.push(made);
      const { link, organisation } = demo.people.find((one) => one.name === name);
      await open(made, link, "nav");
      await openRequests(made);
      return { made, organisation, origin: new URL(link).origin };
    };
    try {
      const { made: nina, ...hers } = await person(said.nina);
      const { made: victor, ...his } = await person(said.victor, { size: PHONE, touch: true });
      assert.deepEqual([hers.organisation, his.organisation], [said.office, said.bank]);
      assert.notEqual(hers.origin, his.origin);
      await stands(nina, said.owner, "request-in-work", said.bank);
      const answered = await stands(nina, said.statement, "request-answered", said.bank);
      await stands(victor, said.owner, "request-in-work", said.office);
      await pictures(nina, "requests");
      await pictures(victor, "requests-phone");

      // The paper lies at one of the servers, and what is new goes over the line between them.
      await nina.click(answered);
      const letter = nina.page.locator(".course-letter").filter({ hasText: said.answer });
      await letter.getByText(said.paper).first().waitFor();
      await pictures(nina, "request");
      await victor.click(victor.page.locator(".request-row").filter({ hasText: said.camera }));
      await pictures(victor, "request-phone");
      const camera = nina.page.locator(".request-row").filter({ hasText: said.camera });
      const opened = nina.t("request-reached-opened");
      await camera.locator(".request-reached").getByText(opened, { exact: true }).waitFor({ state: "attached" });

      // The guest comes by his link, and the browser of whoever asked lets him in.
      const taras = await newPerson("Taras", { language, size: PHONE, touch: true });
      people.push(taras);
      await taras.page.goto(demo.guest.link);
      await taras.field("guest-code").fill(demo.guest.code);
      await taras.click(taras.button("guest-go"));
      await taras.page.locator(".document").getByText(said.whistle).first().waitFor();
      await pictures(taras, "guest-phone");
      for (const one of people) assert.deepEqual(one.errors, []);
    } catch (error) {
      for (const one of people) {
        const seen = await one.page.locator("body").innerText().catch(() => "nothing");
        error.message += `\n${one.name} sees: ${seen.slice(0, 500)}\n${one.errors.join("\n")}`;
      }
      throw error;
    } finally {
      for (const one of people) await one.close().catch(() => {});
      await demo.close();
    }
  });
}
