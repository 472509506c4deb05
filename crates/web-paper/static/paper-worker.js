// Works on pages and prints, apart from the page that is looked at and from the core.
//
// A question is { id, tag, … }, its answer { id, … } or { id, trouble }. No picture is decoded before its head was read and
// found to be of a size that cameras make; whoever asked ends this worker when an answer takes too long, and with it
// whatever is being decoded.
const early = [];
self.onmessage = (event) => early.push(event);
const { default: init, Binder, Photo, measure, print: printed, report: reported } = await import("./paper.js");
await init({ module_or_path: new URL("./paper_bg.wasm", import.meta.url) });

/** Bytes of a file, and of its beginning in which its head must stand. */
const MOST_BYTES = 96 * 1_048_576;
const HEAD_BYTES = 512 * 1_024;
/** Longest side on which is worked, and of what is shown while one works, in pixels. */
const WORK_SIDE = 3_200;
const SHOWN_SIDE = 1_280;
const FINISH = { plain: 0, colour: 1, grey: 2, "black-white": 3 };
/** The picture that was decoded last: who drags a corner asks for the same one again. */
let kept = { key: null };

const doing = { open, page, bind, print, report };
let last = Promise.resolve();
self.onmessage = ({ data }) => {
  // One after the other: two pictures at once would take twice the memory.
  last = last.then(async () => {
    try {
      postMessage({ id: data.id, ...(await doing[data.tag](data)) });
    } catch (error) {
      postMessage({ id: data.id, trouble: typeof error === "string" ? error : "unreadable" });
    }
  });
};
for (const event of early) self.onmessage(event);

/** Looks at a picture: what it looks like, and where the sheet lies in it. */
async function open({ key, file }) {
  const { photo, canvas } = await decoded(key, file);
  const small = fitting(canvas, canvas.width, canvas.height, SHOWN_SIDE);
  return { width: small.width, height: small.height, corners: photo.find(), shown: await jpeg(small, 0.85) };
}

/** A page as it will be, small enough to be shown. */
async function page({ page }) {
  const sheet = await sheetOf(page, SHOWN_SIDE);
  try {
    return { width: sheet.width, height: sheet.height, shown: await jpeg(canvasOf(sheet), 0.85) };
  } finally {
    sheet.free();
  }
}

/** The pages as one PDF, or a single one as a picture. */
async function bind({ pages, picture }) {
  const binder = new Binder();
  for (const page of pages) {
    const sheet = await sheetOf(page, WORK_SIDE);
    try {
      if (picture) return { width: sheet.width, height: sheet.height, file: await jpeg(canvasOf(sheet), 0.9) };
      if (page.finish === "black-white") {
        binder.addBlackWhite(sheet);
      } else {
        const encoded = await jpeg(canvasOf(sheet), page.finish === "plain" ? 0.85 : 0.72);
        binder.addJpeg(new Uint8Array(await encoded.arrayBuffer()));
      }
    } finally {
      sheet.free();
    }
  }
  forget();
  return { file: new Blob([binder.finish()], { type: "application/pdf" }) };
}

/** A letter as a PDF, and what the typeface cannot write of it. */
async function print({ document }) {
  return drawn(printed(document));
}

/** What verifying a bundle of evidence finds, as a PDF. */
async function report({ bundle, language, known }) {
  return drawn(reported(bundle, language, known));
}

function drawn(made) {
  try {
    return { file: new Blob([made.pdf], { type: "application/pdf" }), missing: made.missing };
  } finally {
    made.free();
  }
}

async function sheetOf({ key, file, corners, finish, covers, turns }, side) {
  const { photo } = await decoded(key, file);
  return photo.page(new Float32Array(corners), FINISH[finish] ?? 0, new Float32Array(covers), turns, side);
}

/** The pixels of a picture, turned as it is meant to be seen, at most WORK_SIDE long. */
async function decoded(key, file) {
  if (kept.key === key) return kept;
  forget();
  if (file.size > MOST_BYTES) throw "too-large";
  measure(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const canvas = fitting(bitmap, bitmap.width, bitmap.height, WORK_SIDE);
  bitmap.close();
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  kept = { key, canvas, photo: new Photo(width, height, new Uint8Array(data.buffer)) };
  return kept;
}

function forget() {
  kept.photo?.free();
  kept = { key: null };
}

function fitting(source, width, height, most) {
  const scale = Math.min(1, most / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  // Paper has no transparency: what is clear is white.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function canvasOf(sheet) {
  const canvas = new OffscreenCanvas(sheet.width, sheet.height);
  canvas.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(sheet.pixels), sheet.width, sheet.height), 0, 0);
  return canvas;
}

function jpeg(canvas, quality) {
  return canvas.convertToBlob({ type: "image/jpeg", quality });
}
