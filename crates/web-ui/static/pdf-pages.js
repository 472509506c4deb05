// Pages of a PDF as pictures, each drawn when it comes near the screen and let go when it is far.
//
// Loaded with the interface; the viewer itself (PDF.js) only when a document is opened. The document's own programs are
// not run: this file draws canvases and nothing else, no forms, no links, no annotations that act.
const PDF = "/pdf/pdf.min.mjs";
const WORKER = "/pdf/pdf.worker.min.mjs";
/** Device pixels of one page; a larger canvas is refused by browsers or fills the memory. */
const MOST_PIXELS = 12_000_000;
/** Longest side of a page that becomes a picture: A4 at 200 dots an inch. */
const PAGE_SIDE = 2_339;
/** Pixels of a picture in a document; a larger one is left out before it is unpacked. */
const MOST_PICTURE = 64_000_000;
/** Pages that are shown; a document can say to have more than a page has elements for. */
const MOST_PAGES = 3_000;
const open = new WeakMap();

/** Begins to read a document: in a worker, its programs and forms switched off. */
async function parse(source) {
  const pdf = await import(PDF);
  pdf.GlobalWorkerOptions.workerSrc = WORKER;
  return pdf.getDocument({ ...source, isEvalSupported: false, enableXfa: false, wasmUrl: "/pdf/wasm/", disableAutoFetch: true, maxImageSize: MOST_PICTURE });
}

export async function showPages(url, element) {
  const task = await parse({ url });
  const state = { task, pages: [], scale: 1, closed: false };
  open.set(element, state);
  const document_ = await task.promise;
  if (state.closed) return { shown: 0, all: 0 };
  state.observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const page = state.pages[Number(target.dataset.page) - 1];
      page.near = isIntersecting;
      if (isIntersecting) draw(state, page); else release(page);
    }
  }, { root: element, rootMargin: "150% 0px" });
  const first = await document_.getPage(1);
  const { width, height } = first.getViewport({ scale: 1 });
  const shown = Math.min(document_.numPages, MOST_PAGES);
  for (let number = 1; number <= shown; number++) {
    const box = document.createElement("div");
    box.className = "pdf-page";
    box.dataset.page = String(number);
    element.append(box);
    const page = { number, box, document: document_, width, height, near: false };
    state.pages.push(page);
    place(element, state, page);
    state.observer.observe(box);
  }
  return { shown, all: document_.numPages };
}

/** Draws each page of a document as a picture and hands it over; gives the number of pages. What is too long is refused. */
export async function eachPage(file, most, take) {
  const task = await parse({ data: new Uint8Array(await file.arrayBuffer()) });
  try {
    const document_ = await task.promise;
    if (document_.numPages > most) throw new RangeError("too many pages");
    for (let number = 1; number <= document_.numPages; number++) {
      const source = await document_.getPage(number);
      const { width, height } = source.getViewport({ scale: 1 });
      const scale = Math.min(PAGE_SIDE / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
      const viewport = source.getViewport({ scale });
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.floor(viewport.width));
      canvas.height = Math.max(1, Math.floor(viewport.height));
      await source.render({ canvas, viewport, annotationMode: 1 }).promise;
      take(await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.95)));
      canvas.width = 0;
      source.cleanup();
    }
    return document_.numPages;
  } finally {
    task.destroy();
  }
}

export function zoomPages(element, scale) {
  const state = open.get(element);
  if (!state || state.scale === scale) return;
  state.scale = scale;
  for (const page of state.pages) {
    place(element, state, page);
    if (page.near) draw(state, page);
  }
}

export function closePages(element) {
  const state = open.get(element);
  if (!state) return;
  state.closed = true;
  state.observer?.disconnect();
  state.task.destroy();
  open.delete(element);
}

/** Gives a page its size before it is drawn, so that the scrolled length is right. */
function place(element, state, page) {
  const fit = Math.min(element.clientWidth - 32, 900) / page.width;
  page.zoom = fit * state.scale;
  page.box.style.width = `${page.width * page.zoom}px`;
  page.box.style.height = `${page.height * page.zoom}px`;
}

async function draw(state, page) {
  const zoom = page.zoom;
  if (state.closed || page.drawn === zoom) return;
  page.drawn = zoom;
  const source = await page.document.getPage(page.number);
  const own = source.getViewport({ scale: 1 });
  if (own.width !== page.width || own.height !== page.height) {
    Object.assign(page, { width: own.width, height: own.height });
    page.box.style.width = `${own.width * zoom}px`;
    page.box.style.height = `${own.height * zoom}px`;
  }
  const wish = zoom * (window.devicePixelRatio || 1);
  const scale = Math.min(wish, Math.sqrt(MOST_PIXELS / (own.width * own.height)));
  const viewport = source.getViewport({ scale });
  const canvas = document.createElement("canvas");
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  await source.render({ canvas, viewport, annotationMode: 0 }).promise.catch(() => {});
  if (!state.closed && page.drawn === zoom && page.near) page.box.replaceChildren(canvas);
}

function release(page) {
  page.drawn = undefined;
  page.box.replaceChildren();
}
