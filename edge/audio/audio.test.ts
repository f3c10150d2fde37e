import assert from "node:assert/strict";
import * as opus from "@evan/opus";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { Outcome } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../turn/events.ts";
import { readAccept } from "./accept.ts";
import { type AudioFormName, audioForms } from "./formats.ts";
import { aLawSilence, muLawSilence, toALaw, toMuLaw } from "./g711.ts";
import { type AudioOutput, createAudioWriter } from "./output.ts";
import { paceFrames } from "./pace.ts";
import { playTurn } from "./play.ts";

const tone = (rate: number, seconds: number, hertz = 440) =>
  Int16Array.from({ length: rate * seconds }, (_, i) => 12_000 * Math.sin((2 * Math.PI * hertz * i) / rate));
const bytesOf = (samples: Int16Array) => new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
const plain = { speed: 1, realTime: false };

async function written(output: AudioOutput, spokenRate: number, pcm: Uint8Array, piece: number): Promise<Buffer> {
  const writer = await createAudioWriter(output, spokenRate);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < pcm.length; at += piece) pieces.push(writer.push(pcm.subarray(at, at + piece)));
  pieces.push(writer.end());
  writer.close();
  return Buffer.concat(pieces);
}

/** The sum of an Ogg page, bit by bit as RFC 3533 words it: over its bytes, with zeros for the sum itself. */
function sumOf(page: Buffer): number {
  let sum = 0;
  for (const [at, byte] of page.entries()) {
    sum = (sum ^ ((at >= 22 && at < 26 ? 0 : byte) << 24)) >>> 0;
    for (let bit = 0; bit < 8; bit++) sum = ((sum << 1) ^ (sum >= 0x80000000 ? 0x04c11db7 : 0)) >>> 0;
  }
  return sum;
}

/** The pages of an Ogg stream, numbered and summed as they should be: position, flags, packets. */
function readPages(bytes: Buffer) {
  const pages: { position: number; flags: number; packets: Buffer[] }[] = [];
  for (let at = 0; at < bytes.length; ) {
    assert.equal(bytes.toString("latin1", at, at + 4), "OggS");
    const lengths = [...bytes.subarray(at + 27, at + 27 + (bytes[at + 26] as number))];
    let from = at + 27 + lengths.length;
    const packets: Buffer[] = [];
    let length = 0;
    for (const lace of lengths) {
      length += lace;
      if (lace === 255) continue;
      packets.push(bytes.subarray(from, from + length));
      from += length;
      length = 0;
    }
    assert.equal(bytes.readUInt32LE(at + 18), bytes.readUInt32LE(18) + pages.length);
    assert.equal(bytes.readUInt32LE(at + 22), sumOf(bytes.subarray(at, from)));
    pages.push({ position: Number(bytes.readBigInt64LE(at + 6)), flags: bytes[at + 5] as number, packets });
    at = from;
  }
  return pages;
}

/** The frames of an MP3 file, by their heads (ISO 11172-3, 13818-3): their bytes each. */
function readFrames(bytes: Buffer, rate: number): number[] {
  const lengths: number[] = [];
  const kilobits = rate >= 32_000 ? [0, 32, 40, 48, 56, 64, 80, 96] : [0, 8, 16, 24, 32, 40, 48, 56, 64];
  for (let at = 0; at < bytes.length; at += lengths.at(-1) as number) {
    assert.equal(bytes.readUInt16BE(at) >> 5, 0x7ff, "a frame begins where the one before ends");
    const bits = (kilobits[(bytes[at + 2] as number) >> 4] as number) * 1000;
    lengths.push(Math.floor(((rate >= 32_000 ? 144 : 72) * bits) / rate) + (((bytes[at + 2] as number) >> 1) & 1));
  }
  return lengths;
}

describe("what is written does not depend on how speech was cut", () => {
  for (const form of Object.keys(audioForms) as AudioFormName[])
    for (const speed of [1, 1.5])
      it(`${form} at speed ${speed}`, async () => {
        const pcm = bytesOf(tone(44_100, 0.7));
        const output = { form, rate: audioForms[form].rates[0], speed, realTime: false };
        const [whole, cut] = [await written(output, 44_100, pcm, pcm.length), await written(output, 44_100, pcm, 1000)];
        // An Ogg stream has a number of its own, and so have the sums of its pages.
        if (form === "opus")
          assert.deepEqual(
            readPages(cut)
              .map(({ position }) => position)
              .at(-1),
            readPages(whole)
              .map(({ position }) => position)
              .at(-1),
          );
        else assert.ok(cut.equals(whole), `${cut.length} and ${whole.length} bytes`);
      });
});

