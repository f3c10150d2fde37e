import { sampleRateHertz } from "./audio.ts";
import type { Speaker } from "./speaker.ts";

/** espeak-ng's synthesizer, as its Emscripten build shows it. */
interface Espeak {
  set_voice(name: string): number;
  set_rate(wordsPerMinute: number): void;
  set_pitch(percent: number): void;
  set_range(percent: number): void;
  synthesize(text: string, onAudio: (samples: Int16Array) => boolean): void;
}

/** Loads espeak-ng (GPL-3.0: in the twin's own process alone); undefined if its package is not installed. */
export async function createEspeakSpeaker(): Promise<Speaker | undefined> {
  const espeak = await loadEspeak();
  if (espeak === undefined) return undefined;
  return {
    speak(text) {
      espeak.set_voice(/\p{Script=Han}/u.test(text) ? "cmn" : "en-us");
      const parts: Int16Array[] = [];
      espeak.synthesize(text, (samples) => {
        parts.push(samples);
        return false;
      });
      const samples = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0) * (sampleRateHertz / 22_050));
      let at = 0;
      for (const part of parts)
        for (const sample of part) {
          samples[at++] = sample;
          samples[at++] = sample;
        }
      return samples;
    },
  };
}

async function loadEspeak(): Promise<Espeak | undefined> {
  // A name that is not literal: the package is optional, and has no types.
  const name = "@echogarden/espeak-ng-emscripten";
  const load = await import(name).then(
    (module) => module.default,
    () => undefined,
  );
  if (load === undefined) return undefined;
  const module = await load();
  return new module.eSpeakNGWorker();
}
