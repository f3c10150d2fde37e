import type { Key } from "../i18n/strings.ts";
import { frameMs, loudnessOf, toPcm } from "./frames.ts";
import type { HandsFree } from "./hands-free.ts";
import type { Microphone, MicrophoneListener, NoMicrophone } from "./microphone.ts";
import { problemOfTranscript, type Transcribe } from "./transcript.ts";

/** What the ear does, for the eye. */
export type EarState = "off" | "opening" | "listening" | "hearing" | "understanding";

/** What the ear needs of the rest of the page. */
export interface EarOptions {
  openMicrophone(listener: MicrophoneListener): Promise<Microphone | NoMicrophone>;
  readonly transcribe: Transcribe;
  /** Loads what it needs to hear by itself, and begins. */
  startHandsFree(): Promise<HandsFree>;
  /** Lets the page sound: called inside a click or a key press. */
  unlock(): void;
  /** Somebody begins to speak: what sounds is to fall silent. */
  onPress(): void;
  /** This was said. */
  onUnderstood(text: string): void;
  /** Its state has changed, or how loud it is. */
  onChange(): void;
}

/** Hears what a person says while they hold a key or a button, or, hands-free, whenever they speak. */
export interface Ear {
  /** From now on it hears; to be called inside a click or a key press. */
  press(): void;
  /** That was it: what was said is written down. */
  release(): void;
  /** Forgets what is being said, or written down. */
  cancel(): void;
  /** Hears by itself from now on, or no more; to be called inside a click or a key press. */
  setFree(free: boolean): void;
  /** Tells of something that went wrong while it hears by itself, or that nothing is wrong any more. */
  tell(problem: Key | undefined): void;
  /** It hears by itself, or is about to. */
  readonly isFree: boolean;
  /** What was understood and is about to be asked. */
  readonly pending: string | undefined;
  /** The assistant's voice comes back by the microphone. */
  readonly isDeaf: boolean;
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

/** Makes an ear; the microphone is opened when it is first needed. */
export function createEar(options: EarOptions): Ear {
  const { openMicrophone, transcribe, startHandsFree, unlock, onPress, onUnderstood, onChange } = options;
  let state: EarState = "off";
  let problem: Key | undefined;
  let opening: Promise<Microphone | NoMicrophone> | undefined;
  let frames: Float32Array[] = [];
  let loudness = 0;
  let call: AbortController | undefined;
  let isFree = false;
  let handsFree: HandsFree | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;

  const enter = (next: EarState, why?: Key) => {
    state = next;
    problem = why;
    if (next === "off" && !isFree) loudness = 0;
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
    if (!isFree) idle = setTimeout(close, openMs);
  };
  const listener: MicrophoneListener = {
    onFrame(frame) {
      if (state !== "hearing" && !isFree) return;
      loudness = loudnessOf(frame);
      if (state === "hearing") frames.push(frame);
      else void handsFree?.hear(frame);
      if (state === "hearing" && frames.length >= mostFrames) release();
      else onChange();
    },
    onGone() {
      close();
      const wasFree = isFree;
      isFree = false;
      handsFree?.forget();
      if (wasFree || isIn("opening", "hearing")) enter("off", "ear.missing");
    },
  };

  const press = async () => {
    if (isIn("opening", "hearing")) return;
    unlock();
    cancel();
    onPress();
    frames = [];
    if ((await open()) && isIn("opening")) enter("hearing");
  };
  /** Whether the microphone is open. */
  const open = async (): Promise<boolean> => {
    clearTimeout(idle);
    enter("opening");
    const mine = opening ?? openMicrophone(listener);
    opening = mine;
    const microphone = await mine;
    if ("close" in microphone) return true;
    opening = undefined;
    isFree = false;
    if (isIn("opening")) enter("off", microphone.problem);
    return false;
  };
  const setFree = async (free: boolean) => {
    if (free === isFree) return;
    unlock();
    cancel();
    isFree = free;
    if (!free) {
      close();
      return enter("off");
    }
    if (!(await open())) return;
    try {
      handsFree ??= await startHandsFree();
      if (isFree && isIn("opening")) enter("off");
    } catch {
      isFree = false;
      close();
      enter("off", "ear.unloaded");
    }
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
      if (!mine.signal.aborted) enter("off", problemOfTranscript(error));
    }
  };
  const cancel = () => {
    call?.abort();
    call = undefined;
    handsFree?.forget();
    if (opening !== undefined) rest();
    if (state !== "off" || problem !== undefined) enter("off");
  };

  return {
    press: () => void press(),
    release,
    cancel,
    setFree: (free) => void setFree(free),
    tell: (why) => enter(state, why),
    get state() {
      return state === "off" && isFree ? (handsFree?.state ?? "opening") : state;
    },
    get isFree() {
      return isFree;
    },
    get pending() {
      return isFree ? handsFree?.pending : undefined;
    },
    get isDeaf() {
      return isFree && handsFree?.isDeaf === true;
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
