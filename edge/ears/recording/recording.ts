/** The rate at which recordings are looked at and sent, in samples a second: that of every recognizer's own model. */
export const earRateHertz = 16_000;

/** The longest recording, in milliseconds, and the largest, in bytes: what the contract states. */
export const mostRecordedMs = 60_000;
export const mostRecordedBytes = 4 << 20;

/** How a file is written that is passed on as it is. */
export type FileFormat = "ogg" | "webm" | "mp3" | "flac";

/** A recording of one utterance, read. */
export type Recording =
  /** Samples at `earRateHertz`, mono: they can be looked at. */
  | { readonly form: "samples"; readonly samples: Int16Array; readonly durationMs: number }
  /** A file that only a recognizer can open. */
  | {
      readonly form: "file";
      readonly format: FileFormat;
      readonly bytes: Uint8Array;
      /** By its headers; undefined where they do not tell. */
      readonly durationMs: number | undefined;
    };

// What MediaRecorder writes of speech, in bits a second, as its files do not say how long they are.
const usualBits = 24_000;

/** How long a recording is, in seconds, for limits: estimated by its size where it does not tell. */
export function recordedSeconds(recording: Recording): number {
  const { durationMs } = recording;
  if (durationMs !== undefined) return durationMs / 1000;
  const bits = recording.form === "file" ? recording.bytes.length * 8 : 0;
  return Math.min(mostRecordedMs / 1000, bits / usualBits);
}
