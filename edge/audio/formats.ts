import { toBytes } from "../../infra/audio/pcm.ts";
import { aLawSilence, muLawSilence, toALaw, toMuLaw } from "./g711.ts";
import type { FileMark } from "./mark.ts";
import { createMp3 } from "./mp3.ts";
import { createOpus, opusRates } from "./opus.ts";
import { type Encoder, stateless } from "./stage.ts";
import { createWav } from "./wav.ts";

/** A form in which speech leaves. */
export interface AudioForm {
  /** Its media type, with the parameters that a sample rate adds. */
  contentType(rate: number): string;
  /** Sample rates that it may have, in samples a second, the usual one first. */
  readonly rates: readonly number[];
  /** With a mark, its files say that a machine has made them, where they can say anything. */
  create(rate: number, mark?: FileMark): Promise<Encoder>;
  /** Of a form that has no header and no state: what it is made of, so that frames of it can be cut and filled. */
  readonly bare?: {
    readonly bytesPerSample: number;
    /** The byte of which silence is made. */
    readonly silence: number;
  };
}

const usualRates = [24_000, 8_000, 16_000, 22_050, 32_000, 44_100, 48_000];

/** The forms in which speech can be had, by their names. */
export const audioForms = {
  mp3: { contentType: () => "audio/mpeg", rates: usualRates, create: createMp3 },
  opus: { contentType: () => "audio/ogg; codecs=opus", rates: [24_000, ...opusRates], create: createOpus },
  wav: { contentType: () => "audio/wav", rates: usualRates, create: createWav },
  pcm: {
    contentType: (rate) => (rate === 24_000 ? "audio/pcm" : `audio/pcm; rate=${rate}`),
    rates: usualRates,
    // The resampler's output is nobody else's.
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

/** The name of a form in which speech can be had. */
export type AudioFormName = keyof typeof audioForms;

/** Whether a text names one. */
export function isAudioForm(name: string): name is AudioFormName {
  return Object.hasOwn(audioForms, name);
}
