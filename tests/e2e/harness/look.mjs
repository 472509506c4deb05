// Looking at a screen: pictures of it, and what axe complains about.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PICTURES = path.resolve(import.meta.dirname, "../../../target/screenshots");
const DESK = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };

/** Looks at what a person sees now, on the desk and on the phone, light and dark; adds what axe complains about. `at` is brought into sight. */
export async function look(person, screen, complaints, at) {
  fs.mkdirSync(PICTURES, { recursive: true });
  for (const [name, size] of [["desk", DESK], ["phone", PHONE]]) {
    await person.page.setViewportSize(size);
    for (const theme of ["light", "dark"]) {
      await person.page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await person.page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
      await at?.scrollIntoViewIfNeeded();
      const label = `${screen}-${person.language}-${name}-${theme}`;
      await person.page.screenshot({ path: path.join(PICTURES, `${label}.png`) });
      // The drawings of all icons stand in the page once, hidden: hundreds of nodes that nobody meets. Through the protocol: the page's own policy lets no script in.
      await person.page.devtools.send("Runtime.evaluate", { expression: AXE });
      const { violations } = await person.page.evaluate(() => window.axe.run({ exclude: [".icons"] }, { resultTypes: ["violations"] }));
      for (const found of violations) complaints.push(`${label}: ${found.id}: ${found.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ")}`);
    }
  }
  await person.page.setViewportSize(DESK);
}
