import {
  encodeEnvelope,
  transformSplitEnvelope,
  type UniversalServerRequest,
  type UniversalServerResponse,
} from "@connectrpc/connect/protocol";
import { codeFromString, codeToHttpStatus, endStreamFlag } from "@connectrpc/connect/protocol-connect";

/** An RPC, however it is called. */
export type Rpc = (request: UniversalServerRequest) => Promise<UniversalServerResponse>;

// An event holds one piece of audio or text.
const maxAnswerBytes = 4 << 20;
const newline = new Uint8Array([10]);

/**
 * Lets people without a Connect client call a streaming RPC: the request is bare JSON (`application/json`), the answer one
 * event of JSON a line (`application/x-ndjson`). A failure before the first event is that of a unary call: its HTTP status
 * and `{"code", "message", …}`; a later one is a last line `{"error": {…}}`. It is Connect's own JSON stream with other
 * framing, so that limits and checks are the same; other content types pass through.
 */
export function acceptPlainJson(rpc: Rpc): Rpc {
  return async (request) => {
    const isPlainJson = /^application\/json\s*(;|$)/i.test(request.header.get("content-type") ?? "");
    if (request.method !== "POST" || !isPlainJson) return rpc(request);
    return toLines(await rpc(toStream(request)), maxAnswerBytes);
  };
}

/** Its body is one message by now, which `readRequests` has unpacked; a packing that nobody knows is left to Connect to refuse. */
function toStream(request: UniversalServerRequest): UniversalServerRequest {
  const header = new Headers(request.header);
  header.set("content-type", "application/connect+json");
  header.set("connect-content-encoding", header.get("content-encoding") ?? "identity");
  for (const name of ["content-encoding", "connect-accept-encoding"]) header.delete(name);
  return { ...request, header, body: envelop(request.body as AsyncIterable<Uint8Array>) };
}

async function* envelop(messages: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const message of messages) yield encodeEnvelope(0, message) as Uint8Array<ArrayBuffer>;
}

async function toLines(response: UniversalServerResponse, maxBytes: number): Promise<UniversalServerResponse> {
  if (response.status !== 200) return response;
  const frames = transformSplitEnvelope(maxBytes)(response.body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  const first = await frames.next();
  if (!first.done && first.value.flags === endStreamFlag) {
    const { error, metadata = {} } = readEnd(first.value.data);
    const said = Object.entries(metadata).map(([name, values]): [string, string] => [name, values.join(", ")]);
    if (error !== undefined) return toUnaryError(error, new Headers(said));
  }
  const header = new Headers(response.header);
  header.set("content-type", "application/x-ndjson");
  return { status: 200, header, body: lines() };

  async function* lines(): AsyncGenerator<Uint8Array> {
    try {
      for (let frame = first; !frame.done; frame = await frames.next()) {
        if (frame.value.flags !== endStreamFlag) {
          yield Buffer.concat([frame.value.data, newline]);
          continue;
        }
        const { error } = readEnd(frame.value.data);
        if (error !== undefined) yield Buffer.from(`${JSON.stringify({ error })}\n`);
      }
    } finally {
      await frames.return?.();
    }
  }
}

interface ErrorJson {
  code: string;
}

function readEnd(data: Uint8Array): { error?: ErrorJson; metadata?: Record<string, string[]> } {
  return JSON.parse(Buffer.from(data).toString());
}

function toUnaryError(error: ErrorJson, said: Headers): UniversalServerResponse {
  const header = new Headers(said);
  header.set("content-type", "application/json");
  return {
    status: codeToHttpStatus(codeFromString(error.code) ?? 2),
    header,
    body: iterate([Buffer.from(`${JSON.stringify(error)}\n`)]),
  };
}

async function* iterate<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
