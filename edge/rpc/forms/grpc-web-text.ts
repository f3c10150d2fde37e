import type { UniversalServerRequest } from "@connectrpc/connect/protocol";
import type { Rpc } from "./ndjson.ts";

const textType = /^application\/grpc-web-text(\+(?:proto|json))?\s*(?:;.*)?$/i;

/**
 * Accepts gRPC-Web in its text format (`application/grpc-web-text`), which browsers without binary streams use, as do
 * clients generated with `mode=grpcwebtext`. The text format is gRPC-Web in base64, in both directions; requests with
 * other content types pass unchanged.
 */
export function acceptGrpcWebText(rpc: Rpc): Rpc {
  return async (request) => {
    const type = textType.exec(request.header.get("content-type") ?? "");
    if (type === null || request.method !== "POST") return rpc(request);
    const format = type[1] ?? "+proto";
    const header = new Headers(request.header);
    header.set("content-type", `application/grpc-web${format}`);
    header.delete("content-length");
    const answer = await rpc({ ...request, header, body: decode(request.body as UniversalBody) });
    const said = new Headers(answer.header);
    if (!/^application\/grpc-web\b/.test(said.get("content-type") ?? "")) return answer;
    said.set("content-type", `application/grpc-web-text${format}`);
    said.delete("content-length");
    return { ...answer, header: said, ...(answer.body && { body: encode(answer.body) }) };
  };
}

type UniversalBody = Extract<UniversalServerRequest["body"], AsyncIterable<Uint8Array>>;

/** Decodes a request's base64, which a client may send in parts that each have their own padding. */
async function* decode(body: UniversalBody): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let rest = "";
  for await (const part of body) {
    const text = (rest + Buffer.from(part).toString("latin1")).replace(/\s/g, "");
    const whole = text.length - (text.length % 4);
    rest = text.slice(whole);
    for (const quarters of text.slice(0, whole).match(/[^=]+=*/g) ?? []) yield Buffer.from(quarters, "base64");
  }
  if (rest !== "") yield Buffer.from(rest, "base64");
}

/** Encodes an answer in base64; each part has its own padding, so that it can be decoded as soon as it arrives. */
async function* encode(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const part of body) yield Buffer.from(Buffer.from(part).toString("base64"), "latin1");
}
