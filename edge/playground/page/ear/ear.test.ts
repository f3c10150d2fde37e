import assert from "node:assert/strict";
import { Code, ConnectError } from "@connectrpc/connect";
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { createEar, type EarOptions } from "./ear.ts";
import { frameMs, frameSamples } from "./frames.ts";
import type { HandsFree } from "./hands-free.ts";
import type { MicrophoneListener } from "./microphone.ts";

const settle = () => vi.advanceTimersByTimeAsync(0);

/** An ear before a microphone that the test speaks into. */
function listen(options: Partial<EarOptions> = {}) {
  const log: string[] = [];
  let listener: MicrophoneListener | undefined;
  const ear = createEar({
    async openMicrophone(given) {
      log.push("open");
      listener = given;
      return { close: () => log.push("close") };
    },
    async transcribe(pcm) {
      log.push(`transcribe ${pcm.length}`);
      return "Yes.";
    },
    startHandsFree: async () => assert.fail("nobody asked for it"),
    unlock: () => undefined,
    onPress: () => log.push("hush"),
    onUnderstood: (text) => log.push(text),
    onChange: () => undefined,
    ...options,
  });
  const speak = (count: number) => {
    for (let n = 0; n < count; n++) listener?.onFrame(new Float32Array(frameSamples).fill(0.1));
  };
  return { ear, log, speak, gone: () => listener?.onGone() };
}

describe("an ear that hears while a key is held", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("has what was said written down, and lets the microphone go once nobody needs it", async () => {
    const { ear, log, speak } = listen();
    ear.press();
    assert.equal(ear.state, "opening");
    await settle();
    speak(10);
    assert.deepEqual([ear.state, ear.heardMs, ear.loudness > 0.09], ["hearing", 10 * frameMs, true]);
    ear.release();
    assert.equal(ear.state, "understanding");
    await settle();
    const first = ["hush", "open", `transcribe ${20 * frameSamples}`, "Yes."];
    assert.deepEqual([ear.state, log], ["off", first]);
    ear.press();
    await settle();
    speak(1);
    ear.release();
    await settle();
    assert.deepEqual(log.splice(0), [...first, "hush", `transcribe ${2 * frameSamples}`, "Yes."], "it is open already");
    await vi.advanceTimersByTimeAsync(60_000);
    assert.deepEqual(log, ["close"]);
    assert.equal(vi.getTimerCount(), 0);
  });

  it("hears nothing where it is let go before it could open", async () => {
    const { ear, log } = listen();
    ear.press();
    ear.release();
    await settle();
    assert.deepEqual([ear.state, log], ["off", ["hush", "open"]]);
    await vi.advanceTimersByTimeAsync(60_000);
    assert.deepEqual(log.at(-1), "close");
  });

  it("forgets what is cancelled, also while it is written down", async () => {
    const asked = Promise.withResolvers<string>();
    const { ear, log, speak } = listen({ transcribe: () => asked.promise });
    ear.press();
    await settle();
    speak(10);
    ear.cancel();
    assert.equal(ear.state, "off");
    ear.press();
    await settle();
    ear.release();
    ear.cancel();
    asked.resolve("Too late.");
    await settle();
    assert.deepEqual([ear.state, log], ["off", ["hush", "open", "hush"]]);
  });

  it("ends by itself before a recording is too long to be taken", async () => {
    const { ear, log, speak } = listen();
    ear.press();
    await settle();
    speak(3000);
    await settle();
    const bytes = Number(log[2]?.split(" ")[1]);
    assert.ok(bytes > 55 * 32_000 && bytes < 60 * 32_000, `${bytes} bytes`);
  });

  const failures: readonly [what: string, options: Partial<EarOptions>, problem: string][] = [
    ["the page may not", { openMicrophone: async () => ({ problem: "ear.refused" }) }, "ear.refused"],
    ["nobody spoke", { transcribe: async () => "" }, "ear.nothing"],
    ["the recognizer is away", { transcribe: () => fail(Code.Unavailable) }, "ear.away"],
    ["there is too much to do", { transcribe: () => fail(Code.ResourceExhausted) }, "problem.busy"],
  ];
  for (const [what, options, problem] of failures)
    it(`says why nothing came of it: ${what}`, async () => {
      const { ear } = listen(options);
      ear.press();
      await settle();
      ear.release();
      await settle();
      assert.deepEqual([ear.state, ear.problem], ["off", problem]);
      ear.cancel();
      assert.equal(ear.problem, undefined);
    });

  it("tells where the microphone is pulled out, and opens it anew", async () => {
    const { ear, log, gone } = listen();
    ear.press();
    await settle();
    gone();
    await settle();
    assert.deepEqual([ear.state, ear.problem], ["off", "ear.missing"]);
    ear.press();
    await settle();
    assert.deepEqual(log, ["hush", "open", "close", "hush", "open"]);
  });
});

