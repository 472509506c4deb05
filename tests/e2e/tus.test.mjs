// A stock tus client against our server: whole, in parts, paused, and over a kill of the server in the middle.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as tus from "tus-js-client";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const program = process.env.VALISE_ATTACHMENTS ?? join(root, "target/debug/examples/attachments");
const headers = { Authorization: `Bearer ${"07".repeat(32)}` };
let folder;
let server;

async function start() {
  const child = spawn(program, [folder], { stdio: ["ignore", "pipe", "inherit"] });
  const [origin] = await new Promise((resolve, reject) => {
    createInterface(child.stdout).once("line", (line) => resolve([line]));
    child.once("error", reject);
  });
  server = { child, origin };
}

async function kill() {
  const gone = new Promise((resolve) => server.child.once("exit", resolve));
  server.child.kill("SIGKILL");
  await gone;
}

// Uploads to the end; `adjust` gets the options before it begins.
function upload(bytes, options = {}) {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(bytes, {
      endpoint: `${server.origin}/v1/blobs`,
      headers,
      retryDelays: [0, 100, 200],
      onSuccess: () => resolve(upload.url),
      onError: reject,
      ...options,
    });
    options.begun?.(upload);
    upload.start();
  });
}

async function fetched(url, range) {
  const answer = await fetch(new URL(new URL(url).pathname, server.origin), { headers: { ...headers, ...range } });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "valise-tus-"));
  await start();
});

after(async () => {
  if (server) await kill();
  rmSync(folder, { recursive: true, force: true });
});

test("a file goes up in one piece and comes back, whole and in a range", async () => {
  const bytes = randomBytes(3_000_000);
  const url = await upload(bytes);
  const whole = await fetched(url);
  assert.equal(whole.status, 200);
  assert.ok(whole.bytes.equals(bytes));
  const part = await fetched(url, { Range: "bytes=1000-1999" });
  assert.equal(part.status, 206);
  assert.ok(part.bytes.equals(bytes.subarray(1000, 2000)));
});

test("a file goes up in parts", async () => {
  const bytes = randomBytes(1_000_001);
  assert.ok((await fetched(await upload(bytes, { chunkSize: 100_000 }))).bytes.equals(bytes));
});

test("an upload that was paused goes on where it was", async () => {
  const bytes = randomBytes(2_000_000);
  let paused;
  await new Promise((resolve) => {
    upload(bytes, {
      chunkSize: 250_000,
      begun: (upload) => (paused = upload),
      onChunkComplete: async (_size, accepted) => {
        if (accepted === 1_000_000) {
          await paused.abort();
          resolve();
        }
      },
    });
  });
  const offsets = [];
  const url = await upload(bytes, { uploadUrl: paused.url, onProgress: (sent) => offsets.push(sent) });
  assert.ok(offsets[0] >= 1_000_000, `went on at ${offsets[0]}`);
  assert.ok((await fetched(url)).bytes.equals(bytes));
});

test("an upload survives a kill of the server", async () => {
  const bytes = randomBytes(2_000_000);
  let url;
  await new Promise((resolve) => {
    upload(bytes, {
      chunkSize: 250_000,
      retryDelays: null,
      begun: (upload) => (url = () => upload.url),
      onChunkComplete: (_size, accepted) => {
        if (accepted === 1_000_000) kill().then(resolve);
      },
    }).catch(() => {});
  });
  await start();
  const moved = new URL(new URL(url()).pathname, server.origin).href;
  const head = await fetch(moved, { method: "HEAD", headers: { ...headers, "Tus-Resumable": "1.0.0" } });
  assert.ok(Number(head.headers.get("upload-offset")) >= 1_000_000, "what was acknowledged is there");
  assert.ok((await fetched(await upload(bytes, { uploadUrl: moved }))).bytes.equals(bytes));
});

test("a client that tells the name of the file is refused", async () => {
  await assert.rejects(upload(randomBytes(10), { metadata: { filename: "secret.pdf" }, retryDelays: null }), /400/);
});
