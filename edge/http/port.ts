/*
 * One TCP port for HTTP/1.1 and HTTP/2 without TLS, because browsers, gRPC clients and load balancers all use the same
 * address. The first three bytes of a connection tell its version, and the connection is handed to one of two Node
 * servers. The HTTP/1 server owns the listening port, since its limits on slow requests apply only to connections that
 * it accepted itself; connections that turn out to be HTTP/1.1 are given back to it.
 *
 * Ownership: this file owns every socket from accept to close, and the socket's place in the limits on all connections
 * and on those of one peer; the servers own requests; the caller (`onRequest`) owns the answer. Everything that is
 * counted is released by the `close` event of the socket, whatever happened to it.
 *
 * What can go wrong, and what handles it: a connection that sends nothing (`firstBytesTimeoutMs`), a request that
 * arrives too slowly (`requestTimeoutMs`), a connection on which nothing moves (`idleTimeoutMs`), a peer with too many
 * connections, a body that continues after its answer (`cutRest`), a client that closes its side, which means that it
 * has left, and a load balancer that sends a request just as its connection is closed (`keepAliveMs` is longer than the
 * load balancer's own limit). Closing gives running answers some time and then cuts the rest.
 */
import { once } from "node:events";
import {
  createServer as createHttp1Server,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import {
  constants,
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type ServerHttp2Session,
} from "node:http2";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type Address, listen } from "../../infra/net/address.ts";
import { createPeerLimit, type PeerLimitOptions } from "../../infra/net/peer-limit.ts";

/** A TCP port that speaks HTTP/1.1 and HTTP/2 without TLS. */
export interface Port {
  /** The address that the port listens at. */
  readonly address: Address;
  /** Accepts no more connections, gives answers in progress `graceMs` to finish, then closes all connections. */
  readonly connectionCount: number;
  /** Accepts no more connections, lets answers in progress finish for `graceMs`, then cuts the rest. */
  close(graceMs: number): Promise<void>;
}

/** Options of openPort. */
export interface PortOptions {
  /** The address to listen at. */
  address: Address;
  /** The name of the setting for the address; the error names it if the port is taken. */
  setting: string;
  /** Answers a request of either version of HTTP; it does not throw. */
  onRequest: RequestListener;
  /** How many connections may be open in all, and how many per holder (see `readHolder`). Default: 4,096 and 1,024. */
  connections?: PeerLimitOptions;
  /**
   * Returns whose share of connections a connection from this address counts toward: usually the address itself.
   * Undefined: it counts toward no share, as for trusted proxies. Default: no connection counts toward a share.
   */
  readHolder?: (remoteAddress: string | undefined) => string | undefined;
  /** Called for each connection that was cut because a limit was reached. */
  onRefused?: (which: "full" | "full for this peer") => void;
  /** A connection that sends nothing for this long after it was opened is cut. In milliseconds; default: 10 s. */
  firstBytesTimeoutMs?: number;
  /**
   * An HTTP/1.1 request that is still incomplete after this long is answered with 408, and its connection is cut. In
   * milliseconds; default: 30 s.
   */
  requestTimeoutMs?: number;
  /**
   * How long no byte may move on a connection or answer before it is cut, in milliseconds. It is longer than any engine
   * may be silent. Default: 120 s.
   */
  idleTimeoutMs?: number;
}

// The flow-control windows per stream and per connection, in bytes: over a link with 20 ms of latency, audio needs far
// more than the default of 64 KiB.
const streamWindowBytes = 1 << 20;
const connectionWindowBytes = 16 << 20;
// Load balancers keep an idle connection for 60 s, and send on it until they see it closed: the edge must not be the
// one to close first.
const keepAliveMs = 75_000;
// How long the rest of a request is accepted after it was answered, so that the answer reaches a client that reads only
// once it has sent everything.
const lingerMs = 5_000;
const defaultConnections = { most: 4_096 };
// The most streams that may be open on one HTTP/2 connection. The limit on turns is far lower; this one is high since a
// proxy may send all turns over one connection.
const maxConcurrentStreams = 1024;

/**
 * Opens a port; throws AddressInUseError if it is taken.
 *
 * A client that closes its side of a connection has left, in either version of HTTP. When a program ends, the close of
 * its side is all that it sends, and nothing else would reveal that it has left, since the sockets of an HTTP server
 * stay open for writing. No client that still reads closes its side: HTTP/2 ends a request by a flag, HTTP/1.1 by its
 * length. Go's server, nginx and Envoy treat a closed side the same way.
 */
