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
if (!navigator.serviceWorker?.controller) {
  const lines = [...document.querySelectorAll("main.first > [lang]")];
  const tags = [kept("language"), ...navigator.languages, "en"].map((tag) => tag?.slice(0, 2).toLowerCase());
  const line = tags.map((tag) => lines.find((line) => line.lang === tag)).find(Boolean);
  document.documentElement.lang = line.lang;
  line.hidden = false;
  // A slow line is for these words first, and then for the rest. A page that nobody sees paints nothing, and is not waited for.
  await Promise.race([painted(), new Promise((later) => setTimeout(later, 500))]);
}
const wasm = fetch("/ui_bg.wasm");

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
