/**
 * Checks whether somebody can really have said what a recognizer wrote. Whisper and similar models turn silence and
 * noise into words, and repeat themselves. A list of what they usually invent is incomplete in every language, so it is
 * checked last, and never decides alone.
 */
import { deflateSync } from "node:zlib";

/** What is known of a recording besides its words. */
export interface HeardIn {
  /** How much of the recording is speech, in milliseconds; undefined if it was not analyzed. */
  readonly speechMs: number | undefined;
  /** How far the speech rises above the noise, in dB; undefined if the recording was not analyzed. */
  readonly aboveNoiseDb: number | undefined;
  /** The prompt that the recognizer was given; at times a recognizer returns its prompt as if it had been said. */
  readonly prompt: string;
}

/** A segment of a transcript, with what the recognizer reports on its reliability, if anything. */
export interface Segment {
  readonly text: string;
  readonly noSpeechProb?: number | undefined;
  readonly avgLogprob?: number | undefined;
  readonly compressionRatio?: number | undefined;
}

// The thresholds of openai/whisper (transcribe.py): no_speech_threshold and logprob_threshold are applied together,
// compression_ratio_threshold by itself.
const mostNoSpeech = 0.6;
const leastLogprob = -1;
const mostCompressed = 2.4;

/**
 * Leaves out segments that nobody spoke, judging by the recognizer's own figures. A high `no_speech_prob` alone is not
 * enough to leave out a segment: for synthetic speech it is sometimes 0.4 to 0.6.
 */
export function saidOf(segments: readonly Segment[]): readonly Segment[] {
  return segments.filter(({ text, noSpeechProb, avgLogprob, compressionRatio = compressionOf(text) }) => {
    if (compressionRatio > mostCompressed) return false;
    return !((noSpeechProb ?? 0) > mostNoSpeech && (avgLogprob ?? 0) < leastLogprob);
  });
}

/** Returns the transcript; "" if it repeats itself or the prompt, is too long for its time, or stems from silence. */
export function plausible(text: string, { speechMs, aboveNoiseDb, prompt }: HeardIn): string {
  const letters = [...text].filter((character) => /[\p{L}\p{N}]/u.test(character));
  if (letters.length === 0 || compressionOf(text) > mostCompressed) return "";
  if (prompt !== "" && prompt.includes(text)) return "";
  if (speechMs !== undefined && heldIn(letters) > speechMs) return "";
  const isFaint = speechMs === undefined || speechMs < faintMs || (aboveNoiseDb ?? 0) < faintDb;
  return isFaint && outOfSilence.test(bare(text)) ? "" : text;
}

// Nobody says more than 25 letters a second, or 12 characters of a script in which each is a syllable. The time that a
// text takes at this pace is compared with the milliseconds that the gate counts as speech, which do not include pauses
// and soft endings.
const msPerLetter = 1000 / 25;
const msPerSyllable = 1000 / 12;
const slackMs = 400;

function heldIn(letters: readonly string[]): number {
  const syllables = letters.filter((one) =>
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(one),
  );
  return syllables.length * msPerSyllable + (letters.length - syllables.length) * msPerLetter - slackMs;
}

/** How much a text repeats itself, measured as in Whisper by how far it can be compressed; about 1: not at all. */
function compressionOf(text: string): number {
  const bytes = Buffer.from(text);
  return bytes.length === 0 ? 0 : bytes.length / deflateSync(bytes).length;
}

// A transcript is doubtful if its speech is shorter than `faintMs`, or less than `faintDb` above the noise.
const faintMs = 500;
const faintDb = 12;

/** What multilingual models have learned to write for silence: the closing words of films and videos. */
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
