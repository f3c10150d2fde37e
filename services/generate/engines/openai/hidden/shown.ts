import { createCodeTracker } from "./code.ts";

/** The visible part of an answer, which grows as the answer arrives. */
export interface Shown {
  /** Adds visible text. At the beginning and after hidden text, white space is held back until a word follows. */
  add(text: string): void;
  /** Records that something was hidden at this point of the text. */
  afterHidden(): void;
  /** Takes the text that has become visible since the last call. */
  take(): string;
  /** Whether the visible text ends inside code, where markers have no effect. */
  readonly inCode: boolean;
  /** The last character of the visible text; empty if there is none. */
  readonly last: string;
  /** Whether no white space is currently being held back or dropped, so that added text becomes visible unchanged. */
  readonly isOpen: boolean;
}

/** Makes the visible part of a new answer, which is empty at first. */
export function createShown(): Shown {
  const code = createCodeTracker();
  let out = "";
  let last = "";
  /** White space at the beginning, which is dropped if hidden text follows; undefined after the first word. */
  let lead: string | undefined = "";
  let skipBlanks = false;

  return {
    add(text) {
      let fresh = text;
      if (lead !== undefined) {
        lead += text;
        if (lead.trim() === "") return;
        fresh = lead;
        lead = undefined;
      }
      if (skipBlanks) fresh = fresh.trimStart();
      if (fresh === "") return;
      skipBlanks = false;
      code.take(fresh);
      last = fresh[fresh.length - 1] as string;
      out += fresh;
    },
    afterHidden() {
      // If there was white space before the hidden text, drop the white space after it.
      skipBlanks = lead !== undefined || /\s$/.test(last);
    },
    take() {
      const taken = out;
      out = "";
      return taken;
    },
    get inCode() {
      return code.inside;
    },
    get last() {
      return last;
    },
    get isOpen() {
      return lead === undefined && !skipBlanks;
    },
  };
}
