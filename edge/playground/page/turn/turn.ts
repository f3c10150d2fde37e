import { type CodePoints, createCodePoints } from "../../../../infra/text/code-points.ts";
import {
  type ConverseResponse,
  FinishReason,
  Outcome,
  type Timings,
  type Warning,
  WarningReason,
} from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import { heardAt, type Position } from "../../../session/heard.ts";
import { createRecorder, type Recorder } from "../../../session/recorder.ts";
import type { Playback } from "../audio/playback.ts";
import { createRecording, type Recording } from "../audio/recording.ts";
import { type Caption, type CaptionSegment, type Captions, createCaptions } from "../captions/captions.ts";
import type { Key } from "../i18n/strings.ts";
import { placeAt } from "./place.ts";
import { type Problem, problemOfTurn } from "./problem.ts";
import type { Moments } from "./timeline.ts";
import type { TraceHeaders } from "./trace.ts";

/** One question and its answer, as the page knows it now. */
export interface Turn {
  /** What was asked; empty if a text was spoken that nobody asked for. */
  readonly question: string;
  /** When, on `performance.now()`'s clock. */
  readonly askedAtMs: number;
  /** It was read from what the server keeps: its sound is not on this page. */
  readonly recalled: boolean;
  /** It was asked by speaking: what was understood may not be what was said. */
  readonly spoken: boolean;
  /** The trace that its calls belong to. */
  readonly trace: TraceHeaders;
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
  /** Its sound once more, as it was asked for last. */
  replay: Playback | undefined;
  /** What has come of its sound. */
  recording: Recording | undefined;
  /** Maps the sound to the text. */
  captions: Captions | undefined;
  /** Maps the wire's places in the text. */
  readonly points: CodePoints;
  /** Notes what comes just as the server notes what it sends, so that both find the same words heard. */
  readonly recorder: Recorder;
}

/** What a turn does, for the eye. */
export type TurnState = "thinking" | "writing" | "speaking" | "paused" | "done" | "stopped" | "failed";

/** A question that has just been asked. */
export function createTurn(
  question: string,
  askedAtMs: number,
  { recalled = false, spoken = false, trace = {} }: Partial<Pick<Turn, "recalled" | "spoken" | "trace">> = {},
): Turn {
  return {
    question,
    askedAtMs,
    recalled,
    spoken,
    trace,
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
    replay: undefined,
    recording: undefined,
    captions: undefined,
    points: createCodePoints(),
    recorder: createRecorder(""),
  };
}

/** What it does now. */
export function stateOf({ outcome, playback, replay, written }: Turn): TurnState {
  const sound = replay?.over === false ? replay : playback;
  const sounds = sound?.over === false && sound.firstHeardMs !== undefined;
  if (sounds && (sound === replay || outcome !== "stopped")) return sound.held ? "paused" : "speaking";
  if (outcome === "stopped" || outcome === "failed") return outcome;
  if (outcome === "completed" && playback?.over !== false) return "done";
  return written === "" ? "thinking" : "writing";
}

/** Whether there is still something to stop. */
export function isRunning(turn: Turn): boolean {
  return ["thinking", "writing", "speaking", "paused"].includes(stateOf(turn));
}

/** The sound that can be held or let go on now, if any. */
export function soundOf({ playback, replay }: Turn): Playback | undefined {
  if (replay?.over === false) return replay;
  return playback?.over === false ? playback : undefined;
}

