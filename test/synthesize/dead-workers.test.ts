import assert from "node:assert/strict";
import { RetryInfo } from "nice-grpc-error-details";
import { afterAll, beforeAll, describe, it } from "vitest";
import { isWide } from "../support/wide.ts";
import { startVoices, type Voices, voiceKinds } from "./dead-workers.ts";

// Voices that die, hang and come back under load, as processes; two texts for each worker at once, struck in their
// middle.

/** How many texts are spoken at once for each worker. */
const load = 2;
const names = ["甲", "乙", "丙", "丁", "戊", "己"];

for (const [kind, count, strikes] of [
  ["fish", 3, [1, 2]],
  ...(isWide
    ? ([
        ["fish", 2, [1]],
        ["vits", 2, [1]],
      ] as const)
    : []),
] as const)
  describe(`of ${count} voices of ${kind}`, () => {
    let voices: Voices;
    beforeAll(async () => {
      voices = await startVoices(count, undefined, voiceKinds[kind]);
      assert.deepEqual(await Promise.all(names.slice(0, count).map(voices.speak)), Array(count).fill("whole"));
    });
    afterAll(() => voices?.close());

    for (const how of ["kill", "freeze"] as const)
      for (const strike of strikes)
        it(`${strike} may ${how === "kill" ? "die" : "hang"}, and every text is spoken whole; it comes back`, async () => {
          const struck = [0, 1].slice(0, strike);
          const speaking = Promise.all(names.slice(0, load * count).map(voices.speak));
          await new Promise((resolve) => setTimeout(resolve, 60));
          for (const worker of struck) voices[how](worker);
          assert.deepEqual(await speaking, Array(load * count).fill("whole"));
          // Those that come after it are spoken as if it had never been there.
          assert.deepEqual(await Promise.all(names.slice(0, count).map(voices.speak)), Array(count).fill("whole"));
          const { status, text } = await voices.page("/readyz");
          assert.equal(status, 200);
          assert.match(text, /^ok, degraded: .*(?:does not answer|sent nothing)/);
          const tookMs = await Promise.all(struck.map(voices.revive));
          assert.ok(Math.max(...tookMs) < 5000, `back after ${tookMs.map(Math.round).join(", ")} ms`);
          assert.deepEqual(await Promise.all(names.slice(0, count).map(voices.speak)), Array(count).fill("whole"));
          // What it has seen it takes for the present for two seconds.
          while ((await voices.page("/readyz")).text !== "ok\n")
            await new Promise((resolve) => setTimeout(resolve, 100));
        });

    it("says in its log who goes and comes", () => {
      assert.match(voices.written(), /is taken out of rotation: /);
      assert.match(voices.written(), /is back in rotation/);
    });
  });

describe("of one voice", () => {
  let voices: Voices;
  beforeAll(async () => {
    // Struck before its first sentence is made: a text waits for a voice as long as it has sound to play.
    voices = await startVoices(1, 1);
    assert.equal(await voices.speak("甲"), "whole");
  });
  afterAll(() => voices?.close());

  for (const how of ["kill", "freeze"] as const)
    it(`${how === "kill" ? "it dies" : "it hangs"}: who comes then is refused at once, and told when to come back`, async () => {
      const speaking = voices.speak("甲");
      await new Promise((resolve) => setTimeout(resolve, 60));
      voices[how](0);
      if (how === "kill") assert.match(await speaking, /^14: .*does not answer/);
      else await untilLeftOut(voices);
      const since = performance.now();
      const refused = await Promise.all(["甲", "乙", "丙"].map((name) => refusal(voices, name)));
      for (const { code, hasRetryInfo } of refused) assert.deepEqual([code, hasRetryInfo], [14, true]);
      // One of them is held up by a probe, which a frozen process does not answer within its two seconds.
      assert.ok(performance.now() - since < (how === "kill" ? 1000 : 3500));
      assert.equal((await voices.page("/readyz")).status, 503);
      await voices.revive(0);
      if (how === "freeze") assert.equal(await speaking, "whole", "its own limit holds, and it went on before that");
      assert.equal(await voices.speak("乙"), "whole");
    });

  it("is back soon enough for a text in its middle", async () => {
    const speaking = voices.speak("甲");
    await new Promise((resolve) => setTimeout(resolve, 60));
    voices.kill(0);
    await voices.revive(0);
    assert.equal(await speaking, "whole");
  });
});

async function refusal(voices: Voices, name: string) {
  try {
    for await (const _ of voices.client.synthesize(one(name)));
    return { code: 0, hasRetryInfo: false };
  } catch (error) {
    const { code, extra = [] } = error as { code: number; extra?: { $type: string }[] };
    return { code, hasRetryInfo: extra.some(({ $type }) => $type === RetryInfo.$type) };
  }
}

async function* one(name: string) {
  yield { part: { $case: "config" as const, value: { voice: "", language: "" } } };
  yield { part: { $case: "text" as const, value: `${name}，你好。` } };
}

async function untilLeftOut(voices: Voices): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!/^duet_synthesize_server_available\{.*\} 0$/m.test((await voices.page("/metrics")).text)) {
    assert.ok(performance.now() < deadline, "a hung voice is noticed");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
