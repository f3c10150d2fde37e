import { concat, toSamples } from "../../infra/audio/pcm.ts";
import { createResampler } from "../../infra/audio/resample.ts";
import { type AudioForm, type AudioFormName, audioForms } from "./formats.ts";
import type { FileMark } from "./mark.ts";
import { chain, type Encoder } from "./stage.ts";
import { createTempo } from "./tempo.ts";

/** The audio that a request asks for. */
export interface AudioOutput {
  readonly form: AudioFormName;
  /** The sample rate, in samples per second: one of the rates that the form offers. */
  readonly rate: number;
  /** The factor by which speech is sped up, at the same pitch. 1: unchanged. */
  readonly speed: number;
  /** Whether to send a 20 ms frame every 20 ms, as a telephone line expects; only for formats without a header. */
  readonly realTime: boolean;
}

/**
 * Converts a turn's speech to bytes of one audio format. It takes PCM (16-bit little-endian) at one sample rate. One
 * encoder serves the whole turn, so that segments join without a gap.
 */
export interface AudioWriter {
  push(pcm: Uint8Array): Uint8Array;
  end(): Uint8Array;
  /** Frees the encoder; may be called more than once. */
  close(): void;
}

/** Makes a writer for speech at the sample rate `spokenRate`; with a mark, the file states that it is machine-made. */
export async function createAudioWriter(
  { form, rate, speed }: AudioOutput,
  spokenRate: number,
  mark?: FileMark,
): Promise<AudioWriter> {
  const { create }: AudioForm = audioForms[form];
  let stages: Encoder = await create(rate, mark);
  if (spokenRate !== rate) stages = chain(await createResampler(spokenRate, rate), stages, concat);
  if (speed !== 1) stages = chain(await createTempo(spokenRate, speed), stages, concat);
  return { push: (pcm) => stages.push(toSamples(pcm)), end: () => stages.end(), close: () => stages.close() };
}

/** The media type of an output. */
export function contentTypeOf({ form, rate }: Pick<AudioOutput, "form" | "rate">): string {
  return audioForms[form].contentType(rate);
}
