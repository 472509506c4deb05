// TLS as the handbook has it: the server's own, from files and from an ACME authority, and nginx in front with the handbook's
// configuration.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { certificate, startAuthority } from "./harness/authority.mjs";
import { freePort, startServer } from "./harness/server.mjs";
import { Terminal } from "./harness/terminal.mjs";

const HANDBOOK = path.resolve(import.meta.dirname, "../../docs/operate/proxy.md");

test("two terminals talk over the server's own TLS", async () => {
  const names = certificate();
  const port = await freePort();
  const server = await startServer({
    port,
    url: `https://localhost:${port}`,
    settings: `[tls]\nmode = "files"\ncertificate = "${names.certificate}"\nkey = "${names.key}"`,
  });
  try {
    await talk(server, names.authority);
  } finally {
    await server.close();
    fs.rmSync(names.folder, { recursive: true });
  }
});

test("two terminals talk over TLS whose certificate was ordered", async () => {
  const port = await freePort();
  const authority = await startAuthority(port);
  let server;
  try {
    server = await startServer({
      port,
      url: `https://localhost:${port}`,
      settings: `[tls]\nmode = "acme"\ncontact = "admin@example.org"\ndirectory = "${authority.directory}"\nauthority = "${authority.known}"`,
    });
    await server.until(() => server.log.includes("DeployedNewCert"));
    await talk(server, await authority.issuer());
    // Started again, it has the certificate already.
    await server.end();
    await server.start();
    await server.until(() => server.log.includes("DeployedCachedCert"));
  } finally {
    await server?.close();
    await authority.close();
  }
});

test("two terminals talk through nginx, set up as the handbook says", async () => {
  const names = certificate();
  const [front, back] = [await freePort(), await freePort()];
  const server = await startServer({ port: back, url: `https://localhost:${front}`, settings: `trusted_proxies = ["127.0.0.1"]\n[tls]\nshown = ["${names.certificate}"]` });
  const nginx = await startNginx(names, front, back);
  try {
    await talk(server, names.authority);
    assert.match(nginx.requests(), /GET \/v1\/socket HTTP\/1.1" 101/, "the socket went through the proxy");
  } finally {
    await nginx.close();
    await server.close();
    fs.rmSync(names.folder, { recursive: true });
  }
});

/** Founds, invites, joins, and sends a text and a file. */
async function talk(server, authority) {
  const [olga, ivan, stranger] = [new Terminal(authority), new Terminal(authority), new Terminal()];
  try {
    const setUp = await server.setUpLink();
    await assert.rejects(stranger.run("setup", setUp, "--organisation", "Ministry", "--name", "Eve", "--wait", "3"), /UnknownIssuer/, "who does not know the authority does not connect, and is told why");
    await olga.run("setup", setUp, "--organisation", "Ministry", "--name", "Olga");
    const [link] = (await olga.run("invite", "--name", "Ivan")).match(/https:\S+#\S+/);
    await ivan.run("join", link);
    await olga.run("send", "Ivan", "over TLS");
    assert.match(await ivan.run("read", "Olga"), /over TLS/);
    const bytes = randomBytes(3 << 20);
    fs.writeFileSync(path.join(olga.home, "papers.bin"), bytes);
    await olga.run("attach", "Ivan", path.join(olga.home, "papers.bin"));
    assert.match(await ivan.run("read", "Olga"), /papers\.bin/);
    const saved = path.join(ivan.home, "saved.bin");
    await ivan.run("save", "Olga", "papers.bin", "--to", saved);
    assert.deepEqual(fs.readFileSync(saved), bytes);
  } finally {
    for (const terminal of [olga, ivan, stranger]) terminal.close();
  }
}

/** Starts nginx with the configuration that the handbook shows; ports and files alone are this test's. */
async function startNginx(names, front, back) {
  const shown = fs.readFileSync(HANDBOOK, "utf8").match(/```nginx\n([\s\S]+?)```/)[1];
  const site = shown
    .replace("listen 443 ssl", `listen 127.0.0.1:${front} ssl`)
    .replace("chat.example.org", "localhost")
    .replace("/etc/nginx/chat.pem", names.certificate)
    .replace("/etc/nginx/chat.key", names.key)
    .replace("127.0.0.1:8440", `127.0.0.1:${back}`);
  const at = (name) => path.join(names.folder, name);
  const kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${at(kind)};`).join("\n");
  fs.writeFileSync(at("nginx.conf"), `daemon off;\npid ${at("pid")};\nevents {}\nhttp {\naccess_log ${at("access.log")};\n${kept}\n${site}\n}\n`);
  const child = spawn("/usr/sbin/nginx", ["-c", at("nginx.conf"), "-p", names.folder, "-e", at("error.log")], { stdio: ["ignore", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (complaints += text));
  for (let tries = 0; !fs.existsSync(at("pid")); tries++) {
    if (tries > 100 || child.exitCode !== null) throw new Error(`nginx does not start: ${complaints}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    requests: () => fs.readFileSync(at("access.log"), "utf8"),
    close: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}
