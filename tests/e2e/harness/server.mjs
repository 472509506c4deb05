// A server of our own: fresh data folder, free port, and its set-up link.
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { once } from "node:events";
import { Line } from "./line.mjs";
import { scratch } from "./scratch.mjs";

const ROOT = path.resolve(import.meta.dirname, "../../..");
export const BINARY = process.env.VALISE_BIN ?? path.join(ROOT, "target/debug/valise");

/**
 * Starts a server behind a line that can be cut.
 *
 * `settings` is more of its configuration; `url` what people call it and `port` where it listens, if that is not the line's;
 * `web` the folder of another web client than the one in the binary; with `metrics` it can be asked how many sockets there are.
 */
export async function startServer(options = {}) {
  const server = new Server(scratch("e2e"), options);
  try {
    await server.open();
  } catch (error) {
    // What is left open would keep the test from ending.
    await server.close();
    throw error;
  }
  return server;
}

class Server {
  constructor(folder, { settings = "", url = undefined, port = undefined, web = process.env.VALISE_WEB, metrics = false } = {}) {
    this.folder = folder;
    this.settings = settings;
    this.url = url;
    this.port = port;
    this.web = web;
    this.metrics = metrics;
    this.log = "";
  }

  async open() {
    this.port ??= await freePort();
    this.line = await Line.open(this.port);
    this.url ??= `http://localhost:${this.line.port}`;
    await this.start();
  }

  /** Starts the process; the second time over the same data. */
  async start() {
    const data = path.join(this.folder, "data");
    const config = path.join(this.folder, "valise.toml");
    // Its port is the same for every server of a machine, if nobody chooses one.
    if (this.metrics) this.metricsPort ??= await freePort();
    const metrics = this.metrics ? `listen = "127.0.0.1:${this.metricsPort}"` : "enabled = false";
    fs.writeFileSync(config, `${this.settings}\n[metrics]\n${metrics}\n`);
    const args = ["serve", "--config", config, "--data", data, "--listen", `127.0.0.1:${this.port}`, "--public-url", this.url];
    if (this.web) args.push("--web", this.web);
    this.process = spawn(BINARY, args, { cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.log += text));
    }
    this.process.on("error", (error) => (this.log += `\n[not started: ${error.message}]\n`));
    this.process.on("exit", (code, signal) => (this.log += `\n[ended: ${code ?? signal}]\n`));
    await this.until(() => this.isReady());
  }

  /** Whether it answers; of a server with TLS only whether it says that it listens. */
  async isReady() {
    if (this.settings.includes("[tls]")) return this.log.includes(`${this.port}`);
    return fetch(`http://127.0.0.1:${this.port}/readyz`).then((reply) => reply.ok, () => false);
  }

  /** How many devices have a line to it, as it counts them. */
  async sockets() {
    const told = await fetch(`http://127.0.0.1:${this.metricsPort}/metrics`).then((reply) => reply.text());
    return Number(told.match(/^valise_sockets(?:\{.*\})? ([0-9]+)/m)?.[1] ?? 0);
  }

  /** The link that founds the organisation. */
  async setUpLink() {
    return this.until(() => this.log.match(new RegExp(`${this.url}/\\S*#\\S+`))?.[0]);
  }

  /** Waits for a condition, and shows the log if it does not come. */
  async until(condition, seconds = 30) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const value = await condition();
      if (value) return value;
      if (Date.now() > end || this.process.exitCode !== null || this.log.includes("[not started")) {
        throw new Error(`the server is not as it should be:\n${this.log.slice(-4000)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async end(signal = "SIGTERM") {
    if (!this.process?.pid) return;
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = once(this.process, "exit");
      this.process.kill(signal);
      await ended;
    }
  }

  async close() {
    await this.end("SIGKILL");
    await this.line?.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A port below those that the system hands out by itself, so that no connection and no `listen(0)` takes it before the server does. */
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const probe = net.createServer();
    const free = await new Promise((resolve) => {
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!free) continue;
    probe.close();
    await once(probe, "close");
    return port;
  }
}
