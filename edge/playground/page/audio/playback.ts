import { createResampler, decodePcm, type Resampler } from "./resampler.ts";
import type { FromWorklet, ToWorklet } from "./worklet.ts";

// Enough to hide the uneven arrival of a local network, too short to be noticed as a delay.
const startBufferSeconds = 0.06;
// What a listener can fall behind before the page stops taking more from the network.
const maxAheadSeconds = 180;

/** The sound of one turn, while it is played. Frames are counted at the turn's rate. */
export interface Playback {
  /** Adds audio: 16-bit PCM at the turn's rate. */
  push(pcm: Uint8Array): void;
  /** No more will come. */
  end(): void;
  /** Silence, now and for good. */
  stop(): void;
  /** Silence until it goes on, from where it was. */
  hold(held: boolean): void;
  /** Resolves when there is room for more audio. */
  room(): Promise<void>;
  /** Takes the audio thread's report. */
  receive(report: FromWorklet): void;
  /** Frames that have left the speaker: what is on its way there does not count. */
  readonly heardFrames: number;
  /** Frames that have come so far. */
  readonly comeFrames: number;
  /** When the first sound was heard, on `performance.now()`'s clock. */
  readonly firstHeardMs: number | undefined;
  /** Times that it broke off until more had come; to hold it is none. */
  readonly gapCount: number;
  /** How long those gaps lasted, in milliseconds. */
  readonly gapMs: number;
  /** Whether it is held. */
  readonly held: boolean;
  /** Whether all was heard, or stopped. */
  readonly over: boolean;
}

/** Sends a message to the audio thread; messages keep their order. */
export type Send = (message: ToWorklet, transfer?: Transferable[]) => void;

/** What a playback needs to know of the audio device: an `AudioContext` does. */
export type Device = Pick<AudioContext, "sampleRate" | "baseLatency" | "outputLatency">;

// Bluetooth takes up to half a second; a browser that is short of time has been seen to claim far more.
const mostLatencySeconds = 1;

/** How long a sample takes from the audio thread to the ear. */
export function latencySeconds({ baseLatency, outputLatency }: Device): number {
  return Math.min(mostLatencySeconds, baseLatency + (outputLatency || 0));
}

/** Makes the sound of one turn, at `sampleRate`, in an open audio device; `nowMs` is `performance.now()`. */
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
  // Frames that have come are counted at the turn's rate; those that were sent and played at the device's.
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

  /** The last samples are on their way to the speaker when the audio thread has no more. */
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

/** How often and how long a sound breaks off. One that does not go on was at its end: nobody missed more of it. */
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

/** How many frames wait on the audio thread before a turn begins to sound. */
export function startFrames(context: AudioContext): number {
  return Math.round(startBufferSeconds * context.sampleRate);
}
