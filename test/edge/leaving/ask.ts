import { connect as connectHttp2 } from "node:http2";
import { connect, type Socket } from "node:net";
import { create, toBinary, toJsonString } from "@bufbuild/protobuf";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { AssistantService, ConverseRequestSchema } from "../../../edge/gen/duet/assistant/v1/assistant_pb.ts";

/** What a protocol is on the wire. */
interface Protocol {
  readonly version: 1 | 2;
  readonly contentType: string;
}

/**
 * Every way to call the edge, down to the bytes: what a client does with its socket is the caller's choice here, not a
 * library's.
 */
export const rawProtocols: Readonly<Record<string, Protocol>> = Object.fromEntries(
  [
    ...["json", "connect+json", "connect+proto", "grpc-web+proto"].map((type) => [1, type] as const),
    ...["json", "connect+json", "connect+proto", "grpc-web+proto", "grpc"].map((type) => [2, type] as const),
  ].map(([version, type]) => [`${type} on HTTP/${version}`, { version, contentType: `application/${type}` }]),
);

/** A Converse call of which the socket is at hand. */
export interface Asked {
  readonly socket: Socket;
  /** Bytes of the answer up to now. */
  readonly received: number;
  /** The whole answer, once it has ended; for callers that read. */
  readonly ended: Promise<string>;
  /** Reads what it has not taken up to now. */
  read(): void;
}

/** How it asks. */
export interface AskOptions {
  /** Only the first half of the request is sent. Default: all of it. */
  readonly half?: boolean;
  /** It takes nothing of the answer, beyond what a small window holds. Default: it reads. */
  readonly stalls?: boolean;
  /** What it sends along. */
  readonly headers?: Readonly<Record<string, string>>;
}

const path = `/${AssistantService.typeName}/Converse`;
/** Less than the first audio. */
const smallWindowBytes = 1_000;

/** Asks a question over a connection of its own. */
export async function ask(
  url: string,
  { version, contentType }: Protocol,
  text: string,
  { half = false, stalls = false, headers = {} }: AskOptions = {},
): Promise<Asked> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).on("error", () => {});
  const whole = toBody(contentType, text);
  const body = half ? whole.subarray(0, whole.length / 2) : whole;
  const parts: Buffer[] = [];
  const ended = Promise.withResolvers<string>();
  const end = () => ended.resolve(Buffer.concat(parts).toString());
  const onData = (part: Buffer) => void parts.push(part);
  let read: () => void;
  if (version === 1) {
    const lines = Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("");
    const head = `POST ${path} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: ${contentType}\r\ncontent-length: ${whole.length}\r\nconnection: close\r\n${lines}\r\n`;
    socket.write(head);
    await new Promise((resolve) => socket.write(body, resolve));
    read = () => socket.on("data", onData).on("end", end);
  } else {
    const session = connectHttp2(url, {
      createConnection: () => socket,
      ...(stalls && { settings: { initialWindowSize: smallWindowBytes } }),
    });
    session.on("error", () => {});
    const stream = session.request({
      ":method": "POST",
      ":path": path,
      "content-type": contentType,
      te: "trailers",
      ...headers,
    });
    stream.on("error", () => {});
    read = () => stream.on("data", onData).on("end", end);
    if (half) stream.write(body);
    else stream.end(body);
    // What a session sends leaves with the next turn of the loop, once it is connected.
    await new Promise((resolve) => session.once("connect", () => setImmediate(resolve)));
  }
  if (!stalls) read();
  return {
    socket,
    read,
    get received() {
      return parts.reduce((sum, { length }) => sum + length, 0);
    },
    ended: ended.promise,
  };
}

function toBody(contentType: string, text: string): Buffer {
  const request = create(ConverseRequestSchema, { text });
  const message = /json/.test(contentType)
    ? Buffer.from(toJsonString(ConverseRequestSchema, request))
    : toBinary(ConverseRequestSchema, request);
  return Buffer.from(
    contentType === "application/json" ? message : encodeEnvelope(0, message as Uint8Array<ArrayBuffer>),
  );
}
