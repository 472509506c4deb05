// Whether the other one is here: nobody says so until both have chosen it. In both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./harness/look.mjs";
import { twoPeople } from "./harness/scene.mjs";

for (const language of ["en", "ru"]) {
  test(`two who show it see that the other is here, and when he was (${language})`, async () => {
    const scene = await twoPeople({ language });
    const complaints = [];
    try {
      const { olga, ivan } = scene;
      const under = (person) => person.page.locator(".talk-head .under");
      const here = (person) => under(person).getByText(person.t("here-now"), { exact: true });
      await choose(olga);
      await olga.write("are you there?");
      await ivan.message("are you there?").waitFor();
      assert.equal(await here(olga).count(), 0, "he has not chosen to show it");

      await choose(ivan);
      await here(ivan).waitFor();
      await here(olga).waitFor();
      await look(olga, "here", complaints);

      await choose(ivan);
      await under(olga).getByText(olga.t("here-last", { when: "" }).trim(), { exact: false }).waitFor();
      assert.equal(await here(ivan).count(), 0, "who does not show it does not see it");
      assert.deepEqual(complaints, []);
    } finally {
      await scene.close();
    }
  });
}

/** Chooses the other way, in the settings, and comes back to the chat. */
async function choose(person) {
  await person.page.getByRole("button", { name: person.t("settings") }).last().click();
  await person.page.getByRole("checkbox", { name: new RegExp(`^${person.t("here-share")}`) }).click();
  await person.page.getByRole("button", { name: person.t("chats") }).last().click();
}
