import { abbreviationsOf } from "../../abbreviations/abbreviations.ts";
import type { Cue } from "../../abbreviations/table.ts";

/*
 * A clause is cut before its language is known, so the abbreviations of all languages form one list here. An
 * abbreviation of one language may be a different abbreviation, or an ordinary word, in another language; such
 * conflicts are resolved when the list is built.
 */

/**
 * What a full stop after an abbreviation means. `never`: it never ends a sentence. `name`: only if the next word
 * typically begins sentences. `number`: if the next word is capitalized and not a Roman numeral. `any`: if the next
 * word is capitalized.
 */
export type AbbreviationKind = "never" | "name" | "number" | "any";

const kindOfCue: Readonly<Record<Cue, AbbreviationKind>> = {
  always: "any",
  leading: "never",
  trailing: "name",
  name: "never",
  number: "number",
  roman: "number",
};

/** First names that look like abbreviations: a sentence ends after such a name only if a typical first word follows. */
const firstNames: ReadonlySet<string> = new Set(["Al", "Rod"]);

/**
 * Resolves an abbreviation that is of different kinds in two tables: `number` wins over `any`, and `never` over
 * `number`; any other pair becomes `name`.
 */
function either(first: AbbreviationKind, second: AbbreviationKind): AbbreviationKind {
  const isOneOf = (...kinds: AbbreviationKind[]) => kinds.includes(first) && kinds.includes(second);
  if (first === second) return first;
  if (isOneOf("number", "any")) return "number";
  return isOneOf("never", "number") ? "never" : "name";
}

/** An abbreviation of several words, stored under its last word, such as `B` for `z. B.` or `Ing` for `Dipl.-Ing.`. */
interface Phrase {
  readonly text: string;
  readonly kind: AbbreviationKind;
}

/** Abbreviations that consist only of letters and full stops, such as `Dr` and `e.g`, with their kinds. */
const words = new Map<string, AbbreviationKind>();
/** Abbreviations of several words, such as `z. B.`, keyed by their last word. */
const phrases = new Map<string, Phrase[]>();

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Matches initials: letters separated by full stops, or a single capital. Listed abbreviations take precedence. */
export const initials = /^(?:(?:\p{L}\.)+\p{L}|\p{Lu})$/u;

function add(text: string, kind: AbbreviationKind): void {
  if (initials.test(text) && (kind !== "never" || text.length === 1)) return;
  const [last = ""] = /[\p{L}.]*$/u.exec(text) ?? [];
  if (last === text) {
    const known = words.get(text);
    words.set(text, known === undefined ? kind : either(known, kind));
  } else phrases.set(last, [...(phrases.get(last) ?? []), { text, kind }]);
}

for (const { written } of Object.values(abbreviationsOf))
  for (const [cue, list] of written)
    for (const form of list.map((one) => one.replaceAll("?", "")).filter((one) => one.endsWith("."))) {
      const kind = firstNames.has(form.slice(0, -1)) ? "name" : kindOfCue[cue];
      // Titles are always written in the same case; other abbreviations may be capitalized, at the start of a sentence.
      for (const way of new Set([form, form.replaceAll(" ", "")]))
        for (const text of new Set(cue === "name" ? [way] : [way, capitalised(way)])) add(text.slice(0, -1), kind);
    }
/**
 * The words that may follow a word and its full stop inside an abbreviation: `UU` after `EE` in `EE. UU.`, `Hd` after
 * `z` in `z. Hd.`.
 */
export const insideAfter: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const after = new Map<string, Set<string>>();
  for (const { text } of [...phrases.values()].flat())
    for (const [, first = "", second = ""] of text.matchAll(/(?<![^ ])([\p{L}.]+)\. (?=(\p{L}+))/gu))
      after.set(first, (after.get(first) ?? new Set()).add(second));
  return after;
})();

/**
 * What the full stop after a word means; undefined if the word is not an abbreviation. `before` returns the last
 * `length` characters before that full stop.
 */
export function abbreviationKind(word: string, before: (length: number) => string): AbbreviationKind | undefined {
  const phrase = phrases.get(word)?.find(({ text }) => before(text.length) === text);
  return phrase?.kind ?? words.get(word);
}

/**
 * Words that, after an initial, `U.S.` or `Inc.`, far more often begin a new sentence than continue the current one.
 */
export const sentenceStarters: ReadonlySet<string> = new Set(
  (
    "The A An It Its He She We They I You This That These Those There Here In On At By For From With Without To As If When While After " +
    "Before Since Until Because Although Though But And Or So Then Thus Yet However Therefore Moreover Meanwhile Also Instead Still Now Today Tomorrow " +
    "Yesterday My Our Your His Her Their Who What Where Why Which How Do Does Did Is Are Was Were Can Could Will Would Should May Might Must Have Has " +
    "Had Let Please Yes No Not One Some Many Most Each Every All Both Another Other Others Such Only Even Just Once Next Finally Later " +
    "People Everyone Nobody Nothing Everything Tickets Students Doors Bring Call Check Use Try See Ask Read Get Take Make Keep Go Turn Click Visit Choose Pick Start Stop Come Look Find Add Press Tap Type Enter Select Save " +
    "Wait Remember Consider Contact Send Give Put Tell Think Watch Listen Follow Avoid Never Always Sometimes Usually Several Any Sales Prices Thank Thanks Sorry Perhaps Maybe " +
    "Le La Les Un Une Il Elle Nous Vous Je Ce Cette El Los Las Una Es Der Die Das Ein Eine Wir Sie Er"
  ).split(" "),
);

/** Capitalized words that continue a sentence after `a.m.` and `p.m.`. */
export const timeFollowers: ReadonlySet<string> = new Set(
  (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun January February March April May June July August September " +
    "October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec EST EDT ET CST CDT CT MST MDT MT PST PDT PT GMT UTC BST CET JST HKT Eastern " +
    "Central Pacific Mountain Beijing"
  ).split(" "),
);

/** Month names, to recognize the comma in `May 5, 2025`. */
export const months: ReadonlySet<string> = new Set(
  (
    "January February March April May June July August September October November December " +
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec."
  ).split(" "),
);

/** German words before an ordinal written as a number with a full stop: `am 3. Oktober`. */
export const ordinalLeads: ReadonlySet<string> = new Set(
  "der die das dem den des am im vom zum zur beim ein eine einen einem einer jeder jede jedes jeden seit Der Die Das Am Im Vom Zum Beim".split(
    " ",
  ),
);

/** German words before which a number with a full stop is an ordinal: `3. Oktober`, `2. Weltkrieg`. */
export const ordinalFollowers: ReadonlySet<string> = new Set(
  "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember Jahrhundert Jh Jhd Weltkrieg".split(
    " ",
  ),
);
