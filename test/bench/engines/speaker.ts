import { sampleRateHertz } from "../../../infra/twins/fish/sound/audio.ts";
import { type Speaker, spokenSeconds, toneSpeaker } from "../../../infra/twins/sound/speaker.ts";

/** Longer than any text of a run, spoken in one request. */
const mostSeconds = 180;
// Made once: an engine that is busy making tones would be what is measured.
const tone = toneSpeaker.speak("a".repeat(mostSeconds * 15), "bench", mostSeconds);

/** Speaks as long as the text would be spoken, always the same tone: to make it costs nothing. */
export const benchSpeaker: Speaker = {
  speak: (text, _voice, most) => tone.subarray(0, benchSampleCount(text, most)),
};

/** How many samples a text is spoken in, no more than `most` seconds. */
export function benchSampleCount(text: string, most: number): number {
  return Math.round(Math.min(mostSeconds, most, spokenSeconds(text)) * sampleRateHertz);
}
