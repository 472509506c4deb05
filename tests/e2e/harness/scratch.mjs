// Where servers, browsers and terminals keep what they keep.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** Makes a folder of its own: in VALISE_SCRATCH, or where this machine has such things. */
export function scratch(name) {
  return fs.mkdtempSync(path.join(process.env.VALISE_SCRATCH ?? os.tmpdir(), `valise-${name}-`));
}
