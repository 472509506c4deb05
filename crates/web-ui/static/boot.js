// Starts the interface. Everything that could become markup or a script address passes this policy first (Trusted Types).
//
// Leptos builds static parts of a view from strings of its own, known when it was compiled; those pass. What people
// write reaches the page as text nodes and never comes here. Should a mistake ever lead it here, it is refused.
const REFUSED = /<\s*\/?\s*(script|iframe|frame|object|embed|base|link|meta|style)\b|\son\w+\s*=|javascript:|srcdoc/i;
const SCRIPTS = new Set(["/worker.js", "/paper-worker.js", "/sw.js", "/pdf/pdf.worker.min.mjs"]);

globalThis.trustedTypes?.createPolicy("default", {
  createHTML(markup) {
    if (REFUSED.test(markup)) throw new TypeError("markup refused");
    return markup;
  },
  createScriptURL(address) {
    const url = new URL(address, location.origin);
    if (url.origin !== location.origin || !SCRIPTS.has(url.pathname)) throw new TypeError("script refused");
    return url.href;
  },
});

// On the first visit what the page is made of has to come, and the page says so before it is here, in the person's language.
// The words are those of the catalogues; the module takes them away when it shows its own.
const lines = [...document.querySelectorAll("main.first > [lang]")];
const tags = [kept("language"), ...navigator.languages, "en"].map((tag) => tag?.slice(0, 2).toLowerCase());
const line = tags.map((tag) => lines.find((line) => line.lang === tag)).find(Boolean);
if (!navigator.serviceWorker?.controller) {
  document.documentElement.lang = line.lang;
  line.hidden = false;
  // A slow line is for these words first, and then for the rest. A page that nobody sees paints nothing, and is not waited for.
  await Promise.race([painted(), new Promise((later) => setTimeout(later, 500))]);
}

// The module has its words in English; those of the person's language come beside it. It asks for them here, and for those of
// another language when one is chosen. Words that do not come are not waited for long: English is better than nothing.
const WORDS_MS = 10_000;
const catalogues = {};
globalThis.catalogue = (tag) => {
  catalogues[tag] ??= fetched(tag);
  return Promise.race([catalogues[tag], new Promise((later) => setTimeout(later, WORDS_MS))]);
};
if (line.lang !== "en") globalThis.catalogue(line.lang);
const wasm = fetch("/ui_bg.wasm");

/** The words of a language; undefined if they are not to be had now. */
async function fetched(tag) {
  try {
    const answer = await fetch(`/words/${tag}.ftl`);
    if (answer.ok) return await answer.text();
  } catch {
    // Without a line.
  }
  delete catalogues[tag];
}

/** Resolves when what stands on the page now was painted. */
function painted() {
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

/** A choice that was kept; none where the browser keeps nothing. */
function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

const { default: start } = await import("/ui.js");
await start({ module_or_path: wasm });
