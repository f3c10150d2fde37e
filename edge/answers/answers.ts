/**
 * Answers that are kept, to be given again to whoever asks the same. A question that was not asked before is answered by a turn of its own, which nobody
 * owns: all who ask meanwhile, on any edge, read along, and whoever asks later reads its log. It is kept if it came to a good end. What is kept is
 * found by all that an answer depends on; nothing is found by likeness.
 */
import { createHash } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import { type Clock, sleep } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { type Call, createCall } from "../call.ts";
import { describeCause, Failure } from "../errors.ts";
import {
  type ConverseRequest,
  ConverseRequestSchema,
  FinishReason,
  Outcome,
  SegmentSource,
} from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Resume } from "../resume/resume.ts";
import type { TurnEvent } from "../turn/events.ts";
import type { Numbered } from "../turn/stages/number.ts";
import { giveText, type Writer } from "../turn/writer.ts";
import type { Faq } from "./faq.ts";
import { isLasting, normalizeQuestion } from "./normalize.ts";

/** How answers are kept. */
export interface AnswersOptions {
  readonly resume: Resume;
  /** Whether what the model answers is kept, and not only what the file answers. */
  readonly keepsModel: boolean;
  /** Answers in given words. Default: none. */
  readonly faq?: Faq | undefined;
  /** How long an answer is kept, in milliseconds. */
  readonly ttlMs: number;
  /** How many answers this process makes and keeps within that time. */
  readonly mostAnswers: number;
  /** What answers and speaks: another text after each change. Undefined: not known now. */
  readonly readEngines: () => Promise<string | undefined>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** A question without history. */
export interface AskedQuestion {
  readonly text: string;
  readonly profile: string;
  /** Whether the request brings instructions of its own. */
  readonly isInstructed: boolean;
  /** All else that its answer depends on. */
  readonly depends: readonly unknown[];
}

/** Starts a turn that writes and speaks an answer; `write` in place of the model. */
export type MakeAnswer = (call: Call, id: string | undefined, write?: Writer) => AsyncGenerator<Numbered<TurnEvent>>;

/** Answers a request, as its caller would be answered. */
type Converse = (call: Call, request: ConverseRequest) => AsyncIterable<Numbered<TurnEvent>>;

/** The answers of a deployment. */
export interface Answers {
  /** The events of the answer to a question, made or found; undefined if it is not for keeping. */
  find(
    call: Call,
    question: AskedQuestion,
    make: MakeAnswer,
  ): Promise<((call: Call) => AsyncIterable<TurnEvent>) | undefined>;
  /** Makes what the file answers before it is asked, until the signal aborts. */
  prewarm(converse: Converse, signal: AbortSignal): Promise<void>;
}

// The name of no tenant.
const everybodys = "";
// Nobody comes back to it: it is not for one caller.
const windowMs = 5_000;
const retryMs = 5_000;

/** Makes them. */
export function createAnswers(options: AnswersOptions): Answers {
  const { resume, keepsModel, faq, ttlMs, mostAnswers, readEngines, clock, log, metrics } = options;
  const asked = metrics.counter("duet_edge_answers_total", "Questions whose answers are kept: made, or found.", [
    "outcome",
  ]);
  let until: number[] = [];
  const mayMake = () => {
    until = until.filter((time) => time > clock.now());
    return until.length < mostAnswers;
  };

  return {
    async find(call, { text, profile, isInstructed, depends }, make) {
      const question = normalizeQuestion(text);
      const answer = isInstructed ? undefined : faq?.find(profile, text);
      if (answer === undefined && (!keepsModel || !isLasting(question))) return undefined;
      const engines = await readEngines();
      if (engines === undefined || !mayMake()) return undefined;
      const said = answer === undefined ? ["asked", question] : ["said", answer];
      const digest = digestOf([answer === undefined ? call.tenant : "", profile, engines, ...said, ...depends]);
      const write = answer === undefined ? undefined : showText(answer);

      return async function* given(own: Call) {
        let isMade = false;
        const request = { id: `answer:${digest}`, digest, ttlMs, isGood };
        // What stands in the file is everybody's.
        const reader = answer === undefined ? own : { ...own, tenant: everybodys };
        const turn = resume.share(reader, { windowMs, keptMs: ttlMs, request }, ({ signal }, id) => {
          isMade = true;
          until.push(clock.now() + ttlMs);
          const { tenant, user, key, priority, profiles, headers, inFull } = call;
          const identity = { tenant, user, key, priority, profiles };
          // It counts to nobody's share: those who read it count themselves.
          return make(createCall({ identity, signal, headers, inFull }), id, write);
        });
        for await (const { event } of turn) {
          if (event.case === "started") asked.inc({ outcome: isMade ? "made" : "found" });
          yield isMade ? event : asFound(event);
        }
      };
    },
    async prewarm(converse, signal) {
      const ask = async (text: string, profile: string, voice: string) => {
        const request = create(ConverseRequestSchema, { text, profile, voice });
        for await (const { event } of converse(createCall({ signal }), request)) if (event.case === "finished") return;
      };
      while (!signal.aborted) {
        for (const { questions, profile, voices } of faq?.entries ?? [])
          for (const voice of voices.length === 0 ? [""] : voices)
            await insist(() => ask(questions[0] as string, profile, voice), signal);
        // Before the first is forgotten.
        await sleep(clock, ttlMs, signal).catch(() => {});
      }
    },
  };

  async function insist(work: () => Promise<void>, signal: AbortSignal) {
    while (!signal.aborted) {
      try {
        return await work();
      } catch (error) {
        const isPassing = error instanceof Failure && ["UNAVAILABLE", "RESOURCE_EXHAUSTED"].includes(error.code);
        if (!isPassing)
          return log.warn({ cause: describeCause(error) }, "an answer of the file cannot be made beforehand");
        await sleep(clock, retryMs, signal).catch(() => {});
      }
    }
  }
}

/** Whether an answer with this event may be kept. */
function isGood({ case: name, value }: TurnEvent): boolean {
  if (name === "warning") return false;
  if (name !== "finished") return true;
  const { outcome, finishReason = FinishReason.UNSPECIFIED } = value;
  const isWhole = finishReason === FinishReason.STOP || finishReason === FinishReason.UNSPECIFIED;
  return outcome === Outcome.COMPLETED && isWhole;
}

/** An event of an answer that was made for somebody else. */
function asFound(event: TurnEvent): TurnEvent {
  if (event.case === "started") return { ...event, value: { ...event.value, fromCache: true } };
  if (event.case === "segment") return { ...event, value: { ...event.value, source: SegmentSource.CACHE } };
  if (event.case !== "finished") return event;
  // Nothing was counted for this one.
  const { usage: _, ...value } = event.value;
  return { ...event, value };
}

/** Writes a given text as the model would. */
function showText(text: string): Writer {
  const give = giveText(text);
  return async (call, turnId) => ({ ...(await give(call, turnId)), shown: true });
}

/** Raise it with every change of what is kept. */
const version = 1;

/** Fields of any length, so that no two lists have one digest. */
function digestOf(fields: readonly unknown[]): string {
  return createHash("sha256")
    .update(JSON.stringify([version, ...fields]))
    .digest("base64url");
}
