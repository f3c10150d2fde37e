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
import { positionAt } from "./position.ts";
import { type Problem, problemOfTurn } from "./problem.ts";
import type { Moments } from "./timeline.ts";
import type { TraceHeaders } from "./trace.ts";

/** A question and its answer, as the page knows them. */
export interface Turn {
  /** The question; empty for text that was spoken without one. */
  readonly question: string;
  /** When the question was asked, on `performance.now()`'s clock. */
  readonly askedAtMs: number;
  /** Whether the turn was loaded from the server, so that its audio is not available. */
  readonly recalled: boolean;
  /** Whether the question was spoken, so that it may have been misunderstood. */
  readonly spoken: boolean;
  /** The trace of this turn's calls to the server. */
  readonly trace: TraceHeaders;
  /** The server's id for the turn, once the turn has begun. */
  id: string;
  /** The answer as written so far. */
  written: string;
  /** How much of the answer's text was heard, in UTF-16 units. */
  heard: number;
  /** The position of the voice in the text now, if known. */
  caption: Caption | undefined;
  /** Whether the model is thinking before its answer. */
  reasons: boolean;
  /** How the turn ended; undefined while it runs. */
  outcome: "completed" | "stopped" | "failed" | undefined;
  /** Why the turn failed, if it did. */
  problem: Problem | undefined;
  /** Remarks about this answer, shown to the user. */
  readonly notes: Set<Key>;
  /** When things happened in the turn on this page. */
  readonly moments: { -readonly [Name in keyof Moments]: Moments[Name] };
  /** The times of the turn's stages on the server. */
  timings: Timings | undefined;
  /** The playback of the turn's audio, once playback has begun. */
  playback: Playback | undefined;
  /** The latest replay of the turn's audio; undefined if the turn was never replayed. */
  replay: Playback | undefined;
  /** The audio received so far. */
  recording: Recording | undefined;
  /** Tells which text belongs to a position in the turn's audio. */
  captions: Captions | undefined;
  /** Converts offsets in the text from code points, as the server sends them, to UTF-16 units. */
  readonly points: CodePoints;
  /** Records received events just as the server records the events it sends, so that both agree on what was heard. */
  readonly recorder: Recorder;
}

/** What a turn is doing, as shown to the user. */
export type TurnState = "thinking" | "writing" | "speaking" | "paused" | "done" | "stopped" | "failed";

/** Makes a turn for a new question. */
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

/** Computes the state that the page shows for a turn. */
export function stateOf({ outcome, playback, replay, written }: Turn): TurnState {
  const sound = replay?.over === false ? replay : playback;
  const sounds = sound?.over === false && sound.firstHeardMs !== undefined;
  if (sounds && (sound === replay || outcome !== "stopped")) return sound.held ? "paused" : "speaking";
  if (outcome === "stopped" || outcome === "failed") return outcome;
  if (outcome === "completed" && playback?.over !== false) return "done";
  return written === "" ? "thinking" : "writing";
}

/** Whether the turn can still be stopped: it is being written, or its audio is playing or paused. */
export function isRunning(turn: Turn): boolean {
  return ["thinking", "writing", "speaking", "paused"].includes(stateOf(turn));
}

/** The playback that can be paused or continued now, if any. */
export function soundOf({ playback, replay }: Turn): Playback | undefined {
  if (replay?.over === false) return replay;
  return playback?.over === false ? playback : undefined;
}

/** Handles the next event of the stream. `play` opens the audio output; `nowMs` is `performance.now()`. */
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
      // The turn was interrupted elsewhere: by a new question in another tab, or because the conversation was deleted.
      if (outcome === Outcome.INTERRUPTED) turn.playback?.stop();
      else turn.playback?.end();
      if (finishReason === FinishReason.LENGTH) turn.notes.add("note.length");
      if (finishReason === FinishReason.REPETITION) turn.notes.add("note.repetition");
      if (outcome === Outcome.FAILED) turn.problem = problemOfTurn(error);
      turn.outcome = outcome === Outcome.FAILED ? "failed" : outcome === Outcome.INTERRUPTED ? "stopped" : "completed";
    }
  }
}

/** Updates a turn's captions and times to match how far its audio has been heard. */
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
  // During playback the position within a word is a guess from the voice's pace, and `heard` never moves back to
  // correct it. Once playback is stopped, the exact value is taken.
  else if (state === "stopped") turn.heard = heardNow(turn, playback);
  else if (!isSameWord) turn.heard = Math.max(turn.heard, heardNow(turn, playback));
}

/** How much of the text was heard, in UTF-16 units. The server computes the same from the same position. */
function heardNow({ recorder }: Turn, { heardFrames }: Playback): number {
  const { text, speech } = recorder.answer;
  return heardAt(text, speech, positionAt(speech, heardFrames)).end;
}

/** The position up to which a turn's audio was heard; undefined if this page has no audio of the turn. */
export function playedOf({ playback, recorder }: Turn): Position | undefined {
  return playback && positionAt(recorder.answer.speech, playback.heardFrames);
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
  // A note is shown only if letters or digits were not spoken: nobody misses rules and table borders.
  else if (/[\p{L}\p{N}]/u.test(written.slice(points.toUnit(start), points.toUnit(end)))) notes.add("note.notSpoken");
}

/** Ends a turn as failed. The audio received so far is still played to its end; only the remaining audio is missing. */
export function fail(turn: Turn, problem: Turn["problem"]): void {
  turn.outcome = "failed";
  turn.problem = problem;
  turn.playback?.end();
}
