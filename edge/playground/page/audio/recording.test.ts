import assert from "node:assert/strict";
import { test } from "vitest";
import { createRecording, toWav, trimRecordings } from "./recording.ts";

function recordingOf(...sizes: number[]) {
  const recording = createRecording(24_000);
  for (const size of sizes) recording.push(new Uint8Array(size).fill(size));
  return recording;
}

test("a WAV file has the header of what is in it, and all of it", async () => {
  const wav = Buffer.from(await new Blob(toWav(recordingOf(4, 6))).arrayBuffer());
  assert.equal(wav.length, 54);
  assert.equal(wav.toString("latin1", 0, 4) + wav.toString("latin1", 8, 16), "RIFFWAVEfmt ");
  const numbers = [wav.readUInt32LE(4), wav.readUInt32LE(16), wav.readUInt16LE(20), wav.readUInt16LE(22)];
  assert.deepEqual(numbers, [46, 16, 1, 1]);
  const rates = [wav.readUInt32LE(24), wav.readUInt32LE(28), wav.readUInt16LE(32), wav.readUInt16LE(34)];
  assert.deepEqual(rates, [24_000, 48_000, 2, 16]);
  assert.equal(wav.toString("latin1", 36, 40), "data");
  assert.equal(wav.readUInt32LE(40), 10);
  assert.deepEqual([...wav.subarray(44)], [4, 4, 4, 4, 6, 6, 6, 6, 6, 6]);
});

test("keeps a copy: what it was given may be a view of something larger", () => {
  const message = new Uint8Array(100);
  const recording = createRecording(8000);
  recording.push(message.subarray(10, 20));
  assert.equal(recording.pieces[0]?.buffer.byteLength, 10);
});

test("the oldest are let go where all together take too much, and the newest never", () => {
  const recordings = [recordingOf(40), recordingOf(40), recordingOf(90)];
  trimRecordings(recordings, 130);
  assert.deepEqual(
    recordings.map(({ bytes }) => bytes),
    [0, 40, 90],
  );
  trimRecordings(recordings, 10);
  assert.deepEqual(
    recordings.map(({ bytes }) => bytes),
    [0, 0, 90],
  );
  recordings[0]?.push(new Uint8Array(10));
  assert.equal(recordings[0]?.bytes, 0, "half a recording is none");
});
