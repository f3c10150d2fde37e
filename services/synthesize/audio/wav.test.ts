import assert from "node:assert/strict";
import { it } from "vitest";
import { toSamples } from "./pcm.ts";
import { readWavHeader, toWav } from "./wav.ts";

/** A WAV header as libsndfile writes it, with a chunk that nobody asked for before the data. */
function wav({ rate = 44_100, channels = 1, bits = 16, tag = 1, dataSize = 0 } = {}): Buffer {
  const header = Buffer.alloc(58);
  header.write("RIFF", 0);
  header.writeUInt32LE(36, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(tag, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE((rate * channels * bits) / 8, 28);
  header.writeUInt16LE((channels * bits) / 8, 32);
  header.writeUInt16LE(bits, 34);
  header.write("LIST", 36);
  header.writeUInt32LE(6, 40);
  header.write("data", 50);
  header.writeUInt32LE(dataSize, 54);
  return header;
}

it("reads rate, channels and depth of a header, and where the samples begin", () => {
  assert.deepEqual(readWavHeader(wav({ rate: 22_050, dataSize: 8820 })), {
    isPcm: true,
    sampleRateHertz: 22_050,
    channelCount: 1,
    bitsPerSample: 16,
    dataOffset: 58,
    dataBytes: 8820,
  });
  assert.equal(readWavHeader(wav().subarray(0, 40)), "short");
  assert.equal(readWavHeader(Buffer.from([0, 0, 1, 0])), "none");
});

it("believes no size that a server could not know", () => {
  for (const dataSize of [0, 0xffff_ffff, 0x7fff_ffff])
    assert.equal((readWavHeader(wav({ dataSize })) as { dataBytes: unknown }).dataBytes, undefined);
});

it("tells floats from integers, by the tag of an extensible header too", () => {
  assert.equal((readWavHeader(wav({ tag: 3 })) as { isPcm: boolean }).isPcm, false);
  for (const sub of [1, 3]) {
    // "fmt " of 40 bytes begins at 12: its tag at 20, the tag of the extension at 44.
    const header = Buffer.concat([wav({ tag: 0xfffe }).subarray(0, 36), Buffer.alloc(24), Buffer.from("data\0\0\0\0")]);
    header.writeUInt32LE(40, 16);
    header.writeUInt16LE(sub, 44);
    assert.equal(readWavHeader(header.subarray(0, 44)), "short");
    assert.equal((readWavHeader(header) as { isPcm: boolean }).isPcm, sub === 1);
  }
});

it("makes a file that it reads", () => {
  const file = toWav(Int16Array.of(1, -1, 300), 44_100);
  const header = readWavHeader(file);
  assert.ok(typeof header === "object" && header.dataBytes === 6 && header.isPcm && header.sampleRateHertz === 44_100);
  assert.deepEqual([...toSamples(file.subarray(header.dataOffset))], [1, -1, 300]);
});

it("reads a header that nothing follows, be its file empty", () => {
  for (const file of [toWav(new Int16Array(0), 8000), toWav(Int16Array.of(1, 2, 3), 8000).subarray(0, 44)]) {
    const header = readWavHeader(file);
    assert.ok(typeof header === "object" && header.dataOffset === 44 && header.sampleRateHertz === 8000);
    assert.equal(readWavHeader(file.subarray(0, 43)), "short");
  }
});

it("reads samples out of a Buffer that is a window on another, at an odd offset too", () => {
  const bytes = Buffer.from([9, 9, 9, 1, 0, 255, 255, 7]);
  assert.deepEqual([...toSamples(bytes.subarray(3, 8))], [1, -1]);
});

it("waits for the rest of every header that has begun, and for nothing that has not", () => {
  const whole = wav();
  for (let length = 0; length < whole.length; length++)
    assert.equal(readWavHeader(whole.subarray(0, length)), "short", `${length} bytes`);
  for (const [at, byte] of [
    [0, "r"],
    [3, "X"],
    [8, "A"],
    [11, "I"],
  ] as const) {
    const other = Buffer.from(whole);
    other.write(byte, at);
    assert.equal(readWavHeader(other), "none", `${byte} at ${at}`);
  }
});

it("passes over chunks that it does not know, to the even place after an odd one, for 64 KiB", () => {
  const [form, data] = [wav().subarray(0, 36), Buffer.from("data\0\0\0\0")];
  const chunk = (size: number) => {
    const head = Buffer.from("LIST\0\0\0\0");
    head.writeUInt32LE(size, 4);
    return Buffer.concat([head, Buffer.alloc(size + (size % 2))]);
  };
  for (const size of [0, 1, 2, 5])
    assert.equal(
      (readWavHeader(Buffer.concat([form, chunk(size), data])) as { dataOffset: number }).dataOffset,
      44 + 8 + size + (size % 2),
    );
  assert.equal(readWavHeader(Buffer.concat([wav().subarray(0, 12), data])), "none", "samples of which nothing is said");
  const long = Buffer.concat([form, chunk(70_000)]);
  assert.equal(readWavHeader(long.subarray(0, 64 * 1024)), "short");
  assert.equal(readWavHeader(long.subarray(0, 64 * 1024 + 1)), "none");
});
