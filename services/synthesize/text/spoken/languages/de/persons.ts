import { digitStarts, type Rule, rule } from "../../rule.ts";
import { spell } from "../western/figure.ts";
import type { Tongue } from "../western/tongue.ts";

/** Rules for academic degrees, telephone numbers with an extension, and ranges of letters such as "Reihen A–F". */

/** Abbreviations in academic degrees that are not spoken as written, such as "h.c.", with their spoken forms. */
const degrees: Readonly<Record<string, string>> = { iur: "jur", "h.c": "honoris causa", "e.h": "ehrenhalber" };

/** Matches plural nouns for things that have letters instead of numbers: "Reihen A–F". */
const lettered =
  /(?:Reihen|Blöcken?|Gruppen|Klassen|Bereichen?|Buchstaben|Abschnitten?|Stufen|Eingängen?|Hallen|Sektoren|Zonen|Häusern?|Gebäuden?|Spalten|Typen|Aufgaben|Punkten?|Varianten|Optionen|Teilen?|Tarifzonen|Gates?|von)\s$/;

/** Rules for doctoral degrees, telephone extensions and ranges of letters; `tongue` returns German's number words. */
export const personRules = (tongue: () => Tongue): readonly Rule[] => [
  rule(
    "degree of a doctor",
    "D",
    /(?<!\p{L})(Dres|Dr)\.((?:\s?(?:med|dent|vet|jur|iur|phil|theol|oec|pol|pharm|rer|nat|sc|agr|habil|h\.\s?c|e\.\s?h)\.)+)/u,
    ([, title = "", parts = ""]) =>
      [
        title === "Dr" ? "Doktor" : "Doktoren",
        ...(parts.match(/[a-z]{2,}|h\.\s?c|e\.\s?h/g) ?? []).map((part) => degrees[part.replace(/\s/, "")] ?? part),
      ].join(" "),
  ),
  rule(
    "telephone number with a slash or an extension",
    digitStarts,
    /(?<![\d.,/-])0\d{2,5}(?:\s?\/\s?\d{2,}(?:\s\d{2,})*(?:\s?-\s?\d{1,5})?|\s\d{3,}-\d{1,5})(?![\d/]|[.,-]\d)/,
    ([text]) =>
      text
        .split(/\s?[/-]\s?|\s/)
        .map((group) => spell(group, tongue()))
        .join(", "),
  ),
  rule(
    "span of letters",
    "-–",
    /(?<=(?<![\p{L}\d–-])([A-Za-z])\s?)[-–]\s?(?=([A-Za-z])(?![\p{L}\d–-]))/u,
    ({ 1: from = "", 2: to = "", index, input }) => {
      const before = input.slice(0, index).trimEnd().slice(0, -1);
      return from < to && (lettered.test(before) || `${from}${to}` === "AZ") ? " bis " : undefined;
    },
  ),
];
