// Pictures for the README: at twice the size, and small enough for a repository.
import fs from "node:fs";
import path from "node:path";
import UPNG from "upng-js";

/** Saves what a page shows, in 256 colours. */
export async function takePicture(page, file) {
  await page.evaluate(() => document.fonts.ready);
  // Nothing is pointed at in a picture.
  await page.mouse.move(0, 0);
  const shot = await page.screenshot({ animations: "disabled", caret: "hide" });
  const image = UPNG.decode(shot.buffer.slice(shot.byteOffset, shot.byteOffset + shot.byteLength));
  const small = UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, 256);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, Buffer.from(small));
}
