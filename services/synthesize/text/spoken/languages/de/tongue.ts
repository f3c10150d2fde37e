import { german as abbreviations } from "../../../abbreviations/de.ts";
import { decimalPart } from "../western/figure.ts";
import type { Agreement } from "../western/number.ts";
import type { Tongue } from "../western/tongue.ts";
import { genderOf } from "./nouns.ts";
import { cardinal, ordinal, year } from "./number.ts";
import { endingOf, sayOrdinal } from "./ordinals.ts";
import { ownRules } from "./own.ts";
import { currencies, units } from "./words.ts";

const digits = "null eins zwei drei vier fünf sechs sieben acht neun".split(" ");
const months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(" ");

const dative =
  /\b(?:in|nach|vor|mit|seit|von|aus|bei|zu|ab|binnen|innerhalb von|aus|außer|gegenüber|unter|von\s\d[\d.,]*\s(?:bis|auf))\s$/i;
/**
 * Matches the text before a number that continues a list after a dative preposition: the 1 in "mit 2 EL Zucker und 1 TL
 * Salz".
 */
const dativeRow =
  /(?:^|\s)(?:mit|aus|von|nach|bei|zu|seit)\s\d[\d.,]*\s?\p{L}+\.?(?:\s\p{L}+)?(?:,\s\d[\d.,]*\s?\p{L}+\.?(?:\s\p{L}+)?)*(?:,|\sund|\soder)\s$/u;
const isDative = (before: string): boolean => dative.test(before) || dativeRow.test(before);
const accusative =
  /\b(?:für|um|durch|ohne|gegen|pro|dauert|kostet|hat|haben|habe|brauche|braucht|brauchen|nehmen|nimm|nehme|etwa|ca\.|noch|über|auf|jeden|Sie|man|enthält|bekommt|bekommen|erhalten|erhält|benötigt|benötigen|buchen|mieten|trinken|kaufen|kauft|trinkt|isst|nimmt|bestellt|verwendet|gießt|mischt|rührt|essen|spart|sparen|gibt|geben|wir|dann|je|darunter|wiegt|hatte|macht|dauern|kosten|gewinnen)\s$/i;

/** Matches text before a number that makes the number accusative: a verb in an instruction, as in "Nehmen Sie". */
const governed =
  /(?:geben|gib|brauchst|brauche|nimm|fügen|nehmen|mischen|rühren|brauchen|benötigen|kaufen|bestellen|buchen|schneiden|verwenden)\s(?:Sie|wir|man)?[^.!?]*$/i;
const takesAccusative = (before: string): boolean => accusative.test(before) || governed.test(before);
const measured = /^\s?(?:[A-ZÄÖÜ]|%|€|°)/;

