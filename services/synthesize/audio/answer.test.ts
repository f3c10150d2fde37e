import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, it } from "vitest";
import { EngineError } from "../../common/errors/engine-error.ts";
import { type Answer, type Expected, readAnswer } from "./answer.ts";
import { concat, toBytes } from "./pcm.ts";
import { toWav } from "./wav.ts";

const sampleRateHertz = 44_100;
/** Something like a voice: near silence, then loud, never twice the same. */
const voice = Int16Array.from({ length: 22_050 }, (_, i) =>
  Math.round(Math.sin(i / 9) * Math.sin(i / 400) * Math.min(30_000, i * 3) + ((i * 7919) % 61)),
);
const pcm = toBytes(voice);
const file = Buffer.from(toWav(voice, sampleRateHertz));
/** The same as whoever streams writes it: without sizes. */
const streamed = Buffer.from(file);
streamed.writeUInt32LE(0, 40);
const page = Buffer.from(
  `<!DOCTYPE html><html><head><title>Sign in</title></head>${"<p>Please sign in.</p>".repeat(9000)}`,
);
const json = Buffer.from(JSON.stringify({ error: { message: "synthesis failed", type: "server_error", code: 500 } }));
/** Frames of MPEG 1 layer III, 128 kbit/s at 44.1 kHz: 417 bytes each. */
const mp3 = Buffer.concat(
  Array.from({ length: 300 }, () => Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x44]), Buffer.alloc(413, 0x55)])),
);

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; at += sizes[(i - 1) % sizes.length] as number)
    yield bytes.subarray(at, at + (sizes[i++ % sizes.length] as number));
}

async function read(bytes: Uint8Array, headers: Answer["headers"], as: Expected["as"], sizes = [65_536]) {
  const pieces: Uint8Array[] = [];
  for await (const piece of readAnswer(
    { from: "the voice", headers, body: cut(bytes, sizes) },
    { sampleRateHertz, as },
  ))
    pieces.push(piece);
  return pieces;
}

const typed = (type: string) => ({ "content-type": type });

describe("speech", () => {
  const rows: readonly (readonly [string, Uint8Array, Answer["headers"], Expected["as"]])[] = [
    ["a WAV file", file, typed("audio/wav"), "wav"],
    ["a WAV file by any name of its type, in any case", file, typed("Audio/X-WAV; codecs=1"), "wav"],
    ["a WAV file of no type", file, {}, "wav"],
    ["a WAV file of a type that says nothing", file, typed("application/octet-stream"), "wav"],
    [
      "a WAV file after which something else stands",
      Buffer.concat([file, Buffer.from("LIST\u0004\0\0\0noise")]),
      {},
      "wav",
    ],
    ["a stream with a header", streamed, typed("audio/wav"), "stream"],
    ["a stream with a header whose size is that of the first piece", file, typed("audio/wav"), "stream"],
    ["a stream without a header that is called WAV", pcm, typed("audio/wav"), "stream"],
    ["a stream without a header and a type", pcm, {}, "stream"],
    [
      "WAV of which is said that it is as it was",
      file,
      { ...typed("audio/wav"), "content-encoding": "identity" },
      "wav",
    ],
    ["WAV of an empty encoding", file, { ...typed("audio/wav"), "content-encoding": "" }, "wav"],
    ["a stream of PCM", pcm, typed("audio/pcm"), "stream"],
    ["a stream of PCM of which more is said behind a space", pcm, typed("audio/pcm ; rate=16000"), "stream"],
  ];
  for (const [what, bytes, headers, as] of rows)
    it(`is ${what}`, async () => {
      for (const sizes of [[65_536], [5, 33, 1, 4095], [44, 4096]])
        assert.deepEqual(Buffer.concat(await read(bytes, headers, as, sizes)), Buffer.from(pcm));
    });

  it("comes in whole frames, however it is cut", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.boolean(), async (cuts, headed) => {
        const pieces = await read(headed ? streamed : pcm, typed("audio/wav"), "stream", cuts);
        assert.ok(pieces.every((piece) => piece.length % 2 === 0 && piece.length > 0));
        assert.deepEqual(concat(pieces), new Uint8Array(pcm));
      }),
      { numRuns: 40 },
    );
  });

  it("may be so short that nothing tells what it is", async () => {
    assert.deepEqual([...concat(await read(Uint8Array.of(1, 0, 255, 255, 7), {}, "stream"))], [1, 0, 255, 255]);
    assert.deepEqual(await read(new Uint8Array(0), {}, "wav"), []);
  });

  it("is never taken for something else, be it loud, quiet or a slow ramp", async () => {
    const ramp = toBytes(Int16Array.from({ length: 60_000 }, (_, i) => (i % 32_000) + 1));
    const quiet = toBytes(Int16Array.from({ length: 60_000 }, (_, i) => -((i * 31) % 5)));
    for (const bytes of [ramp, quiet]) assert.equal(concat(await read(bytes, {}, "stream")).length, bytes.length);
    const loud = fc.int16Array({ minLength: 2000, maxLength: 4000 });
    await fc.assert(
      fc.asyncProperty(loud, async (samples) => {
        assert.equal(concat(await read(toBytes(samples), {}, "stream")).length, samples.byteLength);
      }),
      { numRuns: 200 },
    );
  });
});

