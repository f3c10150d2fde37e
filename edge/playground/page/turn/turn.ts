import { type CodePoints, createCodePoints } from "../../../../infra/text/code-points.ts";
import {
  type ConverseResponse,
  FinishReason,
  Outcome,
  type Segment,
  type Timings,
  type Warning,
  WarningReason,
} from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Playback } from "../audio/playback.ts";
import { type Caption, type CaptionSegment, type Captions, createCaptions } from "../captions/captions.ts";
import type { Key } from "../i18n/strings.ts";
import { type Problem, problemOfTurn } from "./problem.ts";
import type { Moments } from "./timeline.ts";

/** One question and its answer, as the page knows it now. */
export interface Turn {
  /** What was asked. */
  readonly question: string;
  /** When, on `performance.now()`'s clock. */
  readonly askedAtMs: number;
  /** The server's name for it, once it has begun. */
  id: string;
  /** The answer as written so far. */
  written: string;
  /** UTF-16 units of the answer that were heard. */
  heard: number;
  /** Where the voice is now. */
  caption: Caption | undefined;
  /** The model has said that it thinks before it answers, and not yet that it has ended to. */
  reasons: boolean;
  /** How the stream ended; undefined while it runs. */
  outcome: "completed" | "stopped" | "failed" | undefined;
  /** Why it failed. */
  problem: Problem | undefined;
  /** What a person should know of this answer. */
  readonly notes: Set<Key>;
  /** When things happened here. */
  readonly moments: { -readonly [Name in keyof Moments]: Moments[Name] };
  /** When they happened on the server. */
  timings: Timings | undefined;
  /** Its sound, once it has begun. */
  playback: Playback | undefined;
  /** Maps the sound to the text. */
  captions: Captions | undefined;
  /** Maps the wire's places in the text. */
  readonly points: CodePoints;
}

/** What a turn does, for the eye. */
export type TurnState = "thinking" | "writing" | "speaking" | "done" | "stopped" | "failed";

/** A question that has just been asked. */
export function createTurn(question: string, askedAtMs: number): Turn {
  const points = createCodePoints();
  return {
    question,
    askedAtMs,
    id: "",
    written: "",
    heard: 0,
    caption: undefined,
    reasons: false,
    outcome: undefined,
    problem: undefined,
    notes: new Set(),
    moments: {},
    timings: undefined,
    playback: undefined,
    captions: undefined,
    points,
  };
}

/** What it does now. */
export function stateOf({ outcome, playback, written }: Turn): TurnState {
  if (outcome === "stopped") return outcome;
  if (playback?.over === false && playback.firstHeardMs !== undefined) return "speaking";
  if (outcome === "failed") return outcome;
  if (outcome === "completed" && playback?.over !== false) return "done";
  return written === "" ? "thinking" : "writing";
}

/** Whether there is still something to stop. */
export function isRunning(turn: Turn): boolean {
  return ["thinking", "writing", "speaking"].includes(stateOf(turn));
}

/** Takes the next event of the stream. `play` opens the loudspeaker; `nowMs` is `performance.now()`. */
export function receive(
  turn: Turn,
  event: ConverseResponse["event"],
  play: (sampleRate: number) => Playback,
  nowMs: number,
): void {
  switch (event.case) {
    case "started": {
      const sampleRate = event.value.audioFormat?.sampleRateHertz ?? 44_100;
      turn.id = event.value.turnId;
      turn.captions = createCaptions(sampleRate);
      turn.playback = play(sampleRate);
      break;
    }
    case "thinking":
      turn.reasons = !event.value.done;
      break;
    case "textDelta":
      turn.written += event.value.text;
      turn.points.append(event.value.text);
      turn.moments.lastWordMs = nowMs - turn.askedAtMs;
      turn.moments.firstWordMs ??= turn.moments.lastWordMs;
      break;
    case "segment":
      turn.captions?.segment(captionSegment(turn, event.value));
      break;
    case "audio":
      turn.captions?.audio(event.value.pcm.length / 2);
      turn.playback?.push(event.value.pcm);
      break;
    case "segmentDone":
      turn.captions?.done(event.value.sampleCount);
      break;
    case "warning":
      note(turn, event.value);
      break;
    case "finished": {
      const { outcome, error, finishReason, timings } = event.value;
      turn.moments.totalMs = nowMs - turn.askedAtMs;
      turn.timings = timings;
      turn.playback?.end();
      if (finishReason === FinishReason.LENGTH) turn.notes.add("note.length");
      if (finishReason === FinishReason.REPETITION) turn.notes.add("note.repetition");
      if (outcome === Outcome.FAILED) turn.problem = problemOfTurn(error);
      turn.outcome = outcome === Outcome.FAILED ? "failed" : outcome === Outcome.INTERRUPTED ? "stopped" : "completed";
    }
  }
}

/** Moves captions and times to what is heard now. */
export function follow(turn: Turn): void {
  const { playback, captions, moments } = turn;
  if (playback?.firstHeardMs === undefined || captions === undefined) return;
  const state = stateOf(turn);
  moments.firstSoundMs ??= playback.firstHeardMs - turn.askedAtMs;
  if (state === "speaking") moments.lastSoundMs = performance.now() - turn.askedAtMs;
  turn.caption = captions.at(playback.heardFrames);
  turn.heard = state === "done" ? turn.written.length : Math.max(turn.heard, turn.caption?.heard ?? 0);
}

/** What the next turn is to remember of this answer: what was heard; of one that made no sound, what was shown. */
export function rememberedOf(turn: Turn): string {
  return turn.playback?.firstHeardMs === undefined ? turn.written : turn.written.slice(0, turn.heard);
}

function captionSegment({ points, written }: Turn, { start, end, spoken, spans }: Segment): CaptionSegment {
  const said = [...spoken];
  const pieces = spans.map((span) => {
    const start = points.toUnit(span.start);
    const piece = written.slice(start, points.toUnit(span.end));
    const asWritten = piece === said.slice(span.spokenStart, span.spokenEnd).join("");
    return { start, written: piece, asWritten, weight: span.weight };
  });
  return { start: points.toUnit(start), end: points.toUnit(end), pieces };
}

function note({ notes, points, written }: Turn, { reason, start, end }: Warning): void {
  if (reason === WarningReason.AUDIO_SUSPECT) notes.add("note.suspect");
  else if (reason === WarningReason.VOICE_SUBSTITUTED) notes.add("note.substituted");
  else if (reason === WarningReason.NOT_SPOKEN && start === end) notes.add("note.leftOut");
  else if (reason !== WarningReason.NOT_SPOKEN) notes.add("note.failed");
  // Nobody misses the sound of a rule or of a table's lines.
  else if (/[\p{L}\p{N}]/u.test(written.slice(points.toUnit(start), points.toUnit(end)))) notes.add("note.notSpoken");
}
