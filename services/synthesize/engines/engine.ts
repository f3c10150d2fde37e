import type { Checks } from "../audio/checks.ts";
import type { GarblePrior } from "../schedule/sizes/garble.ts";

/** A voice that an engine can speak with. */
export interface Voice {
  /** The voice's name in requests. */
  readonly name: string;
  /** The voice's name as shown to people. */
  readonly displayName: string;
  /** BCP 47 tags of the languages that the voice is known to speak; empty if unknown. */
  readonly languages: readonly string[];
}

/** A recording of a voice, for an engine to imitate, with its transcript. */
export interface Sample {
  /** Mono samples at the engine's own sample rate. */
  readonly samples: Int16Array;
  readonly text: string;
}

/** One request to an engine. */
export interface EngineRequest {
  /** The text as spoken: at least one letter or digit, no markup. */
  readonly text: string;
  /**
   * Whether the text does not end at a punctuation mark and continues in the next request, so that the pitch should not
   * fall. Default: no.
   */
  readonly goesOn?: boolean;
  /** One of the voices in `voices()`. */
  readonly voice: string;
  /** A different seed gives a different rendition of the same text. */
  readonly seed: number;
  /** The maximum duration of the audio, in seconds; the engine is told to stop there. */
  readonly maxSeconds: number;
  /** The sample to imitate, for voices for which `fromFirst` is true. */
  readonly like?: Sample | undefined;
}

/** The observed state of an engine's worker. */
export interface EngineWorker {
  /** The worker's URL. */
  readonly url: string;
  /** The versions that this worker may be, judging by its behavior; empty if it was not reached. */
  readonly versions: readonly string[];
  /** Why this worker cannot speak now; undefined if it can. */
  readonly reason: string | undefined;
}

/** Something that an operator should know about an engine. */
export interface Caution {
  readonly reason: string;
  /** Whether the engine is given work despite the problem that `reason` describes; the operator decides this. */
  readonly isReady: boolean;
}

/** An engine that speaks, reached over the network. It has one or more workers. */
export interface Engine {
  /** The engine's name in this deployment, for traces and GetEngine, such as `fish`. */
  readonly name: string;
  /** The sample rate of the mono PCM that the engine makes. */
  readonly sampleRateHertz: number;
  /** The URL of each worker, without credentials. */
  readonly addresses: readonly string[];
  /** How many requests each worker accepts at once: 1 for Fish-Speech, more for engines that batch. */
  readonly slots: readonly number[];
  /**
   * For workers whose capacity is not known: how many requests each is given at first. It is given more, up to `slots`,
   * as long as it responds promptly, and fewer when it does not or reports that it is busy. Default: `slots`.
   */
  readonly firstSlots?: readonly number[];
  /**
   * Whether audio arrives while a request is still in progress: it is then passed on before all of it can be checked.
   */
  readonly streams: boolean;
  /** What the engine's speech is checked for. */
  readonly checks: Checks;
  /**
   * Whether the engine itself converts numbers, units and symbols to words, so that it is sent the text as written, but
   * without markup. Default: no.
   */
  readonly readsWritten?: boolean;
  /**
   * Whether this voice sounds different, at random, for each text. The rest of a text then waits for the speech of the
   * first segment, and imitates that speech (`EngineRequest.like`).
   */
  fromFirst(voice: string): boolean;
  /**
   * Describes what a voice is made of, as far as known; the description changes when the voice comes to sound
   * different. Undefined if the voice sounds different with each request. Default: "", a voice that never changes.
   */
  revisionOf?(voice: string): string | undefined;
  /** How often the engine turns short texts into noise, as far as known before any measurement; empty if never. */
  readonly garble: GarblePrior;
  /** The voices in the order in which to offer them, the default first. Throws EngineError if they cannot be listed. */
  voices(signal: AbortSignal): Promise<readonly Voice[]>;
  /**
   * Speaks on a worker with a free slot, and yields PCM s16le in whole sample frames; throws an EngineError. Read the
   * audio to its end, since the worker is busy until then. `signal` abandons the work: nothing more is yielded, and the
   * signal's reason is thrown once the worker is free. A worker that cannot be stopped is free only once the rest of
   * its response has been read and discarded.
   */
  synthesize(worker: number, request: EngineRequest, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /**
   * Checks whether a worker that was excluded is up, even if busy; resolves to why it cannot speak and what to do, or
   * undefined if it can. Takes a few seconds at most. Undefined for an engine that cannot be checked: its workers are
   * tried with real work.
   */
  readonly probe: ((worker: number) => Promise<string | undefined>) | undefined;
  /** Why the engine accepts no work, and what to do; undefined if at least one worker does. */
  notReady(): Promise<string | undefined>;
  /**
   * A reason to doubt the engine's speech although its workers are well, and what to do about it; undefined if there is
   * none, or if no worker answers.
   */
  caution(): Promise<Caution | undefined>;
  /** Observes every idle worker; a busy one is reported as last observed. */
  workers(): Promise<readonly EngineWorker[]>;
  /** Closes all connections, which ends all work. */
  close(): Promise<void>;
}
