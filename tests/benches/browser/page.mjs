// What runs inside the page: it measures on the page's own clock, which begins with the navigation.

/**
 * Presses what has to be pressed the moment that it is there, and notes when the last message has been on the screen for a
 * frame. Handed to the page before anything of it runs.
 */
export function watchStart({ unlock, chat, last }) {
  if (location.protocol === "about:") return;
  const times = (window.valiseTimes = {});
  const press = (name, element) => {
    if (!element || times[name] !== undefined) return;
    times[name] = performance.now();
    element.click();
  };
  const find = (selector, text) => [...document.querySelectorAll(selector)].find((element) => element.textContent.includes(text));
  const isSeen = (element) => {
    const place = element?.getBoundingClientRect();
    return place && place.height > 0 && place.top >= 0 && place.bottom <= innerHeight;
  };
  const frame = () => {
    press("unlock", find(".door button.primary", unlock));
    press("chat", find(".chat-row", chat));
    // A frame callback runs before its frame is painted: what was there in the one before has been.
    if (times.laid !== undefined) times.shown = performance.now();
    else if (isSeen(find("article.row", last))) times.laid = performance.now();
    if (times.shown === undefined) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Begins to note the time between frames. */
export function beginFrames() {
  const noted = (window.valiseFrames = { gaps: [], long: [] });
  const observer = new PerformanceObserver((list) => noted.long.push(...list.getEntries().map((entry) => entry.duration)));
  observer.observe({ type: "long-animation-frame" });
  let before = performance.now();
  const frame = (now) => {
    noted.gaps.push(now - before);
    before = now;
    if (!noted.over) requestAnimationFrame(frame);
  };
  requestAnimationFrame((now) => {
    before = now;
    requestAnimationFrame(frame);
  });
  noted.end = () => {
    noted.over = true;
    observer.disconnect();
  };
}

/** Ends it, and returns what was noted, in milliseconds. */
export function endFrames() {
  const noted = window.valiseFrames;
  noted.end();
  return { gaps: noted.gaps, long: noted.long };
}

/** What stands in the middle of the messages, and how many there are; none where nothing stands. */
export function middle() {
  const log = document.querySelector(".log").getBoundingClientRect();
  const at = log.top + log.height / 2;
  const row = [...document.querySelectorAll("article.row")].find((row) => {
    const place = row.getBoundingClientRect();
    return place.top <= at && place.bottom >= at;
  });
  if (!row) return null;
  return { place: Number(row.ariaPosInSet), total: Number(row.ariaSetSize), text: row.querySelector(".text")?.textContent ?? "" };
}

/**
 * Presses a chat in the list, and returns how long it took until its last message had been on the screen for a frame, in milliseconds;
 * gives up after ten seconds. The row may be far down in the list: looking for it is not in the time.
 */
export function watchSwitch({ chat, last }) {
  const row = [...document.querySelectorAll(".chat-row")].find((row) => row.querySelector(".title").textContent.includes(chat));
  const shown = () => {
    const found = [...document.querySelectorAll("article.row")].find((element) => element.textContent.includes(last));
    const place = found?.getBoundingClientRect();
    return place && place.height > 0 && place.top >= 0 && place.bottom <= innerHeight;
  };
  return new Promise((resolve, reject) => {
    if (!row) return reject(new Error(`there is no chat ${chat}`));
    const begin = performance.now();
    let laid = false;
    const frame = () => {
      const now = performance.now();
      if (laid) return resolve(now - begin);
      if (now - begin > 10_000) return reject(new Error(`${chat} does not open`));
      laid = shown();
      requestAnimationFrame(frame);
    };
    row.click();
    requestAnimationFrame(frame);
  });
}

/** Notes for every key from now on the milliseconds from its event until the frame that shows what it did was made. */
export function watchTyping() {
  const noted = (window.valiseTyping = []);
  addEventListener("keydown", ({ timeStamp }) => {
    // A callback of the next frame runs before it is painted; the message behind it comes when it is.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => noted.push(performance.now() - timeStamp);
      port2.postMessage(null);
    });
  }, { capture: true });
}
