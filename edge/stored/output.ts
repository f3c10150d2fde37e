import { type AudioForm, audioForms } from "../audio/formats.ts";
import { kilobits } from "../audio/mp3.ts";
import type { FieldViolation } from "../errors.ts";
import { OutputEncoding, type OutputFormat } from "../gen/duet/assistant/v1/assistant_pb.ts";

/** The audio forms in which speech is stored. */
export const storedForms = {
  wav: { form: "wav", ending: "wav", encoding: OutputEncoding.WAV },
  mp3: { form: "mp3", ending: "mp3", encoding: OutputEncoding.MP3 },
  ogg: { form: "opus", ending: "ogg", encoding: OutputEncoding.OGG_OPUS },
} as const;

/** The name of an audio form in which speech is stored. */
export type StoredFormName = keyof typeof storedForms;

/** How the speech of an answer is stored. */
export interface StoredOutput {
  readonly name: StoredFormName;
  /** Sample frames per second. */
  readonly rate: number;
}

const usualRate = 24_000;
const namesByEncoding = new Map(
  Object.entries(storedForms).map(([name, { encoding }]) => [encoding as OutputEncoding, name as StoredFormName]),
);

/** Checks the requested output, and yields a violation for every invalid field. */
export function* checkOutput(asked: OutputFormat | undefined): Generator<FieldViolation> {
  const { encoding = OutputEncoding.UNSPECIFIED, sampleRateHertz = 0 } = asked ?? {};
  const name = namesByEncoding.get(encoding);
  if (encoding !== OutputEncoding.UNSPECIFIED && name === undefined)
    yield {
      field: "output.encoding",
      reason: "UNKNOWN_VALUE",
      description: "must be OUTPUT_ENCODING_WAV, OUTPUT_ENCODING_OGG_OPUS or OUTPUT_ENCODING_MP3, or left out",
    };
  // If the request names no encoding, the deployment's default is used, which is not known here, so every rate that
  // WAV allows is accepted.
  const rates = name === undefined ? audioForms.wav.rates : ratesOf(name);
  if (sampleRateHertz !== 0 && !rates.includes(sampleRateHertz)) yield wrongRate(rates);
}

/**
 * The output for a request; `usual` is the deployment's default form. Never throws: a rate that the form does not
 * support is replaced by the form's default rate.
 */
export function outputOf(asked: OutputFormat | undefined, usual: StoredFormName): StoredOutput {
  const { encoding = OutputEncoding.UNSPECIFIED, sampleRateHertz = 0 } = asked ?? {};
  const name = namesByEncoding.get(encoding) ?? usual;
  return { name, rate: ratesOf(name).includes(sampleRateHertz) ? sampleRateHertz : usualRate };
}

/** The duration of a file, in ms: computed from the number of samples or, for MP3, from the number of bytes. */
export function durationOf({ name, rate }: StoredOutput, samples: number, soundBytes: number): number {
  // An MP3 file consists of frames of equal size and duration, so its bytes tell how long it lasts.
  return Math.round(name === "mp3" ? (soundBytes * 8) / kilobits(rate) : (samples * 1000) / rate);
}

function ratesOf(name: StoredFormName): readonly number[] {
  const { rates }: AudioForm = audioForms[storedForms[name].form];
  return rates;
}

function wrongRate(rates: readonly number[]): FieldViolation {
  const sorted = [...new Set(rates)].sort((a, b) => a - b);
  return {
    field: "output.sample_rate_hertz",
    reason: "UNKNOWN_VALUE",
    description: `must be one of ${sorted.join(", ")}, or 0`,
  };
}
