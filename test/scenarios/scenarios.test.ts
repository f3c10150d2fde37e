import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { habits, triggers } from "../../infra/twins/fish/faults.ts";
import { type FishModeName, fishModes } from "../../infra/twins/fish/modes.ts";
import { faults } from "../../infra/twins/vllm/faults.ts";
import type { StackOptions } from "../support/stack.ts";
import { isWide } from "../support/wide.ts";
import { type End, keepAliveMs, limitMs, stackOf } from "./turns.ts";

const fishStack = (mode: FishModeName): StackOptions => ({
  fish: { mode, hangMs: limitMs + 200, restartMs: 100, keepAliveMs },
  settings: {
    DUET_FISH_MODE: mode,
    // Generations that list no references have none here.
    DUET_FISH_WITHOUT_REFERENCE: "random",
    DUET_FISH_TIMEOUT_MS: `${limitMs}`,
  },
});

/** What becomes of a turn when the model server does this. */
const ofModel: Record<string, End> = {
  "empty-deltas": "completed",
  "text-in-finish": "completed",
  "multi-token": "completed",
  "split-utf8": "completed",
  "idle-close": "completed",
  abort: "failed: Unavailable ENGINE_BROKEN",
  "abort-before-first": "failed: Unavailable ENGINE_BROKEN",
  "error-first": "refused: Internal ENGINE_REJECTED",
  "error-mid": "failed: Unavailable ENGINE_BROKEN",
  reset: "failed: Unavailable ENGINE_BROKEN",
  "reset-before": "refused: Unavailable ENGINE_UNREACHABLE",
  "done-without-finish": "completed",
  stall: "failed: DeadlineExceeded ENGINE_STALLED",
  "stall-first": "refused: DeadlineExceeded ENGINE_STALLED",
  "engine-dead": "refused: Unavailable ENGINE_BROKEN",
  "engine-exit": "refused: Unavailable ENGINE_BROKEN",
  overload: "refused: ResourceExhausted ENGINE_OVERLOADED",
  scaling: "refused: ResourceExhausted ENGINE_OVERLOADED",
  unauthorized: "refused: Internal ENGINE_UNAUTHORIZED",
  "not-found": "refused: Internal ENGINE_REJECTED",
  "model-404": "refused: Internal ENGINE_REJECTED",
  "context-400": "refused: InvalidArgument INVALID_REQUEST",
  "proxy-page": "refused: Unavailable ENGINE_BROKEN",
  "empty-body": "refused: Unavailable ENGINE_BROKEN",
  think: "completed",
  "think-brackets": "completed",
  "think-opened": "completed",
  "think-unclosed": "failed: Unavailable ENGINE_EMPTY",
  "think-beside": "completed",
  harmony: "completed",
  "gemma-channel": "completed",
  "tool-call": "completed, NOT_SPOKEN",
  "tool-json": "completed, NOT_SPOKEN",
  "template-token": "completed",
  "empty-answer": "failed: Unavailable ENGINE_EMPTY",
  "thought-only": "failed: Unavailable ENGINE_EMPTY",
  "tool-calls-only": "failed: Unavailable ENGINE_EMPTY",
  "tool-calls-parallel": "completed, NOT_SPOKEN",
  "message-for-delta": "failed: Unavailable ENGINE_EMPTY",
  "text-in-parts": "completed",
  "usage-float": "completed",
  "usage-text": "completed",
  "usage-negative": "completed",
  "usage-huge": "completed",
  "usage-null": "completed",
  "type-in-capitals": "completed",
  "type-plain": "completed",
  "type-none": "completed",
  "error-line": "refused: Unavailable ENGINE_BROKEN",
  "error-event": "refused: Unavailable ENGINE_BROKEN",
  "error-200": "refused: Unavailable ENGINE_BROKEN",
  "no-chat": "refused: Internal ENGINE_REJECTED",
  "no-system": "completed",
  "no-switch": "completed",
  "no-max-tokens": "completed",
  redirect: "refused: Internal ENGINE_REJECTED",
};

const cut = "completed, SEGMENT_FAILED";
const odd = "completed, AUDIO_SUSPECT";

/**
 * What becomes of a turn when Fish-Speech does this each time it is asked, and when it does it `once`; `streams` says
 * where it is otherwise with a generation that streams: what has been sent is not taken back, and errors in mid-stream
 * have no words.
 */
