/**
 * Where the time goes until a turn is first heard. The moments that the edge sees itself part that time into stretches, which touch: from the
 * request to the question whether the voice has a place, to its answer, to the first text, to the first audio. A service that a stretch was
 * spent on tells how long it waited for what; that is taken in its order for as long as the stretch lasts, and what remains of it was on the
 * way. So the phases always add up to the first audio, whatever a service says and whatever its clock.
 */

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Clock } from "../../../infra/clock/clock.ts";
import { PhaseKind, type TimingsSchema } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../events.ts";
import type { Speech } from "../speech.ts";
import type { Writing } from "../writer.ts";
import { createPlayhead, type Playhead } from "./playhead.ts";

/** Bytes of a sample frame: s16le, mono. */
const frameBytes = 2;

/** What the caller of a turn waits for until its first audio, as `PhaseKind` of the contract says it, in its order. */
export const phaseNames = [
  "edge",
  "transcribe",
  "voice_admission",
  "model_queue",
  "first_token",
  "thinking",
  "first_clause",
  "words",
  "voice_queue",
  "engine",
  "leading_silence",
  "send",
] as const;

/** The name of a phase. */
export type PhaseName = (typeof phaseNames)[number];

/** When things happened, in milliseconds since the request arrived; undefined what did not happen. */
export interface Timings {
  /** What is said in a recording was written down. */
  transcriptMs?: number;
  admittedMs?: number;
  firstTextMs?: number;
  firstAudioMs?: number;
  totalMs: number;
  /** How long each phase took, all of them: together `firstAudioMs`. */
  phases?: Readonly<Record<PhaseName, number>>;
}

/** Notes when things happen in one turn. What is told out of order, or again, changes nothing. */
export interface Ledger {
  /** What was said is written down. */
  transcribed(): void;
  /** The voice is asked for a place. */
  asked(): void;
  /** It has one, and tells what it waits for. */
  admitted(speech: Pick<Speech, "waitedMs" | "waits">): void;
  /** Text has come. */
  wrote(writing: Pick<Writing, "waits">): void;
  /** Some of it is to be spoken. */
  spoke(): void;
  /** The same events: notes the first text and the first audio that pass. */
  watch(events: AsyncIterable<TurnEvent>): AsyncGenerator<TurnEvent>;
  /** What was noted up to now. */
  timings(): Timings;
  /** How the speech came so far. */
  readonly playhead: Pick<Playhead, "gaps" | "gapMs" | "seconds">;
}

/** What a service says that it waited for, in the order in which it did. */
type Waited = { readonly [Name in PhaseName]?: number | undefined };

/** Makes the ledger of a turn whose request arrives now. */
export function createLedger(clock: Clock): Ledger {
  const arrivedAt = clock.now();
  const elapsedMs = () => toTenths(clock.now() - arrivedAt);
  const noted: Omit<Timings, "totalMs"> = {};
  const spent = Object.fromEntries(phaseNames.map((name) => [name, 0])) as Record<PhaseName, number>;
  /** Up to where the time is told apart, and how many moments have passed. */
  let at = arrivedAt;
  let moments = 0;
  let speech: Pick<Speech, "waits"> | undefined;
  const playhead = createPlayhead();
  let sampleRateHertz = 1;

  /** The `nth` moment of a turn is now: what has passed since the last one was spent so, as far as it lasts, and else on `rest`. */
  function part(nth: number, waited: Waited, rest: PhaseName, now = clock.now()): void {
    if (nth <= moments) return;
    moments = nth;
    for (const [name, ms = 0] of Object.entries(waited) as [PhaseName, number?][]) {
      const taken = Math.min(Math.max(0, ms), now - at);
      spent[name] += taken;
      at += taken;
    }
    spent[rest] += now - at;
    at = now;
  }

  function heard(): void {
    // Once for both: however long the rest takes, the phases add up to the first audio.
    const now = clock.now();
    noted.firstAudioMs = toTenths(now - arrivedAt);
    const { clauseMs, wordsMs, queueMs, engineMs, leadingSilenceMs } = speech?.waits() ?? {};
    const waited = { first_clause: clauseMs, words: wordsMs, voice_queue: queueMs, engine: engineMs };
    part(6, { ...waited, leading_silence: leadingSilenceMs }, "send", now);
    noted.phases = inTenths(spent);
  }

  return {
    transcribed() {
      noted.transcriptMs = elapsedMs();
      part(1, {}, "transcribe");
    },
    asked: () => part(2, {}, "edge"),
    admitted(its) {
      noted.admittedMs = elapsedMs();
      speech = its;
      part(3, { voice_admission: its.waitedMs }, "send");
    },
    wrote({ waits }) {
      const { queueMs, firstTokenMs, thinkingMs } = waits?.() ?? {};
      part(4, { model_queue: queueMs, first_token: firstTokenMs, thinking: thinkingMs }, "send");
    },
    spoke: () => part(5, {}, "first_clause"),
    async *watch(events) {
      for await (const event of events) {
        if (event.case === "textDelta") noted.firstTextMs ??= elapsedMs();
        if (event.case === "audio" && noted.firstAudioMs === undefined) heard();
        if (event.case === "started") sampleRateHertz = event.value.audioFormat?.sampleRateHertz || sampleRateHertz;
        if (event.case === "audio")
          playhead.came((event.value.pcm?.length ?? 0) / frameBytes / sampleRateHertz, clock.now());
        yield event;
      }
    },
    timings: () => ({ ...noted, totalMs: elapsedMs() }),
    playhead,
  };
}

/** Timings as callers are told them. */
export function tellTimings({ phases, ...moments }: Timings): MessageInitShape<typeof TimingsSchema> {
  if (phases === undefined) return moments;
  const told = phaseNames.map((name) => ({
    kind: PhaseKind[name.toUpperCase() as Uppercase<PhaseName>],
    ms: phases[name],
  }));
  return { ...moments, phases: told };
}

/** Finer than a tenth of a millisecond is noise. */
function toTenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** Rounds where one phase ends and the next begins, so that what is rounded still adds up. */
function inTenths(spent: Readonly<Record<PhaseName, number>>): Record<PhaseName, number> {
  let end = 0;
  return Object.fromEntries(
    phaseNames.map((name) => {
      const begin = end;
      end += spent[name];
      return [name, toTenths(toTenths(end) - toTenths(begin))];
    }),
  ) as Record<PhaseName, number>;
}
