/** Sounds as microphones hear them, at 16 kHz: what is speech, and what is not. All are the same each time. */
import { concatSamples } from "../../infra/audio/pcm.ts";
import { createRandom } from "../../infra/random/random.ts";
import { createEspeakSpeaker } from "../../infra/twins/sound/espeak.ts";
import { resample } from "../../infra/twins/sound/pcm.ts";
import { speakerRateHertz } from "../../infra/twins/sound/speaker.ts";

/** Samples a second of all of them. */
export const rate = 16_000;

const full = 32_767;
const sampleCount = (seconds: number) => Math.round(seconds * rate);
const clip = (value: number) => Math.max(-full, Math.min(full, Math.round(value)));
const fromDb = (db: number) => full * 10 ** (db / 20);

/**
 * A sound of so many seconds whose samples, -1 to 1, a function of time in seconds tells; `db` is that of a full one.
 */
export function sound(seconds: number, db: number, wave: (time: number) => number): Int16Array {
  return Int16Array.from({ length: sampleCount(seconds) }, (_, at) => clip(fromDb(db) * wave(at / rate)));
}

/** Noise as fans make it: the lower the louder. */
export function fan(seconds: number, db: number, seed = 1): Int16Array {
  const random = createRandom(seed);
  let [slow, fast] = [0, 0];
  return sound(seconds, db, () => {
    const white = random() * 2 - 1;
    slow = 0.98 * slow + 0.2 * white;
    fast = 0.7 * fast + 0.3 * white;
    return 0.7 * slow + 0.5 * fast;
  });
}

/** White noise that is hit and dies away: a cough is two of them, a knock a short one. */
export function burst(
  seconds: number,
  db: number,
  { decay, tone = 0, seed = 2 }: { decay: number; tone?: number; seed?: number },
): Int16Array {
  const random = createRandom(seed);
  let last = 0;
  return sound(seconds, db, (time) => {
    last = 0.6 * last + 0.8 * (random() - 0.5);
    const ring = tone === 0 ? 0 : 0.6 * Math.sin(2 * Math.PI * tone * time);
    return (last + ring) * Math.exp(-time / decay) * Math.min(1, time / 0.004);
  });
}

/** A cough: the throat opens, air follows, the throat closes. */
export function cough(db: number, seed = 3): Int16Array {
  return join(
    burst(0.09, db, { decay: 0.05, seed }),
    burst(0.22, db - 6, { decay: 0.16, seed: seed + 1 }),
    burst(0.08, db - 9, { decay: 0.04, tone: 150, seed: seed + 2 }),
  );
}

/** Notes of an instrument, each with some overtones; `decay` in seconds tells a piano from an organ. */
export function melody(notes: readonly number[], secondsEach: number, db: number, decay = 10): Int16Array {
  return join(
    ...notes.map((hertz) =>
      sound(secondsEach, db, (time) => {
        const partials = [1, 0.5, 0.3, 0.2].reduce(
          (sum, part, at) => sum + part * Math.sin(2 * Math.PI * hertz * (at + 1) * time),
          0,
        );
        return (partials / 2) * Math.exp(-time / decay) * Math.min(1, time / 0.01);
      }),
    ),
  );
}

/** Nothing at all. */
export function silence(seconds: number): Int16Array {
  return new Int16Array(sampleCount(seconds));
}

/** One after the other. */
export function join(...parts: readonly Int16Array[]): Int16Array {
  return concatSamples(parts);
}

/** Both at once. */
export function mix(one: Int16Array, other: Int16Array): Int16Array {
  return Int16Array.from({ length: Math.max(one.length, other.length) }, (_, at) =>
    clip((one[at] ?? 0) + (other[at] ?? 0)),
  );
}

/** The same, so much louder. */
export function louder(samples: Int16Array, db: number): Int16Array {
  const by = 10 ** (db / 20);
  return samples.map((sample) => clip(sample * by));
}

/** A voice that speaks a text, or undefined if espeak-ng is not installed: about -20 dB while it speaks. */
export async function createVoice(): Promise<((text: string, voice?: string) => Int16Array) | undefined> {
  const speaker = await createEspeakSpeaker();
  return speaker && ((text, voice = "emma") => resample(speaker.speak(text, voice, 60), speakerRateHertz, rate));
}