describe("what is no speech", () => {
  const both = ["wav", "stream"] as const;
  const wave = (change: (header: Buffer) => void) => {
    const header = Buffer.from(file);
    change(header);
    return header;
  };
  const rows: readonly (readonly [string, Uint8Array, Answer["headers"], readonly Expected["as"][], RegExp])[] = [
    ["a page", page, typed("text/html; charset=utf-8"), both, /sent HTML .*text\/html, which begins with 3c21444f/],
    ["a page that is called WAV", page, typed("audio/wav"), both, /sent HTML/],
    ["a page of no type", page, {}, both, /sent HTML .*no type/],
    ["samples that are called a page", pcm, typed("text/html"), both, /text\/html/],
    ["an error in JSON", json, typed("application/json"), both, /sent JSON .*application\/json/],
    ["an error in JSON that is called WAV", json, typed("audio/wav"), both, /sent JSON/],
    ["a short error", Buffer.from('{"a":1}'), {}, both, /sent JSON/],
    ["words in Chinese", Buffer.from("语音合成失败，请稍后再试。".repeat(9)), {}, both, /sent text/],
    ["MP3", mp3, typed("audio/mpeg"), both, /sent MP3 .*audio\/mpeg/],
    ["MP3 that is called WAV", mp3, typed("audio/wav"), both, /sent MP3/],
    ["MP3 with a tag", Buffer.concat([Buffer.from("ID3\u0004"), mp3]), {}, both, /sent MP3/],
    ["Ogg", Buffer.concat([Buffer.from("OggS"), Buffer.alloc(500, 7)]), typed("audio/ogg"), both, /sent Ogg/],
    ["FLAC", Buffer.concat([Buffer.from("fLaC"), Buffer.alloc(500, 7)]), {}, both, /sent FLAC/],
    ["WAV in gzip", gzipSync(file), { ...typed("audio/wav"), "content-encoding": "gzip" }, both, /compressed \(gzip\)/],
    ["WAV in gzip of which nobody tells", gzipSync(file), typed("audio/wav"), both, /sent gzip/],
    ["samples without a header", pcm, typed("audio/wav"), ["wav"], /sent no WAV file/],
    ["half a header", file.subarray(0, 30), typed("audio/wav"), ["wav"], /sent an incomplete WAV header/],
    [
      "another rate",
      wave((header) => header.writeUInt32LE(24_000, 24)),
      {},
      both,
      /24000 Hz.*not 44100 Hz mono 16 bit/,
    ],
    ["two channels", wave((header) => header.writeUInt16LE(2, 22)), {}, both, /2 channels/],
    ["another width", wave((header) => header.writeUInt16LE(24, 34)), {}, both, /24 bit/],
    ["floats", wave((header) => header.writeUInt16LE(3, 20)), {}, both, /not PCM/],
    [
      "a header and then a page",
      Buffer.concat([streamed.subarray(0, 44), page]),
      {},
      both,
      /a WAV header followed by HTML/,
    ],
    [
      "a header and then another",
      Buffer.concat([streamed.subarray(0, 44), file]),
      {},
      both,
      /a WAV header followed by WAV/,
    ],
  ];
  for (const [what, bytes, headers, expected, message] of rows)
    for (const as of expected)
      it(`is ${what} (${as})`, async () => {
        for (const sizes of [[65_536], [5, 33, 1, 4095]])
          await assert.rejects(read(bytes, headers, as, sizes), (error: unknown) => {
            assert.ok(error instanceof EngineError);
            assert.equal(error.fault, "misshapen");
            assert.match(error.message, message);
            return true;
          });
      });

  it("tells no more of it than four bytes: it may hold what a user wrote", async () => {
    const echo = Buffer.from("secret".repeat(100));
    await assert.rejects(
      read(echo, typed("text/plain"), "wav"),
      (error: Error) => !/secret|c7265743/.test(error.message),
    );
  });

  for (const words of [
    json.toString(),
    "<html><body><h1>502 Bad Gateway</h1></body></html>",
    'event: error\ndata: {"message":"the engine died"}\n\n',
    'data: {"error":"语音合成失败"}\n\n',
  ])
    it(`may come after speech has begun: ${words.slice(0, 20)}`, async () => {
      for (const sizes of [[65_536], [44_100, words.length]]) {
        const pieces: Uint8Array[] = [];
        const body = cut(Buffer.concat([pcm, Buffer.from(words)]), sizes);
        const reading = readAnswer(
          { from: "the voice", headers: typed("audio/wav"), body },
          { sampleRateHertz, as: "stream" },
        );
        await assert.rejects(async () => {
          for await (const piece of reading) pieces.push(piece);
        }, /audio followed by text/);
        const heard = Buffer.concat(pieces);
        assert.deepEqual(heard, Buffer.from(pcm.subarray(0, heard.length)), "nothing of it is heard");
      }
    });

  it("is a file that ends before its end: broken, not misshapen", async () => {
    await assert.rejects(read(file.subarray(0, 20_000), typed("audio/wav"), "wav"), { fault: "broken" });
  });
});
