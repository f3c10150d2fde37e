import type { Key } from "../i18n/strings.ts";
import { toPcm } from "./frames.ts";
import type { Detector } from "./silero.ts";
import { problemOfTranscript, type Transcribe } from "./transcript.ts";
import { isEchoOf } from "./turn-taking/echo.ts";
import { createJudge, type Judge } from "./turn-taking/judge.ts";
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
// A page that is so far behind, 2 s, takes frames for what the one before was, until it has caught up.
const mostBehind = 62;

/** Begins to hear. */
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
  /** Frames that wait to be judged. */
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
          // What is said from now on may be held, and so be forgotten, before the words are there.
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
