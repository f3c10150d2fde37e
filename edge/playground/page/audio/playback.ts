import { createResampler, decodePcm, type Resampler } from "./resampler.ts";
import type { FromWorklet, ToWorklet } from "./worklet.ts";

// How much audio is collected before playback starts, in seconds: enough to hide the uneven arrival over a local
// network, but too little to be noticed as a delay.
const startBufferSeconds = 0.06;
// How many seconds of unplayed audio may collect before the page stops reading from the network.
const maxAheadSeconds = 180;

/** The playback of one turn's audio. Frames are counted at the turn's rate. */
export interface Playback {
  /** Adds audio: 16-bit PCM at the turn's rate. */
  push(pcm: Uint8Array): void;
  /** Call this when no more audio will come. */
  end(): void;
  /** Stops playback for good. */
  stop(): void;
  /** Pauses playback, or resumes it where it was paused. */
  hold(held: boolean): void;
  /** Resolves when so little audio is left to play that more may be read from the network. */
  room(): Promise<void>;
  /** Handles a report of the audio thread. */
  receive(report: FromWorklet): void;
  /** How many frames the loudspeaker has played; frames still on their way to it do not count. */
  readonly heardFrames: number;
  /** How many frames have been received so far. */
  readonly comeFrames: number;
  /** When the first audio was heard, on `performance.now()`'s clock. */
  readonly firstHeardMs: number | undefined;
  /** How many times playback stalled until more audio arrived; pauses do not count. */
  readonly gapCount: number;
  /** The total time for which playback stalled, in milliseconds. */
  readonly gapMs: number;
  /** Whether playback is paused. */
  readonly held: boolean;
  /** Whether everything was heard, or playback was stopped. */
  readonly over: boolean;
}

/** Sends a message to the audio thread; messages arrive in the order in which they were sent. */
export type Send = (message: ToWorklet, transfer?: Transferable[]) => void;

/** The properties of an `AudioContext` that a playback needs. */
export type Device = Pick<AudioContext, "sampleRate" | "baseLatency" | "outputLatency">;

// Reported latencies are capped at this many seconds: Bluetooth adds up to 0.5 s; overloaded browsers report far more.
const mostLatencySeconds = 1;

/** How long a sample takes from the audio thread to the ear, in seconds. */
export function latencySeconds({ baseLatency, outputLatency }: Device): number {
  return Math.min(mostLatencySeconds, baseLatency + (outputLatency || 0));
}

/** Creates the playback of one turn, at `sampleRate`, on an open audio device; `nowMs` is `performance.now()`. */
export function createPlayback(sampleRate: number, device: Device, send: Send, nowMs: () => number): Playback {
  return new DevicePlayback(sampleRate, device, send, nowMs);
}

class DevicePlayback implements Playback {
  readonly #sampleRate: number;
  readonly #device: Device;
  readonly #send: Send;
  readonly #nowMs: () => number;
  readonly #resampler: Resampler;
  readonly #gaps = new Gaps();
  // `#come` counts frames received, at the turn's rate; `#sent` and `#played` count frames at the device's rate.
  #come = 0;
  #sent = 0;
  #played = 0;
  #underruns = 0;
  #held = false;
  #stoppedAt: number | undefined;
  #drainedMs: number | undefined;
  #firstHeardMs: number | undefined;
  #waiting: (() => void)[] = [];

  constructor(sampleRate: number, device: Device, send: Send, nowMs: () => number) {
    this.#sampleRate = sampleRate;
    this.#device = device;
    this.#send = send;
    this.#nowMs = nowMs;
    this.#resampler = createResampler(sampleRate, device.sampleRate);
  }

  push(pcm: Uint8Array): void {
    this.#come += pcm.length >> 1;
    this.#pass(this.#resampler.push(decodePcm(pcm)));
  }

  end(): void {
    this.#pass(this.#resampler.end());
    this.#send({ type: "end" });
  }

  stop(): void {
    this.#stoppedAt ??= this.heardFrames;
    this.#send({ type: "clear" });
    this.#wake();
  }

  hold(held: boolean): void {
    this.#held = held && !this.#isClosed;
    if (this.#held) this.#gaps.goOn(this.#nowMs());
    this.#send({ type: "hold", held: this.#held });
  }

  async room(): Promise<void> {
    if (this.#isFull) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  receive({ played, underruns, state }: FromWorklet): void {
    if (played > 0) this.#firstHeardMs ??= this.#nowMs() + this.#latencyMs;
    this.#played = played;
    if (underruns > this.#underruns && !this.#held) this.#gaps.breakOff(this.#nowMs());
    this.#underruns = underruns;
    if (state === "playing") this.#gaps.goOn(this.#nowMs());
    if (state === "drained") this.#drainedMs ??= this.#nowMs();
    this.#wake();
  }

  get heardFrames(): number {
    if (this.#stoppedAt !== undefined) return this.#stoppedAt;
    const onTheWay = this.#isOut ? 0 : latencySeconds(this.#device) * this.#device.sampleRate;
    return (Math.max(0, this.#played - onTheWay) * this.#sampleRate) / this.#device.sampleRate;
  }

  get comeFrames(): number {
    return this.#come;
  }

  get firstHeardMs(): number | undefined {
    return this.#firstHeardMs;
  }

  get gapCount(): number {
    return this.#gaps.count;
  }

  get gapMs(): number {
    return this.#gaps.ms;
  }

  get held(): boolean {
    return this.#held;
  }

  get over(): boolean {
    return this.#stoppedAt !== undefined || this.#isOut;
  }

  get #latencyMs(): number {
    return 1000 * latencySeconds(this.#device);
  }

  get #isClosed(): boolean {
    return this.#stoppedAt !== undefined || this.#drainedMs !== undefined;
  }

  /**
   * Whether the last samples have left the speaker: when the audio thread has no samples left, the last ones are still
   * on their way to the speaker.
   */
  get #isOut(): boolean {
    return this.#drainedMs !== undefined && this.#nowMs() >= this.#drainedMs + this.#latencyMs;
  }

  get #isFull(): boolean {
    return !this.#isClosed && this.#sent - this.#played > maxAheadSeconds * this.#device.sampleRate;
  }

  #pass(samples: Float32Array): void {
    if (this.#isClosed || samples.length === 0) return;
    this.#sent += samples.length;
    this.#send({ type: "push", samples }, [samples.buffer]);
  }

  #wake(): void {
    if (this.#isFull) return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting = [];
  }
}

/**
 * Counts how often playback breaks off, and for how long. A break is counted only when playback goes on after it;
 * otherwise the break was the end of the audio.
 */
class Gaps {
  count = 0;
  ms = 0;
  #sinceMs: number | undefined;

  breakOff(nowMs: number): void {
    this.#sinceMs ??= nowMs;
  }

  goOn(nowMs: number): void {
    if (this.#sinceMs === undefined) return;
    this.count++;
    this.ms += nowMs - this.#sinceMs;
    this.#sinceMs = undefined;
  }
}

/** How many frames the audio thread buffers before a turn starts to play. */
export function startFrames(context: AudioContext): number {
  return Math.round(startBufferSeconds * context.sampleRate);
}
