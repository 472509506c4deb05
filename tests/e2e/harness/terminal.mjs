// One person at a terminal: the command `valise` with a folder of its own.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { once } from "node:events";
import { BINARY } from "./server.mjs";

export class Terminal {
  /** @param authority PEM file of whom the client trusts to name the server */
  constructor(authority) {
    this.home = fs.mkdtempSync(path.join(os.tmpdir(), "valise-terminal-"));
    this.environment = { ...process.env, VALISE_HOME: this.home, VALISE_AUTHORITY: authority };
  }

  /** Runs one verb; returns what it wrote, and throws what it complained about. */
  async run(...words) {
    const child = spawn(BINARY, words, { env: this.environment, stdio: ["ignore", "pipe", "pipe"] });
    const written = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) child[name].setEncoding("utf8").on("data", (text) => (written[name] += text));
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`valise ${words[0]} ended with ${code}: ${written.stderr}`);
    return written.stdout;
  }

  close() {
    fs.rmSync(this.home, { recursive: true, force: true });
  }
}
