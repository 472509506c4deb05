// From an empty server to two people who talk, and how long the second one needs for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newPerson } from "./harness/person.mjs";
import { founded } from "./harness/scene.mjs";

test("a colleague joins by a link and both talk", async () => {
  const scene = await founded();
  try {
    const { olga } = scene;
    const link = await olga.inviteFirst("Ivan Sokolov");
    const ivan = await scene.person("Ivan Sokolov");

    const begin = performance.now();
    await ivan.join(link);
    await ivan.write("I am here");
    await ivan.tick("I am here", "tick-accepted");
    const seconds = (performance.now() - begin) / 1000;
    console.log(`U1: link to first message sent: ${seconds.toFixed(1)} s, ${ivan.clicks} click(s), nothing typed but the message`);
    assert.ok(ivan.clicks <= 4, `${ivan.clicks} clicks`);

    await olga.openChat("Ivan Sokolov");
    await olga.message("I am here").waitFor();
    await ivan.tick("I am here", "tick-read");
    await olga.write("Welcome, Ivan");
    await ivan.message("Welcome, Ivan").waitFor();
    await olga.tick("Welcome, Ivan", "tick-read");
    assert.equal(await olga.message("I am here").count(), 1);
    assert.equal(await ivan.message("Welcome, Ivan").count(), 1);
  } finally {
    await scene.close();
  }
});

test("a link that was used opens no second account", async () => {
  const scene = await founded();
  try {
    const link = await scene.olga.inviteFirst("Ivan Sokolov");
    const ivan = await scene.person("Ivan Sokolov");
    await ivan.join(link);
    const stranger = await scene.person("Somebody Else");
    await stranger.page.goto(link);
    await stranger.page.getByText(stranger.t("trouble-link-gone")).waitFor();
  } finally {
    await scene.close();
  }
});

test("without the PRF extension the browser's own key opens the store again", async () => {
  const scene = await founded({ authenticator: { hasPrf: false } });
  try {
    const { olga } = scene;
    await olga.button("first-later").click();
    await olga.page.reload();
    await olga.button("unlock-go").click();
    await olga.page.getByText(olga.t("chats-empty")).waitFor();
  } finally {
    await scene.close();
  }
});

test("a person who says no to the passkey is told, and can try again", async () => {
  const scene = await founded();
  try {
    const link = await scene.olga.inviteFirst("");
    const ivan = await newPerson("Ivan Sokolov", { authenticator: { isUserVerified: false } });
    scene.people.push(ivan);
    await ivan.page.goto(link);
    await ivan.field("your-name").fill("Ivan Sokolov");
    await ivan.button("join-go").click();
    await ivan.page.getByText(ivan.t("unlock-cancelled")).waitFor();
    await ivan.button("join-go").waitFor();
  } finally {
    await scene.close();
  }
});
