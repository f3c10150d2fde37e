/** Writes a value as MessagePack. Numbers are whole and below 2^32; bytes are Uint8Array. */
export function encodeMsgpack(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.of(0xc0);
  if (typeof value === "boolean") return Buffer.of(value ? 0xc3 : 0xc2);
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "string") {
    const text = Buffer.from(value, "utf8");
    return Buffer.concat([sized(text.length, [0xa0, 31], [0xd9, 0xda, 0xdb]), text]);
  }
  if (value instanceof Uint8Array) return Buffer.concat([sized(value.length, undefined, [0xc4, 0xc5, 0xc6]), value]);
  if (Array.isArray(value))
    return Buffer.concat([sized(value.length, [0x90, 15], [undefined, 0xdc, 0xdd]), ...value.map(encodeMsgpack)]);
  const entries = Object.entries(value as object);
  return Buffer.concat([
    sized(entries.length, [0x80, 15], [undefined, 0xde, 0xdf]),
    ...entries.flatMap(([key, item]) => [encodeMsgpack(key), encodeMsgpack(item)]),
  ]);
}

function encodeNumber(value: number): Buffer {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) {
    const bytes = Buffer.alloc(9, 0xcb);
    bytes.writeDoubleBE(value, 1);
    return bytes;
  }
  return sized(value, [0x00, 127], [0xcc, 0xcd, 0xce]);
}

/** A type byte and a size: in the byte itself where it fits, else in the 1, 2 or 4 bytes after it. */
function sized(size: number, fixed: [base: number, most: number] | undefined, types: (number | undefined)[]): Buffer {
  if (fixed !== undefined && size <= fixed[1]) return Buffer.of(fixed[0] | size);
  for (const [index, type] of types.entries()) {
    const width = 2 ** index;
    if (type === undefined || size >= 2 ** (8 * width)) continue;
    const bytes = Buffer.alloc(1 + width, type);
    bytes.writeUIntBE(size, 1, width);
    return bytes;
  }
  throw new RangeError("too large for MessagePack");
}

/** Reads one MessagePack value; throws if it is cut short or of a reserved type. */
export function decodeMsgpack(bytes: Buffer): unknown {
  let at = 0;
  const number = (width: number) => {
    at += width;
    return bytes.readUIntBE(at - width, width);
  };
  const take = (length: number) => {
    if (at + length > bytes.length) throw new RangeError("unpack(b) received extra data or is cut short");
    at += length;
    return bytes.subarray(at - length, at);
  };
  const text = (length: number) => take(length).toString("utf8");
  const list = (length: number) => Array.from({ length }, () => read());
  const map = (length: number) => Object.fromEntries(Array.from({ length }, () => [String(read()), read()]));
  const readers: Record<number, () => unknown> = {
    192: () => null,
    194: () => false,
    195: () => true,
    196: () => take(number(1)),
    197: () => take(number(2)),
    198: () => take(number(4)),
    202: () => take(4).readFloatBE(),
    203: () => take(8).readDoubleBE(),
    204: () => number(1),
    205: () => number(2),
    206: () => number(4),
    207: () => Number(take(8).readBigUInt64BE()),
    208: () => take(1).readInt8(),
    209: () => take(2).readInt16BE(),
    210: () => take(4).readInt32BE(),
    211: () => Number(take(8).readBigInt64BE()),
    217: () => text(number(1)),
    218: () => text(number(2)),
    219: () => text(number(4)),
    220: () => list(number(2)),
    221: () => list(number(4)),
    222: () => map(number(2)),
    223: () => map(number(4)),
  };
  const read = (): unknown => {
    const type = number(1);
    if (type <= 0x7f) return type;
    if (type <= 0x8f) return map(type & 15);
    if (type <= 0x9f) return list(type & 15);
    if (type <= 0xbf) return text(type & 31);
    if (type >= 0xe0) return type - 256;
    const reader = readers[type];
    if (reader === undefined) throw new RangeError("invalid type Reserved");
    return reader();
  };
  return read();
}
