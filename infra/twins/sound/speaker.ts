import { hash } from "../../text/hash.ts";

/** Sample frames a second of what speakers make; a twin whose engine makes others resamples it. */
export const speakerRateHertz = 44_100;

/** Makes speech. */
export interface Speaker {
  /**
   * Speaks a text as one voice: mono samples at `speakerRateHertz`. A name that it does not know is a voice too, always the same
   * one. It need not go on after `mostSeconds`.
   */
  speak(text: string, voice: string, mostSeconds: number): Int16Array;
}

/** A tone of the voice's own pitch, as long as the text would be. For tests: it costs next to no time. */
export const toneSpeaker: Speaker = {
  speak(text, voice, mostSeconds) {
    const seconds = Math.min(mostSeconds, spokenSeconds(text));
    const samples = new Int16Array(Math.round(seconds * speakerRateHertz));
    const turns = (180 + (hash(voice) % 240)) / speakerRateHertz;
    for (let index = 0; index < samples.length; index++)
      samples[index] = 12_000 * Math.sin(2 * Math.PI * turns * index);
    return samples;
  },
};

/** How long a text is about, spoken: 4.5 hanzi or 15 other characters a second. */
export function spokenSeconds(text: string): number {
  const characters = [...text];
  const hanzi = characters.filter((character) => /\p{Script=Han}/u.test(character)).length;
  return hanzi / 4.5 + (characters.length - hanzi) / 15;
}
