// The demo as `valise demo` makes and serves it: ten people of two organisations who have lived for a week.
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { scratch } from "./scratch.mjs";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const BINARY = process.env.VALISE_BIN ?? path.join(ROOT, "target/debug/valise");

export async function startDemo(language = "en") {
  const folder = scratch("demo");
  const args = ["demo", "--json", "--lang", language, "--data", path.join(folder, "data"), "--listen", "127.0.0.1:0"];
  if (process.env.VALISE_WEB) args.push("--web", process.env.VALISE_WEB);
  const child = spawn(BINARY, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (log += text));
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
    fs.rmSync(folder, { recursive: true, force: true });
  };
  // First where the servers are, then a line for each person, and one for the guest.
  const said = [];
  for await (const line of readline.createInterface({ input: child.stdout })) {
    said.push(JSON.parse(line));
    if (said.length === 13) break;
  }
  if (said.length < 13) {
    await close();
    throw new Error(`there is no demo:\n${log}`);
  }
  return { people: said.slice(2, 12), guest: said[12].guest, close };
}