describe("opus", () => {
  it("is decoded to as many samples as there were, whatever their number", async () => {
    for (const count of [1, 479, 480, 481, 4800, 24_001]) {
      const pages = readPages(
        await written(
          { ...plain, form: "opus", rate: 24_000 },
          24_000,
          bytesOf(tone(24_000, 2).subarray(0, count)),
          998,
        ),
      );
      assert.equal(pages[0]?.flags, 2, "the first page begins the stream");
      assert.equal(pages[0]?.packets[0]?.toString("latin1", 0, 8), "OpusHead");
      assert.equal(pages[1]?.packets[0]?.toString("latin1", 0, 8), "OpusTags");
      assert.equal(pages.at(-1)?.flags, 4, "the last page ends it");
      const skip = pages[0]?.packets[0]?.readUInt16LE(10) as number;
      assert.equal((pages.at(-1)?.position as number) - skip, count * 2);
      const decoder = new opus.Decoder({ channels: 1, sample_rate: 24_000 });
      const samples = pages
        .slice(2)
        .flatMap(({ packets }) => packets)
        .reduce((sum, packet) => sum + decoder.decode(packet).length / 2, 0);
      assert.ok(samples * 2 >= count * 2 + skip, "packets hold all of it");
    }
  });

  it("gives its first 20 ms at once, and then 100 ms a page", async () => {
    const writer = await createAudioWriter({ ...plain, form: "opus", rate: 24_000 }, 24_000);
    const packets = (seconds: number) =>
      readPages(Buffer.from(writer.push(bytesOf(tone(24_000, seconds))))).map(({ packets }) => packets.length);
    assert.deepEqual(packets(0.02), [1, 1, 1], "two heads, and a packet");
    assert.deepEqual([packets(0.08), packets(0.02)], [[], [5]]);
    writer.close();
  });
});

describe("mp3", () => {
  it("begins within 50 ms, and is as long as what was spoken", async () => {
    const writer = await createAudioWriter({ ...plain, form: "mp3", rate: 24_000 }, 24_000);
    const pieces = [writer.push(bytesOf(tone(24_000, 0.05)))];
    assert.ok((pieces[0]?.length ?? 0) > 0);
    pieces.push(writer.push(bytesOf(tone(24_000, 0.95))), writer.end());
    writer.close();
    const bytes = Buffer.concat(pieces);
    // MPEG-2 layer III at 64 kbit/s and 24 kHz: frames of 192 bytes, 576 samples.
    assert.equal(bytes.readUInt16BE(0) & 0xfff6, 0xfff2);
    const seconds = ((bytes.length / 192) * 576) / 24_000;
    assert.ok(Math.abs(seconds - 1) < 0.1, `${seconds} s`);
  });

  for (const [ends, lead, tail, most] of [
    ["both ends", 0.03, 0.1, 0.5],
    ["its end", 0, 0.1, 0.5],
    ["its beginning", 0.08, 0, 1],
  ] as const)
    it(`is as long as what was spoken, to ${most} of a frame, with silence at ${ends}`, async () => {
      for (const rate of [16_000, 24_000, 44_100])
        for (const seconds of [0.4, 1.0071, 1.0213]) {
          const count = Math.round(rate * seconds);
          const loud = (i: number) => i >= lead * rate && i < count - tail * rate;
          const speech = tone(rate, 3).subarray(0, count);
          const pcm = bytesOf(speech.map((sample, i) => (loud(i) ? sample : 0)));
          const frame = rate < 32_000 ? 576 : 1_152;
          const frames = readFrames(await written({ ...plain, form: "mp3", rate }, rate, pcm, 1_000), rate).length;
          assert.ok(
            Math.abs(frames * frame - count) <= most * frame,
            `${frames} frames for ${count} samples at ${rate}`,
          );
          // Of what is heard, nothing is left out.
          assert.ok(frames * frame >= count - tail * rate + (lead === 0 ? 1_105 : 0));
        }
    });

  it("of what begins and ends loudly, nothing is left out", async () => {
    for (const count of [23_000, 24_000, 24_170, 24_511]) {
      const bytes = await written(
        { ...plain, form: "mp3", rate: 24_000 },
        24_000,
        bytesOf(tone(24_000, 2).subarray(0, count)),
        998,
      );
      assert.ok(readFrames(bytes, 24_000).length * 576 >= count + 1_105, "its delay comes before it");
    }
  });

  it("an encoder that served once serves again, as if it were new", async () => {
    const output = { ...plain, form: "mp3", rate: 24_000 } as const;
    const pcm = bytesOf(tone(24_000, 0.5));
    const first = await written(output, 24_000, pcm, 5000);
    assert.ok((await written(output, 24_000, pcm, 5000)).equals(first));
  });
});

