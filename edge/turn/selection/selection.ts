import { WarningReason } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../events.ts";
import { createValueReader } from "./json-values.ts";

/** Selects which parts of a written text are spoken, and maps positions in the spoken text back to the written text. */
export interface Selection {
  /** Takes the next piece of the written text; returns the text in this piece that is to be spoken. */
  take(written: string): string;
  /** Converts an event's offsets in the text that the voice was given to offsets in the written text. */
  locate(event: TurnEvent): TurnEvent;
}

/** The selection that contains the whole text. */
export const everything: Selection = { take: (written) => written, locate: (event) => event };

/**
 * A run of characters that are adjacent in both the spoken and the written text (`length` 1), or a single character
 * that takes `length` code points in the written text.
 */
interface Run {
  readonly spoken: number;
  readonly written: number;
  readonly length: number;
}

/**
 * Selects values of a JSON answer: those that `paths` lead to or, if `paths` is empty, every string. A path consists of
 * names joined by dots; if it leads to a list or an object, everything inside is selected.
 */
export function selectValues(paths: readonly string[]): Selection {
  const runs: Run[] = [];
  let spoken = 0;
  /** Whether a further selected value has begun: a line break is then put before its first character. */
  let parts = false;
  let out = "";

  const isNamed = (path: string) => paths.some((named) => path === named || path.startsWith(`${named}.`));
  const put = (text: string, written: number, length: number) => {
    const last = runs.at(-1);
    const goesOn =
      last !== undefined && last.length === 1 && length === 1 && written - last.written === spoken - last.spoken;
    if (!goesOn) runs.push({ spoken, written, length });
    out += text;
    spoken++;
  };
  // Paths are cut to one character more than the longest selected path has, so that no longer path can equal it.
  const pathCharacters = Math.max(0, ...paths.map(({ length }) => length + 1));
  const read = createValueReader(
    {
      begin(path, kind) {
        const wanted = paths.length === 0 ? kind === "text" : isNamed(path);
        parts ||= wanted && spoken > 0;
        return wanted;
      },
      character({ text, at, length }) {
        // Each further value begins with a line break, so that it is spoken as a sentence of its own.
        if (parts) put("\n", at, 1);
        parts = false;
        put(text, at, length);
      },
    },
    pathCharacters,
  );

  const runAt = (offset: number): Run | undefined => {
    let low = 0;
    let high = runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((runs[middle] as Run).spoken <= offset) low = middle + 1;
      else high = middle;
    }
    return runs[low - 1];
  };
  const startOf = (offset: number): number => {
    const run = runAt(offset);
    return run === undefined ? 0 : run.written + offset - run.spoken;
  };
  const endOf = (offset: number): number => {
    const run = offset === 0 ? undefined : runAt(offset - 1);
    return run === undefined ? 0 : run.written + offset - 1 - run.spoken + run.length;
  };
  const range = ({ start = 0, end = 0 }: { start?: number; end?: number }) => {
    const from = startOf(start);
    return { start: from, end: end <= start ? from : Math.max(from, endOf(end)) };
  };
  const locateSpan = (span: Partial<Record<"start" | "end" | "spokenStart" | "spokenEnd" | "weight", number>>) => {
    const { spokenStart = 0, spokenEnd = 0, weight = 0 } = span;
    return { ...range(span), spokenStart, spokenEnd, weight };
  };

  return {
    take(written) {
      out = "";
      for (const char of written) read(char);
      return out;
    },
    locate(event) {
      if (event.case === "segment") {
        const { index = 0, spoken = "", spans = [] } = event.value;
        return { case: "segment", value: { index, spoken, ...range(event.value), spans: spans.map(locateSpan) } };
      }
      if (event.case === "warning") {
        const { reason = WarningReason.UNSPECIFIED } = event.value;
        return { case: "warning", value: { reason, ...range(event.value) } };
      }
      return event;
    },
  };
}
