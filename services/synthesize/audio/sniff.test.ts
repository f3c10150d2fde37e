import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { findWords, sniff } from "./sniff.ts";

const filled = (length: number, ...begins: readonly number[]) =>
  Uint8Array.from({ length }, (_, at) => begins[at] ?? 0x01);

describe("MP3 without a tag", () => {
  /** What a frame's header says, and how many bytes the frame has: as the published tables of lengths give it. */
  const frames: [what: string, header: readonly [number, number], length: number][] = [
    ["MPEG 1, 128 kbit/s, 44.1 kHz", [0xfb, 0x90], 417],
    ["MPEG 1, 128 kbit/s, 44.1 kHz, padded", [0xfb, 0x92], 418],
    ["MPEG 1 with a checksum, 320 kbit/s, 48 kHz", [0xfa, 0xe4], 960],
    ["MPEG 1, 32 kbit/s, 32 kHz", [0xfb, 0x18], 144],
    ["MPEG 1, 192 kbit/s, 48 kHz", [0xfb, 0xb4], 576],
    ["MPEG 2, 64 kbit/s, 22.05 kHz", [0xf3, 0x80], 208],
    ["MPEG 2, 160 kbit/s, 24 kHz", [0xf3, 0xe4], 480],
    ["MPEG 2.5, 8 kbit/s, 8 kHz", [0xe3, 0x18], 72],
    ["MPEG 2.5, 32 kbit/s, 11.025 kHz, padded", [0xe3, 0x42], 209],
  ];
  /** A frame, what comes after it, and no more. */
  const stream = (header: readonly number[], length: number, then: readonly number[]) => {
    const bytes = filled(length + then.length, 0xff, ...header, 0x44);
    bytes.set(then, length);
    return bytes;
  };

  it.each(frames)("is known by a second frame where the first ends: %s", (_, header, length) => {
    const next = [0xff, ...header, 0x44];
    for (const isAll of [false, true]) {
      assert.equal(sniff(stream(header, length, next), isAll), "MP3");
      assert.equal(sniff(stream(header, length, [0x01, ...next]), isAll), undefined);
      assert.equal(sniff(stream(header, length - 1, [...next, 0x01]), isAll), undefined);
    }
  });

  it.each(frames)("is waited for until that frame has begun, or all is there: %s", (_, header, length) => {
    const next = [0xff, ...header, 0x44];
    for (const missing of [1, 4]) {
      const bytes = stream(header, length, next).subarray(0, length + 4 - missing);
      assert.deepEqual([sniff(bytes, false), sniff(bytes, true)], ["short", undefined]);
    }
  });

  it.each([
    ["another first byte", [0xfe, 0xfb, 0x90]],
    ["no sync in the second byte", [0xff, 0xdb, 0x90]],
    ["a reserved version", [0xff, 0xeb, 0x90]],
    ["layer II", [0xff, 0xfd, 0x90]],
    ["layer I", [0xff, 0xff, 0x90]],
    ["a reserved layer", [0xff, 0xf9, 0x90]],
    ["a reserved rate", [0xff, 0xfb, 0x9c]],
    ["no bit rate", [0xff, 0xfb, 0x00]],
    ["a bit rate that is forbidden", [0xff, 0xfb, 0xf0]],
    ["a bit rate that is forbidden in MPEG 2", [0xff, 0xf3, 0xf0]],
  ])("is nothing with %s, however many come", (_, header) => {
    // A frame wherever one could be looked for.
    const bytes = Uint8Array.from({ length: 1500 }, (_, at) => header[at % 3] as number);
    assert.equal(sniff(bytes, false), undefined);
  });
});

describe("the beginning of an answer", () => {
  const padded = (text: string, at = 0) => {
    const bytes = filled(64);
    bytes.set(Buffer.from(text, "latin1"), at);
    return bytes;
  };

  it.each([
    ["MP3", "ID3", 0],
    ["Ogg", "OggS", 0],
    ["FLAC", "fLaC", 0],
    ["WAV", "WAVE", 8],
    ["AIFF", "AIFF", 8],
    ["AIFF", "AIFC", 8],
    ["MP4", "ftypM4A ", 4],
    ["WebM", "\x1a\x45\xdf\xa3", 0],
    ["gzip", "\x1f\x8b\x08", 0],
    ["zip", "PK\x03\x04", 0],
  ])("is %s by its mark, in its place alone", (what, mark, at) => {
    assert.equal(sniff(padded(mark, at), false), what);
    assert.equal(sniff(padded(mark, at + 1), false), undefined);
  });

  it("is looked at once there are 64 bytes, or all", () => {
    const text = Buffer.from("a".repeat(64));
    assert.deepEqual([sniff(text.subarray(0, 63), false), sniff(text, false)], ["short", "text"]);
    assert.deepEqual([sniff(text.subarray(0, 4), true), sniff(text.subarray(0, 3), true)], ["text", undefined]);
    assert.equal(sniff(Buffer.concat([text, filled(9)]), false), "text", "what comes later is not looked at");
  });

  it("is text whatever character is cut at the end of 64 bytes, and not where it is no UTF-8", () => {
    for (const blanks of ["", " ", "  "])
      assert.equal(sniff(Buffer.from(`${blanks}${"语".repeat(30)}`), false), "text");
    assert.equal(sniff(Buffer.from(`${"a".repeat(30)}\xff${"a".repeat(40)}`, "latin1"), false), undefined);
  });

  it("is text with the control characters of text alone", () => {
    for (let byte = 0; byte < 0x80; byte++) {
      const isText = byte >= 0x20 ? byte !== 0x7f : [0x09, 0x0a, 0x0d].includes(byte);
      const bytes = Buffer.from("a".repeat(70));
      bytes[40] = byte;
      assert.equal(sniff(bytes, false), isText ? "text" : undefined, `byte ${byte}`);
    }
  });

  it.each([
    ["HTML", "<p>"],
    ["HTML", "\r\n\t <p>"],
    ["JSON", '{"a":1}'],
    ["JSON", "\n [1]"],
    ["text", "a <p>"],
    ["text", '1 {"a":1}'],
  ])("is %s: %j", (what, text) => assert.equal(sniff(Buffer.from(text.padEnd(64)), false), what));
});

describe("words after samples", () => {
  const samples = Uint8Array.of(0, 0xf0, 0x10, 0x41, 0x02);
  const place = (text: string, after: Uint8Array = samples) => {
    const found = findWords(Buffer.concat([after, Buffer.from(text)]));
    return found === undefined ? undefined : found - after.length;
  };

  it.each([
    ['{"error":"no voice"}', 0],
    ['{ "detail" : 12345678', 0],
    ["<!DOCTYPE html><title>", 0],
    ["<html lang=en>", 0],
    ["<H1>502 Bad Gateway", 0],
    ["event: error\n", undefined],
    ["event: a failure", 0],
    ['data: {"error":1}', 0],
    ["error: no more memory", 0],
    ['Aa{"error":"no voice"}', 2],
    ['{"error":"語音合成"}', 0],
    ['{"error":1234567', undefined],
    ['{"e":12345678', undefined],
    [`{"${"e".repeat(21)}":12345678`, undefined],
    ['{"error" 12345678', undefined],
    ["<prefix of a tag", undefined],
    ["a slow rise of sound", undefined],
    ["", undefined],
  ])("are found up to their end: %j", (text, at) => {
    assert.equal(place(text), at);
    assert.equal(place(text, new Uint8Array(0)), at);
  });

  it("are none before what no text holds", () =>
    assert.equal(findWords(Buffer.concat([Buffer.from('{"error":"no voice"}'), samples])), undefined));
});
