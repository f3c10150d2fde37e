import { hash } from "../../text/hash.ts";

/** The sample rate of all speakers' audio; a stand-in for an engine with another rate converts the audio. */
export const speakerRateHertz = 44_100;

/** Synthesizes speech. */
export interface Speaker {
  /**
   * Speaks a text in one voice: mono samples at `speakerRateHertz`. An unknown name is given a voice too, always the
   * same for that name. The speech may stop after `mostSeconds`.
   */
  speak(text: string, voice: string, mostSeconds: number): Int16Array;
}

/** A tone at the voice's own pitch, as long as speaking the text would take. For tests: takes next to no time. */
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

/** The approximate duration of a text: 4.5 hanzi or 15 other characters a second. */
export function spokenSeconds(text: string): number {
  const characters = [...text];
  const hanzi = characters.filter((character) => /\p{Script=Han}/u.test(character)).length;
  return hanzi / 4.5 + (characters.length - hanzi) / 15;
}
