/**
 * Reads the bytes of requests: joins chunks, takes messages out of their envelopes (length-prefixed frames) and
 * decompresses them, within the size limits for callers.
 */
import { Code, ConnectError } from "@connectrpc/connect";
import type { Compression } from "@connectrpc/connect/protocol";
import { cutShort, tooLarge, unreadable } from "./failures.ts";

/** Bytes in the type that Connect expects. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A message of a stream with its flags, as it is sent. */
export interface Envelope {
  /** Bits that tell how the message is sent, such as `packedFlag`. */
  readonly flags: number;
  readonly data: Bytes;
}

/** The size, in bytes, of the header before each message: one byte of flags, and four bytes of message length. */
export const envelopeBytes = 5;
/** The bit in an envelope's flags that marks a compressed message. */
export const packedFlag = 1;

/** Reads all bytes of a source. Throws a Failure if there are more than `maxBytes`. */
export async function readWhole(source: AsyncIterable<Bytes>, maxBytes: number): Promise<Bytes> {
  const held = new Held();
  for await (const chunk of source) {
    held.add(chunk);
    if (held.length > maxBytes) throw tooLarge(maxBytes);
  }
  return held.take(held.length);
}

/** Yields a stream's messages. Throws a Failure if a message exceeds `maxBytes`, or the stream ends inside one. */
export async function* splitEnvelopes(source: AsyncIterable<Bytes>, maxBytes: number): AsyncGenerator<Envelope> {
  const held = new Held();
  let head: { readonly flags: number; readonly length: number } | undefined;
  for await (const chunk of source) {
    held.add(chunk);
    for (;;) {
      if (head === undefined && held.length >= envelopeBytes) head = readHead(held.take(envelopeBytes));
      if (head !== undefined && head.length > maxBytes) throw tooLarge(maxBytes);
      if (head === undefined || held.length < head.length) break;
      yield { flags: head.flags, data: held.take(head.length) };
      head = undefined;
    }
  }
  if (head !== undefined || held.length > 0) throw cutShort();
}

function readHead(bytes: Bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return { flags: view.getUint8(0), length: view.getUint32(1) };
}

/** The message in an envelope, decompressed if necessary. Throws a Failure if the message is invalid or too large. */
export function openEnvelope(
  { flags, data }: Envelope,
  compression: Compression | undefined,
  maxBytes: number,
): Bytes | Promise<Bytes> {
  // A frame with any flag other than `packedFlag` is not a message. Only servers send such frames.
  if ((flags & ~packedFlag) !== 0) throw unreadable("has a frame of an unknown kind");
  if (flags === 0) return data;
  if (compression === undefined) throw unreadable("does not state its compression");
  return unpack(data, compression, maxBytes);
}

/**
 * Decompresses a message. Throws a Failure if the bytes are not valid in this compression, or the result has more than
 * `maxBytes`.
 */
export async function unpack(packed: Bytes, compression: Compression, maxBytes: number): Promise<Bytes> {
  try {
    return (await compression.decompress(packed, maxBytes)) as Bytes;
  } catch (error) {
    if (error instanceof ConnectError && error.code === Code.ResourceExhausted) throw tooLarge(maxBytes);
    throw unreadable("cannot be decompressed with the stated encoding");
  }
}

/** A queue of bytes that have arrived and have not been taken yet. */
class Held {
  #chunks: Bytes[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(chunk: Bytes): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** Removes and returns the first `count` bytes; at least that many must have arrived. */
  take(count: number): Bytes {
    const [first, ...others] = this.#chunks;
    const all = others.length === 0 && first !== undefined ? first : Buffer.concat(this.#chunks);
    this.#chunks = [all.subarray(count)];
    this.#length -= count;
    return all.subarray(0, count);
  }
}
