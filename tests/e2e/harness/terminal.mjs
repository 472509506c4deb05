// One person at a terminal: the command `valise` with a folder of its own.
import { spawn } from "node:child_process";
import fs from "node:fs";
import { once } from "node:events";
import { scratch } from "./scratch.mjs";
import { BINARY } from "./server.mjs";

export class Terminal {
  /** @param authority PEM file of whom the client trusts to name the server */
  constructor(authority) {
    this.home = scratch("terminal");
    this.environment = { ...process.env, VALISE_HOME: this.home, VALISE_AUTHORITY: authority };
  }

  /** Runs one verb; returns what it wrote, and throws what it complained about. */
  async run(...words) {
    return this.speak("", words);
  }

  /** Runs one verb that reads `input`; `heard` gets what it writes, as it comes. */
  async speak(input, words, heard = () => {}) {
    const child = spawn(BINARY, words, { env: this.environment, stdio: ["pipe", "pipe", "pipe"] });
    // Whoever ends early does not read to the end.
    child.stdin.on("error", () => {}).end(input);
    const written = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", heard);
    for (const name of ["stdout", "stderr"]) child[name].setEncoding("utf8").on("data", (text) => (written[name] += text));
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`valise ${words[0]} ended with ${code}: ${written.stderr}`);
    return written.stdout;
  }

  close() {
    fs.rmSync(this.home, { recursive: true, force: true });
  }
}
