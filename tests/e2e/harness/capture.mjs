// What hears and sees for a page, and whether it was let go.

/** Lets a page keep what hears or sees for it, to be asked about it. */
export async function overhear(person) {
  await person.page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    window.tracks = [];
    devices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      window.tracks.push(...stream.getTracks());
      return stream;
    };
  });
}

/** How many of them still do. */
export function listening(person) {
  return person.page.evaluate(() => window.tracks.filter((track) => track.readyState === "live").length);
}
