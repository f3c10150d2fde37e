import type { Checks } from "../audio/checks.ts";
import type { GarblePrior } from "../schedule/sizes/garble.ts";

/** A voice that an engine can speak with. */
export interface Voice {
  /** Names it in requests. */
  readonly name: string;
  /** A name for people. */
  readonly displayName: string;
  /** BCP 47 tags of the languages it is known to speak; empty if not known. */
  readonly languages: readonly string[];
}

/** Speech that shows an engine a voice, and the words that are spoken in it. */
export interface Sample {
  /** Mono, at the engine's own rate. */
  readonly samples: Int16Array;
  readonly text: string;
}

/** One piece of work for an engine. */
export interface EngineRequest {
  /** Words as spoken: at least one letter or digit, no markup. */
  readonly text: string;
  /** The words stop at no mark, and the next request goes on with them: the voice is not to fall. Default false. */
  readonly goesOn?: boolean;
  /** A voice of `voices()`. */
  readonly voice: string;
  /** Another seed asks for another reading of the same text. */
  readonly seed: number;
  /** How long the audio will be at most, in seconds; the engine is told to stop there. */
  readonly maxSeconds: number;
  /** Whom to sound like, where `fromFirst` says so. */
  readonly like?: Sample | undefined;
}

/** A worker of an engine, as it was found. */
export interface EngineWorker {
  /** Its address. */
  readonly url: string;
  /** What it may be, by how it answers; empty if it was not reached. */
  readonly versions: readonly string[];
  /** Why it cannot speak now; undefined if it can. */
  readonly reason: string | undefined;
}

/** Something that an operator should know of an engine. */
export interface Caution {
  readonly reason: string;
  /** Whether it should be given work all the same: the operator said so. */
  readonly isReady: boolean;
}

/** An engine that speaks, reached over the network: one or more workers. */
export interface Engine {
  /** What this deployment calls it, for traces and GetEngine, such as `fish`. */
  readonly name: string;
  /** Sample frames a second of its PCM, mono. */
  readonly sampleRateHertz: number;
  /** The address of each worker, without credentials. */
  readonly addresses: readonly string[];
  /** How many requests each worker takes at once; 1 for Fish-Speech, more for engines that batch. */
  readonly slots: readonly number[];
  /**
   * How many each is given to begin with, where `slots` is more than is known of it: it is given more as long as it answers promptly, and
   * fewer when it does not or says that it is busy. Default: `slots`.
   */
  readonly firstSlots?: readonly number[];
  /** Whether audio comes while a request is still being worked on, so that it is passed on before it can be judged whole. */
  readonly streams: boolean;
  /** What its speech is held to. */
  readonly checks: Checks;
  /** It puts figures, units and signs into words itself, and is sent the text as it is written, without markup. Default false. */
  readonly readsWritten?: boolean;
  /**
   * Whether a voice is nobody's until a text has begun: then the rest of that text waits for its first speech, and is asked to sound
   * `like` it.
   */
  fromFirst(voice: string): boolean;
  /**
   * What a voice is made of, as far as it is known here: another text once it sounds different. Undefined where it sounds different with
   * each request. Default: "", a voice that stays as it is.
   */
  revisionOf?(voice: string): string | undefined;
  /** How often it makes noise of short speech, as far as that is known beforehand; empty if it does not mind. */
  readonly garble: GarblePrior;
  /** The voices there are, in the order in which to offer them; the first is the default. Throws EngineError. */
  voices(signal: AbortSignal): Promise<readonly Voice[]>;
  /**
   * Speaks on a worker that has a free slot: PCM s16le, whole sample frames; throws an EngineError. Read it to its end:
   * until then the worker is busy. `signal` abandons the work: nothing more is yielded, and the signal's reason is thrown
   * once the worker is free, which for an engine that cannot be stopped is when its answer is drained.
   */
  synthesize(worker: number, request: EngineRequest, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /**
   * Asks a worker that was left out whether it is there, busy or not; resolves to why it cannot speak, with the remedy, or undefined
   * if it can. Takes a few seconds at most. Undefined for an engine that cannot be asked: its workers are tried with work.
   */
  readonly probe: ((worker: number) => Promise<string | undefined>) | undefined;
  /** Why the engine can take no work, with the remedy; undefined if at least one worker can. */
  notReady(): Promise<string | undefined>;
  /** What is doubtful about its speech although its workers are well, with the remedy; undefined if nothing is, or nobody answers. */
  caution(): Promise<Caution | undefined>;
  /** Looks at every worker that is idle; a busy one is as it was seen last. */
  workers(): Promise<readonly EngineWorker[]>;
  /** Cuts every connection; jobs end. */
  close(): Promise<void>;
}
