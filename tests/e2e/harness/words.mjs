// The product's own catalogues: tests name what they click by the id of its words.
import fs from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../../..");

export function words(language) {
  const catalogue = read(find(language));
  return (id, values = {}) => {
    const text = catalogue.get(id);
    if (text === undefined) throw new Error(`no words for ${id} in ${language}`);
    return text.replace(/\{\s*\$(\w+)\s*\}/g, (_, name) => values[name] ?? "").replace(/\{"([^"]*)"\}/g, "$1");
  };
}

function find(language) {
  const found = fs
    .readdirSync(path.join(ROOT, "crates/web-ui"), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(`${language}.ftl`));
  if (found.length !== 1) throw new Error(`${found.length} catalogues for ${language}`);
  return path.join(ROOT, "crates/web-ui", found[0]);
}

function read(file) {
  const catalogue = new Map();
  for (const line of fs.readFileSync(file, "utf8").split("\n")) {
    const [, id, text] = line.match(/^([a-z][\w-]*) = (.+)$/) ?? [];
    if (id) catalogue.set(id, text.trim());
  }
  return catalogue;
}