describe("an ear that hears by itself", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** With whatever finds out that somebody has asked: it notes what it is given. */
  const listenFreely = (options: Partial<EarOptions> = {}) => {
    let [heard, forgot] = [0, 0];
    const handsFree: HandsFree = {
      hear: async () => void heard++,
      forget: () => void forgot++,
      state: "listening",
      pending: "What is",
      isDeaf: false,
    };
    const made = listen({ startHandsFree: async () => handsFree, ...options });
    return { ...made, heard: () => heard, forgot: () => forgot };
  };

  it("hears from the switch on, and lets the microphone go at once when it is switched off", async () => {
    const { ear, log, speak, heard } = listenFreely();
    ear.setFree(true);
    assert.deepEqual([ear.state, ear.isFree], ["opening", true]);
    await settle();
    speak(5);
    assert.deepEqual([ear.state, ear.pending, heard(), ear.loudness > 0.09], ["listening", "What is", 5, true]);
    ear.setFree(false);
    await settle();
    assert.deepEqual([ear.state, ear.pending, log], ["off", undefined, ["open", "close"]]);
    speak(5);
    assert.equal(heard(), 5);
  });

  it("listens to whoever holds the key alone, and goes on by itself", async () => {
    const { ear, log, speak, heard, forgot } = listenFreely();
    ear.setFree(true);
    await settle();
    speak(5);
    ear.press();
    await settle();
    speak(7);
    ear.release();
    await settle();
    speak(2);
    assert.deepEqual([heard(), ear.state, ear.isFree], [7, "listening", true]);
    assert.ok(forgot() > 0, "what was being said before");
    assert.deepEqual(log, ["open", "hush", `transcribe ${14 * frameSamples}`, "Yes."]);
    await vi.advanceTimersByTimeAsync(60_000);
    assert.ok(!log.includes("close"), "it still listens");
  });

  for (const [what, options, problem] of [
    [
      "the microphone may not be used",
      { openMicrophone: async () => ({ problem: "ear.refused" as const }) },
      "ear.refused",
    ],
    ["it cannot be loaded", { startHandsFree: () => Promise.reject(new Error("no")) }, "ear.unloaded"],
  ] as const)
    it(`is off again, and says why: ${what}`, async () => {
      const { ear } = listenFreely(options);
      ear.setFree(true);
      await settle();
      assert.deepEqual([ear.isFree, ear.state, ear.problem], [false, "off", problem]);
    });

  it("is off once the microphone is pulled out", async () => {
    const { ear, gone } = listenFreely();
    ear.setFree(true);
    await settle();
    gone();
    assert.deepEqual([ear.isFree, ear.state, ear.problem], [false, "off", "ear.missing"]);
  });

  it("keeps on while it tells of what went wrong", async () => {
    const { ear } = listenFreely();
    ear.setFree(true);
    await settle();
    ear.tell("ear.away");
    assert.deepEqual([ear.isFree, ear.state, ear.problem], [true, "listening", "ear.away"]);
    ear.tell(undefined);
    assert.equal(ear.problem, undefined);
  });
});

async function fail(code: Code): Promise<string> {
  throw new ConnectError("no", code);
}