it("what is encoded leaves before more of it is encoded, however much has come at once", async () => {
  async function* turn() {
    const events: unknown[] = [
      { case: "started", value: { audioFormat: { sampleRateHertz: 44_100 } } },
      { case: "audio", value: { pcm: bytesOf(tone(44_100, 2)) } },
      { case: "finished", value: { outcome: Outcome.COMPLETED } },
    ];
    for (const event of events) yield { event: event as TurnEvent };
  }
  const clock = createVirtualClock();
  const { signal } = new AbortController();
  for (const form of ["pcm", "mp3", "opus"] as const) {
    let pieces = 0;
    let turned = true;
    for await (const _ of playTurn(turn(), { ...plain, form, rate: 24_000 }, { clock, signal })) {
      assert.ok(turned, `piece ${pieces} of ${form} did not wait for the process to write the one before`);
      turned = false;
      setImmediate(() => {
        turned = true;
      });
      pieces++;
    }
    assert.ok(pieces > 5);
  }
});

it("speed changes how long it is, and not how high", async () => {
  for (const speed of [0.25, 0.5, 2, 4]) {
    const bytes = await written(
      { form: "pcm", rate: 24_000, speed, realTime: false },
      24_000,
      bytesOf(tone(24_000, 2, 200)),
      4800,
    );
    const samples = new Int16Array(Uint8Array.from(bytes).buffer);
    assert.ok(Math.abs(samples.length / 24_000 - 2 / speed) < 0.1, `${samples.length} samples at ${speed}`);
    let crossings = 0;
    for (let i = 1; i < samples.length; i++)
      if ((samples[i - 1] as number) < 0 && (samples[i] as number) >= 0) crossings++;
    const hertz = crossings / (samples.length / 24_000);
    assert.ok(Math.abs(hertz - 200) < 10, `${hertz} Hz at ${speed}`);
  }
});

describe("G.711", () => {
  // ITU-T G.711: what each law's decoder makes of a byte.
  const muLawOf = (byte: number) => {
    const value = ~byte & 0xff;
    const size = ((((value & 0x0f) << 3) + 0x84) << ((value & 0x70) >> 4)) - 0x84;
    return value & 0x80 ? -size : size;
  };
  const aLawOf = (byte: number) => {
    const value = byte ^ 0x55;
    const segment = (value & 0x70) >> 4;
    const size = ((value & 0x0f) << 4) + 8;
    const whole = segment === 0 ? size : (size + 0x100) << (segment - 1);
    return value & 0x80 ? whole : -whole;
  };
  const laws = [
    ["µ-law", toMuLaw, muLawOf, muLawSilence],
    ["A-law", toALaw, aLawOf, aLawSilence],
  ] as const;
  for (const [name, encode, decode, silence] of laws)
    it(`${name} is off by half a step at most, for every sample`, () => {
      const samples = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768);
      const coded = encode(samples);
      for (const [i, sample] of samples.entries()) {
        const off = Math.abs(decode(coded[i] as number) - sample);
        // Of each octave there are 16 steps; what is louder than the loudest of them is that.
        const step = Math.max(16, 2 ** Math.floor(Math.log2(Math.abs(sample) + 132)) / 16);
        assert.ok(off <= step / 2 + (Math.abs(sample) > 32_124 ? 644 : 1), `${sample} is off by ${off}, of ${step}`);
      }
      assert.equal(encode(Int16Array.of(0))[0], silence);
    });
});

