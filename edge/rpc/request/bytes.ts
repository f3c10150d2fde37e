/**
 * Reads requests as bytes: joins their chunks, takes messages out of their envelopes and decompresses them, within the
 * size limits for callers.
 */
import { Code, ConnectError } from "@connectrpc/connect";
import type { Compression } from "@connectrpc/connect/protocol";
import { cutShort, tooLarge, unreadable } from "./failures.ts";

/** Bytes in the type that Connect expects. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A message of a stream with its flags, as it is sent. */
export interface Envelope {
  /** Bits that tell how the message is sent: `packedFlag`, and others. */
  readonly flags: number;
  readonly data: Bytes;
}

/** The size of the header before each message: one byte of flags, and the message's length in four bytes. */
export const envelopeBytes = 5;
/** The flag of a compressed message. */
export const packedFlag = 1;

/** All bytes of a source. Throws a Failure if there are more than `maxBytes`. */
export async function readWhole(source: AsyncIterable<Bytes>, maxBytes: number): Promise<Bytes> {
  const held = new Held();
  for await (const chunk of source) {
    held.add(chunk);
    if (held.length > maxBytes) throw tooLarge(maxBytes);
  }
  return held.take(held.length);
}

/** The messages of a stream. Throws a Failure if one is longer than `maxBytes`, or the last is cut short. */
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

/** The message in an envelope, decompressed if its flags say that it is compressed. Throws a Failure. */
export function openEnvelope(
  { flags, data }: Envelope,
  compression: Compression | undefined,
  maxBytes: number,
): Bytes | Promise<Bytes> {
  // The other flags mark frames that are not messages, which clients never send.
  if ((flags & ~packedFlag) !== 0) throw unreadable("has a frame of an unknown kind");
  if (flags === 0) return data;
  if (compression === undefined) throw unreadable("does not state its compression");
  return unpack(data, compression, maxBytes);
}

/**
 * Decompresses a message. Throws a Failure if that is impossible with this compression, or the result has more than
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

/** Bytes that have arrived and were not taken yet. */
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

  /** Takes the first `count` bytes; at least that many must have arrived. */
  take(count: number): Bytes {
    const [first, ...others] = this.#chunks;
    const all = others.length === 0 && first !== undefined ? first : Buffer.concat(this.#chunks);
    this.#chunks = [all.subarray(count)];
    this.#length -= count;
    return all.subarray(0, count);
  }
}
