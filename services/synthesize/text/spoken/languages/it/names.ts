import type { AddressWords, RomanNumerals, Weekdays } from "../western/names/words.ts";
import { cardinal, ordinal } from "./number.ts";

/** The names and abbreviations of the days of the week, and how a range of days is said. */
export const weekdays: Weekdays = {
  names: "lunedì martedì mercoledì giovedì venerdì sabato domenica".split(" "),
  short: "lun mar|mart mer|merc gio|giov ven sab dom".split(" "),
  span: (from, to, before) =>
    /\bdal\s$/i.test(before)
      ? `${from} ${to === "domenica" ? "alla" : "al"} ${to}`
      : `${from === "domenica" ? "dalla" : "dal"} ${from} ${to === "domenica" ? "alla" : "al"} ${to}`,
};

/** How Italian reads Roman numerals: as ordinals after names and for centuries, as cardinals after "capitolo" etc. */
export const roman: RomanNumerals = {
  rulers:
    /(?:Vaticano|Umberto|Vittorio|Emanuele|Giovanni|Paolo|Pio|Leone|Benedetto|Gregorio|Clemente|Innocenzo|Urbano|Bonifacio|Carlo|Filippo|Luigi|Napoleone|Enrico|Elisabetta|Caterina|Maria|Guglielmo|Federico|Nicola|Alessandro|Giorgio|Edoardo|Riccardo|Ramses|Ramsete|Leopoldo|Alberto|Francesco|Ferdinando|Alfonso|Amedeo|Giulio|Sisto|Cosimo|Ottone|Martino|Celestino|Ludovico|Lorenzo|Giacomo|Pietro|Isabella|Cristina|Margherita|Cleopatra|Costantino|Teodosio|Solimano|Serse|Dario|Ivan|Manfredi|Adriano)\s$/,
  queens: /(?:Elisabetta|Caterina|Maria|Isabella|Cristina|Margherita|Cleopatra)\s$/,
  century: /(?:\bsecol[oi]|\bsecc?\.)\s?$/i,
  parts:
    /\b(?:capitol[oi]|cap\.|tomo|volume|vol\.|parte|atto|scena|libro|titolo|articolo|art\.|allegato|tipo|fase|livello|grado|stadio|gruppo|figura|fig\.|tabella|numero|modulo|unità|sezione|Bowl)\s?$/i,
  ordered:
    /^\s(?:sec\.|secolo|millennio|Guerra|Repubblica|Congresso|Concilio|Edizione|Giochi|Fiera|Festival|Giornata|Incontro|Vertice|Assemblea|Dinastia|Coppa|Maratona|Premio|Conferenza|Settimana|Forum|Reich|Internazionale|Legislatura|Municipio|Canto|Circoscrizione|Olimpiade|Legione|Biennale|Crociata)/i,
  feminine:
    /^\s(?:Guerra|Repubblica|Edizione|Fiera|Giornata|Assemblea|Dinastia|Coppa|Maratona|Conferenza|Settimana|Internazionale|Legislatura|Circoscrizione|Olimpiade|Legione|Biennale|Crociata)/i,
  endings: "[ªº°]",
  say(value, counted, isFeminine) {
    return counted === "part" ? cardinal(value) : ordinal(value, isFeminine);
  },
};

/** The spoken names of the symbols in e-mail and web addresses. */
export const address: AddressWords = {
  signs: {
    ".": "punto",
    "@": "chiocciola",
    "-": "trattino",
    _: "trattino basso",
    "/": "barra",
    ":": "due punti",
    "+": "più",
    "*": "asterisco",
    "#": "cancelletto",
  },
};
