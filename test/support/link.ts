import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { listen } from "../../infra/net/address.ts";

/** Bytes that went into a link. */
export interface Passage {
  /** Counts connections from 0. */
  readonly connection: number;
  /** `there`: towards the server. */
  readonly direction: "there" | "back";
  readonly bytes: number;
  /** When, by `performance.now()`; it comes out half a round trip later. */
  readonly at: number;
  /** Bytes that are on their way with it in this direction of its connection, itself included. */
  readonly inFlightBytes: number;
}

/** A distant line to a server of this machine: it delays, keeps order, and is as wide as you like. */
export interface Link {
  /** The server's address, by way of this line. */
  readonly url: string;
  /** What went in, in order. */
  readonly passages: readonly Passage[];
  /** Cuts every connection. */
  close(): Promise<void>;
}

/**
 * Opens a line to `target` on which bytes take half of `roundTripMs` each way, real sockets on both ends. Opening a
 * connection takes no time: the kernel does that before anybody is asked.
 */
export async function startLink(target: string, { roundTripMs }: { roundTripMs: number }): Promise<Link> {
  const { hostname, port, protocol } = new URL(target);
  const passages: Passage[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: hostname, port: Number(port), noDelay: true });
    const connection = connections++;
    delay(near, far, roundTripMs / 2, (passage) => passages.push({ connection, direction: "there", ...passage }));
    delay(far, near, roundTripMs / 2, (passage) => passages.push({ connection, direction: "back", ...passage }));
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    }
  });
  const address = await listen(server, { host: "127.0.0.1", port: 0 }, "the link's port");
  return {
    url: `${protocol}//${address.host}:${address.port}`,
    passages,
    async close() {
      const closed = once(server.close(), "close");
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Hands on what `from` says after `delayMs`: timers of one length ring in the order in which they were set. */
function delay(
  from: Socket,
  to: Socket,
  delayMs: number,
  note: (passage: Omit<Passage, "connection" | "direction">) => void,
) {
  let inFlightBytes = 0;
  const later = (act: () => void) => {
    if (delayMs === 0) act();
    else setTimeout(act, delayMs);
  };
  from.on("data", (bytes: Buffer) => {
    inFlightBytes += bytes.length;
    note({ bytes: bytes.length, at: performance.now(), inFlightBytes });
    later(() => {
      inFlightBytes -= bytes.length;
      to.write(bytes);
    });
  });
  from.on("end", () => later(() => to.end()));
  // A reset arrives late too.
  from.on("error", () => later(() => to.destroy()));
  from.on("close", () => later(() => to.destroy()));
}
