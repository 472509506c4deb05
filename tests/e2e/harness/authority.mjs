// Who certifies: a house authority by openssl, and one that is asked by ACME (Pebble).
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import { once } from "node:events";
import { freePort } from "./server.mjs";

/** An authority of our own, and what it says of localhost. */
export function certificate() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "valise-tls-"));
  const at = (name) => path.join(folder, name);
  const openssl = (...words) => execFileSync("openssl", words, { stdio: "ignore" });
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  openssl("req", "-x509", ...kind, "-days", "2", "-subj", "/CN=House authority", "-keyout", at("authority.key"), "-out", at("authority.pem"));
  openssl("req", ...kind, "-subj", "/CN=localhost", "-keyout", at("key.pem"), "-out", at("asked.pem"));
  fs.writeFileSync(at("about"), "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n");
  openssl("x509", "-req", "-in", at("asked.pem"), "-CA", at("authority.pem"), "-CAkey", at("authority.key"), "-days", "2", "-extfile", at("about"), "-out", at("certificate.pem"));
  fs.chmodSync(at("key.pem"), 0o600);
  return { folder, authority: at("authority.pem"), key: at("key.pem"), certificate: at("certificate.pem") };
}

/** Starts an ACME authority that looks for the server it certifies at a port. */
export async function startAuthority(port) {
  const names = certificate();
  const [front, desk] = [await freePort(), await freePort()];
  const config = path.join(names.folder, "pebble.json");
  const pebble = {
    listenAddress: `127.0.0.1:${front}`,
    managementListenAddress: `127.0.0.1:${desk}`,
    certificate: names.certificate,
    privateKey: names.key,
    httpPort: 1,
    tlsPort: port,
  };
  fs.writeFileSync(config, JSON.stringify({ pebble }));
  // It waits at random before it checks, and refuses one number in twenty: the second is welcome, the first costs seconds.
  const child = spawn("pebble", ["-config", config], { env: { ...process.env, PEBBLE_VA_NOSLEEP: "1" }, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (log += text));
  const ended = once(child, "exit");
  const asked = (port, where) =>
    new Promise((resolve, reject) => {
      const request = https.get({ port, path: where, host: "localhost", ca: fs.readFileSync(names.authority) }, (answer) => {
        let body = "";
        answer.setEncoding("utf8").on("data", (text) => (body += text)).on("end", () => resolve(body));
      });
      request.on("error", reject);
    });
  for (let tries = 0; !(await asked(front, "/dir").catch(() => "")); tries++) {
    if (tries > 100 || child.exitCode !== null) throw new Error(`the authority does not start: ${log}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    directory: `https://localhost:${front}/dir`,
    /** PEM file by which the authority's own desk is known. */
    known: names.authority,
    /** PEM file by which what it certifies is known: made anew at each start. */
    issuer: async () => {
      const file = path.join(names.folder, "issuer.pem");
      fs.writeFileSync(file, await asked(desk, "/roots/0"));
      return file;
    },
    close: async () => {
      child.kill("SIGTERM");
      await ended;
      fs.rmSync(names.folder, { recursive: true });
    },
  };
}
