import {
  encodeEnvelope,
  readAllBytes,
  transformSplitEnvelope,
  type UniversalServerRequest,
  type UniversalServerResponse,
} from "@connectrpc/connect/protocol";
import { codeFromString, codeToHttpStatus, endStreamFlag, errorToJson } from "@connectrpc/connect/protocol-connect";
import type { Clock } from "../../infra/clock/clock.ts";
import { readAccept } from "../audio/accept.ts";
import { toConnectError, toFailure } from "../connect/errors.ts";
import { invalidRequest } from "../errors.ts";
import { explainRequestError } from "./error-border.ts";
import { toFile } from "./playable.ts";

/** An RPC, however it is called. */
export type Rpc = (request: UniversalServerRequest) => Promise<UniversalServerResponse>;

/** How bare JSON is taken. */
export interface PlainJsonOptions {
  readonly maxRequestBytes: number;
  /** For a sound that is paced. */
  readonly clock: Clock;
}

const compressedFlag = 1;
const newline = new Uint8Array([10]);

/**
 * Lets people without a Connect client call a streaming RPC: the request is bare JSON (`application/json`), the answer one
 * event of JSON a line (`application/x-ndjson`). A failure before the first event is that of a unary call: its HTTP status
 * and `{"code", "message", …}`; a later one is a last line `{"error": {…}}`. Whoever accepts a sound in the first place is answered by that
 * sound, as a file that plays. It is Connect's own JSON stream with other framing, so that limits and checks are the same; other content types
 * pass through.
 */
export function acceptPlainJson(rpc: Rpc, { maxRequestBytes, clock }: PlainJsonOptions): Rpc {
  return async (request) => {
    const isPlainJson = /^application\/json\s*(;|$)/i.test(request.header.get("content-type") ?? "");
    if (request.method !== "POST" || !isPlainJson) return rpc(request);
    try {
      const output = readAccept(request.header.get("accept"));
      if (typeof output === "string") throw invalidRequest([{ field: "accept", description: output }]);
      const answered = await readAnswer(await rpc(await toStream(request, maxRequestBytes)), maxRequestBytes);
      if ("status" in answered) return answered;
      const { header, events } = answered;
      if (output !== undefined) return await toFile(events, output, { header, clock, signal: request.signal });
      return toLines(header, events);
    } catch (error) {
      const failed = toConnectError(toFailure(explainRequestError(error)));
      return toUnaryError(errorToJson(failed, undefined) as unknown as ErrorJson, failed.metadata);
    }
  };
}

async function toStream(request: UniversalServerRequest, maxBytes: number): Promise<UniversalServerRequest> {
  const header = new Headers(request.header);
  const message = await readAllBytes(request.body as AsyncIterable<Uint8Array>, maxBytes, header.get("content-length"));
  const encoding = header.get("content-encoding") ?? "identity";
  for (const name of ["content-length", "content-encoding", "connect-accept-encoding"]) header.delete(name);
  header.set("content-type", "application/connect+json");
  header.set("connect-content-encoding", encoding);
  const body = [encodeEnvelope(encoding === "identity" ? 0 : compressedFlag, message)];
  return { ...request, header, body: iterate(body) };
}

/** An answer that has begun: its events, each in JSON, and the failure that ends it, if one does. */
interface Answered {
  readonly header: Headers;
  readonly events: AsyncGenerator<Uint8Array, ErrorJson | undefined>;
}

/** Reads an answer; one that has failed before its first event is the answer of a unary call. */
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
