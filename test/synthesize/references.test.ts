import assert from "node:assert/strict";
import { describe, it, type TestContext } from "vitest";
import { systemClock } from "../../infra/clock/clock.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { type FishModeName, fishModes } from "../../infra/twins/fish/modes.ts";
import { startFishTwin } from "../../infra/twins/fish/server.ts";
import { openEngine } from "../../services/synthesize/engines/open.ts";
import { createSynthesizeMetrics } from "../../services/synthesize/report/metrics.ts";
import { createEngineWatch } from "../../services/synthesize/report/watch.ts";
import { createSchedule } from "../../services/synthesize/schedule/schedule.ts";
import { createSpeaker } from "../../services/synthesize/speak/speak.ts";
import { createSegmenter } from "../../services/synthesize/text/segmenter/segmenter.ts";
import type { SpeakableClause } from "../../services/synthesize/text/speakable.ts";
import { createSpokenForm } from "../../services/synthesize/text/spoken/spoken.ts";
import { words } from "../../services/synthesize/text/words.ts";
import { createKeptLog } from "../trust/service.ts";

// A Fish-Speech of which nobody has given a reference: it would speak each sentence in another voice.

const story = "今天天气很好，我们一起出去走走。\n外面的风景很美，花都开了。\n走累了就坐下来，喝一杯热茶。\n";

async function start(
  t: TestContext,
  withoutReference: "unready" | "pin" | "random",
  { mode = "s2" as FishModeName, voices = [] as string[], workers = 1, kept = [] as string[] } = {},
) {
  const twins = await Promise.all(
    Array.from({ length: workers }, () => startFishTwin({ timeScale: 0, mode, voices: kept })),
  );
  const clock = systemClock;
  const url = twins.map((twin) => twin.url);
  const settings = { url, mode, apiKey: undefined, references: undefined, voices, withoutReference, timeoutMs: 5000 };
  const opened = openEngine({ name: "fish", settings, plan: undefined, bytes: undefined, errors: [] }, { clock });
  const { engine } = opened;
  const schedule = createSchedule<SpeakableClause>({
    slots: engine.slots,
    minOpenerSeconds: 0.9,
    segmentMaxCharacters: 20,
    probes: true,
  });
  const metrics = createSynthesizeMetrics(createMetrics({ runtime: false })).of(engine.name, () => ({
    ...schedule.load,
    slots: 1,
  }));
  const speaker = createSpeaker({ engine, schedule, clock, metrics });
  const { log, lines } = createKeptLog();
  const watch = createEngineWatch({ opened, trouble: (worker) => speaker.trouble(worker), log, clock });
  t.onTestFinished(async () => {
    watch.close();
    speaker.close();
    await engine.close();
    await Promise.all(twins.map((twin) => twin.close()));
  });
  return {
    watch,
    lines,
    /** Speaks a text, and returns what the stand-ins saw of it, in the order of its sentences. */
    async speak(text: string) {
      const seen = () => twins.flatMap((twin) => [...twin.seen()]).filter(({ state }) => state === "finished");
      const before = seen().length;
      const [voice] = await engine.voices(new AbortController().signal);
      const written = (async function* () {
        yield { text };
      })();
      const offers = words(written, createSegmenter(), createSpokenForm({ language: "zh" }));
      const { signal } = new AbortController();
      for await (const _ of speaker.speak(offers, { voice: voice?.name ?? "", signal }));
      return seen()
        .slice(before)
        .map(({ body, voice: heard }) => ({ ...(body as { seed: number; references?: { text: string }[] }), heard }))
        .sort((one, other) => Number(one.references !== undefined) - Number(other.references !== undefined));
    },
  };
}

for (const mode of ["1.5.1", "s2"] as const)
  describe(`Fish-Speech ${mode} without a reference`, () => {
    it("is not ready unless the operator accepts that, and says at its start what to do", async (t) => {
      const { watch, lines } = await start(t, "unready", { mode });
      assert.match((await watch.notReady()) ?? "", /different voice.*DUET_FISH_VOICES.*DUET_FISH_REFERENCES/);
      const warnings = lines.filter(({ level }) => level === "warn");
      assert.equal(warnings.length, 1);
      assert.match(warnings[0]?.message ?? "", /has no reference.*DUET_FISH_WITHOUT_REFERENCE/);
    });

    for (const accepted of ["pin", "random"] as const)
      it(`is ready where the operator says ${accepted}, and warns all the same`, async (t) => {
        const { watch, lines } = await start(t, accepted, { mode });
        assert.equal(await watch.notReady(), undefined);
        assert.match(lines[0]?.message ?? "", /has no reference/);
      });

    it("is asked with one seed throughout a text, and another for the next", async (t) => {
      const { speak } = await start(t, "random", { mode });
      const [one, other] = [await speak(story), await speak(story)];
      assert.ok(one.length >= 3);
      assert.equal(new Set(one.map(({ seed }) => seed)).size, 1);
      assert.notEqual(one[0]?.seed, other[0]?.seed);
    });

    it("is asked with another seed for each further reading", async (t) => {
      const { speak } = await start(t, "random", { mode });
      const [first, again] = (await speak("SILENT ONCE 今天天气很好，我们出去走走。")).map(({ seed }) => seed);
      assert.equal(again, (first as number) + 1);
    });
  });

for (const mode of Object.keys(fishModes) as FishModeName[])
  it(`Fish-Speech ${mode} speaks a text in the voice of its first words, on all its servers`, async (t) => {
    const { speak } = await start(t, "pin", { mode, workers: 2 });
    const [first, ...rest] = await speak(story);
    assert.match(first?.heard ?? "", /^stranger-/);
    assert.ok(rest.length >= 2);
    assert.equal(first?.references, undefined);
    for (const { references } of rest) assert.equal(references?.[0]?.text, "今天天气很好，");
    const heard = new Set(rest.map((one) => one.heard));
    assert.equal(heard.size, 1);
    assert.match([...heard][0] ?? "", /^inline-/);
  });

it("a reference that is named, or lies on the server, is enough", async (t) => {
  const named = await start(t, "pin", { mode: "1.5.1", voices: ["emma"] });
  assert.equal(await named.watch.notReady(), undefined);
  assert.deepEqual(named.lines, []);
  assert.ok((await named.speak(story)).every(({ references }) => references === undefined));
  const listed = await start(t, "unready", { kept: ["emma"] });
  assert.equal(await listed.watch.notReady(), undefined);
  assert.deepEqual(listed.lines, []);
});
