// What the kernel says of the browser's processes.
import fs from "node:fs";

/** Private memory in bytes of the process that has the page: of the browser's renderers the largest, others are kept in reserve. */
export function rendererBytes(profile) {
  const all = processes();
  const browser = all.find(({ words }) => words.includes(`--user-data-dir=${profile}`) && !words.some((word) => word.startsWith("--type=")));
  if (!browser) throw new Error("the browser is gone");
  const renderers = descendants(all, browser.pid).filter(({ words }) => words.includes("--type=renderer"));
  const sizes = renderers.map(({ pid }) => privateBytes(pid)).filter((size) => size !== undefined);
  if (!sizes.length) throw new Error("the browser has no renderer that can be looked at");
  return Math.max(...sizes);
}

function processes() {
  const pids = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    // Chromium writes its own command line anew, with spaces.
    const words = read(`/proc/${pid}/cmdline`)?.split(/[\0 ]/);
    // The name in parentheses may hold anything; what follows it begins with the state and the parent.
    const parent = read(`/proc/${pid}/stat`)?.split(")").at(-1).trim().split(" ")[1];
    return words && parent ? [{ pid, parent, words }] : [];
  });
}

function descendants(all, pid) {
  const children = all.filter(({ parent }) => parent === pid);
  return children.flatMap((child) => [child, ...descendants(all, child.pid)]);
}

function privateBytes(pid) {
  const lines = read(`/proc/${pid}/smaps_rollup`)?.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm);
  return lines && [...lines].reduce((sum, [, size]) => sum + Number(size) * 1024, 0);
}

/** A process may end while it is looked at. */
function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