const ofVoice: Record<string, { always: End; once: End; streams?: { always: End; once: End } }> = {
  FAIL: { always: cut, once: "completed" },
  OOM: { always: cut, once: "completed" },
  CUT: { always: cut, once: "completed", streams: { always: cut, once: cut } },
  RESET: { always: cut, once: "completed" },
  RESTART: { always: cut, once: "completed" },
  HANG: same("failed: DeadlineExceeded ENGINE_STALLED"),
  ODD: same("completed"),
  SHORT: { always: odd, once: "completed", streams: { always: odd, once: odd } },
  LOOP: { always: odd, once: "completed", streams: { always: odd, once: odd } },
  SILENT: { always: cut, once: "completed" },
  // A tone has no phrases that could come again: with a voice that has, `test/synthesize/guard.test.ts`.
  TWICE: same("completed"),
  // Silence before and after the words is not heard, and how loud a voice is is its own.
  LEAD: same("completed"),
  DEAD: same("completed"),
  QUIET: same("completed"),
  CLIP: { always: cut, once: "completed" },
  OFFSET: { always: cut, once: "completed" },
  VOID: { always: cut, once: "completed" },
  LOUD: { always: cut, once: "completed" },
  // Of a tone all waves are as loud as the loudest.
  OVER: { always: odd, once: "completed", streams: { always: odd, once: odd } },
  WRAP: same("completed"),
  LONG: same("failed: Internal ENGINE_REJECTED"),
  DENIED: same("failed: Internal ENGINE_UNAUTHORIZED"),
  MEDIA: same("failed: Internal ENGINE_REJECTED"),
  SCHEMA: same("failed: Internal ENGINE_REJECTED"),
  EMPTY: { always: cut, once: "completed" },
  // The worker wants to be left alone for as long as a listener waits in silence, or for half as long.
  BUSY: same("failed: ResourceExhausted ENGINE_OVERLOADED"),
  LATER: { always: "failed: ResourceExhausted ENGINE_OVERLOADED", once: "completed" },
  // What is not speech is not heard.
  PAGE: { always: cut, once: "completed" },
  DISGUISE: { always: cut, once: "completed" },
  SORRY: { always: cut, once: "completed" },
  MPEG: { always: cut, once: "completed" },
  GZIP: { always: cut, once: "completed" },
  SLOWER: { always: cut, once: "completed" },
  HEADER: { always: cut, once: "completed" },
  STUB: { always: cut, once: "completed", streams: { always: odd, once: odd } },
  // A file says where its samples end; a stream does not, and what came of it has been heard.
  TAIL: same("completed", { always: cut, once: cut }),
};

/**
 * What becomes of a text of which nothing else is to be spoken, where Fish-Speech sends no sound of it. All generations
 * are alike.
 */
const ofNoSound: Record<string, End> = {
  FAIL: "failed: Unavailable ENGINE_BROKEN",
  OOM: "failed: Unavailable ENGINE_BROKEN",
  RESET: "failed: Unavailable ENGINE_UNREACHABLE",
  SILENT: "failed: Unavailable ENGINE_EMPTY",
  VOID: "failed: Unavailable ENGINE_EMPTY",
  CLIP: "failed: Internal ENGINE_OUTPUT_INVALID",
  OFFSET: "failed: Internal ENGINE_OUTPUT_INVALID",
  LOUD: "failed: Internal ENGINE_OUTPUT_INVALID",
  EMPTY: "failed: Unavailable ENGINE_BROKEN",
  PAGE: "failed: Internal ENGINE_OUTPUT_INVALID",
  DISGUISE: "failed: Internal ENGINE_OUTPUT_INVALID",
  SORRY: "failed: Internal ENGINE_OUTPUT_INVALID",
  MPEG: "failed: Internal ENGINE_OUTPUT_INVALID",
  GZIP: "failed: Internal ENGINE_OUTPUT_INVALID",
  SLOWER: "failed: Internal ENGINE_OUTPUT_INVALID",
  HEADER: "failed: Internal ENGINE_OUTPUT_INVALID",
};

function same(end: End, streams?: { always: End; once: End }) {
  return { always: end, once: end, ...(streams && { streams }) };
}

/** What is the same in all generations that stream, and in all others: one of each is enough. */
const alike = new Set([
  "RESET",
  "RESTART",
  "HANG",
  "BUSY",
  "LATER",
  "PAGE",
  "DISGUISE",
  "SORRY",
  "MPEG",
  "GZIP",
  "SLOWER",
  "HEADER",
  "STUB",
  "TAIL",
]);

