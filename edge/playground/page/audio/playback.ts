import { createResampler, decodePcm } from "./resampler.ts";
import type { FromWorklet, ToWorklet } from "./worklet.ts";

// Enough to hide the uneven arrival of a local network, too short to be noticed as a delay.
const startBufferSeconds = 0.06;
// What a listener can fall behind before the page stops taking more from the network.
const maxAheadSeconds = 180;

/** The sound of one turn. */
export interface Playback {
  /** Adds audio: 16-bit PCM at the turn's rate. */
  push(pcm: Uint8Array): void;
  /** No more will come. */
  end(): void;
  /** Silence, now and for good. */
  stop(): void;
  /** Resolves when there is room for more audio. */
  room(): Promise<void>;
  /** Takes the audio thread's report. */
  receive(report: FromWorklet): void;
  /** Sample frames of the turn that have been heard, at the turn's rate. */
  readonly heardFrames: number;
  /** When the first sound was heard, on `performance.now()`'s clock. */
  readonly firstHeardMs: number | undefined;
  /** Whether all was heard, or stopped. */
  readonly over: boolean;
}

/** Sends a message to the audio thread; messages keep their order. */
export type Send = (message: ToWorklet, transfer?: Transferable[]) => void;

/** Makes the sound of one turn, at `sampleRate`, in an open audio device. */
export function createPlayback(sampleRate: number, context: AudioContext, send: Send): Playback {
  const resampler = createResampler(sampleRate, context.sampleRate);
  let sent = 0;
  let played = 0;
  let over = false;
  let firstHeardMs: number | undefined;
  let waiting: (() => void)[] = [];

  const latencySeconds = () => context.baseLatency + (context.outputLatency || 0);
  const push = (samples: Float32Array) => {
    if (over || samples.length === 0) return;
    sent += samples.length;
    send({ type: "push", samples }, [samples.buffer]);
  };
  const isFull = () => !over && sent - played > maxAheadSeconds * context.sampleRate;
  const wake = () => {
    if (isFull()) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };

  return {
    push: (pcm) => push(resampler.push(decodePcm(pcm))),
    end() {
      push(resampler.end());
      send({ type: "end" });
    },
    stop() {
      over = true;
      send({ type: "clear" });
      wake();
    },
    async room() {
      if (isFull()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    receive(report) {
      if (report.played > 0) firstHeardMs ??= performance.now() + 1000 * latencySeconds();
      played = report.played;
      over ||= report.state === "drained";
      wake();
    },
    get heardFrames() {
      const frames = over ? played : Math.max(0, played - latencySeconds() * context.sampleRate);
      return (frames * sampleRate) / context.sampleRate;
    },
    get firstHeardMs() {
      return firstHeardMs;
    },
    get over() {
      return over;
    },
  };
}

/** How many frames wait on the audio thread before a turn begins to sound. */
export function startFrames(context: AudioContext): number {
  return Math.round(startBufferSeconds * context.sampleRate);
}
