/** The sample rate, in hertz, at which recordings are analyzed and sent: every recognizer's model expects it. */
export const earRateHertz = 16_000;

/** The longest recording that the API accepts, in milliseconds, and the largest, in bytes: limits of its contract. */
export const mostRecordedMs = 60_000;
export const mostRecordedBytes = 4 << 20;

/** The file formats of recordings that are passed on to a recognizer without being decoded. */
export type FileFormat = "ogg" | "webm" | "mp3" | "flac";

/** A recording of one utterance, after it was read from a request. */
export type Recording =
  /** Mono samples at `earRateHertz`, which can be analyzed. */
  | { readonly form: "samples"; readonly samples: Int16Array; readonly durationMs: number }
  /** A file that only a recognizer can decode. */
  | {
      readonly form: "file";
      readonly format: FileFormat;
      readonly bytes: Uint8Array;
      /** The duration that the file's headers state; undefined if they state none. */
      readonly durationMs: number | undefined;
    };

// The usual bit rate, in bit/s, of speech recorded by MediaRecorder, whose files do not state their duration.
const usualBits = 24_000;

/** The duration of a recording in seconds, for limits; if it is unknown, it is estimated from the file's size. */
export function recordedSeconds(recording: Recording): number {
  const { durationMs } = recording;
  if (durationMs !== undefined) return durationMs / 1000;
  const bits = recording.form === "file" ? recording.bytes.length * 8 : 0;
  return Math.min(mostRecordedMs / 1000, bits / usualBits);
}
