import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { Transform } from "node:stream";

/** A wire between browser and server that can be cut. */
export interface Wire {
  /** The server's address by way of this wire. */
  readonly url: string;
  /** Cuts what is connected now, and lets nothing through until `mend`. */
  cut(): void;
  /** Lets connections through again, and all that they carry. */
  mend(): void;
  /**
   * Lets so many more bytes of answers through, and holds the rest until the wire is cut. Resolves once it holds some.
   */
  holdAfter(bytes: number): Promise<void>;
  /** Cuts it for good. */
  close(): Promise<void>;
}

/** Lays a wire to the server at `url`. */
export async function layWire(url: string): Promise<Wire> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let broken = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // The other end is told by the cut itself.
    socket.on("error", () => socket.destroy());
  };
  /** How many more bytes of answers pass; undefined: all. */
  let room: number | undefined;
  let isHeld = Promise.withResolvers<void>();
  const valve = () =>
    new Transform({
      transform(bytes: Buffer, _encoding, pass) {
        if (room !== undefined) room -= bytes.length;
        // What is held is never let go: the wire is cut next.
        if (room === undefined || room > 0) pass(null, bytes);
        else isHeld.resolve();
      },
    });
  const server = createServer((near) => {
    keep(near);
    if (broken) return near.resetAndDestroy();
    const far = connect(Number(port), hostname);
    keep(far);
    near.pipe(far).pipe(valve()).pipe(near);
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    broken = true;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend() {
      broken = false;
      room = undefined;
    },
    async holdAfter(bytes) {
      room = bytes;
      isHeld = Promise.withResolvers();
      await isHeld.promise;
    },
    async close() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
