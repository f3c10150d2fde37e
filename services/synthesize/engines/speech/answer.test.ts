import assert from "node:assert/strict";
import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { it } from "vitest";
import { readSpeech } from "./answer.ts";

const event = (sampleRate: number) =>
  `data: ${JSON.stringify({ audio: { data: Buffer.alloc(200).toString("base64"), sample_rate: sampleRate } })}\n\ndata: [DONE]\n\n`;

for (const [what, headers, body] of [
  ["a header", { "content-type": "audio/pcm", "x-sample-rate": "1" }, Buffer.alloc(200)],
  ["a content type", { "content-type": "audio/pcm; rate=9000000" }, Buffer.alloc(200)],
  ["an event", { "content-type": "text/event-stream" }, Buffer.from(event(3))],
] as const)
  it(`a rate that no speech has is refused, and not resampled: of ${what}`, async () => {
    const answer = { headers, body: Readable.from([body]) } as unknown as Dispatcher.ResponseData;
    const options = { from: "the voice", toHertz: 24_000, usualHertz: 24_000, whole: false };
    await assert.rejects(Array.fromAsync(readSpeech(answer, options)), /8000 to 192000 Hz are supported/);
  });
