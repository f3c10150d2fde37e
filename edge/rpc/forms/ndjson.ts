import {
  encodeEnvelope,
  transformSplitEnvelope,
  type UniversalServerRequest,
  type UniversalServerResponse,
} from "@connectrpc/connect/protocol";
import { codeFromString, codeToHttpStatus, endStreamFlag, errorToJson } from "@connectrpc/connect/protocol-connect";
import type { Clock } from "../../../infra/clock/clock.ts";
import { readAccept } from "../../audio/accept.ts";
import { toConnectError, toFailure } from "../../connect/errors.ts";
import { invalidRequest } from "../../errors.ts";
import { inFullKey } from "../keys.ts";
import { toFile } from "./playable.ts";

/** An RPC, as a function from request to response. */
export type Rpc = (request: UniversalServerRequest) => Promise<UniversalServerResponse>;

// The maximum size of one event in bytes: an event holds one piece of audio or text.
const maxAnswerBytes = 4 << 20;
const newline = new Uint8Array([10]);

/**
 * Makes a streaming RPC available to clients without Connect: the request is plain JSON (`application/json`), the
 * answer one JSON event per line (`application/x-ndjson`). A failure before the first event looks like that of a unary
 * call: an HTTP status and `{"code", "message", …}`; a later failure is sent as a last line `{"error": {…}}`. A client
 * that prefers an audio type gets the audio itself, as a playable file. Internally this is Connect's JSON stream with
 * different framing, so that limits and checks are the same; other content types pass unchanged.
 * `clock` paces audio that is requested in real time.
 */
export function acceptPlainJson(rpc: Rpc, clock: Clock): Rpc {
  return async (request) => {
    const isPlainJson = /^application\/json\s*(;|$)/i.test(request.header.get("content-type") ?? "");
    if (request.method !== "POST" || !isPlainJson) return rpc(request);
    try {
      const output = readAccept(request.header.get("accept"));
      if (typeof output === "string")
        throw invalidRequest([{ field: "accept", description: output, reason: "UNKNOWN_VALUE" }]);
      const answered = await readAnswer(await rpc(toStream(request)), maxAnswerBytes);
      if ("status" in answered) return answered;
      const { header, events } = answered;
      if (output !== undefined) return await toFile(events, output, { header, clock, signal: request.signal });
      return toLines(header, events);
    } catch (error) {
      const inFull = request.contextValues?.get(inFullKey) ?? false;
      const failed = toConnectError(toFailure(error), { inFull });
      return toUnaryError(errorToJson(failed, undefined) as unknown as ErrorJson, failed.metadata);
    }
  };
}

/**
 * Converts a request in plain JSON to Connect's JSON stream. `readRequests` has already reduced the body to one
 * uncompressed message; Connect rejects unknown compressions.
 */
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

/** An answer that has started: its events as JSON, and the failure that ends it, if any. */
interface Answered {
  readonly header: Headers;
  readonly events: AsyncGenerator<Uint8Array, ErrorJson | undefined>;
}

/** Starts to read an answer; if it fails before its first event, returns a unary call's error response instead. */
async function readAnswer(
  response: UniversalServerResponse,
  maxBytes: number,
): Promise<UniversalServerResponse | Answered> {
  if (response.status !== 200) return response;
  const frames = transformSplitEnvelope(maxBytes)(response.body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  const first = await frames.next();
  if (!first.done && first.value.flags === endStreamFlag) {
    const { error, metadata = {} } = readEnd(first.value.data);
    const said = Object.entries(metadata).map(([name, values]): [string, string] => [name, values.join(", ")]);
    if (error !== undefined) return toUnaryError(error, new Headers(said));
  }
  return { header: new Headers(response.header), events: events() };

  async function* events(): Answered["events"] {
    let error: ErrorJson | undefined;
    try {
      for (let frame = first; !frame.done; frame = await frames.next()) {
        if (frame.value.flags === endStreamFlag) error = readEnd(frame.value.data).error;
        else yield frame.value.data;
      }
      return error;
    } finally {
      await frames.return?.();
    }
  }
}

function toLines(header: Headers, events: Answered["events"]): UniversalServerResponse {
  header.set("content-type", "application/x-ndjson");
  return { status: 200, header, body: lines() };

  async function* lines(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const next = await events.next();
        if (!next.done) yield Buffer.concat([next.value, newline]);
        else if (next.value === undefined) return;
        else return yield Buffer.from(`${JSON.stringify({ error: next.value })}\n`);
      }
    } finally {
      await events.return(undefined);
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
