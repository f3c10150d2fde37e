import { createCodeTracker } from "./code.ts";

/** What is let through of an answer, as it grows. */
export interface Shown {
  /** Lets a text through. Blanks are held until a word follows: before the first one, and behind what was hidden. */
  add(text: string): void;
  /** Something was hidden here. */
  afterHidden(): void;
  /** Takes what has been let through since it was asked last. */
  take(): string;
  /** Whether it ends within code, where nothing is a mark. */
  readonly inCode: boolean;
  /** Its last character; empty before there is one. */
  readonly last: string;
  /** Whether nothing is held: a text without marks goes through as it is. */
  readonly isOpen: boolean;
}

/** Makes it at the beginning of an answer. */
export function createShown(): Shown {
  const code = createCodeTracker();
  let out = "";
  let last = "";
  /** Blanks at the beginning: they are nothing if what follows them is hidden. */
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
      // Blanks on both sides would be two.
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
