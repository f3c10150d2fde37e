/**
 * Every way in which a recognizer misbehaves, as each way of asking is told of it; meanwhile a question in text is
 * answered.
 */
import assert from "node:assert/strict";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, it, type TestContext } from "vitest";
import { wavHeader } from "../../edge/audio/wav.ts";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { triggers } from "../../infra/twins/transcribe/faults.ts";
import { startEarsTwin } from "../../infra/twins/transcribe/server.ts";
import { startOne, told } from "../access/edges.ts";
import { readError } from "../faces/ask.ts";
import { readTurn } from "../support/events.ts";
import { skipFor } from "../support/skip.ts";
import { type Stack, startStack } from "../support/stack.ts";
import * as sounds from "./sounds.ts";

const voice = await sounds.createVoice();
const words = "What is Duet?";
const spoken = sounds.join(sounds.silence(0.3), voice?.(words, "emma") ?? new Int16Array(), sounds.silence(0.3));
const wav = Buffer.concat([wavHeader(sounds.rate, spoken.byteLength), Buffer.from(spoken.buffer)]);

/** A recognizer of forms, and one of FunASR's WebSocket. */
const kinds = ["vllm-whisper", "funasr-ws"] as const;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ timeScale: 0 });
});
afterAll(() => stack.close());

/** An edge whose recognizer has a fault, asked in every way. */
async function startFaulty(context: TestContext, kind: (typeof kinds)[number], fault: string) {
  const twin = await startEarsTwin({ kind, delayMs: 0, says: [words], fault });
  context.onTestFinished(() => twin.close());
  const isSlow = ["SLOW", "HANG", "FREEZE"].includes(fault);
  const how = { apiKey: undefined, model: undefined, language: undefined, maxAtOnce: 4, stream: false };
  const transcribe = { ...how, kind, url: [twin.url], timeoutMs: isSlow ? 400 : 20_000 };
  const { client, edge, url } = await startOne(context, stack, { transcribe });
  const audio = { data: wav };
  return {
    edge,
    converse: () => readTurn(client.converse({ audio })),
    transcribe: () => client.transcribe({ audio }),
    face() {
      const form = new FormData();
      form.append("file", new File([wav], "a.wav"));
      form.append("model", "whisper-1");
      return fetch(`${url}/v1/audio/transcriptions`, { method: "POST", body: form });
    },
    write: () => readTurn(client.converse({ text: "[[say:Yes.]]" })),
  };
}

const failures: Record<string, readonly [code: Code, reason: string, status: number]> = {
  FAIL: [Code.Unavailable, "RECOGNIZER_BROKEN", 503],
  SPILL: [Code.Unavailable, "RECOGNIZER_BROKEN", 503],
  CUT: [Code.Unavailable, "RECOGNIZER_BROKEN", 503],
  GARBAGE: [Code.Unavailable, "RECOGNIZER_BROKEN", 503],
  ERROR: [Code.Unavailable, "RECOGNIZER_BROKEN", 503],
  PAGE: [Code.Unavailable, "RECOGNIZER_BROKEN", 503],
  DISGUISE: [Code.Unavailable, "RECOGNIZER_BROKEN", 503],
  EMPTY: [Code.Unavailable, "RECOGNIZER_BROKEN", 503],
  NULL: [Code.Unavailable, "RECOGNIZER_BROKEN", 503],
  HUGE: [Code.Unavailable, "RECOGNIZER_BROKEN", 503],
  RESET: [Code.Unavailable, "RECOGNIZER_UNREACHABLE", 503],
  RESTART: [Code.Unavailable, "RECOGNIZER_UNREACHABLE", 503],
  BUSY: [Code.ResourceExhausted, "RECOGNIZER_OVERLOADED", 429],
  LATER: [Code.ResourceExhausted, "RECOGNIZER_OVERLOADED", 429],
  SLOW: [Code.DeadlineExceeded, "RECOGNIZER_STALLED", 504],
  HANG: [Code.DeadlineExceeded, "RECOGNIZER_STALLED", 504],
  FREEZE: [Code.DeadlineExceeded, "RECOGNIZER_STALLED", 504],
  DENIED: [Code.Internal, "RECOGNIZER_UNAUTHORIZED", 500],
  UNKNOWN: [Code.Internal, "RECOGNIZER_REJECTED", 500],
  REFUSED: [Code.Internal, "RECOGNIZER_REJECTED", 500],
  QUOTE: [Code.Internal, "RECOGNIZER_REJECTED", 500],
};

/** What is understood; empty: nobody spoke. FunASR tells a language by its tags alone. */
const answers: Record<string, readonly [text: string, language: string, byTags?: string]> = {
  PLAIN: [words, ""],
  QWEN: [words, "en", "en"],
  SENSE: [words, "zh", "zh"],
  FOREIGN: ["안녕하세요 잘 지내세요", "ko"],
  QWENNONE: ["", "en"],
  WORDLESS: ["", "en"],
  // Where somebody speaks as clearly, it is taken for what was said.
  GHOST: ["字幕由 Amara.org 社区提供", "zh"],
  LOOP: ["", "en"],
};

/** Each row, for each kind of recognizer. */
const rows = <T>(table: Record<string, T>) =>
  kinds.flatMap((kind) => Object.entries(table).map((row) => [kind, row] as const));

it("the table is complete", () =>
  assert.deepEqual(Object.keys({ ...failures, ...answers }).sort(), Object.keys(triggers).sort()));

describe("a recognizer that fails", skipFor(voice === undefined && "espeak-ng is not installed"), () => {
  for (const [kind, [fault, [code, reason, status]]] of rows(failures))
    it(`is told in every way of asking, and a text is answered all the same: ${fault} of ${kind}`, async (context) => {
      const { edge, converse, transcribe, face, write } = await startFaulty(context, kind, fault);
      const [turn, heard, form, written] = await Promise.allSettled([converse(), transcribe(), face(), write()]);
      for (const call of [turn, heard]) {
        assert.ok(call.status === "rejected");
        const error = call.reason as ConnectError;
        assert.deepEqual([error.code, told(error).reason], [code, reason]);
        assert.doesNotMatch(error.rawMessage, /Duet|Cannot|127\.0\.0\.1/);
      }
      assert.ok(form.status === "fulfilled" && written.status === "fulfilled");
      const error = await readError(form.value);
      // OpenAI has one code for whatever is too much.
      const named = status === 429 ? "rate_limit_exceeded" : reason.toLowerCase();
      assert.deepEqual([form.value.status, error.code], [status, named]);
      assert.equal(written.value.finished.outcome, Outcome.COMPLETED);
      assert.equal(edge.turnCount, 0);
    });
});

describe("what it writes is what was said", skipFor(voice === undefined && "espeak-ng is not installed"), () => {
  for (const [kind, [fault, [text, whole, byTags = ""]]] of rows(answers))
    it(`in every way of asking: ${fault} of ${kind}`, async (context) => {
      const language = kind === "funasr-ws" ? byTags : whole;
      const { converse, transcribe, face } = await startFaulty(context, kind, fault);
      const [turn, heard, form] = await Promise.all([converse(), transcribe(), face()]);
      const transcript = turn.events.flatMap(({ event }) => (event.case === "transcript" ? [event.value] : []));
      assert.deepEqual([transcript.length, transcript[0]?.text, transcript[0]?.language], [1, text, language]);
      assert.equal(turn.finished.outcome, text === "" ? Outcome.NO_SPEECH : Outcome.COMPLETED);
      assert.deepEqual([heard.text, heard.language], [text, language]);
      assert.deepEqual([form.status, ((await form.json()) as { text: string }).text], [200, text]);
    });
});
