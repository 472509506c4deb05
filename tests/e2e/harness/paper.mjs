// Paper on a table, photographed; and documents as other programs write them.
import { withNotes } from "./files.mjs";

/** Opens the attach menu and chooses files behind one of its items; the browser's chooser counts as one tap. */
export async function attach(person, item, files) {
  await person.click(person.button("attach"));
  const [chooser] = await Promise.all([
    person.page.waitForEvent("filechooser"),
    person.click(person.page.getByRole("menuitem", { name: person.t(item), exact: true })),
  ]);
  person.clicks += 1;
  await chooser.setFiles(files);
  return person.page.locator("dialog.paper");
}

/** A sheet with a heading and lines of print, seen at an angle, on wood, half in shadow; with a camera's notes. */
export async function photographOfPaper(page, { heading = "PROTOCOL", number = 1, width = 1200, height = 1600 } = {}) {
  const bytes = await page.evaluate(
    async ([heading, number, width, height]) => {
      const sheet = new OffscreenCanvas(840, 1188);
      const pen = sheet.getContext("2d");
      pen.fillStyle = "#f4f1e8";
      pen.fillRect(0, 0, 840, 1188);
      pen.fillStyle = "#26242b";
      pen.font = "bold 52px serif";
      pen.fillText(`${heading} ${number}`, 80, 130);
      for (let line = 0; line < 30; line++) {
        let x = 80;
        for (let word = 0; x < 700; word++) {
          const length = 24 + ((line * 37 + word * 61 + number * 17) % 70);
          if (line % 8 !== 7) pen.fillRect(x, 190 + line * 30, length, 10);
          x += length + 14;
        }
      }
      pen.strokeStyle = "#2b4fb3";
      pen.lineWidth = 6;
      pen.beginPath();
      pen.arc(640, 1070, 70, 0, 7);
      pen.stroke();
      const source = pen.getImageData(0, 0, 840, 1188).data;
      // Where the corners lie in the photograph, clockwise, each time a little elsewhere.
      const lean = (number % 3) * 0.02;
      const at = [[0.17 + lean, 0.12], [0.84, 0.16 - lean], [0.9 - lean, 0.87], [0.1, 0.83 + lean]].map(([x, y]) => [x * width, y * height]);
      const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = at;
      const inside = (ax, ay, bx, by, x, y) => ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / Math.hypot(bx - ax, by - ay);
      const photo = new ImageData(width, height);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const [top, right, bottom, left] = [inside(x0, y0, x1, y1, x, y), inside(x1, y1, x2, y2, x, y), inside(x2, y2, x3, y3, x, y), inside(x3, y3, x0, y0, x, y)];
          const light = 0.55 + 0.45 * (x / width) - 0.12 * (y / height);
          const grain = ((x * 7919) ^ (y * 104729)) % 9;
          const to = (y * width + x) * 4;
          let colour = [124 + 12 * Math.sin(y * 0.07 + Math.sin(x * 0.011) * 3), 88, 60];
          if (top >= 0 && right >= 0 && bottom >= 0 && left >= 0) {
            const u = Math.min(839, Math.floor((left / (left + right)) * 840));
            const v = Math.min(1187, Math.floor((top / (top + bottom)) * 1188));
            const from = (v * 840 + u) * 4;
            colour = [source[from], source[from + 1], source[from + 2]];
          }
          for (let channel = 0; channel < 3; channel++) photo.data[to + channel] = colour[channel] * light + grain - 4;
          photo.data[to + 3] = 255;
        }
      }
      const canvas = new OffscreenCanvas(width, height);
      canvas.getContext("2d").putImageData(photo, 0, 0);
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    [heading, number, width, height],
  );
  return { name: `IMG_${number}.jpg`, mimeType: "image/jpeg", buffer: withNotes(Buffer.from(bytes), "VALISE-CAMERA 55.7558N 37.6173E") };
}

/** A PDF of one page with an author, notes about it, and a secret in its text. */
export function documentWithSecret(secret) {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R >>",
    "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
    stream("", `BT /F 30 Tf 60 700 Td (Informant: ${secret}) Tj 0 -60 Td (The rest is for everybody.) Tj ET`),
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    "<< /Author (A. Clerk) /Title (Secret draft) >>",
    stream("/Type /Metadata /Subtype /XML ", "<x:xmpmeta>A. Clerk at VALISE-CAMERA</x:xmpmeta>"),
  ];
  let out = "%PDF-1.5\n";
  const starts = objects.map((body, index) => {
    const start = out.length;
    out += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return start;
  });
  const table = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("")}`;
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return { name: "informants.pdf", mimeType: "application/pdf", buffer: Buffer.from(out, "latin1") };
}

function stream(dictionary, content) {
  return `<< ${dictionary}/Length ${content.length} >>\nstream\n${content}\nendstream`;
}

/** What PDF.js finds in a document: number of pages, all text, metadata, and of each page how dark some places of it are. */
export function readDocument(page, buffer, places = []) {
  return page.evaluate(
    async ([bytes, places]) => {
      const pdf = await import("/pdf/pdf.min.mjs");
      pdf.GlobalWorkerOptions.workerSrc = "/pdf/pdf.worker.min.mjs";
      const task = pdf.getDocument({ data: new Uint8Array(bytes), isEvalSupported: false, wasmUrl: "/pdf/wasm/" });
      const opened = await task.promise;
      const found = { pages: opened.numPages, text: "", info: (await opened.getMetadata()).info, places: [], sizes: [] };
      for (let number = 1; number <= opened.numPages; number++) {
        const source = await opened.getPage(number);
        found.text += (await source.getTextContent()).items.map((item) => item.str).join(" ");
        const viewport = source.getViewport({ scale: 1 });
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [Math.round(viewport.width), Math.round(viewport.height)];
        found.sizes.push([canvas.width, canvas.height]);
        await source.render({ canvas, viewport }).promise;
        const pen = canvas.getContext("2d");
        found.places.push(places.map(([left, top, right, bottom]) => {
          const box = [left * canvas.width, top * canvas.height, (right - left) * canvas.width, (bottom - top) * canvas.height].map(Math.round);
          const { data } = pen.getImageData(...box);
          let sum = 0;
          let least = 255;
          let most = 0;
          for (let at = 0; at < data.length; at += 4) {
            const grey = (data[at] + data[at + 1] + data[at + 2]) / 3;
            sum += grey;
            least = Math.min(least, grey);
            most = Math.max(most, grey);
          }
          return { mean: sum / (data.length / 4), least, most };
        }));
      }
      await task.destroy();
      return found;
    },
    [[...buffer], places],
  );
}

/** A PNG that says to be 65,535 pixels wide and high. */
export function bomb() {
  const buffer = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x08\x06\0\0\0", "latin1"), Buffer.alloc(64)]);
  return { name: "bomb.png", mimeType: "image/png", buffer };
}

/** A GIF of more frames than anybody watches. */
export function endlessGif(frames = 3000) {
  const head = Buffer.from("GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff", "latin1");
  const frame = Buffer.from("!\xf9\x04\0\x01\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0", "latin1");
  return { name: "endless.gif", mimeType: "image/gif", buffer: Buffer.concat([head, ...Array(frames).fill(frame), Buffer.from(";")]) };
}
