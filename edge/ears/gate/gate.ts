/**
 * Finds where somebody speaks in a recording, so that a recording without speech is sent to no recognizer: Whisper and
 * similar models invent words for silence and fan noise. It uses rules instead of a model. Speech is louder than the
 * noise around it, lasts, changes all the time, and is partly voiced. A click does not last; a fan is itself the noise;
 * a musical note does not change; a cough has no pitch; a knock is loudest at its start. In doubt the recording passes:
 * a recognizer that hears nothing says so, whereas a person who is not heard has to repeat themselves, louder.
 */

import { noiseFloor } from "./floor.ts";
import { type Frames, hopMs, hopSamples, readFrames } from "./frames.ts";
import { meanOf } from "./mean.ts";
import { frameSamples } from "./spectrum.ts";
import { isSyllable } from "./syllable.ts";

/** A stretch of a recording in which somebody speaks. */
export interface Speech {
  /** The first sample of the speech, with some silence before it; `end` is just after the silence that follows it. */
  readonly start: number;
  readonly end: number;
  /** How much of the time from `start` to `end` is speech, in milliseconds. */
  readonly speechMs: number;
  /** How far the loudest speech rises above the noise, in dB. */
  readonly aboveNoiseDb: number;
}

/**
 * How far above the noise, in dB, sound must rise for speech to begin. Speech then continues while the sound stays
 * `goesOnAboveDb` above the noise.
 */
const leastAboveDb = 9;
const goesOnAboveDb = 4;
/** Anything below this level, in dB relative to a full-scale sine, is too quiet to be speech at any microphone. */
const quietestDb = -55;
/** The longest pause inside a word, in frames: the silence of a stop consonant. */
const longestGapFrames = Math.round(200 / hopMs);
/** A sound of fewer frames than this is a click or a keystroke, not speech. */
const shortestPieceFrames = Math.round(60 / hopMs);
/** A word said alone has a vowel of at least this many frames: a sound without such a long part may be a knock. */
const vowelFrames = Math.round(160 / hopMs);
/** A sound of fewer frames than this is shorter than most words: it is speech only if it is one syllable, like 对. */
const wordFrames = Math.round(250 / hopMs);
/**
 * The loudest frames of speech are vowels, which have a pitch; the loudest frames of a cough are its burst, which has
 * none. Loudest means: within this many dB of the maximum.
 */
const loudestDb = 6;
/** These frames have a pitch if their mean periodicity, from 0 to 1, is at least this. */
const leastPitch = 0.4;
/**
 * Sound without a pitch counts as a whisper if it lasts for at least this many frames, which is longer than a cough,
 * and if its level varies by at least `leastDeviationDb`, which is more than the level of noise varies.
 */
const whisperFrames = Math.round(500 / hopMs);
const leastDeviationDb = 4;
/**
 * A frame whose spectrum differs from that of 32 ms earlier by less than this, in dB per band, is steady, like a note,
 * a hum or a fan. In a vowel half of the frames are steady, in a sentence a sixth.
 */
const steadyBelowDb = 2;
const mostSteady = { word: 0.7, sentence: 0.4 } as const;
const sentenceFrames = Math.round(600 / hopMs);
/** The longest pause within a sentence, in frames. */
const neighbourFrames = Math.round(600 / hopMs);
/** How much silence is kept before and after speech, in milliseconds: consonants may be quieter than the noise. */
const leadMs = 250;
const tailMs = 300;

/** Finds where somebody speaks in samples at 16 kHz; undefined if nobody does. */
export async function findSpeech(samples: Int16Array): Promise<Speech | undefined> {
  const frames = await readFrames(samples);
  const runs = runsOf(frames);
  const spoken = runs.filter((run) => isSpeech(frames, run));
  const speechMs = spoken.reduce((sum, { active }) => sum + active, 0) * hopMs;
  const [first, last] = [spoken[0], spoken.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  let { from } = first;
  let { to } = last;
  // Sound close to the speech, such as a softly spoken first word, belongs to the speech.
  for (const run of runs.toReversed()) if (run.to <= from && from - run.to <= neighbourFrames) from = run.from;
  for (const run of runs) if (run.from >= to && run.from - to <= neighbourFrames) to = run.to;
  const perMs = hopSamples / hopMs;
  return {
    start: Math.max(0, from * hopSamples - leadMs * perMs),
    end: Math.min(samples.length, to * hopSamples + frameSamples + tailMs * perMs),
    speechMs,
    aboveNoiseDb: Math.max(...spoken.map(({ above }) => above)),
  };
}

/** Consecutive frames that are louder than the noise. */
interface Piece {
  readonly from: number;
  /** The index of the frame right after the piece. */
  readonly to: number;
  /** How far the loudest frame of the piece rises above the noise, in dB. */
  readonly above: number;
}

/** Pieces of sound with only short pauses between them. */
interface Run extends Piece {
  readonly pieces: readonly Piece[];
  /** How many frames of the run are louder than the noise. */
  readonly active: number;
  /** The length of the longest piece in the run, in frames. */
  readonly longest: number;
}

function piecesOf({ count, levels }: Frames): Piece[] {
  const floor = noiseFloor(levels);
  const pieces: Piece[] = [];
  const aboveAt = (frame: number) => {
    const level = levels[frame];
    return level === undefined || level < quietestDb ? Number.NEGATIVE_INFINITY : level - (floor[frame] as number);
  };
  for (let frame = 0; frame < count; frame++) {
    if (aboveAt(frame) < leastAboveDb) continue;
    let [from, to, above] = [frame, frame + 1, aboveAt(frame)];
    while (from > (pieces.at(-1)?.to ?? 0) && aboveAt(from - 1) >= goesOnAboveDb) from--;
    for (; aboveAt(to) >= goesOnAboveDb; to++) above = Math.max(above, aboveAt(to));
    pieces.push({ from, to, above });
    frame = to;
  }
  return pieces.filter((piece) => piece.to - piece.from >= shortestPieceFrames);
}

function runsOf(frames: Frames): Run[] {
  const runs: Run[] = [];
  for (const piece of piecesOf(frames)) {
    const { from, to, above } = piece;
    const length = to - from;
    const last = runs.at(-1);
    if (last === undefined || from - last.to > longestGapFrames)
      runs.push({ from, to, above, pieces: [piece], active: length, longest: length });
    else
      runs[runs.length - 1] = {
        from: last.from,
        to,
        above: Math.max(last.above, above),
        pieces: [...last.pieces, piece],
        active: last.active + length,
        longest: Math.max(last.longest, length),
      };
  }
  return runs;
}

function isSpeech(frames: Frames, { from, to, pieces, active, longest }: Run): boolean {
  const { levels, changes, pitchOf } = frames;
  if (longest < vowelFrames || active < wordFrames) return pieces.some((piece) => isSyllable(frames, piece));
  const heard = Array.from({ length: to - from }, (_, at) => from + at).filter(
    (frame) => (levels[frame] as number) >= quietestDb,
  );
  const steady = heard.filter((frame) => (changes[frame] as number) < steadyBelowDb).length;
  if (steady > heard.length * (active < sentenceFrames ? mostSteady.word : mostSteady.sentence)) return false;
  const loudest = heard.reduce((most, frame) => Math.max(most, levels[frame] as number), quietestDb) - loudestDb;
  if (meanOf(heard.filter((frame) => (levels[frame] as number) >= loudest).map(pitchOf)) >= leastPitch) return true;
  return longest >= whisperFrames && deviationOf(heard.map((frame) => levels[frame] as number)) >= leastDeviationDb;
}

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}
