// Looks for words where none may be.
import fs from "node:fs";
import path from "node:path";

/** Words that stand in some file below a folder, as they are, in UTF-16, hexadecimal or base64. */
export function found(folder, words) {
  const forms = words.map((word) => {
    const bytes = Buffer.from(word);
    // Without the edges, which depend on what stands beside them.
    const base64 = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64").slice(4, -4));
    return { word, needles: [bytes, Buffer.from(word, "utf16le"), Buffer.from(bytes.toString("hex")), ...base64.map((text) => Buffer.from(text))] };
  });
  const hits = new Set();
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = read(path.join(entry.parentPath ?? entry.path, entry.name));
    for (const { word, needles } of forms) if (needles.some((needle) => content.includes(needle))) hits.add(word);
  }
  return [...hits];
}

/** What stands in a file; nothing if it was taken away since the folder was read: a browser that was just closed still tidies up. */
function read(file) {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    if (error.code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}
