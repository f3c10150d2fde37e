/**
 * Whether what a recognizer wrote can have been said. Whisper and its like make words out of silence and noise, and repeat themselves; a list of
 * what they say then is too short in every language, so that it comes last, and never alone.
 */
import { deflateSync } from "node:zlib";

/** What is known of a recording besides its words. */
export interface HeardIn {
  /** How much of it is speech, in milliseconds; undefined if nobody looked. */
  readonly speechMs: number | undefined;
  /** How far it stands out of the noise, in dB; undefined if nobody looked. */
  readonly aboveNoiseDb: number | undefined;
  /** What the recognizer was told of the words to come; it repeats that at times. */
  readonly prompt: string;
}

/** A piece of a transcript, with the recognizer's own figures where it gives them. */
export interface Segment {
  readonly text: string;
  readonly noSpeechProb?: number | undefined;
  readonly avgLogprob?: number | undefined;
  readonly compressionRatio?: number | undefined;
}

// openai/whisper transcribe.py: no_speech_threshold and logprob_threshold count together, compression_ratio_threshold by itself.
const mostNoSpeech = 0.6;
const leastLogprob = -1;
const mostCompressed = 2.4;

/** The segments that were said. Speech by a machine has a `no_speech_prob` of 0.4 to 0.6 at times: by itself it says nothing. */
export function saidOf(segments: readonly Segment[]): readonly Segment[] {
  return segments.filter(({ text, noSpeechProb, avgLogprob, compressionRatio = compressionOf(text) }) => {
    if (compressionRatio > mostCompressed) return false;
    return !((noSpeechProb ?? 0) > mostNoSpeech && (avgLogprob ?? 0) < leastLogprob);
  });
}

/** The words, or nothing if they cannot have been said. */
export function plausible(text: string, { speechMs, aboveNoiseDb, prompt }: HeardIn): string {
  const letters = [...text].filter((character) => /[\p{L}\p{N}]/u.test(character));
  if (letters.length === 0 || compressionOf(text) > mostCompressed) return "";
  if (prompt !== "" && prompt.includes(text)) return "";
  if (speechMs !== undefined && heldIn(letters) > speechMs) return "";
  const isFaint = speechMs === undefined || speechMs < faintMs || (aboveNoiseDb ?? 0) < faintDb;
  return isFaint && outOfSilence.test(bare(text)) ? "" : text;
}

// Nobody says more than 25 letters a second, or 12 characters of a script in which each is a syllable. What the gate takes for
// speech leaves out pauses and soft ends.
const msPerLetter = 1000 / 25;
const msPerSyllable = 1000 / 12;
const slackMs = 400;

function heldIn(letters: readonly string[]): number {
  const syllables = letters.filter((one) =>
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(one),
  );
  return syllables.length * msPerSyllable + (letters.length - syllables.length) * msPerLetter - slackMs;
}

/** How often a text repeats itself, as Whisper measures it: 1 and less for one that does not. */
function compressionOf(text: string): number {
  const bytes = Buffer.from(text);
  return bytes.length === 0 ? 0 : bytes.length / deflateSync(bytes).length;
}

// Speech that is as short, or as close to the noise: what is made of it is doubtful.
const faintMs = 500;
const faintDb = 12;

/** What models of many languages were taught to write under silence: the ends of films and of videos. */
const outOfSilence = new RegExp(
  `^(?:${[
    "you|thank you(?: very much| so much)?(?: for watching)?|thanks(?: for watching)?|bye(?: bye)?|please subscribe|see you next time",
    "谢谢(?:大家|观看|收看|收听)*|感谢(?:大家|您|你)?(?:的)?(?:观看|收看|收听|聆听)|(?:请)?(?:不吝)?点赞.*|字幕.*|中文字幕.*|謝謝(?:大家|觀看|收看)*|.*amara ?org.*",
    "ご視聴ありがとうございました|ありがとうございました|시청해주셔서 감사합니다|감사합니다|구독.*",
    "untertitel.*|sous ?titres?.*|subt[ií]tulos?.*|sottotitoli.*|napisy.*|субтитры.*|продолжение следует|teksting av.*|undertekster.*|altyaz[ıi].*",
    "gracias(?: por ver.*)?|merci(?: d ?avoir regardé.*)?|vielen dank(?: fürs zuschauen)?|спасибо за просмотр|obrigad[oa](?: por assistir)?|moving on",
  ].join("|")})$`,
  "u",
);

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
