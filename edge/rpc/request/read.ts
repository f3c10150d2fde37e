/**
 * Reads requests before Connect does. Connect reports an invalid request in the words of its libraries: they quote the
 * request, give no details and, for unary calls, bypass all interceptors. Here errors are reported in the same way for
 * every protocol: Connect, gRPC, gRPC-Web and plain JSON, unary or streaming. The request that Connect then gets is
 * complete, uncompressed and valid.
 */
import { type DescMessage, type DescMethod, fromBinary, fromJsonString, type JsonValue } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import { type Compression, encodeEnvelope, type UniversalServerRequest } from "@connectrpc/connect/protocol";
import type { Clock } from "../../../infra/clock/clock.ts";
import { toConnectError, toFailure } from "../../connect/errors.ts";
import { type Failure, invalidRequest } from "../../errors.ts";
import type { Rpc } from "../forms/ndjson.ts";
import { inFullKey } from "../keys.ts";
import { type Bytes, envelopeBytes, openEnvelope, readWhole, splitEnvelopes, unpack } from "./bytes.ts";
import { takeWrongDeadline } from "./deadline.ts";
import { cutShort, tooLarge, tooSlow, unknownPacking, unreadable } from "./failures.ts";
import { readJson } from "./json.ts";

/** Options of readRequests. */
export interface ReadOptions {
  /** The largest request, in bytes, both compressed and uncompressed. */
  readonly maxBytes: number;
  /** The supported compressions. */
  readonly compressions: readonly Compression[];
  /** A request that is not complete after this many milliseconds is refused. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/**
 * How long a request may take to arrive, in milliseconds: less than the port's own limit, so that a late request is
 * answered before its connection is cut.
 */
export const requestTimeoutMs = 25_000;

/** Wraps an RPC, so that its requests are read and checked first. */
export function readRequests(rpc: Rpc, { input, parent, name, methodKind }: DescMethod, options: ReadOptions): Rpc {
  const isOne = methodKind === "unary" || methodKind === "server_streaming";
  return (request) => {
    const audience = { inFull: request.contextValues?.get(inFullKey) ?? false, rpc: `${parent.typeName}/${name}` };
    const explain = (error: unknown) => toConnectError(toFailure(explainCut(error)), audience);
    const form = formOf(request);
    if (form === undefined || request.method !== "POST") return rpc(request);
    const header = new Headers(request.header);
    const encoding = header.get(form.encodingHeader) || "identity";
    const compression = options.compressions.find((one) => one.name === encoding);
    const names = options.compressions.map((one) => one.name);
    const isKnown = encoding === "identity" || compression !== undefined;
    const refusal =
      tellsTooMuch(header, isOne ? options.maxBytes : undefined) ??
      (isKnown ? takeWrongDeadline(header) : unknownPacking(encoding, names));
    for (const name of [form.encodingHeader, "content-length"]) header.delete(name);
    // Streams are not compressed: audio hardly shrinks, and trying would cost more CPU than everything else. Unary
    // answers may be compressed.
    if (methodKind === "server_streaming" || methodKind === "bidi_streaming") header.delete(form.acceptHeader);
    if (refusal !== undefined) return rpc({ ...request, header, body: explainErrors(refuse(refusal), explain) });
    const sent = request.body as AsyncIterable<Bytes>;
    // A stream of requests may last as long as the caller likes; a single request must be complete in time.
    const source = isOne ? untilLate(sent, options) : sent;
    const check = (message: Bytes) => (form.json ? checkJson(input, message) : checkBinary(input, message));
    const envelopes = () => readEnvelopes(source, compression, options.maxBytes, check);
    const read = form.enveloped
      ? isOne
        ? onlyOne(envelopes())
        : envelopes()
      : readOne(source, compression, options.maxBytes, check);
    return rpc({ ...request, header, body: explainErrors(read, explain) });
  };
}

/** The failure for a request whose Content-Length header already exceeds the limit; undefined for any other request. */
function tellsTooMuch(header: Headers, maxBytes: number | undefined): Failure | undefined {
  const said = Number(header.get("content-length") ?? 0);
  return maxBytes !== undefined && said > maxBytes + envelopeBytes ? tooLarge(maxBytes) : undefined;
}

/** The encoding of a request, by its content type; undefined if Connect does not support it. */
function formOf({ header }: UniversalServerRequest) {
  const type = (header.get("content-type") ?? "").replace(/\s*;.*$/s, "").toLowerCase();
  const [, family, format = "proto"] = /^application\/(connect|grpc|grpc-web)?(?:\+?(proto|json))?$/.exec(type) ?? [];
  if (type === "" || (family === undefined && !/^application\/(?:proto|json)$/.test(type))) return undefined;
  const encodingHeader =
    family === undefined ? "content-encoding" : family === "connect" ? "connect-content-encoding" : "grpc-encoding";
  return {
    enveloped: family !== undefined,
    json: format === "json",
    encodingHeader,
    acceptHeader: encodingHeader
      .replace("content-encoding", "accept-encoding")
      .replace("grpc-encoding", "grpc-accept-encoding"),
  };
}

// biome-ignore lint/correctness/useYield: a body that cannot be read
async function* refuse(failure: Failure): AsyncGenerator<Bytes> {
  throw failure;
}

async function* readOne(
  source: AsyncIterable<Bytes>,
  compression: Compression | undefined,
  maxBytes: number,
  check: (message: Bytes) => Bytes,
): AsyncGenerator<Bytes> {
  const packed = await readWhole(source, maxBytes);
  yield check(compression === undefined ? packed : await unpack(packed, compression, maxBytes));
}

async function* readEnvelopes(
  source: AsyncIterable<Bytes>,
  compression: Compression | undefined,
  maxBytes: number,
  check: (message: Bytes) => Bytes,
): AsyncGenerator<Bytes> {
  for await (const envelope of splitEnvelopes(source, maxBytes))
    yield encodeEnvelope(0, check(await openEnvelope(envelope, compression, maxBytes))) as Bytes;
}

async function* onlyOne(messages: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  let count = 0;
  for await (const message of messages) {
    if (++count > 1) throw unreadable("holds more than one message, and this call takes one");
    yield message;
  }
  if (count === 0) throw unreadable("holds no message");
}

/** Passes a request's bytes on. Throws if the request is not complete within the time limit. */
export async function* untilLate(
  source: AsyncIterable<Bytes>,
  { timeoutMs, clock }: Pick<ReadOptions, "timeoutMs" | "clock">,
): AsyncGenerator<Bytes> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const cancel = clock.after(timeoutMs, () => reject(tooSlow(timeoutMs / 1000)));
  const reader = source[Symbol.asyncIterator]();
  let whole = false;
  try {
    for (;;) {
      const next = await Promise.race([reader.next(), late]);
      whole = next.done === true;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    cancel();
    if (!whole) void passOver(reader);
  }
}

/**
 * Discards the rest of a request that was already answered, so that the connection can be reused. If the request never
 * ends, the port cuts the connection.
 */
async function passOver(reader: AsyncIterator<unknown>): Promise<void> {
  try {
    while (!(await reader.next()).done);
  } catch {
    // The connection ended before the request did, so there is nothing left to discard.
  }
}

async function* explainErrors<T>(source: AsyncIterable<T>, explain: (error: unknown) => unknown): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw explain(error);
  }
}

