import { hash } from "../../text/hash.ts";
import { type Run, toRuns } from "./language.ts";
import { join, resampleTwice, trimSilence } from "./pcm.ts";
import { type Speaker, speakerRateHertz } from "./speaker.ts";

/** espeak-ng's synthesizer, as its Emscripten build exports it. */
interface Espeak {
  set_voice(name: string): number;
  set_rate(wordsPerMinute: number): void;
  set_pitch(percent: number): void;
  set_range(percent: number): void;
  set_volume(percent: number): void;
  /** Produces samples at 22,050 Hz, about 0.1 s at a time, until the text ends or `onAudio` returns true. */
  synthesize(text: string, onAudio: (samples: Int16Array) => boolean): void;
}

/** espeak-ng's parameters for a voice. */
interface Timbre {
  /** The name of one of espeak-ng's voice variants, which differ in timbre. */
  variant: string;
  /** The pitch, from 0 to 99; 50 is the variant's default. */
  pitch: number;
  /**
   * The factor that makes the voice as loud as the other voices: -20 dBFS while it speaks, with peaks of about -4.5
   * dBFS. The factor is the same for every sentence, so that all are equally loud.
   */
  gain: number;
}

/** The stand-in's voices: variants that sound smooth. The two female and the two male ones are an octave apart. */
const timbres: Readonly<Record<string, Timbre>> = {
  xiaolin: { variant: "f2", pitch: 48, gain: 1.08 },
  haoran: { variant: "max", pitch: 54, gain: 1.51 },
  emma: { variant: "Annie", pitch: 40, gain: 1.43 },
  oliver: { variant: "Gene", pitch: 52, gain: 0.76 },
};

/** espeak-ng's settings, keyed by language: 4.5 hanzi or 3 words a second between pauses; distinct tones in Chinese. */
const languages = {
  zh: { voice: "cmn", rate: 235, range: 72 },
  en: { voice: "en-us", rate: 158, range: 52 },
} as const satisfies Record<Run["language"], object>;

/** espeak-ng's own volume in percent: at 100 its louder variants clip. */
const volume = 60;

/** espeak-ng's own sample rate. */
const espeakRateHertz = speakerRateHertz / 2;

/** The largest sample that a voice may produce: -3 dBFS. */
const mostPeak = 32_767 * 10 ** (-3 / 20);

/** Loads espeak-ng (GPL-3.0: only in the stand-in's own process); undefined if its package is not installed. */
export async function createEspeakSpeaker(): Promise<Speaker | undefined> {
  const espeak = await loadEspeak();
  if (espeak === undefined) return undefined;

  const speakRun = ({ language, text }: Run, { variant, pitch }: Timbre, mostSeconds: number): Int16Array => {
    const { voice, rate, range } = languages[language];
    espeak.set_voice(`${voice}+${variant}`);
    espeak.set_rate(rate);
    espeak.set_pitch(pitch);
    espeak.set_range(range);
    espeak.set_volume(volume);
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

  const speaker: Speaker = {
    speak(text, voice, mostSeconds) {
      const timbre = timbres[voice] ?? strangerTimbre(voice);
      const samples = resampleTwice(speakRuns(text, timbre, mostSeconds));
      const gain = Math.min(timbre.gain, mostPeak / peakOf(samples));
      return samples.map((sample) => Math.round(sample * gain));
    },
  };
  // Warms up, as real engines do before they listen: the first words take ten times as long as later ones.
  speaker.speak("你好，world。", "xiaolin", 10);
  return speaker;
}

/** The timbre of a voice that is not in `timbres`; the same name always gets the same timbre. */
function strangerTimbre(voice: string): Timbre {
  const variants = ["f2", "f3", "f5", "Annie", "max", "m3", "Gene", "Denis"];
  const number = hash(voice);
  return { variant: variants[number % variants.length] as string, pitch: 35 + ((number >>> 8) % 30), gain: 1.1 };
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
