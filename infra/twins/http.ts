import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Duplex } from "node:stream";
import { type Address, formatAddress, listen } from "../net/address.ts";

/** The HTTP server of a stand-in. */
export interface TwinServer {
  /** The server's URL, such as `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Cuts all connections and refuses new ones for `downMs`, like a process that exits and is restarted. */
  restart(downMs: number): void;
  /** Closes the server: every socket is destroyed, which running requests see as a disconnect. */
  close(): Promise<void>;
}

/** How long uvicorn keeps an idle connection open. */
export const uvicornKeepAliveMs = 5000;

/**
 * Starts a server that answers with `handle`. An error that `handle` throws is a bug of the stand-in, and cuts the
 * connection.
 */
export async function startTwinServer(
  address: Address,
  keepAliveMs: number,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  /** Handles connections that are to be upgraded to another protocol. Default: they are treated like any request. */
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
): Promise<TwinServer> {
  const server = createServer({ keepAliveTimeout: keepAliveMs, keepAliveTimeoutBuffer: 0 }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      // If the client left in the middle of its request, the error is not a bug in the stand-in, and needs no warning.
      if (!request.destroyed) process.emitWarning(error instanceof Error ? error : String(error));
      response.destroy();
    });
  });
  const upgraded = new Set<Duplex>();
  if (upgrade !== undefined)
    server.on("upgrade", (request, socket, head) => {
      upgraded.add(socket);
      socket.once("close", () => upgraded.delete(socket)).on("error", () => {});
      upgrade(request, socket, head);
    });
  const end = () => {
    const ended = close(server);
    for (const socket of upgraded) socket.destroy();
    return ended;
  };
  const bound = await listen(server, address, "--port");
  let starting: NodeJS.Timeout | undefined;
  return {
    url: `http://${formatAddress(bound)}`,
    restart(downMs) {
      if (starting !== undefined || !server.listening) return;
      void end();
      const start = () => {
        starting = undefined;
        server.listen({ host: bound.host, port: bound.port }, () => server.off("error", startLater));
      };
      // The port may still be in use for a moment: then starting fails, and is tried again later.
      const startLater = () => {
        starting = setTimeout(start, downMs);
      };
      server.on("error", startLater);
      startLater();
    },
    close() {
      clearTimeout(starting);
      return end();
    },
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Writes status and headers as uvicorn does: names in lower case, `date` and `server` first, no keep-alive header. */
export function writeHead(response: ServerResponse, status: number, headers: OutgoingHttpHeaders): void {
  response.sendDate = false;
  if (response.req.headers.connection?.toLowerCase() !== "close") response.removeHeader("connection");
  response.writeHead(status, { date: new Date().toUTCString(), server: "uvicorn", ...headers });
}

/** Sends a complete body with its length. */
export function send(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  headers: OutgoingHttpHeaders = {},
): void {
  writeHead(response, status, { "content-length": Buffer.byteLength(body), ...headers });
  response.end(body);
}

/** Sends compact JSON, like the JSON responses of FastAPI and Kui. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  send(response, status, JSON.stringify(value), { "content-type": "application/json", ...headers });
}

/**
 * Writes a separate chunk, as uvicorn does for each piece, and waits until the system has accepted it: otherwise Node
 * would merge consecutive writes. Also resolves when the client has left.
 */
export function write(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    const onDone = () => {
      response.off("close", onDone);
      resolve();
    };
    response.once("close", onDone);
    response.write(bytes, onDone);
  });
}

/** Ends a response and waits until the system has accepted it. Also resolves when the client has left. */
export function finish(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    response.once("close", resolve);
    response.end(resolve);
  });
}

/** Reads the complete body of a request. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** The path of a request without its query. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] as string;
}