/** One that streams and one that does not, and all. */
const modes = isWide ? (Object.keys(fishModes) as FishModeName[]) : (["1.5.1", "s2"] as const);
for (const mode of modes)
  describe(`whatever Fish-Speech ${mode} does, a turn ends as it should`, () => {
    const { speak, assertWell } = stackOf(fishStack(mode));
    const streams = mode.startsWith("1");
    for (const [word, { does }] of Object.entries(triggers)) {
      if (alike.has(word) && mode !== "1.5.1" && mode !== "s2") continue;
      const row = ofVoice[word];
      const { always, once } = (streams ? row?.streams : undefined) ?? row ?? same("completed");
      it(`${word}: ${does}`, async () => {
        assert.ok(row !== undefined, "it has a row");
        assert.equal(await speak(`${word} 这一句说得不太好，请多包涵。`), always);
        await assertWell();
      });
      const noSound = ofNoSound[word];
      if (noSound !== undefined)
        it(`${word}, and nothing else is to be heard`, async () => {
          assert.equal(await speak(`${word} 这一句说得不太好。`), noSound);
          await assertWell();
        });
      if (once !== always)
        it(`${word}, once`, async () => {
          assert.equal(await speak(`${word} ONCE 这一句说得不太好，请多包涵。`), once);
          await assertWell();
        });
    }
  });

describe("whatever the model server does, a turn ends as it should", () => {
  const { converse, assertWell } = stackOf(fishStack("s2"));
  for (const [name, { does }] of Object.entries(faults))
    it(`${name}: ${does}`, async () => {
      assert.equal(
        await converse(`[[say:今天天气很好，我们出去走走吧，看看外面的风景。]][[fault:${name}]]`),
        ofModel[name],
      );
      await assertWell();
    });
});

/** What is written beside an answer, and has to be taken out of it. */
const besides = [
  "think",
  "think-brackets",
  "think-beside",
  "harmony",
  "gemma-channel",
  "tool-call",
  "tool-json",
].concat("template-token", "text-in-parts");

describe("what is not the answer is neither shown nor spoken", () => {
  const { read, assertWell } = stackOf(fishStack("s2"));
  const answer = "今天天气很好，我们出去走走吧，看看外面的风景。";
  for (const name of besides)
    it(name, async () => {
      const { text, events } = await read(`[[say:${answer}]][[fault:${name}]]`);
      const spoken = events.map(({ event }) => (event.case === "segment" ? event.value.spoken : "")).join("");
      assert.equal(text, answer);
      assert.equal(spoken.replace(/[^\p{L}]/gu, ""), answer.replace(/[^\p{L}]/gu, ""));
      await assertWell();
    });

  for (const name of ["reset", "error-mid", "abort"])
    it(`what was shown of an answer that breaks off is heard: ${name}`, async () => {
      const { text, pcm, finished } = await read(`[[say:${answer}]][[fault:${name}]]`);
      assert.equal(finished.outcome, Outcome.FAILED);
      assert.ok(text.length > 0 && pcm.length > 0, `${text}: ${pcm.length} bytes`);
      await assertWell();
    });
});

describe("what Fish-Speech always does, a turn does not feel", () => {
  const { speak, converse, leave, assertWell, stack } = stackOf(fishStack("s2"));

  it(`serial: ${habits.serial}`, async () => {
    const texts = Array.from({ length: 4 }, (_, i) => `这是第${"一二三四"[i]}段话，一个人说完了才轮到下一个人说。`);
    assert.deepEqual(await Promise.all(texts.map((text) => speak(text))), Array(4).fill("completed"));
    await assertWell();
  });

  it(`deaf: ${habits.deaf}`, async () => {
    await leave("[[tokens:400]]");
    await assertWell();
  });

  it(`stranger, squatter: ${habits.stranger}; ${habits.squatter}`, async () => {
    const [before, asked] = [stack().fish[0]?.folders(), stack().fish[0]?.seen().length];
    assert.equal(await converse("[[say:你好。]]", "nobody"), "refused: NotFound NOT_FOUND");
    assert.deepEqual([stack().fish[0]?.folders(), stack().fish[0]?.seen().length], [before, asked]);
    await assertWell();
    assert.ok(
      stack()
        .fish[0]?.seen()
        .every(({ voice }) => !voice?.startsWith("stranger")),
    );
  });

  it(`idle-close: ${habits["idle-close"]}`, async () => {
    // A second request goes out on the connection of the first while the server closes it, or shortly before or after.
    for (let i = 0; i < 20; i++) {
      assert.equal(await speak("这一句说得很好，谢谢大家。"), "completed");
      await new Promise((resolve) => setTimeout(resolve, keepAliveMs - 10 + i));
    }
    await assertWell();
  });
});
