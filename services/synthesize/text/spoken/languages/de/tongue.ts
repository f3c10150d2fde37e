import { decimalPart } from "../western/figure.ts";
import type { Agreement } from "../western/number.ts";
import type { Tongue } from "../western/tongue.ts";
import { cardinal, ordinal, year } from "./number.ts";
import { currencies, feminineNouns, neuterNouns, units } from "./words.ts";

const digits = "null eins zwei drei vier fünf sechs sieben acht neun".split(" ");
const months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(" ");

function genderOf(noun: string): "m" | "f" | "n" {
  if (feminineNouns.has(noun) || /(?:ung|heit|keit|schaft|tät|ion|ie|ei|ur)$/.test(noun)) return "f";
  return neuterNouns.has(noun) || /(?:chen|lein|ment|um|tum|nis)$/.test(noun) ? "n" : "m";
}

const dative = /\b(?:in|nach|vor|mit|seit|von|aus|bei|zu|ab|binnen|innerhalb von|aus|außer|gegenüber)\s$/i;
const accusative =
  /\b(?:für|um|durch|ohne|gegen|pro|dauert|kostet|hat|haben|habe|brauche|braucht|brauchen|nehmen|nimm|nehme|noch|über|auf|jeden)\s$/i;
/** Adverbs between a verb and the amount that it takes. */
const adverbs =
  /(?:\b(?:etwa|ca\.|circa|rund|ungefähr|nur|noch|genau|jeweils|täglich|mindestens|höchstens|dann|man|du|wir|Sie|ich)\s)+$/i;
/** Verbs that name what something is, and small words that end like verbs. */
const noObject =
  /\b(?:ist|sind|war|waren|wäre|wären|wird|werden|bleibt|bleiben|heißt|fehlt|fehlen|reicht|reichen|genügt|genügen|und|mit|seit|nicht|jetzt|dort|oft|erst|fast|meist|zuerst|zusammen|oben|unten|neben|zwischen|wegen|den|einen|ein|schon)\s$/;

/** The case of an amount after the words before it. A verb that is none of being takes it as its object: man nimmt einen Liter. */
function caseAfter(before: string): Agreement["grammaticalCase"] {
  if (dative.test(before)) return "dative";
  const head = before.replace(adverbs, "");
  if (accusative.test(before) || accusative.test(head)) return "accusative";
  return /(?<!\p{L})[\p{Ll}N]\p{Ll}+(?:t|en|st)\s$/u.test(head) && !noObject.test(head) ? "accusative" : undefined;
}

/** The ending of an ordinal after the words before it: der dritte, am dritten, ein dritter. */
function ordinalEnding(before: string): string {
  if (
    /\b(?:am|vom|zum|dem|den|des|im|beim|seit dem|ab|bis|seit|der|einem|einer|diesem|jedem|jeden)\s$/i.test(before) &&
    !/\bder\s$/i.test(before)
  )
    return "en";
  if (/\b(?:die|das|der|dieser|diese|dieses|jeder|jede|jedes|welcher|seine|ihre|meine)\s$/i.test(before)) return "e";
  return /\b(?:und|–|-|oder)\s$/i.test(before) ? "en" : "er";
}

const measured = /^\s?(?:[A-ZÄÖÜ]|%|€|°)/;

