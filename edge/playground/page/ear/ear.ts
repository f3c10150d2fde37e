import type { Key } from "../i18n/strings.ts";
import { problemOfCall } from "../turn/problem.ts";
import { frameMs, loudnessOf, toPcm } from "./frames.ts";
import type { Microphone, MicrophoneListener, NoMicrophone } from "./microphone.ts";

/** What the ear does, for the eye. */
export type EarState = "off" | "opening" | "hearing" | "understanding";

/** What the ear needs of the rest of the page. */
export interface EarOptions {
  openMicrophone(listener: MicrophoneListener): Promise<Microphone | NoMicrophone>;
  /** Has 16-bit PCM written down; empty if nobody speaks in it. */
  transcribe(pcm: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<string>;
  /** Somebody begins to speak: what sounds is to fall silent. */
  onPress(): void;
  /** This was said. */
  onUnderstood(text: string): void;
  /** Its state has changed, or how loud it is. */
  onChange(): void;
}

/** Hears what a person says while they hold a key or a button. */
export interface Ear {
  /** From now on it hears; to be called inside a click or a key press. */
  press(): void;
  /** That was it: what was said is written down. */
  release(): void;
  /** Forgets what is being said, or written down. */
  cancel(): void;
  readonly state: EarState;
  /** Why the last attempt came to nothing. */
  readonly problem: Key | undefined;
  /** How loud it is now: root mean square, 0 to 1. */
  readonly loudness: number;
  /** How long it has been heard, in milliseconds. */
  readonly heardMs: number;
}

// A person who goes on does not wait for the device again; one who has ended sees soon that nobody listens.
const openMs = 10_000;
// A recording takes at most 60 s (assistant.proto).
const mostFrames = Math.floor(59_000 / frameMs);

/** What a person is told of a recording that could not be written down. */
function problemOf(error: unknown): Key {
  const { sentence } = problemOfCall(error, false);
  return ["problem.engine", "problem.slow", "problem.internal", "problem.refused"].includes(sentence)
    ? "ear.away"
    : sentence;
}

/** Makes an ear; the microphone is opened when it is first needed. */
export function createEar({ openMicrophone, transcribe, onPress, onUnderstood, onChange }: EarOptions): Ear {
  let state: EarState = "off";
  let problem: Key | undefined;
  let opening: Promise<Microphone | NoMicrophone> | undefined;
  let frames: Float32Array[] = [];
  let loudness = 0;
  let call: AbortController | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;

  const enter = (next: EarState, why?: Key) => {
    state = next;
    problem = why;
    if (next !== "hearing") loudness = 0;
    onChange();
  };
  const isIn = (...states: readonly EarState[]) => states.includes(state);
  const close = () => {
    clearTimeout(idle);
    const opened = opening;
    opening = undefined;
    void opened?.then((microphone) => "close" in microphone && microphone.close());
  };
  const rest = () => {
    clearTimeout(idle);
    idle = setTimeout(close, openMs);
  };
  const listener: MicrophoneListener = {
    onFrame(frame) {
      if (state !== "hearing") return;
      frames.push(frame);
      loudness = loudnessOf(frame);
      if (frames.length >= mostFrames) release();
      else onChange();
    },
    onGone() {
      close();
      if (isIn("opening", "hearing")) enter("off", "ear.missing");
    },
  };

  const press = async () => {
    if (isIn("opening", "hearing")) return;
    cancel();
    clearTimeout(idle);
    onPress();
    frames = [];
    enter("opening");
    const mine = opening ?? openMicrophone(listener);
    opening = mine;
    const microphone = await mine;
    if ("close" in microphone) {
      if (isIn("opening")) enter("hearing");
      return;
    }
    opening = undefined;
    if (isIn("opening")) enter("off", microphone.problem);
  };
  const release = () => {
    if (isIn("opening")) cancel();
    if (!isIn("hearing")) return;
    rest();
    void understand(toPcm(frames));
  };
  const understand = async (pcm: Uint8Array<ArrayBuffer>) => {
    const mine = new AbortController();
    call = mine;
    enter("understanding");
    try {
      const text = await transcribe(pcm, mine.signal);
      if (mine.signal.aborted) return;
      enter("off", text === "" ? "ear.nothing" : undefined);
      if (text !== "") onUnderstood(text);
    } catch (error) {
      if (!mine.signal.aborted) enter("off", problemOf(error));
    }
  };
  const cancel = () => {
    call?.abort();
    call = undefined;
    if (opening !== undefined) rest();
    if (state !== "off" || problem !== undefined) enter("off");
  };

  return {
    press: () => void press(),
    release,
    cancel,
    get state() {
      return state;
    },
    get problem() {
      return problem;
    },
    get loudness() {
      return loudness;
    },
    get heardMs() {
      return state === "hearing" ? frames.length * frameMs : 0;
    },
  };
}
