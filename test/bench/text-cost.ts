import { createSegmenter } from "../../services/synthesize/text/segmenter/segmenter.ts";
import { createSpokenForm } from "../../services/synthesize/text/spoken/spoken.ts";

/** No text may hold up the others for longer, in milliseconds of CPU. */
export const fastEnoughMs = 1000;
/** What one message holds at most, in characters: so much may be segmented and put into words at once. */
export const message = 65_536;
/** The size of a text that the segmenter must take in `fastEnoughMs`. */
export const mib = 1_048_576;

/** Segments a text that comes in pieces and puts it into words: how many clauses it has. */
export function speakAll(pieces: readonly string[], language?: string): number {
  const segmenter = createSegmenter();
  const spokenForm = createSpokenForm(language === undefined ? {} : { language });
  let clauses = 0;
  const speak = (found: ReturnType<typeof segmenter.flush>) => {
    for (const clause of found) spokenForm.speak(clause);
    clauses += found.length;
  };
  for (const piece of pieces) speak(segmenter.push(piece));
  speak(segmenter.flush());
  return clauses;
}

/** Segments a text: how many clauses it has. */
export function segmentAll(text: string): number {
  const segmenter = createSegmenter();
  return segmenter.push(text).length + segmenter.flush().length;
}

/** CPU that a piece of work takes, in milliseconds. */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
