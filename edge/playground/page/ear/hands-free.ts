import type { Key } from "../i18n/strings.ts";
import { loudnessOf, toPcm } from "./frames.ts";
import type { Detector } from "./silero.ts";
import { problemOfTranscript, type Transcribe } from "./transcript.ts";
import { isEchoOf } from "./turn-taking/echo.ts";
import { createEnergyGate } from "./turn-taking/gate.ts";
import { createTurnTaking, type Decision } from "./turn-taking/turn-taking.ts";

/** What the assistant says aloud. */
export interface Voice {
  /** The id of the answer that sounds; undefined while none does. */
  readonly id: string | undefined;
  /** What it said in the last seconds, and is saying. */
  readonly lately: string;
}

/** What hearing without a key needs of the rest of the page. */
export interface HandsFreeOptions {
  readonly detector: Detector;
  readonly transcribe: Transcribe;
  voice(): Voice;
  /** Lowers the assistant's voice, holds it, lets it go on as it was, or ends it. */
  quieten(how: "lower" | "hold" | "resume" | "interrupt"): void;
  onAsked(text: string): void;
  onProblem(problem: Key): void;
  onChange(): void;
}

/** Hears all the time, and finds out itself when somebody has asked. */
export interface HandsFree {
  /** The next frame; resolves once it is judged. */
  hear(frame: Float32Array<ArrayBuffer>): Promise<void>;
  /** Forgets what is being said; the assistant's voice is as it was. */
  forget(): void;
  readonly state: "listening" | "hearing" | "understanding";
  /** What was understood and is about to be asked. */
  readonly pending: string | undefined;
  /** The assistant's voice comes back by the microphone, and cannot be interrupted. */
  readonly isDeaf: boolean;
}

// What was heard before speech is noticed: half a second of it is written down, and the detector is warmed up on some.
const keptFrames = 24;
const warmFrames = 8;
// A page that is so far behind, 2 s, takes frames for what the one before was, until it has caught up.
const mostBehind = 62;

/** Begins to hear. */
export function createHandsFree(options: HandsFreeOptions): HandsFree {
  const { detector, transcribe, voice, quieten, onAsked, onProblem, onChange } = options;
  const turns = createTurnTaking();
  const passes = createEnergyGate();
  let frames: Float32Array<ArrayBuffer>[] = [];
  let isOpen = false;
  let speech = 0;
  let behind = 0;
  let working = Promise.resolve();
  let saidBefore = "";
  const calls = new Map<number, AbortController>();

  /** How likely somebody speaks in a frame. */
  const judge = async (frame: Float32Array<ArrayBuffer>): Promise<number> => {
    const passed = passes(loudnessOf(frame));
    if (!passed) {
      isOpen = false;
      return 0;
    }
    if (behind > mostBehind) return speech;
    if (!isOpen) {
      detector.reset();
      for (const before of frames.slice(-warmFrames)) await detector.detect(before);
    }
    isOpen = true;
    return detector.detect(frame);
  };
  const understand = async ({ id, frames: count, overVoice }: Extract<Decision, { do: "transcribe" }>) => {
    const call = new AbortController();
    calls.set(id, call);
    const pcm = toPcm(frames.slice(-count));
    let text = "";
    try {
      text = await transcribe(pcm, call.signal);
    } catch (error) {
      if (!call.signal.aborted) onProblem(problemOfTranscript(error));
    }
    calls.delete(id);
    if (call.signal.aborted) return;
    const isEcho = overVoice && isEchoOf(text, `${saidBefore} ${voice().lately}`);
    act(turns.understood(id, { text, isEcho }));
    onChange();
  };
  const act = (decisions: readonly Decision[]) => {
    for (const decision of decisions)
      switch (decision.do) {
        case "begin":
          // What is said from now on may be held, and so be forgotten, before the words are there.
          saidBefore = voice().lately;
          break;
        case "transcribe":
          void understand(decision);
          break;
        case "withdraw":
          calls.get(decision.id)?.abort();
          break;
        case "ask":
          onAsked(decision.text);
          break;
        case "drop":
          break;
        default:
          quieten(decision.do);
      }
  };
  const take = async (frame: Float32Array<ArrayBuffer>) => {
    speech = await judge(frame).catch(() => 0);
    behind--;
    frames.push(frame);
    const wasSpeaking = turns.isSpeaking;
    act(turns.frame(speech, voice().id));
    const isIdle = !turns.isSpeaking && calls.size === 0 && turns.pending === undefined;
    if (isIdle && frames.length > 2 * keptFrames) frames = frames.slice(-keptFrames);
    if (wasSpeaking !== turns.isSpeaking) onChange();
  };

  return {
    hear(frame) {
      behind++;
      working = working.then(() => take(frame));
      return working;
    },
    forget() {
      for (const call of calls.values()) call.abort();
      act(turns.reset());
    },
    get state() {
      if (turns.isSpeaking) return "hearing";
      return calls.size > 0 ? "understanding" : "listening";
    },
    get pending() {
      return turns.pending;
    },
    get isDeaf() {
      return turns.isDeaf;
    },
  };
}