/** How German says numbers, dates, amounts and the like. */
export const german: Tongue = {
  own: ownRules(() => german),
  abbreviations: abbreviations.said,
  address: {
    signs: {
      ".": "Punkt",
      "@": "at",
      "-": "Bindestrich",
      _: "Unterstrich",
      "/": "Schrägstrich",
      ":": "Doppelpunkt",
      "+": "plus",
    },
  },
  greek:
    "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda My Ny Xi Omikron Pi Rho Sigma Sigma Tau Ypsilon Phi Chi Psi Omega".split(
      " ",
    ),
  perWord: (word) => `pro ${word}`,
  duration: (parts) => parts.join(" "),
  negativePower: (exponent) => `hoch minus ${cardinal(exponent)}`,
  perMany: (amount) => `auf ${amount}`,
  overCues: /Blutdruck|mmHg|\bRR\b/i,
  cardinal,
  decimal: ({ whole, part = "", point }) =>
    `${cardinal(whole)} ${point === "." ? "Punkt" : "Komma"} ${decimalPart(part, cardinal, digits, false)}`,
  digits,
  signs: {
    "-": "minus",
    "+": "plus",
    "±": "plus minus",
    "=": "gleich",
    "≠": "ungleich",
    "≈": "ungefähr",
    "≤": "kleiner oder gleich",
    "≥": "größer oder gleich",
    "<": "kleiner als",
    ">": "größer als",
    "×": "mal",
    "÷": "geteilt durch",
    "√": "Wurzel aus",
    "%": "Prozent",
    "‰": "Promille",
    "°": "Grad",
    "℃": "Grad Celsius",
    "℉": "Grad Fahrenheit",
    "№": "Nummer",
    "§": "Paragraf",
    "&": "und",
    "@": "at",
    "€": "Euro",
    $: "Dollar",
    "£": "Pfund",
    "¥": "Yen",
    "∞": "unendlich",
    ".": "Punkt",
    ":": "zu",
    ratio: "zu",
    by: "mal",
    and: "und",
    of: "",
    outOf: "von",
    over: "zu",
  },
  units,
  currencies,
  price: (coins, parts) => `${coins} ${parts.replace(/^ein$/, "eins")}`,
  per: (noun) => `pro ${noun.forms[0]}`,
  form({ whole, part }, { forms }, { grammaticalCase }) {
    const said = (whole === "1" && part === undefined ? forms[0] : forms[1]) ?? "";
    // The dative plural, as after "in": "in dreihundert Metern".
    return grammaticalCase === "dative" &&
      whole !== "1" &&
      /(?:[mM]eter|[lL]iter|Jahre|Tage|Monate|[lL]öffel|Zimmer|Punkte|Einwohner|Würfel)$/.test(said)
      ? `${said}n`
      : said;
  },
  agree({ whole, part }, { before, after }): Agreement {
    if (whole !== "1" || part !== undefined) return isDative(before) ? { grammaticalCase: "dative" } : {};
    const grammaticalCase = isDative(before) ? "dative" : takesAccusative(before) ? "accusative" : undefined;
    const noun = /^[\s-](?:\p{Ll}+e[rnsm]?\s)?(\p{Lu}\p{Ll}\p{L}*)/u.exec(after)?.[1];
    if (
      /(?:Absatz|Abs\.|Artikel|Art\.|Nummer|Nr\.|Seite|S\.|Kapitel|Kap\.|Gleis|Linie|Zimmer|Raum|Schritt|Halle|Tor|Band|Satz)\s$/.test(
        before,
      )
    )
      return {};
    // In a range the noun follows the second number, so the first is "ein": "ein bis zwei Tage".
    if (noun === undefined && /^\s(?:bis|oder)\s\d+\s\p{Lu}\p{Ll}/u.test(after)) return { gender: "n" };
    if (noun === undefined)
      return /^\s\p{Lu}{2,4}(?![\p{L}\d])/u.test(after) ? { gender: "n", grammaticalCase } : { grammaticalCase };
    return { gender: genderOf(noun), grammaticalCase };
  },
  range: (from, to, { before }) =>
    /\bzwischen\s$/i.test(before) ? `${from({})} und ${to({})}` : `${from({})} bis ${to({})}`,
  months,
  shortMonths: ["Jan", "Feb", "Mär", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Okt", "Nov", "Dez"],
  dayOfMonth: (day, { before }) => ordinal(day, endingOf(before, "Mai")),
  date: (day, month, wanted, { before }) =>
    `${ordinal(day, endingOf(before, "Mai"))} ${months[month - 1]} ${wanted === undefined ? "" : year(wanted)}`.trim(),
  year(written, { before, after }) {
    const n = Number(written);
    if (n < 1100 || n > 1999) return undefined;
    if (before === "#month ") return year(written);
    if (/(?:[=+×÷*/−]|[-–]\s?|\b(?:etwa|rund|circa|ca\.|über|fast|genau|insgesamt))\s?$/i.test(before))
      return /\d{4}\s?[-–]\s?$/.test(before) ? year(written) : undefined;
    return measured.test(after) &&
      !/^\s(?:\p{Lu}\p{L}+\s)?(?:geboren|gegründet|gestorben)/u.test(after) &&
      !/\b(?:Jahr|Jahre|Jahres|Anno|seit|Sommer|Winter|Herbst|Frühjahr|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\s$/.test(
        before,
      )
      ? undefined
      : /^\s?[=+×÷*]|^\s[-–]\s?\d/.test(after)
        ? undefined
        : year(written);
  },
  time({ hour, minute, second }) {
    const said = `${cardinal(hour, { gender: "n" })} Uhr`;
    const minutes = minute === undefined || (minute === "00" && second === undefined) ? "" : ` ${cardinal(minute)}`;
    return `${said}${minutes}${second === undefined ? "" : ` und ${cardinal(second, { gender: "f" })} ${second === "01" ? "Sekunde" : "Sekunden"}`}`;
  },
  timeRange: (from, to, { before }) =>
    /\bzwischen\s$/i.test(before)
      ? `${from} und ${to}`
      : // Between whole hours, "Uhr" is said only once: neun bis zwölf Uhr.
        `${to.endsWith(" Uhr") ? from.replace(/ Uhr$/, "") : from} bis ${to}`,
  hourMarks: "Uhr|h",
  clockMarks: /^Uhr$/,
  timeCues: /\b(?:um|ab|bis|gegen|von)\s$/i,
  dateCues: /(?:\b(?:am|vom|zum|bis|bis zum|seit|ab|den|dem|der)|,)\s$/i,
  ordinalMarks: /\.(?!\d)/,
  ordinal: (written, _mark, near) => sayOrdinal(written, near),
  halfOf({ before, after }) {
    const written = /^\s(\p{Lu}\p{L}+|[a-zA-Z]+\.?)(?!\p{L})/u.exec(after)?.[1];
    const unit = written === undefined ? undefined : units.get(written);
    if (unit !== undefined && takesAccusative(before))
      return unit.gender === "f" ? "eine halbe" : unit.gender === "n" ? "ein halbes" : "einen halben";
    const noun = unit?.forms[0] ?? written;
    if (noun === undefined) return /^\s?[=+−×÷*/<>≤≥≈-]/.test(after) ? "ein halb" : "einhalb";
    const gender = genderOf(noun);
    if (gender === "m" && takesAccusative(before)) return "einen halben";
    return gender === "f" ? "eine halbe" : gender === "n" ? "ein halbes" : "ein halber";
  },
  withHalf: (whole, noun) => `${whole === "eins" ? "ein" : whole}einhalb${noun === undefined ? "" : ` ${noun}`}`,
  fraction(above, below) {
    const name =
      below === "2"
        ? above === "1"
          ? "halb"
          : "halbe"
        : below === "3"
          ? "Drittel"
          : below === "7"
            ? "Siebtel"
            : below === "8"
              ? "Achtel"
              : `${ordinal(below, "")}el`;
    const shown = below === "2" ? name : name.charAt(0).toUpperCase() + name.slice(1);
    return `${cardinal(above, { gender: "n" })} ${shown}`;
  },
  power: (exponent) => `hoch ${cardinal(exponent)}`,
  codeCues:
    /(?:tel(?:efon(?:nummer)?|\.)?|nummer|nr\.|code|pin|tan|anrufen|hotline|rufnummer|notruf|ruf(?:en)?|wähle[n]?|passwort|endet auf|endend auf|plz|postleitzahl|flug|zimmer|vorwahl|konto\p{L}*|bestell\p{L}*|endziffer\p{L}*|endung|endnummer|sendungs\p{L}*|auftrags\p{L}*|kunden\p{L}*nummer|vorgangs\p{L}*|rechnungs\p{L}*|ticket)(?:\s[\p{L}'’]+){0,4}[^\p{L}\d.!?]{0,5}$/iu,
  setPhrases: new Map([
    ["24/7", "vierundzwanzig sieben"],
    ["50/50", "fifty-fifty"],
    ["50:50", "fifty-fifty"],
  ]),
  dayMarks: ".",
  versionCues: /\b(?:Version|v|iOS|Android|Python|Node(?:\.js)?|macOS|Windows|Ubuntu|Java|Firmware)\s?$/i,
  scoreCues:
    /(?:gewann|gewonn|verlor|besieg|spiel|sieg|tor\b|tore|führ|endet|ergebnis|unentschieden|halbzeit|schlug|geschlagen|remis)/i,
  outOfCues: /\b(?:Note|Punkte|Bewertung|erreicht)\b[^.!?]{0,12}$/i,
};
