import { type Rule, rule } from "../../rule.ts";
import { cardinal } from "../number.ts";

/** Abbreviated names of books of the Bible, before chapter and verse. */
const books: Readonly<Record<string, string>> = {
  Gen: "Genesis",
  Ex: "Exodus",
  Exod: "Exodus",
  Lev: "Leviticus",
  Num: "Numbers",
  Deut: "Deuteronomy",
  Prov: "Proverbs",
  Eccl: "Ecclesiastes",
  Isa: "Isaiah",
  Jer: "Jeremiah",
  Ezek: "Ezekiel",
  Dan: "Daniel",
  Rom: "Romans",
  Cor: "Corinthians",
  Gal: "Galatians",
  Eph: "Ephesians",
  Phil: "Philippians",
  Col: "Colossians",
  Thess: "Thessalonians",
  Tim: "Timothy",
  Heb: "Hebrews",
  Rev: "Revelation",
};

/** Rules for chapter and verse after the abbreviated name of a book of the Bible: "Gen. 1:1–3". */
export const verseRules: readonly Rule[] = [
  rule(
    "chapter and verse after an abbreviated book of the Bible",
    "GELNDPIJERCTH",
    new RegExp(
      `(?<![A-Za-z])(${Object.keys(books).join("|")})\\.?\\s(\\d{1,3}):(\\d{1,3})(?:[-–](\\d{1,3}))?(?![\\d:])`,
    ),
    ([, short = "", chapter = "", verse = "", to]) =>
      `${books[short]} ${cardinal(chapter)} ${cardinal(verse)}${to === undefined ? "" : ` to ${cardinal(to)}`}`,
  ),
];