/** German. */
export const german: Tongue = {
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
    "§": "Paragraph",
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
  },
  units,
  currencies,
  price: (coins, parts) => `${coins} ${parts.replace(/^ein$/, "eins")}`,
  per: (noun) => `pro ${noun.forms[0]}`,
  form: ({ whole, part }, { forms }) => (whole === "1" && part === undefined ? forms[0] : forms[1]) ?? "",
  agree({ whole, part }, { before, after }): Agreement {
    if (whole !== "1" || part !== undefined) return {};
    const grammaticalCase = caseAfter(before);
    const noun = /^[\s-](?:\p{Ll}+e[rnsm]?\s)?(\p{Lu}\p{L}+)/u.exec(after)?.[1];
    if (noun === undefined) return { grammaticalCase };
    return { gender: genderOf(noun), grammaticalCase };
  },
  range: (from, to, { before }) =>
    /\bzwischen\s$/i.test(before) ? `${from({})} und ${to({})}` : `${from({})} bis ${to({})}`,
  months,
  shortMonths: ["Jan", "Feb", "Mär", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Okt", "Nov", "Dez"],
  dayOfMonth: (day, { before }) => ordinal(day, ordinalEnding(before)),
  date: (day, month, wanted, { before }) =>
    `${ordinal(day, ordinalEnding(before))} ${months[month - 1]} ${wanted === undefined ? "" : year(wanted)}`.trim(),
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
      : /\bvon\s$/i.test(before)
        ? `${from} bis ${to}`
        : `${from} bis ${to}`,
  hourMarks: "Uhr|h",
  clockMarks: /^Uhr$/,
  timeCues: /\b(?:um|ab|bis|gegen|von)\s$/i,
  dateCues: /\b(?:am|vom|zum|bis|bis zum|seit|ab|den|dem|der|,)\s$/i,
  ordinalMarks: /\.(?=\s?[A-ZÄÖÜ-]|\s(?:und|oder|bis)\s)/,
  ordinal(written, _mark, { before, after }) {
    // A full stop after a number by itself ends its sentence.
    if (!/^\s\p{Lu}\p{Ll}/u.test(after) || Number(written) > 99) return undefined;
    const isKing = /\b(?:Karl|Ludwig|Friedrich|Wilhelm|Heinrich|Otto|Elisabeth|Papst)\s(?:\p{L}+\s)?$/u.test(before);
    const next = /^\s(\p{Lu}\p{L}+)/u.exec(after)?.[1] ?? "";
    const isNoun =
      /^(?:Jahrhundert|Stock|Etage|Platz|Klasse|Mal|Tag|Woche|Kapitel|Runde|Geburtstag|Weltkrieg|Auflage|Quartal|Semester|Stunde|Spieltag|Liga|Mai|Schritt|Teil|Band|Satz|Preis|Juni|Bezirk|Gang|Person|Advent|Versuch|Monat|Jahr|Halbzeit|Reihe|Spiel|Tor)/.test(
        next,
      );
    if (
      !isKing &&
      !isNoun &&
      !/\b(?:der|die|das|dem|den|des|am|im|vom|zum|zur|beim|ein|eine|einen|einem|seinen|ihren|meinen|jeden|jede|jedes)\s$/i.test(
        before,
      )
    )
      return undefined;
    if (/\b(?:im|am|vom|zum|zur|beim|dem|den|des|einem|einer|seinen|ihren|meinen|jeden)\s$/i.test(before))
      return ordinal(written, "en");
    if (/\bein\s$/i.test(before)) return ordinal(written, genderOf(next) === "n" ? "es" : "er");
    // "in der 3. Woche" is a dative, "die 3. Woche" is not.
    if (/\b(?:in|aus|mit|von|nach|vor|seit|bei|an|auf|zu)\sder\s$/i.test(before)) return ordinal(written, "en");
    return ordinal(
      written,
      /\b(?:der|die|das|eine|jede|jedes)\s$/i.test(before)
        ? "e"
        : genderOf(next) === "f"
          ? "e"
          : genderOf(next) === "n"
            ? "es"
            : "er",
    );
  },
  halfOf({ before, after }) {
    const noun = /^\s(\p{Lu}\p{L}+)/u.exec(after)?.[1];
    if (noun === undefined) return "einhalb";
    const gender = genderOf(noun);
    const grammaticalCase = caseAfter(before);
    if (grammaticalCase === "dative") return gender === "f" ? "einer halben" : "einem halben";
    if (gender === "f") return "eine halbe";
    return gender === "n" ? "ein halbes" : grammaticalCase === "accusative" ? "einen halben" : "ein halber";
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
    /(?:tel(?:efon(?:nummer)?|\.)?|nummer|nr\.|code|pin|tan|anrufen|hotline|rufnummer|notruf|ruf(?:en)?|wähle[n]?|passwort|endet auf|endend auf|plz|postleitzahl|flug|zimmer|vorwahl|konto\p{L}*|bestell\p{L}*)(?:\s[\p{L}'’]+){0,4}[^\p{L}\d.!?]{0,5}$/iu,
  versionCues: /\b(?:Version|v\.?|iOS|Android|Python|Node(?:\.js)?|macOS|Windows|Ubuntu|Java|Firmware)\s?$/i,
  scoreCues:
    /(?:gewann|gewonn|verlor|besieg|spiel|sieg|tor\b|tore|führ|endet|ergebnis|unentschieden|halbzeit|schlug|geschlagen|remis)/i,
  outOfCues: /\b(?:Note|Punkte|Bewertung|erreicht)\b[^.!?]{0,12}$/i,
};
