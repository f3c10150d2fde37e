import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A wire between browser and server that can be cut. */
export interface Wire {
  /** The server's address by way of this wire. */
  readonly url: string;
  /** Cuts what is connected now, and lets nothing through until `mend`. */
  cut(): void;
  /** Lets connections through again. */
  mend(): void;
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
  const server = createServer((near) => {
    keep(near);
    if (broken) return near.resetAndDestroy();
    const far = connect(Number(port), hostname);
    keep(far);
    near.pipe(far).pipe(near);
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
    },
    async close() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
