// What runs inside the page: it measures on the page's own clock.

/** Puts a query into the field over the chats, and returns the milliseconds until what was found has been on the screen for a frame. */
export function watchSearch(query) {
  const input = document.querySelector("#chat-search");
  const type = (text) => {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const hits = () => document.querySelectorAll(".hit").length;
  /** Waits until it holds, and for one frame more: a callback runs before its frame is painted. */
  const seen = (holds) =>
    new Promise((resolve, reject) => {
      const begin = performance.now();
      let held = false;
      const frame = () => {
        if (held) return resolve(performance.now() - begin);
        if (performance.now() - begin > 10_000) return reject(new Error(`${query}: ${hits()} hits`));
        held = holds();
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
  type("");
  return seen(() => hits() === 0).then(() => {
    type(query);
    return seen(() => hits() > 0);
  });
}

/** Whether what was found is all that there is: the words of what came lately may still be on their way into the index. */
export function isPrepared() {
  return document.querySelectorAll(".hit").length > 0 && !document.querySelector(".found-note:not(.hint)");
}
