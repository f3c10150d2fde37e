import { connect } from "node:net";
import { until } from "../support/until.ts";

/** A bare TCP connection to a server: what it writes is seen as it is. */
export interface RawConnection {
  /** Writes a request, with its `content-length` if it has a body. */
  send(head: string, body?: string | Buffer): void;
  /** All bytes so far, each as one character. */
  bytes(): string;
  /** All bytes so far, as UTF-8. */
  text(): string;
  /** The pieces in which they came. */
  pieces(): readonly Buffer[];
  /** How the server ended it: in order, by a reset, or not yet. */
  ended(): "open" | "end" | "reset";
  /** Waits until the bytes hold `what`. */
  untilSeen(what: string): Promise<void>;
  /** Waits until the server has ended it. */
  untilEnded(): Promise<void>;
  /** Ends it at once, as a client does that loses interest. */
  leave(): void;
}

/** Connects to the server of `url`; ends with the test. */
export function connectRaw(url: string, t: { onTestFinished(done: () => void): void }): RawConnection {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const pieces: Buffer[] = [];
  let ended: "open" | "end" | "reset" = "open";
  socket.on("data", (piece) => pieces.push(piece as Buffer));
  socket.on("end", () => {
    ended = "end";
  });
  socket.on("error", () => {
    ended = "reset";
  });
  t.onTestFinished(() => socket.destroy());
  const bytes = () => Buffer.concat(pieces).toString("latin1");
  return {
    send(head, body) {
      const length = body === undefined ? "" : `content-length: ${Buffer.byteLength(body)}\r\n`;
      socket.write(`${head}\r\nhost: twin\r\n${length}\r\n`);
      if (body !== undefined) socket.write(body);
    },
    bytes,
    text: () => Buffer.concat([...pieces]).toString("utf8"),
    pieces: () => pieces,
    ended: () => ended,
    untilSeen: (what) => until(`the bytes hold ${JSON.stringify(what)}`, () => bytes().includes(what)),
    untilEnded: () => until("the connection is ended", () => ended !== "open"),
    leave: () => socket.destroy(),
  };
}

/** Status line, headers in order and chunks of a response with a chunked body, as they were written. */
export function readChunked(bytes: string): { status: string; headers: string[]; chunks: Buffer[]; whole: boolean } {
  const [head, ...rest] = bytes.split("\r\n\r\n");
  const [status, ...headers] = (head as string).split("\r\n");
  let body = Buffer.from(rest.join("\r\n\r\n"), "latin1");
  const chunks: Buffer[] = [];
  for (;;) {
    const line = body.indexOf("\r\n");
    if (line === -1) return { status: status as string, headers, chunks, whole: false };
    const size = Number.parseInt(body.subarray(0, line).toString("latin1"), 16);
    if (size === 0) return { status: status as string, headers, chunks, whole: true };
    if (body.length < line + 2 + size) return { status: status as string, headers, chunks, whole: false };
    chunks.push(body.subarray(line + 2, line + 2 + size));
    body = body.subarray(line + 4 + size);
  }
}
