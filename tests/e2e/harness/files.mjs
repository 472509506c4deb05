// Files to send, made on the spot.
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { scratch } from "./scratch.mjs";

/** A JPEG with notes of a camera in it (EXIF) and a comment. */
export async function photograph(page, width = 1600, height = 1200) {
  const pixels = await page.evaluate(
    async ([width, height]) => {
      const canvas = new OffscreenCanvas(width, height);
      const pen = canvas.getContext("2d");
      const sky = pen.createLinearGradient(0, 0, width, height);
      sky.addColorStop(0, "#1b5e4a");
      sky.addColorStop(1, "#e8c46a");
      pen.fillStyle = sky;
      pen.fillRect(0, 0, width, height);
      for (let index = 0; index < 400; index++) {
        pen.fillStyle = `hsl(${(index * 37) % 360} 60% 60%)`;
        pen.fillRect((index * 211) % width, (index * 127) % height, 40, 25);
      }
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    [width, height],
  );
  return { name: "photo.jpg", mimeType: "image/jpeg", buffer: withNotes(Buffer.from(pixels), "VALISE-CAMERA 55.7558N 37.6173E") };
}

/** Puts notes of a camera (EXIF) and a comment into a JPEG. */
export function withNotes(jpeg, text) {
  // A TIFF with one entry, "ImageDescription", in an APP1 segment; then a comment segment.
  const ascii = Buffer.from(`${text}\0`);
  const tiff = Buffer.alloc(26);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x010e, 10);
  tiff.writeUInt16LE(2, 12);
  tiff.writeUInt32LE(ascii.length, 14);
  tiff.writeUInt32LE(26, 18);
  const exif = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff, ascii]);
  return Buffer.concat([jpeg.subarray(0, 2), segment(0xe1, exif), segment(0xfe, ascii), jpeg.subarray(2)]);
}

function segment(marker, body) {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A second of one tone (WAV). */
export function tone(name) {
  const rate = 8_000;
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + rate, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(rate, 40);
  const wave = Buffer.from(Array.from({ length: rate }, (_, at) => 128 + Math.round(100 * Math.sin((at * 2 * Math.PI * 440) / rate))));
  return { name, mimeType: "audio/wav", buffer: Buffer.concat([head, wave]) };
}

/** A scan of 20 MB that no compression makes small. */
export function largeScan() {
  const bytes = Buffer.alloc(20_000_000);
  for (let at = 0, state = 7; at < bytes.length; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    bytes.writeInt32LE(state, at);
  }
  return { name: "drawing.pdf", mimeType: "application/pdf", buffer: bytes };
}

/** Random bytes on disk. */
export function largeFile(size) {
  const folder = scratch("large");
  const name = "archive.bin";
  const file = path.join(folder, name);
  const out = fs.openSync(file, "w");
  const hash = createHash("sha256");
  for (let written = 0; written < size; written += 1 << 20) {
    const part = randomBytes(Math.min(1 << 20, size - written));
    hash.update(part);
    fs.writeSync(out, part);
  }
  fs.closeSync(out);
  return { name, path: file, sha256: hash.digest("hex"), remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}
