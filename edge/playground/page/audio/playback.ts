import { createResampler, decodePcm } from "./resampler.ts";
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
  const resampler = createResampler(sampleRate, device.sampleRate);
  let come = 0;
  let sent = 0;
  let played = 0;
  let held = false;
  let stoppedAt: number | undefined;
  let drainedMs: number | undefined;
  let firstHeardMs: number | undefined;
  let waiting: (() => void)[] = [];
  let underruns = 0;
  let brokeOffMs: number | undefined;
  let gapCount = 0;
  let gapMs = 0;

  const isClosed = () => stoppedAt !== undefined || drainedMs !== undefined;
  // The last samples are on their way to the speaker when the audio thread has no more.
  const isOut = () => drainedMs !== undefined && nowMs() >= drainedMs + 1000 * latencySeconds(device);
  const heardFrames = () => {
    const frames = isOut() ? played : Math.max(0, played - latencySeconds(device) * device.sampleRate);
    return (frames * sampleRate) / device.sampleRate;
  };
  const push = (samples: Float32Array) => {
    if (isClosed() || samples.length === 0) return;
    sent += samples.length;
    send({ type: "push", samples }, [samples.buffer]);
  };
  const isFull = () => !isClosed() && sent - played > maxAheadSeconds * device.sampleRate;
  // A sound that breaks off and does not go on was at its end: nobody missed more of it.
  const goOn = () => {
    if (brokeOffMs === undefined) return;
    gapCount++;
    gapMs += nowMs() - brokeOffMs;
    brokeOffMs = undefined;
  };
  const wake = () => {
    if (isFull()) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };

  return {
    push(pcm) {
      come += pcm.length >> 1;
      push(resampler.push(decodePcm(pcm)));
    },
    end() {
      push(resampler.end());
      send({ type: "end" });
    },
    stop() {
      stoppedAt ??= heardFrames();
      send({ type: "clear" });
      wake();
    },
    hold(wanted) {
      held = wanted && !isClosed();
      if (held) goOn();
      send({ type: "hold", held });
    },
    async room() {
      if (isFull()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    receive(report) {
      if (report.played > 0) firstHeardMs ??= nowMs() + 1000 * latencySeconds(device);
      played = report.played;
      if (report.underruns > underruns && !held) brokeOffMs ??= nowMs();
      underruns = report.underruns;
      if (report.state === "playing") goOn();
      if (report.state === "drained") drainedMs ??= nowMs();
      wake();
    },
    get heardFrames() {
      return stoppedAt ?? heardFrames();
    },
    get comeFrames() {
      return come;
    },
    get firstHeardMs() {
      return firstHeardMs;
    },
    get gapCount() {
      return gapCount;
    },
    get gapMs() {
      return gapMs;
    },
    get held() {
      return held;
    },
    get over() {
      return stoppedAt !== undefined || isOut();
    },
  };
}

/** How many frames wait on the audio thread before a turn begins to sound. */
export function startFrames(context: AudioContext): number {
  return Math.round(startBufferSeconds * context.sampleRate);
}
