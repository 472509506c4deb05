// Nothing readable lies on the server, nor in the profile of a browser (FT-60, FT-63).
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { found } from "./harness/needles.mjs";
import { twoPeople } from "./harness/scene.mjs";

const canary = (kind) => `canary-${kind}-${randomBytes(12).toString("hex")}`;

test("no text, file, file name, group name, draft or search is found on disk", async () => {
  const scene = await twoPeople();
  try {
    const { olga, ivan, server } = scene;
    const words = { text: canary("text"), file: canary("file"), name: canary("name"), draft: canary("draft"), group: canary("group"), search: canary("search") };
    await olga.write(words.text);
    await ivan.message(words.text).waitFor();
    const buffer = Buffer.from(`${words.file} `.repeat(2000));
    await olga.sendFile({ name: `${words.name}.bin`, mimeType: "application/octet-stream", buffer });
    await ivan.page.getByRole("article").getByRole("button", { name: new RegExp(words.name) }).click();
    await ivan.page.getByRole("button", { name: new RegExp(`^${ivan.t("file-open", { name: words.name })}`) }).waitFor();
    await ivan.makeGroup(words.group, "Olga Petrova");
    await ivan.write("a first word");
    await olga.page.locator(".chat-row").filter({ hasText: words.group }).waitFor();
    await ivan.page.getByRole("searchbox", { name: ivan.t("search-chats") }).fill(words.search);
    await ivan.page.getByRole("region", { name: ivan.t("messages") }).waitFor();
    await ivan.page.getByRole("searchbox", { name: ivan.t("search-chats") }).fill("");
    await ivan.composer().fill(words.draft);
    await ivan.page.locator(".chat-row").filter({ hasText: "Olga" }).first().waitFor();
    await ivan.page.reload();
    await ivan.button("unlock-go").waitFor();

    const control = canary("control");
    fs.writeFileSync(path.join(server.folder, "data", "planted"), control);
    assert.deepEqual(found(server.folder, [control]), [control], "the control is found");
    fs.rmSync(path.join(server.folder, "data", "planted"));

    const all = Object.values(words);
    assert.deepEqual(found(server.folder, all), [], "on the server");
    for (const word of all) assert.ok(!server.log.includes(word), "in the server's log");
    await ivan.context.close();
    await olga.context.close();
    fs.writeFileSync(path.join(olga.profile, "planted"), control);
    assert.deepEqual(found(olga.profile, [control]), [control], "the control is found in a profile, too");
    fs.rmSync(path.join(olga.profile, "planted"));
    assert.deepEqual(found(ivan.profile, all), [], "in the reader's profile");
    assert.deepEqual(found(olga.profile, all), [], "in the writer's profile");
  } finally {
    await scene.close();
  }
});
