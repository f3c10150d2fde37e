import assert from "node:assert/strict";
import { describe, expect, it } from "vitest";
import { InputEncoding } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import { durationOf, formatOf } from "./files.ts";
import { readRecording } from "./read.ts";
import { readWav } from "./wav.ts";

interface Written {
  kind?: number;
  channels?: number;
  rate?: number;
  bits?: number;
  data?: Uint8Array;
  /** What the header says of the data's size. */
  said?: number;
  /** Parts between format and data. */
  between?: Uint8Array;
  extensible?: boolean;
}

function wav(written: Written = {}): Uint8Array {
  const { kind = 1, channels = 1, rate = 16_000, bits = 16, data = new Uint8Array(320), between, extensible } = written;
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : kind, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt16LE(bits, 14);
  if (extensible) format.writeUInt16LE(kind, 24);
  const part = (tag: string, body: Uint8Array, said = body.length) => {
    const head = Buffer.alloc(8);
    head.write(tag);
    head.writeUInt32LE(said, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  };
  return Buffer.concat([
    Buffer.from("RIFF\0\0\0\0WAVE"),
    part("fmt ", format),
    ...(between === undefined ? [] : [between]),
    part("data", data, written.said),
  ]);
}

const odd = Buffer.from("LIST\x03\0\0\0abc\0");
const stereo = Buffer.from(Int16Array.of(100, 300, -100, -300).buffer);

const readable: Record<string, [Uint8Array, samples: number, rate?: number]> = {
  "one of 16 bits": [wav(), 160],
  "one whose parts have an odd length": [wav({ between: odd }), 160],
  "one that was begun before its length was known": [wav({ said: 0 }), 160],
  "one that says that it never ends": [wav({ said: 0xffff_ffff }), 160],
  "one that is cut": [wav().subarray(0, 44 + 201), 100],
  "one in the longer form": [wav({ extensible: true }), 160],
  "one of two channels": [wav({ channels: 2, data: stereo }), 2],
  "one at 44.1 kHz": [wav({ rate: 44_100 }), 160, 44_100],
  "one at 8 kHz": [wav({ rate: 8_000 }), 160, 8_000],
  "one without samples": [wav({ data: new Uint8Array() }), 0],
};

const refused: Record<string, [Uint8Array, RegExp]> = {
  "a text": [Buffer.from("hello, this is no sound at all"), /RIFF WAVE/],
  "a header alone": [wav().subarray(0, 12), /no data chunk/],
  "8 bits": [wav({ bits: 8 }), /16-bit PCM/],
  "24 bits": [wav({ bits: 24 }), /16-bit PCM/],
  floats: [wav({ kind: 3, bits: 32 }), /16-bit PCM/],
  "floats in the longer form": [wav({ kind: 3, bits: 32, extensible: true }), /16-bit PCM/],
  "six channels": [wav({ channels: 6 }), /one or two channels/],
  "no channel": [wav({ channels: 0 }), /one or two channels/],
  "no rate": [wav({ rate: 0 }), /8,000 to 192,000/],
  "samples before the format": [Buffer.from("RIFF\0\0\0\0WAVEdata\x04\0\0\0abcd"), /fmt chunk before/],
  "a format that is cut": [Buffer.from("RIFF\0\0\0\0WAVEfmt \x04\0\0\0abcddata\x04\0\0\0abcd"), /fmt chunk before/],
};

describe("a WAV file", () => {
  for (const [what, [bytes, samples, rate = 16_000]] of Object.entries(readable))
    it(`is read: ${what}`, () =>
      expect(readWav(bytes)).toMatchObject({ rateHertz: rate, samples: { length: samples } }));
  for (const [what, [bytes, says]] of Object.entries(refused))
    it(`is refused: ${what}`, () => expect(readWav(bytes)).toMatch(says));
  it("of two channels is their mean", () =>
    assert.deepEqual(
      [...(readWav(wav({ channels: 2, data: stereo })) as { samples: Int16Array }).samples],
      [200, -200],
    ));
  it("is read at any place of a buffer", () => {
    const shifted = Buffer.concat([Buffer.from([7]), wav({ data: stereo })]).subarray(1);
    assert.deepEqual([...(readWav(shifted) as { samples: Int16Array }).samples], [100, 300, -100, -300]);
  });
});

const flac = Buffer.concat([
  Buffer.from("fLaC\x80\0\0\x22", "latin1"),
  Buffer.alloc(10),
  Buffer.from([0x03, 0xe8, 0x00, 0xf0, 0x00, 0x00, 0x7d, 0x00]),
  Buffer.alloc(16),
]);
const opusPage = (granule: number) => {
  const page = Buffer.alloc(27);
  page.write("OggS");
  page.writeBigInt64LE(BigInt(granule), 6);
  return page;
};
const mp3 = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x44]), Buffer.alloc(15_996)]);
const tagged = Buffer.concat([Buffer.from("ID3\x04\0\0\0\0\0\x0a"), Buffer.alloc(10), mp3]);

