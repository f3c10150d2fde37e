import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { type ClientHttp2Session, connect as connectHttp2, constants } from "node:http2";
import { connect } from "node:net";
import { buffer } from "node:stream/consumers";
import type { DrawnRequest } from "./draw.ts";

/** What came back; `cut` if the connection or stream ended without an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly trailers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
  readonly cut: boolean;
}

const nothing: Answer = { status: 0, headers: {}, trailers: {}, body: Buffer.alloc(0), cut: true };
/** Nothing that is sent here may take longer. */
const hangMs = 20_000;

/** Sends over HTTP/1.1. Rejects if no answer comes. */
export async function sendHttp1(url: string, { method, path, headers, body }: DrawnRequest): Promise<Answer> {
  const sent = { ...headers, "content-length": String(body.length) };
  const request = httpRequest(url + path, { method, headers: sent, agent: false, timeout: hangMs });
  request.on("timeout", () => request.destroy(new Error("no answer came")));
  request.end(body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const content = await buffer(response);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    trailers: response.trailers,
    body: content,
    cut: false,
  };
}

/** Sends over HTTP/2. Rejects if the answer takes too long; a stream that is reset is an answer. */
export function sendHttp2(session: ClientHttp2Session, { method, path, headers, body }: DrawnRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ":method": method, ":path": path, ...headers }, { endStream: false });
    const answer = { ...nothing, parts: [] as Buffer[] };
    stream.setTimeout(hangMs, () => {
      stream.close(constants.NGHTTP2_CANCEL);
      reject(new Error(`no answer came of ${method} ${path}`));
    });
    stream.on("response", ({ ":status": status = 0, ...rest }) =>
      Object.assign(answer, { status, headers: rest, cut: false }),
    );
    stream.on("trailers", (trailers) => Object.assign(answer, { trailers }));
    stream.on("data", (part: Buffer) => answer.parts.push(part));
    stream.on("error", () => {});
    stream.on("close", () => resolve({ ...answer, body: Buffer.concat(answer.parts) }));
    stream.end(body);
  });
}

/** Opens an HTTP/2 connection for calls. */
export async function openHttp2(url: string): Promise<ClientHttp2Session> {
  const session = connectHttp2(url);
  session.on("error", () => {});
  await once(session, "connect");
  return session;
}

/** Sends bytes on a connection of their own, and leaves after a moment if nothing comes; what came back. */
export async function sendRaw(url: string, bytes: Buffer, patienceMs = 150): Promise<Buffer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const parts: Buffer[] = [];
  socket.on("data", (part: Buffer) => parts.push(part)).on("error", () => {});
  await once(socket, "connect");
  const closed = once(socket, "close");
  socket.write(bytes);
  const leave = setTimeout(() => socket.destroy(), patienceMs);
  await closed;
  clearTimeout(leave);
  return Buffer.concat(parts);
}
