import { concat, toSamples } from "../../infra/audio/pcm.ts";
import { createResampler } from "../../infra/audio/resample.ts";
import { type AudioForm, type AudioFormName, audioForms } from "./formats.ts";
import type { FileMark } from "./mark.ts";
import { chain, type Encoder } from "./stage.ts";
import { createTempo } from "./tempo.ts";

// What is asked for if nothing is said, and what Fish-Speech speaks at.
const usualRate = 24_000;
const usualSpokenRate = 44_100;
const warmingSeconds = 0.1;

/** In which form speech is wanted. */
export interface AudioOutput {
  readonly form: AudioFormName;
  /** Samples a second; one of the form's. */
  readonly rate: number;
  /** How many times faster than it was spoken, at the same pitch; 1 is as it was. */
  readonly speed: number;
  /** A frame of 20 ms every 20 ms, as a telephone line takes it; forms without a header only. */
  readonly realTime: boolean;
}

/** Speech as bytes of one form: PCM s16le of one rate in, all of a turn through one encoder, so that segments join without a gap. */
export interface AudioWriter {
  push(pcm: Uint8Array): Uint8Array;
  end(): Uint8Array;
  /** Frees its encoder; it may be called more than once. */
  close(): void;
}

/** Makes a writer of speech that was spoken at `spokenRate`; with a mark, of a file that says that a machine has made it. */
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

/**
 * Has an encoder of each kind that has to be loaded made and used: the first caller waits neither for that nor for its code to become fast.
 * It takes a tenth of a second of a core or more: so it is for when a process listens.
 */
export async function prepareAudioWriters(): Promise<void> {
  for (const form of ["mp3", "opus"] as const) {
    const writer = await createAudioWriter({ form, rate: usualRate, speed: 1, realTime: false }, usualSpokenRate);
    writer.push(new Uint8Array(2 * Math.round(warmingSeconds * usualSpokenRate)));
    writer.close();
  }
}

/** The media type of an output. */
export function contentTypeOf({ form, rate }: Pick<AudioOutput, "form" | "rate">): string {
  return audioForms[form].contentType(rate);
}