describe("a file that is passed on", () => {
  for (const [what, bytes, format, ms] of [
    ["FLAC", flac, "flac", 2_000],
    ["Opus in Ogg", Buffer.concat([opusPage(0), opusPage(96_000)]), "ogg", 2_000],
    ["MP3", mp3, "mp3", 1_000],
    ["MP3 behind its tag", tagged, "mp3", 1_000],
    ["WebM", Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f]), "webm", undefined],
  ] as const)
    it(`is recognized by its first bytes, with its length where they give one: ${what}`, () => {
      assert.equal(formatOf(bytes), format);
      assert.equal(durationOf(format, bytes), ms);
    });
});

const at = (code: InputEncoding, data: Uint8Array, sampleRateHertz = 0) => ({ encoding: code, data, sampleRateHertz });
const faults: Record<string, [Parameters<typeof readRecording>[0], field: string, reason: string]> = {
  "no recording": [undefined, "audio", "REQUIRED"],
  "nothing in it": [at(InputEncoding.WAV, new Uint8Array()), "audio.data", "REQUIRED"],
  "more than 4 MiB": [at(InputEncoding.PCM_S16LE, new Uint8Array((4 << 20) + 2), 192_000), "audio.data", "TOO_LONG"],
  "more than a minute": [at(InputEncoding.PCM_S16LE, new Uint8Array(8_000 * 2 * 61), 8_000), "audio.data", "TOO_LONG"],
  "a minute and more in Ogg": [at(0, Buffer.concat([opusPage(61 * 48_000)])), "audio.data", "TOO_LONG"],
  "PCM of no rate": [at(InputEncoding.PCM_S16LE, new Uint8Array(64)), "audio.sample_rate_hertz", "OUT_OF_RANGE"],
  "a rate beside a header": [at(InputEncoding.WAV, wav(), 16_000), "audio.sample_rate_hertz", "NOT_ALLOWED"],
  "an encoding that nobody knows": [at(99 as InputEncoding, wav()), "audio.encoding", "UNKNOWN_VALUE"],
  "what is something else": [at(InputEncoding.MP3, wav()), "audio.data", "INVALID_FORMAT"],
  "what nobody knows": [at(0, Buffer.from("some words")), "audio.data", "INVALID_FORMAT"],
  "a WAV file of 24 bits": [at(0, wav({ bits: 24 })), "audio.data", "INVALID_FORMAT"],
};

describe("a recording of a request", () => {
  for (const [what, [audio, field, reason]] of Object.entries(faults))
    it(`is refused with its field: ${what}`, () =>
      expect(readRecording(audio)).rejects.toMatchObject({
        code: "INVALID_ARGUMENT",
        details: { fields: [{ field, reason }] },
      }));
  it("is a file of the kind that is named, or of any where none is", async () => {
    const kinds = [
      [InputEncoding.WAV, wav()],
      [InputEncoding.OGG_OPUS, Buffer.concat([opusPage(0), opusPage(96_000)])],
      [InputEncoding.WEBM_OPUS, Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f])],
      [InputEncoding.MP3, mp3],
      [InputEncoding.FLAC, flac],
    ] as const;
    for (const [named] of [...kinds, [InputEncoding.UNSPECIFIED]] as const)
      for (const [given, data] of kinds) {
        const isTaken = await readRecording(at(named, data)).then(
          () => true,
          () => false,
        );
        assert.equal(isTaken, named === given || named === InputEncoding.UNSPECIFIED, `${given} named ${named}`);
      }
  });
  for (const rate of [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])
    it(`is heard at 16 kHz, whatever its rate: ${rate}`, async () => {
      const data = new Uint8Array(
        Int16Array.from({ length: rate / 2 }, (_, n) => 9_000 * Math.sin((2 * Math.PI * 300 * n) / rate)).buffer,
      );
      const recording = await readRecording(at(InputEncoding.PCM_S16LE, data, rate));
      assert.ok(recording.form === "samples" && Math.abs(recording.samples.length - 8_000) < 40);
      assert.equal(Math.round(recording.durationMs), 500);
      const crossings = recording.samples.filter((one, n) => one >= 0 && (recording.samples[n - 1] ?? 0) < 0).length;
      assert.ok(Math.abs(crossings - 150) <= 2, `${crossings} periods`);
    });
});
