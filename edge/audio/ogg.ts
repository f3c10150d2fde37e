/**
 * Writes Ogg pages (RFC 3533) as Opus needs them (RFC 7845): one stream, whole packets, no packet that spans pages. A
 * page is a header of 27 bytes, a table of packet lengths, and the packets. The granule position in the header counts
 * samples at 48 kHz, whatever the sample rate of the speech.
 */

/** The fields of a page's header. */
export interface PageHead {
  /** Identifies the stream. */
  readonly serial: number;
  /** The page's number, from 0. */
  readonly page: number;
  /** How many samples at 48 kHz there are up to the end of this page, including those skipped at the beginning. */
  readonly position: number;
  readonly first?: boolean;
  readonly last?: boolean;
}

/** Writes one page. All packets must fit in it: its table holds at most 255 segments of at most 255 bytes. */
export function writePage(
  packets: readonly Uint8Array[],
  { serial, page, position, first, last }: PageHead,
): Uint8Array {
  const lacing = packets.flatMap(({ length }) => [...Array<number>(Math.floor(length / 255)).fill(255), length % 255]);
  const bytes = new Uint8Array(27 + lacing.length + packets.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  bytes.set([0x4f, 0x67, 0x67, 0x53, 0, (first ? 2 : 0) | (last ? 4 : 0)]);
  view.setBigInt64(6, BigInt(position), true);
  view.setUint32(14, serial, true);
  view.setUint32(18, page, true);
  bytes[26] = lacing.length;
  bytes.set(lacing, 27);
  let at = 27 + lacing.length;
  for (const packet of packets) {
    bytes.set(packet, at);
    at += packet.length;
  }
  view.setUint32(22, checksum(bytes), true);
  return bytes;
}

/** The `OpusHead` packet: mono, `skip` samples at 48 kHz before the speech, and the original sample rate. */
export function opusHead(skip: number, rate: number): Uint8Array {
  const bytes = new Uint8Array(19);
  const view = new DataView(bytes.buffer);
  bytes.set(Buffer.from("OpusHead"));
  bytes.set([1, 1], 8);
  view.setUint16(10, skip, true);
  view.setUint32(12, rate, true);
  return bytes;
}

/** The `OpusTags` packet: the encoder's vendor, and comments of the form `NAME=value`. */
export function opusTags(vendor: string, comments: readonly string[] = []): Uint8Array {
  const counted = (text: string) => {
    const bytes = Buffer.from(text);
    return Buffer.concat([littleEndian(bytes.length), bytes]);
  };
  return Buffer.concat([
    Buffer.from("OpusTags"),
    counted(vendor),
    littleEndian(comments.length),
    ...comments.map(counted),
  ]);
}

function littleEndian(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0);
  return value >>> 0;
});

/**
 * The checksum of a page whose checksum field is still 0: CRC-32 with polynomial 0x04c11db7, neither reflected nor
 * inverted.
 */
function checksum(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = ((value << 8) ^ (table[((value >>> 24) ^ byte) & 0xff] as number)) >>> 0;
  return value;
}