/** Takes the next event of the stream. `play` opens the loudspeaker; `nowMs` is `performance.now()`. */
export function receive(
  turn: Turn,
  event: ConverseResponse["event"],
  play: (sampleRate: number) => Playback,
  nowMs: number,
): void {
  if (event.case !== undefined && turn.outcome === undefined) turn.recorder.note(event, nowMs);
  switch (event.case) {
    case "started": {
      const sampleRate = event.value.audioFormat?.sampleRateHertz ?? 44_100;
      turn.id = event.value.turnId;
      turn.captions = createCaptions(sampleRate);
      turn.recording = createRecording(sampleRate);
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
      turn.captions?.segment(captionSegment(turn));
      break;
    case "audio":
      turn.captions?.audio(event.value.pcm.length / 2);
      turn.recording?.push(event.value.pcm);
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
      // Stopped by another: by a newer question in another tab, or because the conversation was deleted.
      if (outcome === Outcome.INTERRUPTED) turn.playback?.stop();
      else turn.playback?.end();
      if (finishReason === FinishReason.LENGTH) turn.notes.add("note.length");
      if (finishReason === FinishReason.REPETITION) turn.notes.add("note.repetition");
      if (outcome === Outcome.FAILED) turn.problem = problemOfTurn(error);
      turn.outcome = outcome === Outcome.FAILED ? "failed" : outcome === Outcome.INTERRUPTED ? "stopped" : "completed";
    }
  }
}

/** Moves captions and times to what is heard now. */
export function follow(turn: Turn, nowMs: number): void {
  const { playback, replay, recording, captions, moments } = turn;
  if (replay !== undefined) turn.caption = replay.over ? undefined : captions?.at(replay.heardFrames);
  if (playback?.firstHeardMs === undefined || captions === undefined || replay !== undefined) return;
  const state = stateOf(turn);
  moments.firstSoundMs ??= playback.firstHeardMs - turn.askedAtMs;
  if (state === "speaking") moments.lastSoundMs = Math.max(moments.firstSoundMs, nowMs - turn.askedAtMs);
  const restMs = (1000 * (playback.comeFrames - playback.heardFrames)) / (recording?.sampleRate ?? 1);
  moments.soundUntilMs = (moments.lastSoundMs ?? moments.firstSoundMs) + Math.max(0, restMs);
  const caption = captions.at(playback.heardFrames);
  const isSameWord = caption?.start === turn.caption?.start && caption?.end === turn.caption?.end;
  turn.caption = caption;
  if (state === "done") turn.heard = turn.written.length;
  // What a voice says next is guessed from its pace so far: the light never goes back for that, but what is kept in the end is exact.
  else if (state === "stopped") turn.heard = heardNow(turn, playback);
  else if (!isSameWord) turn.heard = Math.max(turn.heard, heardNow(turn, playback));
}

/** What was heard of the text, as the server finds it from the same place. */
function heardNow({ recorder }: Turn, { heardFrames }: Playback): number {
  const { text, speech } = recorder.answer;
  return heardAt(text, speech, placeAt(speech, heardFrames)).end;
}

/** The place up to which its sound was heard; undefined if nothing of it can be heard here. */
export function playedOf({ playback, recorder }: Turn): Position | undefined {
  return playback && placeAt(recorder.answer.speech, playback.heardFrames);
}

function captionSegment({ recorder }: Turn): CaptionSegment {
  const { text, speech } = recorder.answer;
  const { start = 0, end = 0, pieces = [] } = speech.segments.at(-1) ?? {};
  const cut = pieces.map(([start, end, weight, asWritten]) => ({
    start,
    written: text.slice(start, end),
    asWritten,
    weight,
  }));
  return { start, end, pieces: cut };
}

function note({ notes, points, written }: Turn, { reason, start, end }: Warning): void {
  if (reason === WarningReason.AUDIO_SUSPECT) notes.add("note.suspect");
  else if (reason === WarningReason.VOICE_SUBSTITUTED) notes.add("note.substituted");
  else if (reason === WarningReason.NOT_SPOKEN && start === end) notes.add("note.leftOut");
  else if (reason !== WarningReason.NOT_SPOKEN) notes.add("note.failed");
  // Nobody misses the sound of a rule or of a table's lines.
  else if (/[\p{L}\p{N}]/u.test(written.slice(points.toUnit(start), points.toUnit(end)))) notes.add("note.notSpoken");
}
