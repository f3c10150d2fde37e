import { type SpokenPiece, type Word, wordsOf } from "../../../../infra/text/spoken-words.ts";
import { secondsPerWeight } from "../../../../infra/text/weight.ts";

/** The voice's position in the written text, in UTF-16 units. */
export interface Caption {
  /** Everything before this position has been spoken. */
  readonly heard: number;
  /** Where the word being spoken begins; equal to `end` in a pause before the first word. */
  readonly start: number;
  /** The position just after the word being spoken. */
  readonly end: number;
}

/** What captions need to know about a segment of speech. */
export interface CaptionSegment {
  /** The position in the written text at which the segment begins, in UTF-16 units. */
  readonly start: number;
  /** The position just after the segment's last unit of text. */
  readonly end: number;
  /** The segment's pieces of text, in order; pieces that are not spoken may be absent. */
  readonly pieces: readonly SpokenPiece[];
}

/** Tells which words of a turn's written text are being spoken. Segments come in order, each followed by its audio. */
export interface Captions {
  /** Call this when the next segment begins. */
  segment(segment: CaptionSegment): void;
  /** Call this when this many more sample frames of the last segment have been received. */
  audio(frames: number): void;
  /** Call this when the last segment is complete, with the segment's length in sample frames. */
  done(sampleCount: number): void;
  /** Where in the text the voice is after this many heard sample frames; undefined before the first segment. */
  at(frames: number): Caption | undefined;
}

interface Track {
  readonly start: number;
  readonly end: number;
  readonly words: readonly Word[];
  readonly weight: number;
  received: number;
  length: number | undefined;
}

/**
 * Makes the captions of a turn that has no segments yet. A segment of unknown length is assumed to have the pace of the
 * earlier ones.
 */
export function createCaptions(sampleRate: number): Captions {
  const tracks: Track[] = [];
  let knownFrames = 0;
  let knownWeight = 0;

  const lengthOf = (track: Track): number => {
    const pace = knownWeight > 0 ? knownFrames / knownWeight : sampleRate * secondsPerWeight;
    return track.length ?? Math.max(track.received, track.weight * pace);
  };

  return {
    segment({ start, end, pieces }) {
      const weight = pieces.reduce((sum, piece) => sum + piece.weight, 0);
      tracks.push({ start, end, words: wordsOf(pieces), weight, received: 0, length: undefined });
    },
    audio(frames) {
      const track = tracks.at(-1);
      if (track !== undefined) track.received += frames;
    },
    done(sampleCount) {
      const track = tracks.at(-1);
      if (track === undefined) return;
      track.length = sampleCount;
      knownFrames += sampleCount;
      knownWeight += track.weight;
    },
    at(frames) {
      let from = 0;
      for (const [index, track] of tracks.entries()) {
        const length = lengthOf(track);
        const last = index === tracks.length - 1;
        if (frames < from + length || (last && frames > from))
          return locate(track, Math.min((frames - from) / length, 1));
        from += length;
      }
      return undefined;
    },
  };
}

function locate(track: Track, fraction: number): Caption {
  if (fraction >= 1) return { heard: track.end, start: track.end, end: track.end };
  const target = fraction * track.words.reduce((sum, word) => sum + word.weight, 0);
  let passed = 0;
  for (const word of track.words) {
    passed += word.weight;
    if (target < passed) return { heard: word.start, start: word.start, end: word.end };
  }
  return { heard: track.start, start: track.start, end: track.start };
}
