import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import type { TurnEvent } from "../events.ts";
import { createLedger, type PhaseName, phaseNames } from "./ledger.ts";

/** How long each stretch of a turn lasts that the edge sees, in milliseconds. */
const noTime = { transcribe: 0, edge: 0, admission: 0, text: 0, unspoken: 0, audio: 0 };
/** What services say that they waited for. */
const nothing = { admission: 0, model: [0, 0, 0], voice: [0, 0, 0, 0, 0] };

/** A turn that takes its time as it is told. */
async function run(lasted: Partial<typeof noTime>, said: Partial<typeof nothing> = {}) {
  const { transcribe, edge, admission, text, unspoken, audio } = { ...noTime, ...lasted };
  const claims = { ...nothing, ...said };
  const clock = createVirtualClock();
  const ledger = createLedger(clock);
  await clock.advance(transcribe);
  if (transcribe > 0) ledger.transcribed();
  await clock.advance(edge);
  ledger.asked();
  await clock.advance(admission);
  const [clauseMs = 0, wordsMs = 0, voiceQueueMs = 0, engineMs = 0, leadingSilenceMs = 0] = claims.voice;
  const waits = () => ({ clauseMs, wordsMs, queueMs: voiceQueueMs, engineMs, leadingSilenceMs });
  ledger.admitted({ waitedMs: claims.admission, waits });
  await clock.advance(text);
  const [queueMs = 0, firstTokenMs = 0, thinkingMs = 0] = claims.model;
  for (let piece = 0; piece < 2; piece++) ledger.wrote({ waits: () => ({ queueMs, firstTokenMs, thinkingMs }) });
  await clock.advance(unspoken);
  ledger.spoke();
  await clock.advance(audio);
  async function* events(): AsyncGenerator<TurnEvent> {
    for (let i = 0; i < 2; i++) yield { case: "audio", value: {} };
  }
  for await (const _ of ledger.watch(events())) await clock.advance(50);
  const { phases = assert.fail("it was heard"), firstAudioMs = 0 } = ledger.timings();
  return { phases, firstAudioMs, sum: Object.values(phases).reduce((total, ms) => total + ms, 0) };
}

describe("each moment is one phase's", () => {
  const rows: [PhaseName, Partial<typeof noTime>, Partial<typeof nothing>?][] = [
    ["edge", { edge: 300 }],
    ["transcribe", { transcribe: 300 }],
    ["voice_admission", { admission: 310 }, { admission: 300 }],
    ["model_queue", { text: 320 }, { model: [300, 10, 0] }],
    ["first_token", { text: 320 }, { model: [10, 300, 0] }],
    ["thinking", { text: 320 }, { model: [5, 5, 300] }],
    ["first_clause", { audio: 320 }, { voice: [300, 1, 1, 1, 1] }],
    ["first_clause", { unspoken: 300 }],
    ["words", { audio: 320 }, { voice: [1, 300, 1, 1, 1] }],
    ["voice_queue", { audio: 320 }, { voice: [1, 1, 300, 1, 1] }],
    ["engine", { audio: 320 }, { voice: [1, 1, 1, 300, 1] }],
    ["leading_silence", { audio: 320 }, { voice: [1, 1, 1, 1, 300] }],
    ["send", { admission: 100, text: 100, audio: 100 }],
  ];
  for (const [name, lasted, said] of rows)
    it(`${name}: ${JSON.stringify(lasted)} ${JSON.stringify(said)}`, async () => {
      const { phases, sum, firstAudioMs } = await run(lasted, said);
      assert.equal(phases[name], 300);
      assert.equal(sum, firstAudioMs);
    });
});

it("notes the first text and the first audio that pass, and how the speech comes at its own rate", async () => {
  const clock = createVirtualClock();
  const ledger = createLedger(clock);
  const events: TurnEvent[] = [
    { case: "started", value: { audioFormat: { sampleRateHertz: 1_000 } } },
    { case: "thinking", value: {} },
    { case: "textDelta", value: { text: "a" } },
    { case: "textDelta", value: { text: "b" } },
    { case: "audio", value: { pcm: new Uint8Array(2_000) } },
    { case: "audio", value: { pcm: new Uint8Array(2_000) } },
  ];
  async function* source() {
    for (const event of events) {
      await clock.advance(300);
      yield event;
    }
  }
  assert.deepEqual(await Array.fromAsync(ledger.watch(source())), events);
  const { firstTextMs, firstAudioMs, totalMs } = ledger.timings();
  assert.deepEqual([firstTextMs, firstAudioMs, totalMs], [900, 1_500, 1_800]);
  assert.deepEqual([ledger.playhead.seconds, ledger.playhead.gaps], [2, 0]);
});

it("adds up to the first audio, whatever services say", async () => {
  const ms = () => fc.double({ min: 0, max: 5_000, noNaN: true });
  const claim = () => fc.oneof(ms(), fc.double({ min: -1e9, max: 1e9, noNaN: true }));
  const lasted = fc.record({ transcribe: ms(), edge: ms(), admission: ms(), text: ms(), unspoken: ms(), audio: ms() });
  const claims = fc.record({
    admission: claim(),
    model: fc.array(claim(), { minLength: 3, maxLength: 3 }),
    voice: fc.array(claim(), { minLength: 5, maxLength: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(lasted, claims, async (lasted, said) => {
      const { phases, sum, firstAudioMs } = await run(lasted, said);
      assert.deepEqual(Object.keys(phases), [...phaseNames]);
      assert.ok(Object.values(phases).every((ms) => ms >= 0));
      assert.ok(Math.abs(sum - firstAudioMs) < 1e-6, `${sum} is ${firstAudioMs}`);
    }),
    { numRuns: 300 },
  );
});
