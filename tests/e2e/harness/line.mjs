// The line between browsers and server: it counts bytes, and can be cut and mended.
import net from "node:net";
import { once } from "node:events";

export class Line {
  static async open(port) {
    const line = new Line(port);
    line.listener.listen(0, "127.0.0.1");
    await once(line.listener, "listening");
    line.port = line.listener.address().port;
    return line;
  }

  constructor(target) {
    this.target = target;
    this.isCut = false;
    this.upBytes = 0;
    this.downBytes = 0;
    this.pairs = new Set();
    this.watchers = new Set();
    this.listener = net.createServer((near) => this.carry(near));
  }

  carry(near) {
    if (this.isCut) return near.destroy();
    const far = net.connect(this.target, "127.0.0.1");
    const pair = { near, far };
    this.pairs.add(pair);
    const drop = () => {
      near.destroy();
      far.destroy();
      this.pairs.delete(pair);
    };
    for (const socket of [near, far]) socket.on("error", drop).on("close", drop);
    near.on("data", (bytes) => {
      this.upBytes += bytes.length;
      this.notice();
    });
    far.on("data", (bytes) => {
      this.downBytes += bytes.length;
      this.notice();
    });
    near.pipe(far);
    far.pipe(near);
  }

  notice() {
    for (const watcher of this.watchers) watcher();
  }

  /** Cuts every connection, and refuses new ones until it is mended. */
  cut() {
    this.isCut = true;
    for (const { near, far } of this.pairs) {
      near.destroy();
      far.destroy();
    }
  }

  mend() {
    this.isCut = false;
  }

  /** Waits until so many more bytes went up. */
  async moreUp(bytes) {
    const goal = this.upBytes + bytes;
    await new Promise((resolve) => {
      const watcher = () => {
        if (this.upBytes < goal) return;
        this.watchers.delete(watcher);
        resolve();
      };
      this.watchers.add(watcher);
    });
  }

  async close() {
    this.cut();
    this.listener.close();
    await once(this.listener, "close");
  }
}