export async function openPort(options: PortOptions): Promise<Port> {
  const { firstBytesTimeoutMs = 10_000, requestTimeoutMs = 30_000, idleTimeoutMs = 120_000 } = options;
  const onRequest: RequestListener = (request, response) => {
    response.once("finish", () => cutRest(request));
    options.onRequest(request, response);
  };
  const { connections = defaultConnections, readHolder = () => undefined, onRefused = () => {} } = options;
  const peerLimit = createPeerLimit(connections);
  const sockets = new Set<Socket>();
  const sessions = new Set<ServerHttp2Session>();
  let closing = false;

  const limits = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(1_000, requestTimeoutMs),
    keepAliveTimeout: keepAliveMs,
  };
  const answers = new WeakMap<Duplex, ServerResponse>();
  const http1 = createHttp1Server(limits, (request, response) => {
    answers.set(request.socket, response);
    // If an answer ends while the port is closing, its idle connection is closed here: nothing else would close it.
    response.once("close", () => closing && setImmediate(() => http1.closeIdleConnections()));
    onRequest(request, response);
  });
  http1.timeout = idleTimeoutMs;
  http1.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const answer = answers.get(socket);
    // No error may be written while another answer is being sent: the error would land inside that answer.
    const isFree = socket.writable && (answer === undefined || answer.writableFinished || !answer.headersSent);
    if (isFree && error.code !== "ECONNRESET") answerUnread(error, socket);
    else socket.destroy();
  });

  const http2 = createHttp2Server({ settings: { initialWindowSize: streamWindowBytes, maxConcurrentStreams } });
  // Node passes the request and response of its HTTP/2 classes here; they have the same interface as in HTTP/1.1.
  http2.on("request", onRequest as never);
  http2.setTimeout(idleTimeoutMs);
  http2.on("timeout", (session: ServerHttp2Session) => session.close());
  http2.on("stream", (stream) => stream.setTimeout(idleTimeoutMs, () => stream.close(constants.NGHTTP2_CANCEL)));
  http2.on("session", (session) => {
    if (session.destroyed) return;
    session.setLocalWindowSize(connectionWindowBytes);
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });

  // The HTTP/1 server owns the port, so that its limits on slow requests apply. Each new connection is taken from it
  // until the first bytes show the version, and given back if that is HTTP/1.1.
  const toHttp1 = http1.listeners("connection") as ((socket: Socket) => void)[];
  http1.removeAllListeners("connection");
  http1.on("connection", (socket: Socket) => {
    const leave = peerLimit.enter(readHolder(socket.remoteAddress));
    if (typeof leave === "string") {
      socket.destroy();
      return onRefused(leave);
    }
    socket.once("close", leave);
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.once("end", () => socket.destroy());
    readVersion(socket, firstBytesTimeoutMs, (isHttp2) => {
      if (isHttp2) http2.emit("connection", socket);
      else for (const accept of toHttp1) accept.call(http1, socket);
    });
  });

  const address = await listen(http1, options.address, options.setting);
  return {
    address,
    get connectionCount() {
      return sockets.size;
    },
    async close(graceMs) {
      closing = true;
      const closed = new Promise((resolve) => http1.close(resolve));
      for (const session of sessions) session.close();
      const cut = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, graceMs);
      await closed;
      clearTimeout(cut);
      // The server stops counting a socket just before the socket emits `close`, so these events are awaited as well.
      await Promise.all([...sockets].map((socket) => once(socket, "close")));
    },
  };
}

/** Discards the rest of a request that was already answered; if the rest does not end soon, cuts the request off. */
function cutRest(request: IncomingMessage | Http2ServerRequest): void {
  if (request.complete) return;
  if (!request.readableDidRead) request.resume();
  const cut = setTimeout(() => {
    if ("stream" in request) request.stream.close(constants.NGHTTP2_NO_ERROR);
    else request.socket.destroy();
  }, lingerMs);
  cut.unref();
  request.once("close", () => clearTimeout(cut));
}

const unread: Readonly<Record<string, readonly [status: string, reason: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "HEADERS_TOO_LARGE", "the headers are too large"],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "REQUEST_TOO_SLOW", "the request was not received in time"],
};

/** Answers an HTTP/1.1 request that could not be parsed, and closes its connection. */
function answerUnread(error: NodeJS.ErrnoException, socket: Duplex): void {
  const [status, reason, message] = unread[error.code ?? ""] ?? [
    "400 Bad Request",
    "UNREADABLE_REQUEST",
    "the request is not HTTP",
  ];
  const details = [{ type: "google.rpc.ErrorInfo", debug: { reason, domain: "duet" } }];
  const body = `${JSON.stringify({ code: reason === "REQUEST_TOO_SLOW" ? "deadline_exceeded" : "invalid_argument", message, details })}\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

/** Peeks at the first bytes of a connection, and calls `tell` with whether they are those of HTTP/2: `PRI`. */
function readVersion(socket: Socket, timeoutMs: number, tell: (isHttp2: boolean) => void): void {
  const cut = () => socket.destroy();
  const look = () => {
    const head = socket.read(3) as Buffer | null;
    if (head === null) return;
    socket.off("readable", look).off("error", cut).off("end", cut).off("timeout", cut).setTimeout(0);
    socket.unshift(head);
    tell(head.toString("latin1") === "PRI");
  };
  socket.on("readable", look).on("error", cut).on("end", cut).on("timeout", cut).setTimeout(timeoutMs);
}
