import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type Program, startProgram } from "../../support/processes.ts";
import { until } from "../../support/until.ts";
import { isWide } from "../../support/wide.ts";
import { clientOf, type Spoken, type SynthesizeClient, speak } from "./fixture.ts";

// A Fish-Speech, a server of /v1/audio/speech and Synthesize, each a process of its own: the one dies, hangs or is slow
// while the other's callers are spoken to.

const sentences = ["一", "二", "三", "四", "五", "六", "七", "八"].map(
  (n) => `这是第${n}句话，今天天气很好，我们一起出去走走。`,
);
const long = sentences.join("\n");
const short = sentences[0] ?? "";
const engines = ["fish", "speech"] as const;
type Engine = (typeof engines)[number];
const substitutes = "fish/emma=speech/zf_xiaoxiao,speech/af_heart=fish/oliver";
/** Voices with a substitute, and without; and the other engine's. */
const voices = {
  fish: { covered: "fish/emma", by: "speech/zf_xiaoxiao", alone: "fish/haoran", others: "speech/bf_emma" },
  speech: { covered: "speech/af_heart", by: "fish/oliver", alone: "speech/am_adam", others: "fish/xiaolin" },
};

describe("of two engines", () => {
  const twins = {} as Record<Engine, Program>;
  let synthesize: Program;
  let client: SynthesizeClient;
  let close = () => {};
  let admin = "";
  const page = async (path: string) => {
    const response = await fetch(`http://${admin}${path}`);
    return { status: response.status, text: await response.text() };
  };

  const startTwin = (engine: Engine, port = "0") => {
    const kind = engine === "speech" ? ["--kind", "vllm-omni", "--voices", "af_heart,am_adam,bf_emma,zf_xiaoxiao"] : [];
    const args = ["--speaker", "tone", "--time-scale", "0.5", "--port", port, ...kind];
    return startProgram(`infra/twins/${engine}/main.ts`, {}, { args });
  };

  beforeAll(async () => {
    [twins.fish, twins.speech] = await Promise.all([startTwin("fish"), startTwin("speech")]);
    synthesize = await startProgram("services/synthesize/main.ts", {
      DUET_FISH_URL: twins.fish.url,
      DUET_SPEECH_URL: twins.speech.url,
      DUET_SYNTHESIZE_SUBSTITUTES: substitutes,
      DUET_SYNTHESIZE_LISTEN: "127.0.0.1:0",
      DUET_SYNTHESIZE_MAX_SESSIONS: "64",
      DUET_SYNTHESIZE_ADMIN_LISTEN: "127.0.0.1:0",
      DUET_LOG_LEVEL: "info",
    });
    ({ client, close } = clientOf(new URL(synthesize.url).host));
    await until("Synthesize says where its admin pages are", () => /"admin":"/.test(synthesize.written));
    admin = /"admin":"([^"]+)"/.exec(synthesize.written)?.[1] ?? "";
  });
  afterAll(async () => {
    close();
    for (const twin of Object.values(twins)) wake(twin.pid);
    await Promise.all([synthesize, ...Object.values(twins)].map((program) => program?.stop()));
  });

  const strikes = engines.flatMap((engine) => (["SIGKILL", "SIGSTOP"] as const).map((how) => ({ engine, how })));
  // Of each engine one, and of each strike.
  const daily = strikes.filter(({ engine, how }) => (engine === "fish") === (how === "SIGKILL"));
  for (const { engine, how } of isWide ? strikes : daily)
    it(`${engine} may ${how === "SIGKILL" ? "die" : "hang"} in the middle of a text: it goes on with the substitute, and the other's callers notice nothing`, async () => {
      const { covered, by, alone, others } = voices[engine];
      // How long it takes is known by now, and so is when it has taken too long.
      assertWhole(await speak(client, covered, short), [covered], short);

      const struck = Promise.withResolvers<void>();
      const speaking = speak(client, covered, long, (count) => {
        if (count === 1) struck.resolve();
      });
      await struck.promise;
      process.kill(twins[engine].pid, how);
      assertWhole(await speak(client, others, short), [others], short);
      const spoken = await speaking;
      assertWhole(spoken, [covered, by], long);
      assert.ok(spoken.warnings.includes("VOICE_SUBSTITUTED"), spoken.warnings.join());

      // From now on it is known to be away: its voices are refused, or spoken by their substitutes, at once.
      const refused = await speak(client, alone, short);
      assert.deepEqual([refused.end, refused.segments], ["UNAVAILABLE", []]);
      const covers = await speak(client, covered, short);
      assertWhole(covers, [by], short);
      assert.equal(covers.voice, covered);
      assert.equal(covers.sampleRateHertz, spoken.sampleRateHertz);
      assert.ok(covers.firstAudioMs < 2000, `${covers.firstAudioMs} ms`);

      const ready = await page("/readyz");
      assert.equal(ready.status, 200);
      assert.match(ready.text, new RegExp(`^ok, degraded: .*${new URL(twins[engine].url).host}`));
      const { engines: told } = await client.getEngine({});
      assert.deepEqual(told.map(({ name, reason }) => [name, reason === ""]).toSorted(), [
        ["fish", engine !== "fish"],
        ["speech", engine !== "speech"],
      ]);
      assert.match(
        (await page("/metrics")).text,
        new RegExp(`duet_synthesize_substitutions_total{engine="${engine}",substitute="\\w+"} [2-9]`),
      );
      assert.match(synthesize.written, new RegExp(`${by} substitutes for a voice of ${engine}: `));

      if (how === "SIGSTOP") wake(twins[engine].pid);
      else twins[engine] = await startTwin(engine, new URL(twins[engine].url).port);
      await comesTrue("it speaks again", async () => (await page("/readyz")).text === "ok\n");
      assertWhole(await speak(client, covered, short), [covered], short);
    }, 60_000);

  it("one that is slow and full makes none of the other's callers wait", async () => {
    const full = Array.from({ length: 12 }, () => speak(client, "fish/haoran", short));
    await comesTrue("Fish-Speech has work", async () =>
      /duet_synthesize_slots_in_use{engine="fish"} 1/.test((await page("/metrics")).text),
    );
    const others = await Promise.all(Array.from({ length: 4 }, () => speak(client, "speech/bf_emma", short)));
    const waits = (await Promise.all(full)).map(({ firstAudioMs }) => firstAudioMs);
    for (const { end, firstAudioMs } of others) {
      assert.equal(end, "OK");
      assert.ok(firstAudioMs < Math.max(...waits), `${firstAudioMs} ms beside ${waits.map(Math.round).join(", ")} ms`);
    }
  });
});

/** Asks until it is so; for what is told over the network. */
async function comesTrue(what: string, ask: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 15_000;
  while (!(await ask())) {
    assert.ok(performance.now() < giveUpAt, what);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Lets a process that was stopped go on; one that has ended is left alone. */
function wake(pid: number): void {
  try {
    process.kill(pid, "SIGCONT");
  } catch {
    // It has ended.
  }
}

/** Every sentence was heard once, in order, by some voices in order; a segment that was struck may end early. */
function assertWhole(spoken: Spoken, by: readonly string[], text: string): void {
  assert.equal(spoken.end, "OK", `${spoken.details} ${spoken.warnings.join()}`);
  assert.deepEqual([...new Set(spoken.segments.map(({ voice }) => voice))], by);
  let covered = 0;
  for (const { start, end, seconds } of spoken.segments) {
    assert.ok(start >= covered && start <= covered + 1, `from ${start} after ${covered}`);
    assert.ok(seconds > 0);
    covered = end;
  }
  assert.equal(covered, [...text].length);
}
