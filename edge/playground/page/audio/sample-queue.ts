/** The state of the queue. */
export type QueueState = "filling" | "playing" | "drained";

/** The queue of samples to play. It runs on the audio thread, so it never allocates during playback. */
export interface SampleQueue {
  /** Appends samples. */
  push(samples: Float32Array): void;
  /** Call this when no more samples will come: the queue then plays whatever it holds, however little. */
  end(): void;
  /** Discards all samples; the sound fades out within the next call of `read`. */
  clear(): void;
  /** Pauses playback, or continues it with the very next sample; the sound fades within the next call of `read`. */
  hold(held: boolean): void;
  /** Fills `output` with the next samples, or silence where there are none. */
  read(output: Float32Array): void;
  /** How many samples have been played so far. */
  readonly played: number;
  /** How often playback stopped because samples came too late. */
  readonly underruns: number;
  /** Whether the queue is still collecting samples, is playing, or has run out of samples. */
  readonly state: QueueState;
}

/** Makes a queue that starts playing once it holds `startFrames` frames, to absorb uneven arrival. */
export function createSampleQueue(startFrames: number): SampleQueue {
  let parts: Float32Array[] = [];
  let offset = 0;
  let waiting = 0;
  let played = 0;
  let underruns = 0;
  let ended = false;
  let held = false;
  let rises = false;
  let state: QueueState = "filling";
  let level = 0;

  const take = (output: Float32Array): number => {
    let filled = 0;
    while (filled < output.length) {
      const part = parts[0];
      if (part === undefined) break;
      const count = Math.min(part.length - offset, output.length - filled);
      output.set(part.subarray(offset, offset + count), filled);
      filled += count;
      offset += count;
      if (offset === part.length) {
        parts.shift();
        offset = 0;
      }
    }
    waiting -= filled;
    played += filled;
    return filled;
  };

  return {
    push(samples) {
      if (samples.length === 0) return;
      parts.push(samples);
      waiting += samples.length;
    },
    end() {
      ended = true;
    },
    clear() {
      parts = [];
      offset = 0;
      waiting = 0;
      ended = true;
    },
    hold(wanted) {
      rises ||= held && !wanted;
      held = wanted;
    },
    read(output) {
      if (state === "filling" && !held && waiting > 0 && (ended || waiting >= startFrames)) state = "playing";
      const filled = state === "playing" && !held ? take(output) : 0;
      if (filled > 0 && rises) {
        for (let index = 0; index < filled; index++) output[index] = (output[index] as number) * (index / filled);
        rises = false;
      }
      if (filled > 0) level = output[filled - 1] as number;
      // Audio that stops abruptly clicks, so the last sample fades to silence.
      for (let index = filled; index < output.length; index++)
        output[index] = level * (1 - (index - filled + 1) / (output.length - filled));
      if (filled === output.length) return;
      level = 0;
      if (ended && waiting === 0) state = "drained";
      else if (held) return;
      else if (state === "playing") {
        state = "filling";
        underruns++;
      }
    },
    get played() {
      return played;
    },
    get underruns() {
      return underruns;
    },
    get state() {
      return state;
    },
  };
}
