import type { AddressWords, RomanNumerals, Weekdays } from "../western/names/words.ts";
import { cardinal, ordinal } from "./number.ts";

/** The names and abbreviations of the days of the week, and how a range of days is said. */
export const weekdays: Weekdays = {
  names: "lundi mardi mercredi jeudi vendredi samedi dimanche".split(" "),
  short: "lun mar mer|merc jeu ven|vend sam dim".split(" "),
  span: (from, to, before) => (/\bdu\s$/i.test(before) ? `${from} au ${to}` : `du ${from} au ${to}`),
};

/** How French reads Roman numerals: as ordinals in "François Ier" and before "République", otherwise as cardinals. */
export const roman: RomanNumerals = {
  rulers:
    /(?:Louis|Charles|Henri|François|Philippe|Napoléon|Jean|Paul|Pie|Léon|Benoît|Grégoire|Clément|Innocent|Urbain|Élisabeth|Elizabeth|Catherine|Marie|Guillaume|Frédéric|Nicolas|Alexandre|Pierre|Georges?|Édouard|Edward|Jacques|Richard|Ramsès|Léopold|Albert|Hassan|Mohammed|Alphonse|Ferdinand|Baudouin|Robert|Hugues|Clovis|Otton|Joseph|Victor-Emmanuel|Isabelle|Christine|Gustave|Sixte|Jules|Boniface|Célestin|Juan Carlos|Guillaume|Abdallah|Soliman|Darius|Cléopâtre|Thoutmosis|Amenhotep|Xerxès|Ivan|Abdülhamid)\s$/,
  queens: /(?:Élisabeth|Elizabeth|Catherine|Marie|Isabelle|Christine|Cléopâtre)\s$/,
  century: /(?!)/,
  parts:
    /\b(?:chap\.|vol\.|art\.|fig\.|tabl?\.|t\.|liv\.|chapitre|tome|volume|partie|acte|scène|livre|titre|article|annexe|type|phase|niveau|classe|grade|stade|rang|groupe|figure|tableau|numéro)s?\s$/i,
  ordered: /(?!)/,
  feminine: /^\s(?:République|dynastie|guerre|législature|édition|armée|croisade|Internationale|session)/i,
  endings: "ers?|res?|ères?|es?|èmes?|ᵉ",
  say(value, counted, isFeminine) {
    if (counted === "order" || (counted === "ruler" && value === "1")) return ordinal(value, isFeminine);
    return cardinal(value);
  },
};

/** The spoken names of the symbols in e-mail and web addresses. */
export const address: AddressWords = {
  signs: {
    ".": "point",
    "@": "arobase",
    "-": "tiret",
    _: "tiret bas",
    "/": "slash",
    ":": "deux-points",
    "+": "plus",
    "*": "étoile",
    "#": "dièse",
  },
};
