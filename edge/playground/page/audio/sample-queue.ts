/** What the queue does. */
export type QueueState = "filling" | "playing" | "drained";

/** The samples that wait to be played. Runs on the audio thread: it never allocates while it plays. */
export interface SampleQueue {
  /** Adds samples behind those that wait. */
  push(samples: Float32Array): void;
  /** No more will come: play what is there, however little. */
  end(): void;
  /** Throws away what waits; the sound fades within one read. */
  clear(): void;
  /** Plays nothing until it is let go on, and then the very next sample; the sound fades out and in within one read. */
  hold(held: boolean): void;
  /** Fills `output` with the next samples, silence where there are none. */
  read(output: Float32Array): void;
  /** Samples played so far. */
  readonly played: number;
  /** Times the sound broke off because samples came too late. */
  readonly underruns: number;
  /** What it does. */
  readonly state: QueueState;
}

/** Makes a queue that starts to play when `startFrames` wait, so that uneven arrival is not heard. */
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
      // A sound that stops dead clicks: its last sample is let down to silence.
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
