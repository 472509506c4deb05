// One person at a terminal: the command `valise` with a folder of its own.
import { spawn } from "node:child_process";
import fs from "node:fs";
import { once } from "node:events";
import readline from "node:readline";
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

  /** Begins one verb with `--json` that goes on while a person does something else. */
  begin(...words) {
    return new Running(spawn(BINARY, [...words, "--json"], { env: this.environment, stdio: ["pipe", "pipe", "pipe"] }));
  }

  close() {
    fs.rmSync(this.home, { recursive: true, force: true });
  }
}

/** A verb under way. */
class Running {
  constructor(child) {
    this.child = child;
    this.said = [];
    this.complained = "";
    this.waiting = new Set();
    child.stderr.setEncoding("utf8").on("data", (text) => (this.complained += text));
    readline.createInterface({ input: child.stdout }).on("line", (line) => {
      this.said.push(JSON.parse(line));
      for (const look of this.waiting) look();
    });
    /** Settles when it has ended; throws what it complained about. */
    this.done = once(child, "close").then(([code]) => {
      if (code !== 0) throw new Error(this.complained);
      return this.said;
    });
    // Whoever waits for it hears of it; it may end before.
    this.done.catch(() => {});
  }

  /** Waits for something that it says. */
  heard(fits) {
    const said = new Promise((resolve) => {
      const look = () => {
        const found = this.said.find(fits);
        if (found) resolve(found);
      };
      this.waiting.add(look);
      look();
    });
    const ended = this.done.then(() => {
      throw new Error(`it ended without a word of that: ${JSON.stringify(this.said)}`);
    });
    return Promise.race([said, ended]);
  }

  type(line) {
    this.child.stdin.write(`${line}\n`);
  }
}