describe("a line", () => {
  it("gets a frame every 20 ms, the last one filled up with silence", async () => {
    const clock = createVirtualClock();
    const got: { at: number; frame: Uint8Array }[] = [];
    async function* source() {
      yield new Uint8Array(500).fill(1);
      yield new Uint8Array(30).fill(2);
    }
    const frames = { frameBytes: 160, frameMs: 20, silence: 0xff };
    const done = (async () => {
      for await (const frame of paceFrames(source(), frames, clock, new AbortController().signal))
        got.push({ at: clock.now(), frame });
    })();
    await clock.advance(1_000);
    await done;
    assert.deepEqual(
      got.map(({ at }) => at),
      [0, 20, 40, 60],
    );
    assert.ok(got.every(({ frame }) => frame.length === 160));
    assert.deepEqual([...(got[3] as { frame: Uint8Array }).frame.subarray(48, 52)], [2, 2, 0xff, 0xff]);
    assert.equal(clock.pending, 0);
  });

  it("that has run dry is not sent a burst afterwards", async () => {
    const clock = createVirtualClock();
    const got: number[] = [];
    async function* source() {
      yield new Uint8Array(320);
      await new Promise<void>((resolve) => clock.after(500, resolve));
      yield new Uint8Array(480);
    }
    const done = (async () => {
      const frames = { frameBytes: 160, frameMs: 20, silence: 0 };
      for await (const _ of paceFrames(source(), frames, clock, new AbortController().signal)) got.push(clock.now());
    })();
    await clock.advance(2_000);
    await done;
    assert.deepEqual(got, [0, 20, 520, 540, 560]);
  });

  it("that is read slowly for a while is waited for, and not sent a burst afterwards", async () => {
    const clock = createVirtualClock();
    const got: number[] = [];
    async function* source() {
      yield new Uint8Array(160 * 7);
    }
    const done = (async () => {
      const frames = { frameBytes: 160, frameMs: 20, silence: 0 };
      for await (const _ of paceFrames(source(), frames, clock, new AbortController().signal)) {
        got.push(clock.now());
        if (got.length === 2 || got.length === 3) await new Promise<void>((resolve) => clock.after(300, resolve));
      }
    })();
    await clock.advance(2_000);
    await done;
    assert.deepEqual(got, [0, 20, 320, 620, 640, 660, 680]);
  });

  it("that is left waits for nothing any more", async () => {
    const clock = createVirtualClock();
    const leaving = new AbortController();
    async function* source() {
      yield new Uint8Array(1_600);
    }
    const frames = paceFrames(source(), { frameBytes: 160, frameMs: 20, silence: 0 }, clock, leaving.signal);
    await frames.next();
    const second = frames.next();
    leaving.abort();
    await assert.rejects(second);
    assert.equal(clock.pending, 0);
  });
});

describe("an Accept header", () => {
  const rows: [accept: string | null, wanted: ReturnType<typeof readAccept> | RegExp][] = [
    [null, undefined],
    ["*/*", undefined],
    ["application/json, audio/wav", undefined],
    ["audio/wav", { form: "wav", rate: 24_000, speed: 1, realTime: false }],
    ["Audio/MPEG", { form: "mp3", rate: 24_000, speed: 1, realTime: false }],
    ["audio/ogg; codecs=opus, */*", { form: "opus", rate: 24_000, speed: 1, realTime: false }],
    ["audio/*;q=0.9", { form: "wav", rate: 24_000, speed: 1, realTime: false }],
    ["audio/pcm; rate=8000; pacing=real-time", { form: "pcm", rate: 8_000, speed: 1, realTime: true }],
    ["audio/pcmu;speed=1.25", { form: "ulaw", rate: 8_000, speed: 1.25, realTime: false }],
    ["audio/flac", /audio\/flac is not supported/],
    ["audio/wav;rate=11025", /rate must be/],
    ["audio/pcmu;rate=16000", /rate must be/],
    ["audio/wav;speed=9", /speed must be/],
    ["audio/wav;pacing=real-time", /have a header/],
    ["audio/pcm;pacing=soon", /pacing must be/],
  ];
  for (const [accept, wanted] of rows)
    it(`${accept}`, () => {
      const read = readAccept(accept);
      if (wanted instanceof RegExp) assert.match(String(read), wanted);
      else assert.deepEqual(read, wanted);
    });
});
