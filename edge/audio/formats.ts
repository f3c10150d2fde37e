import { toBytes } from "../../infra/audio/pcm.ts";
import { aLawSilence, muLawSilence, toALaw, toMuLaw } from "./g711.ts";
import type { FileMark } from "./mark.ts";
import { createMp3 } from "./mp3.ts";
import { createOpus, opusRates } from "./opus.ts";
import { type Encoder, stateless } from "./stage.ts";
import { createWav } from "./wav.ts";

/** A form of audio in which speech is delivered. */
export interface AudioForm {
  /** The media type of this form, with a `rate` parameter if the sample rate must be stated. */
  contentType(rate: number): string;
  /** The sample rates in which this form is offered, in samples per second; the default comes first. */
  readonly rates: readonly number[];
  /** Makes an encoder. With `mark`, the file states that it is machine-made, if the form has a field for that. */
  create(rate: number, mark?: FileMark): Promise<Encoder>;
  /** Only for forms without header or state: how bytes are cut into frames, and how the last frame is filled up. */
  readonly bare?: {
    readonly bytesPerSample: number;
    /** The byte that encodes silence. */
    readonly silence: number;
  };
}

const usualRates = [24_000, 8_000, 16_000, 22_050, 32_000, 44_100, 48_000];

/** The audio formats in which speech can be sent, each under its name. */
export const audioForms = {
  mp3: { contentType: () => "audio/mpeg", rates: usualRates, create: createMp3 },
  opus: { contentType: () => "audio/ogg; codecs=opus", rates: [24_000, ...opusRates], create: createOpus },
  wav: { contentType: () => "audio/wav", rates: usualRates, create: createWav },
  pcm: {
    contentType: (rate) => (rate === 24_000 ? "audio/pcm" : `audio/pcm; rate=${rate}`),
    rates: usualRates,
    // `toBytes` returns a view of the samples' memory, so the bytes are copied.
    create: async () => stateless((samples) => Uint8Array.from(toBytes(samples))),
    bare: { bytesPerSample: 2, silence: 0 },
  },
  ulaw: {
    contentType: () => "audio/pcmu",
    rates: [8_000],
    create: async () => stateless(toMuLaw),
    bare: { bytesPerSample: 1, silence: muLawSilence },
  },
  alaw: {
    contentType: () => "audio/pcma",
    rates: [8_000],
    create: async () => stateless(toALaw),
    bare: { bytesPerSample: 1, silence: aLawSilence },
  },
} as const satisfies Record<string, AudioForm>;

/** The name of an audio form (codec and container), such as `mp3`. */
export type AudioFormName = keyof typeof audioForms;

/** Whether `name` is the name of a form of audio. */
export function isAudioForm(name: string): name is AudioFormName {
  return Object.hasOwn(audioForms, name);
}
