import type { Key } from "../i18n/strings.ts";
import { toPcm } from "./frames.ts";
import type { Detector } from "./silero.ts";
import { problemOfTranscript, type Transcribe } from "./transcript.ts";
import { isEchoOf } from "./turn-taking/echo.ts";
import { createJudge, type Judge } from "./turn-taking/judge.ts";
import { createTurnTaking, type Decision } from "./turn-taking/turn-taking.ts";

/** What the assistant is saying aloud now, and what it has just said. */
export interface Voice {
  /** The id of the answer that is playing; undefined if none is. */
  readonly id: string | undefined;
  /** The text that the assistant spoke in the last few seconds, together with the word or two that follow. */
  readonly lately: string;
}

/** The services and callbacks that the page passes to hands-free listening. */
export interface HandsFreeOptions {
  readonly detector: Detector;
  readonly transcribe: Transcribe;
  voice(): Voice;
  /** Lowers (`lower`), pauses (`hold`), restores (`resume`) or stops (`interrupt`) the assistant's voice. */
  quieten(how: "lower" | "hold" | "resume" | "interrupt"): void;
  onAsked(text: string): void;
  onProblem(problem: Key): void;
  onChange(): void;
}

/** Listens continuously, and detects when the user has finished a question. */
export interface HandsFree {
  /** Processes the next frame of audio; resolves once it is known whether the frame contains speech. */
  hear(frame: Float32Array<ArrayBuffer>): Promise<void>;
  /** Discards the current utterance; the assistant's voice is no longer lowered or paused because of it. */
  forget(): void;
  readonly state: "listening" | "hearing" | "understanding";
  /** The transcript that is about to be sent as a question. */
  readonly pending: string | undefined;
  /** Whether the user cannot interrupt the assistant by speaking, because the microphone picks up its voice. */
  readonly isDeaf: boolean;
}

// How many frames are kept from before speech is detected. The last half second of them is transcribed with the
// speech; the earlier ones warm up the detector.
const keptFrames = 24;
// If more than this many frames (2 s of audio) are waiting for the speech detector, each of them gets the result of the
// frame before it, until the page has caught up.
const mostBehind = 62;

/** Creates a HandsFree, which listens to the frames of audio that its method `hear` is given. */
export function createHandsFree(options: HandsFreeOptions): HandsFree {
  return new OpenEar(options);
}

class OpenEar implements HandsFree {
  readonly #options: HandsFreeOptions;
  readonly #turns = createTurnTaking();
  readonly #judge: Judge;
  readonly #calls = new Map<number, AbortController>();
  #frames: Float32Array<ArrayBuffer>[] = [];
  #working = Promise.resolve();
  /** The number of frames that are waiting for the speech detector. */
  #behind = 0;
  #saidBefore = "";

  constructor(options: HandsFreeOptions) {
    this.#options = options;
    this.#judge = createJudge(options.detector);
  }

  hear(frame: Float32Array<ArrayBuffer>): Promise<void> {
    this.#behind++;
    this.#working = this.#working.then(() => this.#take(frame));
    return this.#working;
  }

  forget(): void {
    for (const call of this.#calls.values()) call.abort();
    this.#act(this.#turns.reset());
  }

  get state(): HandsFree["state"] {
    if (this.#turns.isSpeaking) return "hearing";
    return this.#calls.size > 0 ? "understanding" : "listening";
  }

  get pending(): string | undefined {
    return this.#turns.pending;
  }

  get isDeaf(): boolean {
    return this.#turns.isDeaf;
  }

  async #take(frame: Float32Array<ArrayBuffer>): Promise<void> {
    const { voice, onChange } = this.#options;
    const speech = await this.#judge(frame, this.#frames, this.#behind > mostBehind);
    this.#behind--;
    this.#frames.push(frame);
    const wasSpeaking = this.#turns.isSpeaking;
    this.#act(this.#turns.frame(speech, voice().id));
    const isIdle = !this.#turns.isSpeaking && this.#calls.size === 0 && this.#turns.pending === undefined;
    if (isIdle && this.#frames.length > 2 * keptFrames) this.#frames = this.#frames.slice(-keptFrames);
    if (wasSpeaking !== this.#turns.isSpeaking) onChange();
  }

  #act(decisions: readonly Decision[]): void {
    const { voice, quieten, onAsked } = this.#options;
    for (const decision of decisions)
      switch (decision.do) {
        case "begin":
          // The assistant's latest words are saved now, to recognize an echo: once the voice is paused, they may be
          // forgotten before the transcript arrives.
          this.#saidBefore = voice().lately;
          break;
        case "transcribe":
          void this.#understand(decision);
          break;
        case "withdraw":
          this.#calls.get(decision.id)?.abort();
          break;
        case "ask":
          onAsked(decision.text);
          break;
        case "drop":
          break;
        default:
          quieten(decision.do);
      }
  }

  async #understand({ id, frames, overVoice }: Extract<Decision, { do: "transcribe" }>): Promise<void> {
    const { transcribe, voice, onProblem, onChange } = this.#options;
    const call = new AbortController();
    this.#calls.set(id, call);
    const pcm = toPcm(this.#frames.slice(-frames));
    let text = "";
    try {
      text = await transcribe(pcm, call.signal);
    } catch (error) {
      if (!call.signal.aborted) onProblem(problemOfTranscript(error));
    }
    this.#calls.delete(id);
    if (call.signal.aborted) return;
    const isEcho = overVoice && isEchoOf(text, `${this.#saidBefore} ${voice().lately}`);
    this.#act(this.#turns.understood(id, { text, isEcho }));
    onChange();
  }
}
