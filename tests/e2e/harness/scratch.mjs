// Where servers, browsers and terminals keep what they keep.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const ROOM = process.env.VALISE_SCRATCH ?? os.tmpdir();

/** Makes a folder of its own: in VALISE_SCRATCH, or where this machine has such things. */
export function scratch(name) {
  return fs.mkdtempSync(path.join(ROOM, `valise-${name}-`));
}

/** How many bytes are free there. */
export function freeBytes() {
  const { bavail, bsize } = fs.statfsSync(ROOM);
  return bavail * bsize;
}