function checkBinary(type: DescMessage, message: Bytes): Bytes {
  try {
    // Unknown fields are skipped: each would become an object, and a few megabytes may contain millions of them.
    fromBinary(type, message, { readUnknownFields: false });
  } catch (error) {
    throw unreadable(
      isOfUtf8(error) ? "is not valid UTF-8" : "is not a valid protobuf message of this call's request type",
    );
  }
  return message;
}

/** Whether the error is the one that a TextDecoder throws for invalid UTF-8. */
function isOfUtf8(error: unknown): boolean {
  return error instanceof TypeError && "code" in error && error.code === "ERR_ENCODING_INVALID_ENCODED_DATA";
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function checkJson(type: DescMessage, message: Bytes): Bytes {
  const text = decode(message);
  const parsed = parse(text);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw unreadable("is not a JSON object");
  const { json, violations } = readJson(type, parsed);
  if (violations.length > 0) throw invalidRequest(violations);
  try {
    // This call detects duplicate names of fields, which `JSON.parse` silently accepts.
    fromJsonString(type, text, { ignoreUnknownFields: true });
  } catch {
    throw unreadable("is not valid JSON for its message type, perhaps because a name is given twice");
  }
  return Buffer.from(JSON.stringify(json));
}

function decode(bytes: Bytes): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw unreadable("is not valid UTF-8");
  }
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable("is not valid JSON");
  }
}

/**
 * If a connection ended in the middle of a request, replaces its error by one that says so; returns any other error
 * unchanged.
 */
function explainCut(error: unknown): unknown {
  const { cause } = error instanceof ConnectError ? error : {};
  const isCut = cause instanceof Error && "code" in cause && cause.code === "ERR_STREAM_PREMATURE_CLOSE";
  return isCut ? cutShort() : error;
}
