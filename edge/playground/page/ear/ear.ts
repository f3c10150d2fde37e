import type { Key } from "../i18n/strings.ts";
import { frameMs, loudnessOf, toPcm } from "./frames.ts";
import type { HandsFree } from "./hands-free.ts";
import { LingeringMicrophone, type Microphone, type MicrophoneListener, type NoMicrophone } from "./microphone.ts";
import { problemOfTranscript, type Transcribe } from "./transcript.ts";

/** What the ear, the part of the page that listens, is doing; for display. */
export type EarState = "off" | "opening" | "listening" | "hearing" | "understanding";

/** What listening to the user needs from the rest of the page. */
export interface EarOptions {
  openMicrophone(listener: MicrophoneListener): Promise<Microphone | NoMicrophone>;
  readonly transcribe: Transcribe;
  /** Loads the speech detector and starts hands-free listening. */
  startHandsFree(): Promise<HandsFree>;
  /** Called in a click or key handler, so that the browser allows the page to play audio from then on. */
  unlock(): void;
  /** Called when the user begins to speak, so that playback stops. */
  onPress(): void;
  /** Called with the transcript of what the user said, to ask it as a question. */
  onUnderstood(text: string): void;
  /** Called when the state or the loudness has changed. */
  onChange(): void;
}

/** Listens while the user holds a key or a button, or, hands-free, whenever they speak. */
export interface Ear {
  /** Starts listening. Call it in a click or key handler, or the browser blocks the audio of the answer. */
  press(): void;
  /** Ends the recording and has it transcribed. */
  release(): void;
  /** Discards the current recording and aborts its transcription. */
  cancel(): void;
  /** Turns hands-free listening on or off; call it inside a click or a key press. */
  setFree(free: boolean): void;
  /** Shows a problem of hands-free listening; with `undefined`, removes the problem that is shown. */
  tell(problem: Key | undefined): void;
  /** Whether hands-free listening is on or starting. */
  readonly isFree: boolean;
  /** The transcript that is about to be sent as a question. */
  readonly pending: string | undefined;
  /** Whether the user cannot interrupt the assistant by speaking, because the microphone picks up its voice. */
  readonly isDeaf: boolean;
  readonly state: EarState;
  /** Why listening or transcribing failed the last time, as a message for the user; undefined if it did not fail. */
  readonly problem: Key | undefined;
  /** The current loudness at the microphone: root mean square, 0 to 1. */
  readonly loudness: number;
  /** How long the current recording is, in milliseconds. */
  readonly heardMs: number;
}

// The longest recording, in frames: just below the 60 s that assistant.proto allows.
const mostFrames = Math.floor(59_000 / frameMs);

/** Creates the object that listens to the user; the microphone is opened when it is first needed. */
export function createEar(options: EarOptions): Ear {
  return new PageEar(options);
}

class PageEar implements Ear {
  readonly #options: EarOptions;
  readonly #microphone: LingeringMicrophone;
  #state: EarState = "off";
  #problem: Key | undefined;
  #frames: Float32Array[] = [];
  #loudness = 0;
  #call: AbortController | undefined;
  #isFree = false;
  #handsFree: HandsFree | undefined;

  constructor(options: EarOptions) {
    this.#options = options;
    this.#microphone = new LingeringMicrophone(() =>
      options.openMicrophone({ onFrame: (frame) => this.#hear(frame), onGone: () => this.#lose() }),
    );
  }

  press(): void {
    void this.#press();
  }

  release(): void {
    if (this.#isIn("opening")) this.cancel();
    if (!this.#isIn("hearing")) return;
    this.#letGo();
    void this.#understand(toPcm(this.#frames));
  }

  cancel(): void {
    this.#call?.abort();
    this.#call = undefined;
    this.#handsFree?.forget();
    this.#letGo();
    if (this.#state !== "off" || this.#problem !== undefined) this.#enter("off");
  }

  setFree(free: boolean): void {
    void this.#setFree(free);
  }

  tell(problem: Key | undefined): void {
    this.#enter(this.#state, problem);
  }

  get state(): EarState {
    return this.#state === "off" && this.#isFree ? (this.#handsFree?.state ?? "opening") : this.#state;
  }

  get isFree(): boolean {
    return this.#isFree;
  }

  get pending(): string | undefined {
    return this.#isFree ? this.#handsFree?.pending : undefined;
  }

  get isDeaf(): boolean {
    return this.#isFree && this.#handsFree?.isDeaf === true;
  }

  get problem(): Key | undefined {
    return this.#problem;
  }

  get loudness(): number {
    return this.#loudness;
  }

  get heardMs(): number {
    return this.#state === "hearing" ? this.#frames.length * frameMs : 0;
  }

  async #press(): Promise<void> {
    if (this.#isIn("opening", "hearing")) return;
    this.#options.unlock();
    this.cancel();
    this.#options.onPress();
    this.#frames = [];
    if ((await this.#open()) && this.#isIn("opening")) this.#enter("hearing");
  }

  async #setFree(free: boolean): Promise<void> {
    if (free === this.#isFree) return;
    this.#options.unlock();
    this.cancel();
    this.#isFree = free;
    if (!free) {
      this.#microphone.close();
      return this.#enter("off");
    }
    if (!(await this.#open())) return;
    try {
      this.#handsFree ??= await this.#options.startHandsFree();
      if (this.#isFree && this.#isIn("opening")) this.#enter("off");
    } catch {
      this.#isFree = false;
      this.#microphone.close();
      this.#enter("off", "ear.unloaded");
    }
  }

  /** Opens the microphone. Resolves to false if it cannot be opened. */
  async #open(): Promise<boolean> {
    this.#enter("opening");
    const problem = await this.#microphone.open();
    if (problem === undefined) return true;
    this.#isFree = false;
    if (this.#isIn("opening")) this.#enter("off", problem);
    return false;
  }

  /** Closes the microphone soon, unless hands-free listening needs it. */
  #letGo(): void {
    if (!this.#isFree) this.#microphone.closeSoon();
  }

  #hear(frame: Float32Array<ArrayBuffer>): void {
    if (this.#state !== "hearing" && !this.#isFree) return;
    this.#loudness = loudnessOf(frame);
    if (this.#state === "hearing") this.#frames.push(frame);
    else void this.#handsFree?.hear(frame);
    if (this.#state === "hearing" && this.#frames.length >= mostFrames) this.release();
    else this.#options.onChange();
  }

  /** Handles the loss of the microphone: it was unplugged, or its permission was withdrawn. */
  #lose(): void {
    this.#microphone.close();
    const wasFree = this.#isFree;
    this.#isFree = false;
    this.#handsFree?.forget();
    if (wasFree || this.#isIn("opening", "hearing")) this.#enter("off", "ear.missing");
  }

  async #understand(pcm: Uint8Array<ArrayBuffer>): Promise<void> {
    const call = new AbortController();
    this.#call = call;
    this.#enter("understanding");
    try {
      const text = await this.#options.transcribe(pcm, call.signal);
      if (call.signal.aborted) return;
      this.#enter("off", text === "" ? "ear.nothing" : undefined);
      if (text !== "") this.#options.onUnderstood(text);
    } catch (error) {
      if (!call.signal.aborted) this.#enter("off", problemOfTranscript(error));
    }
  }

  #isIn(...states: readonly EarState[]): boolean {
    return states.includes(this.#state);
  }

  #enter(state: EarState, problem?: Key): void {
    this.#state = state;
    this.#problem = problem;
    if (state === "off" && !this.#isFree) this.#loudness = 0;
    this.#options.onChange();
  }
}
