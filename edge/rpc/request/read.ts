/**
 * What a caller sends is read here before Connect reads it. Connect tells what is wrong with a request in words of libraries that quote it,
 * without details, and for unary calls past every interceptor; here it is told in one way, however the call came: by Connect, gRPC, gRPC-Web
 * or bare JSON, unary or not. What Connect then gets is whole, unpacked and fits its message.
 */
import { type DescMessage, type DescMethod, fromBinary, fromJsonString, type JsonValue } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import type { Compression, UniversalServerRequest } from "@connectrpc/connect/protocol";
import {
  encodeEnvelope,
  readAllBytes,
  transformDecompressEnvelope,
  transformSplitEnvelope,
} from "@connectrpc/connect/protocol";
import type { Clock } from "../../../infra/clock/clock.ts";
import { toConnectError, toFailure } from "../../connect/errors.ts";
import { type Failure, invalidRequest } from "../../errors.ts";
import type { Rpc } from "../forms/ndjson.ts";
import { inFullKey } from "../keys.ts";
import { takeWrongDeadline } from "./deadline.ts";
import { tooLarge, tooSlow, unknownPacking, unreadable } from "./failures.ts";
import { readJson } from "./json.ts";

/** How requests are read. */
export interface ReadOptions {
  /** The largest request, packed and unpacked. */
  readonly maxBytes: number;
  /** Packings that are understood. */
  readonly compressions: readonly Compression[];
  /** A request that is not whole after this long is refused. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** How long a request may take to be whole, in milliseconds: less than the port leaves it, which cuts its connection. */
export const requestTimeoutMs = 25_000;

type Bytes = Uint8Array<ArrayBuffer>;

/** The same RPC, whose requests are read first. */
export function readRequests(rpc: Rpc, { input, parent, name, methodKind }: DescMethod, options: ReadOptions): Rpc {
  const isOne = methodKind === "unary" || methodKind === "server_streaming";
  return (request) => {
    const audience = { inFull: request.contextValues?.get(inFullKey) ?? false, rpc: `${parent.typeName}/${name}` };
    const explain = (error: unknown) => toConnectError(toFailure(explainReading(error, options.maxBytes)), audience);
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
    // Sound hardly shrinks: to pack it would cost more CPU than all that is done for it otherwise. Single answers may be packed.
    if (methodKind === "server_streaming" || methodKind === "bidi_streaming") header.delete(form.acceptHeader);
    if (refusal !== undefined) return rpc({ ...request, header, body: explainErrors(refuse(refusal), explain) });
    const sent = request.body as AsyncIterable<Bytes>;
    // A stream of requests is as long as its caller likes.
    const source = isOne ? untilLate(sent, options) : sent;
    const check = (message: Bytes) => (form.json ? checkJson(input, message) : checkBinary(input, message));
    const envelopes = () => readEnvelopes(source, compression, options.maxBytes, check);
    const read = form.enveloped
      ? isOne
        ? onlyOne(envelopes())
        : envelopes()
      : readWhole(source, compression, options.maxBytes, check);
    return rpc({ ...request, header, body: explainErrors(read, explain) });
  };
}

// What frames a message.
const envelopeBytes = 5;

/** A request that says at its head that it is too large is refused by that. */
function tellsTooMuch(header: Headers, maxBytes: number | undefined): Failure | undefined {
  const said = Number(header.get("content-length") ?? 0);
  return maxBytes !== undefined && said > maxBytes + envelopeBytes ? tooLarge(maxBytes) : undefined;
}

/** How a request is written, by its content type; undefined if it is none that Connect takes. */
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

async function* readWhole(
  source: AsyncIterable<Bytes>,
  compression: Compression | undefined,
  maxBytes: number,
  check: (message: Bytes) => Bytes,
): AsyncGenerator<Bytes> {
  const packed = (await readAllBytes(source, maxBytes, null)) as Bytes;
  yield check(compression === undefined ? packed : ((await compression.decompress(packed, maxBytes)) as Bytes));
}

async function* readEnvelopes(
  source: AsyncIterable<Bytes>,
  compression: Compression | undefined,
  maxBytes: number,
  check: (message: Bytes) => Bytes,
): AsyncGenerator<Bytes> {
  const split = transformSplitEnvelope(maxBytes)(source);
  const envelopes = transformDecompressEnvelope(compression ?? null, maxBytes)(split);
  for await (const { flags, data } of envelopes) {
    // The flags besides that of packing mark what is no message, and callers send none of that.
    if (flags !== 0) throw unreadable("has a frame of an unknown kind");
    yield encodeEnvelope(0, check(data as Bytes)) as Bytes;
  }
}

async function* onlyOne(messages: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  let count = 0;
  for await (const message of messages) {
    if (++count > 1) throw unreadable("holds more than one message, and this call takes one");
    yield message;
  }
  if (count === 0) throw unreadable("holds no message");
}

/** The same bytes; throws if the last does not come in time. */
export async function* untilLate(
  source: AsyncIterable<Bytes>,
  { timeoutMs, clock }: Pick<ReadOptions, "timeoutMs" | "clock">,
): AsyncGenerator<Bytes> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  late.catch(() => {});
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

/** The rest of a request that is answered already: its connection is of use again once it is read. The port cuts what does not end. */
async function passOver(reader: AsyncIterator<unknown>): Promise<void> {
  try {
    while (!(await reader.next()).done);
  } catch {
    // It was cut.
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
    // Fields that nobody knows would each be kept as an object: millions of them in a few megabytes.
    fromBinary(type, message, { readUnknownFields: false });
  } catch (error) {
    throw unreadable(/utf-?8/i.test(String(error)) ? "is not valid UTF-8" : "is not a valid message of its type");
  }
  return message;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function checkJson(type: DescMessage, message: Bytes): Bytes {
  const text = decode(message);
  const parsed = parse(text);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw unreadable("is not a JSON object, as its message is");
  const { json, violations } = readJson(type, parsed);
  if (violations.length > 0) throw invalidRequest(violations);
  try {
    // Names that stand twice, which a parser passes over in silence.
    fromJsonString(type, text, { ignoreUnknownFields: true });
  } catch {
    throw unreadable("is not JSON of its message: does a name stand in it twice?");
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

/** What reading threw, in our own words; a failure of ours and what concerns the connection stay as they are. */
function explainReading(error: unknown, maxBytes: number): unknown {
  if (!(error instanceof ConnectError)) return error;
  const said = error.rawMessage;
  if (/larger than|readMaxBytes|exceeds/i.test(said)) return tooLarge(maxBytes);
  if (/decompress/i.test(said)) return unreadable("cannot be unpacked as its encoding says");
  if (/compress|flag/i.test(said)) return unreadable("says nothing of how it is packed");
  if (/envelope|promised \d+ bytes|end of stream|premature/i.test(said))
    return unreadable("is cut short or not framed as its content type says");
  return error;
}
