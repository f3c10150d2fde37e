/**
 * Keeps answers and gives them again to whoever asks the same question. A new question is answered by a turn of its own
 * that belongs to no caller. Whoever asks the question while that turn runs, on any edge, follows the turn; whoever
 * asks it later reads the turn's stored events. The answer is kept if the turn ended well. The key of an answer is
 * derived from everything that the answer depends on, so questions that are merely similar have different keys.
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

/** Options of createAnswers. */
export interface AnswersOptions {
  readonly resume: Resume;
  /** Whether the model's answers are cached too, not only the predefined answers of the FAQ file. */
  readonly keepsModel: boolean;
  /** Predefined answers. Default: none. */
  readonly faq?: Faq | undefined;
  /** How long an answer stays in the cache, in milliseconds. */
  readonly ttlMs: number;
  /** How many answers this process may make within `ttlMs`. */
  readonly mostAnswers: number;
  /**
   * Returns a string that describes the engines that write and speak answers, and changes whenever they change;
   * undefined while the engines are not known.
   */
  readonly readEngines: () => Promise<string | undefined>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** A question that does not depend on earlier messages, so that its answer can be kept. */
export interface AskedQuestion {
  readonly text: string;
  readonly profile: string;
  /** Whether the request brings its own instructions. */
  readonly isInstructed: boolean;
  /** Everything besides the text that the answer depends on. */
  readonly depends: readonly unknown[];
}

/** Starts a turn that writes and speaks an answer. `write`, if given, writes the text instead of the model. */
export type MakeAnswer = (call: Call, id: string | undefined, write?: Writer) => AsyncGenerator<Numbered<TurnEvent>>;

/** Answers a request that the edge itself makes, in the same way as a request that a caller has sent. */
type Converse = (call: Call, request: ConverseRequest) => AsyncIterable<Numbered<TurnEvent>>;

/** A deployment's cache of answers. */
export interface Answers {
  /**
   * Returns the events of the answer to a question: the stored answer if there is one, otherwise a new one, which is
   * then stored. Undefined if the answers to questions of this kind are not stored.
   */
  find(
    call: Call,
    question: AskedQuestion,
    make: MakeAnswer,
  ): Promise<((call: Call) => AsyncIterable<TurnEvent>) | undefined>;
  /** Makes the answers of the FAQ file before anybody asks, and again before they expire, until the signal aborts. */
  prewarm(converse: Converse, signal: AbortSignal): Promise<void>;
}

// The tenant name under which answers that all tenants share are stored.
const everybodys = "";
// How long a turn goes on when nobody reads it. Short, since the turns made here belong to no caller who could resume
// them.
const windowMs = 5_000;
const retryMs = 5_000;

/** Creates the store of answers that are given again to whoever asks the same question. */
export function createAnswers(options: AnswersOptions): Answers {
  const { resume, keepsModel, faq, ttlMs, mostAnswers, readEngines, clock, log, metrics } = options;
  const asked = metrics.counter(
    "duet_edge_answers_total",
    "Questions whose answers are cached, by whether the answer was found in the cache or had to be generated.",
    ["outcome"],
  );
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
        // Answers from the FAQ file are shared by all tenants.
        const reader = answer === undefined ? own : { ...own, tenant: everybodys };
        const turn = resume.share(reader, { windowMs, keptMs: ttlMs, request }, ({ signal }, id) => {
          isMade = true;
          until.push(clock.now() + ttlMs);
          const { tenant, user, key, priority, profiles, headers, inFull } = call;
          const identity = { tenant, user, key, priority, profiles };
          // This call has no `peer`, so it counts toward no address's share of turns: each caller who reads the answer
          // is counted instead.
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
        // The loop makes all answers again when the first of them are about to expire.
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
          return log.warn(
            { cause: describeCause(error) },
            "the speech of an answer in edge.answers.file could not be generated in advance",
          );
        await sleep(clock, retryMs, signal).catch(() => {});
      }
    }
  }
}

/** Whether an answer that contains this event may be cached: not with a warning, nor if it is incomplete. */
function isGood({ case: name, value }: TurnEvent): boolean {
  if (name === "warning") return false;
  if (name !== "finished") return true;
  const { outcome, finishReason = FinishReason.UNSPECIFIED } = value;
  const isWhole = finishReason === FinishReason.STOP || finishReason === FinishReason.UNSPECIFIED;
  return outcome === Outcome.COMPLETED && isWhole;
}

/** Adapts an event of a cached answer for callers other than the one for whom the answer was made. */
function asFound(event: TurnEvent): TurnEvent {
  if (event.case === "started") return { ...event, value: { ...event.value, fromCache: true } };
  if (event.case === "segment") return { ...event, value: { ...event.value, source: SegmentSource.CACHE } };
  if (event.case !== "finished") return event;
  // The token usage is left out, since this caller used no tokens.
  const { usage: _, ...value } = event.value;
  return { ...event, value };
}

/** Makes a writer that returns a given text instead of asking the model. */
function showText(text: string): Writer {
  const give = giveText(text);
  return async (call, turnId) => ({ ...(await give(call, turnId)), shown: true });
}

/** Part of every digest. Increase it when the format of stored answers changes, so that older ones are not found. */
const version = 1;

/** Hashes a list of fields. JSON keeps the fields apart, so different lists get different digests. */
function digestOf(fields: readonly unknown[]): string {
  return createHash("sha256")
    .update(JSON.stringify([version, ...fields]))
    .digest("base64url");
}
