import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { concat, pcmFrames, readWavHeader, toSamples, type WavHeader } from "./pcm.ts";

/** A WAV header as libsndfile writes it, with a chunk that nobody asked for before the data. */
function wav({ rate = 44_100, channels = 1, bits = 16, dataSize = 0 } = {}): Buffer {
  const header = Buffer.alloc(58);
  header.write("RIFF", 0);
  header.writeUInt32LE(36, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
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

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] as number;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function collect(bytes: Uint8Array, sizes: readonly number[], check: (header: WavHeader) => void = () => {}) {
  const pieces: Uint8Array[] = [];
  for await (const piece of pcmFrames(cut(bytes, sizes), check)) pieces.push(piece);
  return pieces;
}

it("reads rate, channels and depth of a header, and where the samples begin", () => {
  assert.deepEqual(readWavHeader(wav({ rate: 22_050 })), {
    sampleRateHertz: 22_050,
    channelCount: 1,
    bitsPerSample: 16,
    dataOffset: 58,
  });
  assert.equal(readWavHeader(wav().subarray(0, 40)), "short");
  assert.equal(readWavHeader(Buffer.from([0, 0, 1, 0])), "none");
});

it("takes the same whole frames out of an answer, with a header or without, however it is cut", async () => {
  const bytes = fc.uint8Array({ minLength: 2, maxLength: 300 });
  const sizes = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(bytes, sizes, fc.boolean(), async (samples, cuts, headed) => {
      if (!headed && "RIFF".startsWith(String.fromCharCode(samples[0] as number))) return;
      const pieces = await collect(headed ? concat([wav(), samples]) : samples, cuts);
      assert.ok(pieces.every((piece) => piece.length % 2 === 0 && piece.length > 0));
      assert.deepEqual([...concat(pieces)], [...samples.subarray(0, samples.length - (samples.length % 2))]);
    }),
  );
});

it("shows the header to its reader, who may refuse it", async () => {
  const refuse = ({ channelCount }: WavHeader) => {
    throw new Error(`${channelCount} channels`);
  };
  await assert.rejects(collect(concat([wav({ channels: 2 }), new Uint8Array(4)]), [7], refuse), /2 channels/);
});

it("reads samples out of a Buffer that is a window on another, at an odd offset too", () => {
  const bytes = Buffer.from([9, 9, 9, 1, 0, 255, 255, 7]);
  assert.deepEqual([...toSamples(bytes.subarray(3, 8))], [1, -1]);
});
