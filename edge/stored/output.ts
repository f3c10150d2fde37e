import { type AudioForm, audioForms } from "../audio/formats.ts";
import { kilobits } from "../audio/mp3.ts";
import type { FieldViolation } from "../errors.ts";
import { OutputEncoding, type OutputFormat } from "../gen/duet/assistant/v1/assistant_pb.ts";

/** The forms in which speech is stored. */
export const storedForms = {
  wav: { form: "wav", ending: "wav", encoding: OutputEncoding.WAV },
  mp3: { form: "mp3", ending: "mp3", encoding: OutputEncoding.MP3 },
  ogg: { form: "opus", ending: "ogg", encoding: OutputEncoding.OGG_OPUS },
} as const;

/** The name of a form in which speech is stored. */
export type StoredFormName = keyof typeof storedForms;

/** How the speech of an answer is stored. */
export interface StoredOutput {
  readonly name: StoredFormName;
  /** Sample frames a second. */
  readonly rate: number;
}

const usualRate = 24_000;
const namesByEncoding = new Map(
  Object.entries(storedForms).map(([name, { encoding }]) => [encoding as OutputEncoding, name as StoredFormName]),
);

/** What is wrong with what is asked for. */
export function* checkOutput(asked: OutputFormat | undefined): Generator<FieldViolation> {
  const { encoding = OutputEncoding.UNSPECIFIED, sampleRateHertz = 0 } = asked ?? {};
  const name = namesByEncoding.get(encoding);
  if (encoding !== OutputEncoding.UNSPECIFIED && name === undefined)
    yield {
      field: "output.encoding",
      reason: "UNKNOWN_VALUE",
      description: "must be OUTPUT_ENCODING_WAV, OUTPUT_ENCODING_OGG_OPUS or OUTPUT_ENCODING_MP3, or left out",
    };
  // Of the deployment's own form it may be none; that is told where this is known.
  const rates = name === undefined ? audioForms.wav.rates : ratesOf(name);
  if (sampleRateHertz !== 0 && !rates.includes(sampleRateHertz)) yield wrongRate(rates);
}

/** How speech is stored that is asked for in this way; `usual` is the deployment's form. Throws nothing: a rate that the form has not is its usual one. */
export function outputOf(asked: OutputFormat | undefined, usual: StoredFormName): StoredOutput {
  const { encoding = OutputEncoding.UNSPECIFIED, sampleRateHertz = 0 } = asked ?? {};
  const name = namesByEncoding.get(encoding) ?? usual;
  return { name, rate: ratesOf(name).includes(sampleRateHertz) ? sampleRateHertz : usualRate };
}

/** How long a file plays, in milliseconds: it has so many bytes of sound, of so many samples. */
export function durationOf({ name, rate }: StoredOutput, samples: number, soundBytes: number): number {
  // MP3 is made of frames of one length, and plays as long as they are.
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
