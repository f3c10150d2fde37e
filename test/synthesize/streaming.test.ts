import assert from "node:assert/strict";
import { type TestContext, test } from "vitest";
import { systemClock } from "../../infra/clock/clock.ts";
import { speechCosts } from "../../infra/cost/cost.ts";
import { type SpeechTwinOptions, startSpeechTwin } from "../../infra/twins/speech/server.ts";
import { toSamples } from "../../services/synthesize/audio/pcm.ts";
import { createSpeechEngine } from "../../services/synthesize/engines/speech/engine.ts";
import { createSchedule } from "../../services/synthesize/schedule/schedule.ts";
import { createSpeaker } from "../../services/synthesize/speak/speak.ts";
import type { Speech } from "../../services/synthesize/speak/speech.ts";
import { estimateSeconds } from "../../services/synthesize/text/duration.ts";
import type { SpeakableClause } from "../../services/synthesize/text/speakable.ts";
import { speechOptions } from "./contract/engines.ts";

/** Synthesize's speaker before a stand-in that batches and streams. */
async function speaker(t: TestContext, options: Partial<SpeechTwinOptions> = {}) {
  const twin = await startSpeechTwin({ timeScale: 0.2, ...options });
  t.onTestFinished(twin.close);
  const engine = createSpeechEngine({ ...speechOptions, urls: [twin.url], timeoutMs: 20_000 });
  t.onTestFinished(engine.close);
  const { slots, firstSlots, garble } = engine;
  const schedule = createSchedule<SpeakableClause>({ slots, firstSlots, garble, segmentMaxCharacters: 80 });
  const metrics = { segment() {}, waited() {}, ended() {}, firstAudio() {}, looked() {} };
  const speaks = createSpeaker({ engine, schedule, clock: systemClock, metrics });
  t.onTestFinished(() => speaks.close());
  const voice = (await engine.voices(AbortSignal.timeout(5000)))[0]?.name ?? "";
  const clause = (text: string): SpeakableClause => ({
    clause: { text, start: 0, end: text.length, borders: [] },
    spoken: text,
    spans: [{ start: 0, end: text.length, spokenStart: 0, spokenEnd: text.length }],
    seconds: estimateSeconds(text),
    characters: text.length,
  });
  async function* offers(text: string) {
    yield { clauses: [clause(text)], omitted: [], open: undefined, flush: true };
  }
  return { twin, say: (text: string) => speaks.speak(offers(text), { voice, signal: AbortSignal.timeout(30_000) }) };
}

const long = "A sentence that goes on and on and on, as a sentence may do that nobody has cut into clauses";

test("first bytes go on at once, while the server works on", async (t) => {
  const { twin, say } = await speaker(t);
  let first: number | undefined;
  for await (const event of say(long))
    if (event.kind === "audio") first ??= twin.seen().filter(({ state }) => state === "running").length;
  assert.equal(first, 1, "it was still at work when the first audio was heard");
});

test("what is cut in the middle ends in a fade of 5 ms, and a warning", async (t) => {
  const { say } = await speaker(t);
  const events: Speech[] = [];
  for await (const event of say(`CUT ${long}`)) events.push(event);
  const samples = events.flatMap((event) => (event.kind === "audio" ? [...toSamples(event.pcm)] : []));
  assert.ok(samples.length > 0.1 * 24_000, "something was heard before the cut");
  const fade = 0.005 * 24_000;
  // The tone's peaks are 12,000; within the fade none is above the line that falls to 0.
  const last = samples.slice(-fade);
  for (const [i, sample] of last.entries())
    assert.ok(Math.abs(sample) <= 12_000 * ((fade - i) / fade) + 1, `${i}: ${sample}`);
  assert.ok(Math.max(...samples.slice(-3 * fade, -fade)) > 10_000, "and no longer than that");
  assert.deepEqual(
    events.flatMap((event) => (event.kind === "warning" ? [event.reason] : [])),
    ["segment-failed"],
  );
});

test("a server that refuses more than it has places for is given no more, and all is spoken", async (t) => {
  const cost = { ...speechCosts["voxcpm-4090"], maxRequests: 3 };
  const { twin, say } = await speaker(t, { cost, maxQueued: 0, timeScale: 0.05 });
  const all = Array.from({ length: 12 }, async (_, i) => {
    let count = 0;
    for await (const event of say(`${i} ${long}`)) if (event.kind === "audio") count += event.pcm.length;
    return count;
  });
  assert.ok((await Promise.all(all)).every((count) => count > 0));
  assert.equal(
    Math.max(...twin.seen().map(({ together }) => together)),
    3,
    "as many as it has places were spoken at once",
  );
  // The first refusal is the question who it is.
  const refused = twin.seen().filter(({ state }) => state === "refused").length - 1;
  assert.ok(refused >= 1 && refused <= 4, `${refused} were refused`);
});
