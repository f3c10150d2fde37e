import { hash } from "../random.ts";
import { sampleRateHertz } from "./audio.ts";
import { type Run, toRuns } from "./language.ts";
import { join, resampleTwice, trimSilence } from "./pcm.ts";
import type { Speaker } from "./speaker.ts";

/** espeak-ng's synthesizer, as its Emscripten build shows it. */
interface Espeak {
  set_voice(name: string): number;
  set_rate(wordsPerMinute: number): void;
  set_pitch(percent: number): void;
  set_range(percent: number): void;
  /** Gives samples at 22 050 Hz, about 0.1 s at a time, until it is done or `onAudio` returns true. */
  synthesize(text: string, onAudio: (samples: Int16Array) => boolean): void;
}

/** How espeak-ng is set for a voice. */
interface Timbre {
  /** Which of its voice variants. */
  variant: string;
  /** 0 to 99; 50 is the variant's own. */
  pitch: number;
}

/** The twin's voices. Smooth variants, two of each sex, an octave apart. */
const timbres: Readonly<Record<string, Timbre>> = {
  xiaolin: { variant: "f2", pitch: 48 },
  haoran: { variant: "max", pitch: 54 },
  emma: { variant: "Annie", pitch: 40 },
  oliver: { variant: "Gene", pitch: 52 },
};

/** How each language is read: at about 4.5 hanzi and 3 words a second between pauses, and Chinese with tones that stand apart. */
const languages = {
  zh: { voice: "cmn", rate: 235, range: 72 },
  en: { voice: "en-us", rate: 158, range: 52 },
} as const satisfies Record<Run["language"], object>;

/** espeak-ng's own sample rate. */
const espeakRateHertz = sampleRateHertz / 2;

/** Peaks of a voice's reference sentence come out at -4.5 dBFS, and no other at more than -3. */
const usualPeak = 32_767 * 10 ** (-4.5 / 20);
const mostPeak = 32_767 * 10 ** (-3 / 20);
const referenceText = "今天天气很好。A quick brown fox jumps over the lazy dog.";

/** Loads espeak-ng (GPL-3.0: in the twin's own process alone); undefined if its package is not installed. */
export async function createEspeakSpeaker(): Promise<Speaker | undefined> {
  const espeak = await loadEspeak();
  if (espeak === undefined) return undefined;
  const gains = new Map<string, number>();

  const speakRun = ({ language, text }: Run, { variant, pitch }: Timbre, mostSeconds: number): Int16Array => {
    const { voice, rate, range } = languages[language];
    espeak.set_voice(`${voice}+${variant}`);
    espeak.set_rate(rate);
    espeak.set_pitch(pitch);
    espeak.set_range(range);
    const parts: Int16Array[] = [];
    let length = 0;
    espeak.synthesize(text, (samples) => {
      parts.push(samples);
      length += samples.length;
      return length > mostSeconds * espeakRateHertz;
    });
    return trimSilence(join(parts));
  };

  const speakRuns = (text: string, timbre: Timbre, mostSeconds: number): Int16Array => {
    const parts: Int16Array[] = [];
    let left = mostSeconds;
    for (const run of toRuns(text)) {
      if (left <= 0) break;
      const pause = new Int16Array(Math.round(run.pauseSeconds * espeakRateHertz));
      parts.push(speakRun(run, timbre, left), pause);
      left -= (parts.at(-2) as Int16Array).length / espeakRateHertz + run.pauseSeconds;
    }
    return join(parts);
  };

  /** Every text of a voice is as loud as the next: the gain comes from one sentence, not from each. */
  const gainOf = (voice: string, timbre: Timbre): number => {
    let gain = gains.get(voice);
    if (gain === undefined) {
      gain = usualPeak / peakOf(speakRuns(referenceText, timbre, 20));
      if (voice in timbres) gains.set(voice, gain);
    }
    return gain;
  };

  return {
    speak(text, voice, mostSeconds) {
      const timbre = timbres[voice] ?? strangerTimbre(voice);
      const samples = resampleTwice(speakRuns(text, timbre, mostSeconds));
      const gain = Math.min(gainOf(voice, timbre), mostPeak / peakOf(samples));
      return Int16Array.from(samples, (sample) => Math.round(sample * gain));
    },
  };
}

/** A timbre for a voice that nobody described. */
function strangerTimbre(voice: string): Timbre {
  const variants = ["f2", "f3", "f5", "Annie", "max", "m3", "Gene", "Denis"];
  const number = hash(voice);
  return { variant: variants[number % variants.length] as string, pitch: 35 + ((number >>> 8) % 30) };
}

function peakOf(samples: Int16Array): number {
  return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 1);
}

async function loadEspeak(): Promise<Espeak | undefined> {
  // @ts-expect-error: the package has no types, and need not be installed.
  const load = await import("@echogarden/espeak-ng-emscripten").then(
    (module) => module.default,
    () => undefined,
  );
  if (load === undefined) return undefined;
  const module = await load();
  return new module.eSpeakNGWorker();
}
