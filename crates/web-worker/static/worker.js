// Loads the client core. What the page says before it is loaded is kept for it.
const early = [];
globalThis.early = early;
globalThis.onmessage = (event) => early.push(event);
const { default: init } = await import("./core.js");
await init({ module_or_path: new URL("./core_bg.wasm", import.meta.url) });
