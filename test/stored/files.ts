import assert from "node:assert/strict";
import * as opus from "@evan/opus";

/** What a stock player knows of a file: how long it plays, and what its metadata says. */
export interface Played {
  readonly seconds: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** Reads a WAV file by its chunks. */
export function playWav(file: Buffer): Played {
  assert.equal(file.toString("latin1", 0, 4) + file.toString("latin1", 8, 12), "RIFFWAVE");
  assert.equal(file.readUInt32LE(4), file.length - 8, "it says how long it is");
  const tags: Record<string, string> = {};
  let rate = 0;
  let seconds = 0;
  for (let at = 12; at < file.length; ) {
    const [id, size] = [file.toString("latin1", at, at + 4), file.readUInt32LE(at + 4)];
    const body = file.subarray(at + 8, at + 8 + size);
    if (id === "fmt ") rate = body.readUInt32LE(4);
    if (id === "data") seconds = body.length / 2 / rate;
    if (id === "LIST")
      for (let inside = 4; inside < body.length; ) {
        const length = body.readUInt32LE(inside + 4);
        const name = body.toString("latin1", inside, inside + 4);
        tags[name] = body.toString("utf8", inside + 8, inside + 8 + length).replace(/\0$/, "");
        inside += 8 + length + (length % 2);
      }
    at += 8 + size + (size % 2);
  }
  return { seconds, tags };
}

/** Reads an MP3 file of 24 kHz: its ID3 tag, and its frames of 24 ms. */
export function playMp3(file: Buffer): Played {
  assert.equal(file.toString("latin1", 0, 3), "ID3");
  const size = (at: number) => file.subarray(at, at + 4).reduce((sum, byte) => sum * 128 + byte, 0);
  const tags: Record<string, string> = {};
  const end = 10 + size(6);
  for (let at = 10; at < end; at += 10 + size(at + 4)) {
    const id = file.toString("latin1", at, at + 4);
    const [name, value] = file.toString("utf8", at + 11, at + 10 + size(at + 4)).split("\0");
    tags[id === "TXXX" ? (name as string) : id] = (id === "TXXX" ? value : name) as string;
  }
  let frames = 0;
  for (let at = end; at < file.length; frames++) {
    assert.equal(file.readUInt16BE(at) >> 5, 0x7ff, "a frame begins where the one before ends");
    const kilobits = [0, 8, 16, 24, 32, 40, 48, 56, 64][(file[at + 2] as number) >> 4] as number;
    at += (72 * kilobits * 1000) / 24_000 + (((file[at + 2] as number) >> 1) & 1);
  }
  return { seconds: frames * 0.024, tags };
}

/** Reads an Ogg Opus file, and decodes it. */
export function playOgg(file: Buffer): Played {
  const tags: Record<string, string> = {};
  const packets: Buffer[] = [];
  let position = 0;
  for (let at = 0; at < file.length; ) {
    assert.equal(file.toString("latin1", at, at + 4), "OggS");
    position = Number(file.readBigInt64LE(at + 6));
    const lengths = [...file.subarray(at + 27, at + 27 + (file[at + 26] as number))];
    let from = at + 27 + lengths.length;
    let length = 0;
    for (const lace of lengths) {
      length += lace;
      if (lace === 255) continue;
      packets.push(file.subarray(from, from + length));
      from += length;
      length = 0;
    }
    at = from;
  }
  const [head, comments, ...sound] = packets as [Buffer, Buffer, ...Buffer[]];
  const skip = head.readUInt16LE(10);
  let at = 12 + comments.readUInt32LE(8);
  for (let left = comments.readUInt32LE(at); left > 0; left--) {
    at += 4;
    const length = comments.readUInt32LE(at);
    const text = comments.toString("utf8", at + 4, at + 4 + length);
    tags[text.slice(0, text.indexOf("="))] = text.slice(text.indexOf("=") + 1);
    at += length;
  }
  const decoder = new opus.Decoder({ channels: 1, sample_rate: 48_000 });
  const decoded = sound.reduce((sum, packet) => sum + decoder.decode(packet).length / 2, 0);
  assert.ok(decoded >= position, "every sample that it says to have is there");
  return { seconds: (position - skip) / 48_000, tags };
}
