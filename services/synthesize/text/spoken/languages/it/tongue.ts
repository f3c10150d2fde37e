import { italian as abbreviations } from "../../../abbreviations/it.ts";
import { digitStarts, rule } from "../../rule.ts";
import { decimalPart } from "../western/figure.ts";
import { afterOrdinal, countedNoun, romanceRules } from "../western/romance.ts";
import type { Tongue } from "../western/tongue.ts";
import { address, roman, weekdays } from "./names.ts";
import { cardinal, ordinal } from "./number.ts";
import { currencies, units } from "./words.ts";

const digits = "zero uno due tre quattro cinque sei sette otto nove".split(" ");
const months = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(
  " ",
);

const masculineInA =
  /^(?:problema|programma|sistema|tema|pianeta|poema|clima|sintomo|diploma|dramma|grammo|cinema|pigiama|euro)$/;
const feminine =
  /^(?:notte|classe|parte|chiave|carne|frase|mano|foto|moto|luce|rete|mail|email|stagione|stazione|lezione|volta|moglie|madre|nave|torre|serie|app|città|università|novità|possibilità|carta|ora)$/;
const isFeminine = (noun: string): boolean =>
  !masculineInA.test(noun) &&
  (feminine.test(noun) || /(?:a|zione|sione|tà|tù|udine|(?<!poll|cod|ind|vert|giud|ap|cal|compl)ice)$/.test(noun));

const elide = (words: string): string => words.replace(/\b(un|all)a (?=[aeiou])/g, "$1'");

/** How Italian says numbers, dates, amounts and the like. */
export const italian: Tongue = {
  cardinal,
  decimal: ({ whole, part = "", point }) =>
    `${cardinal(whole)} ${point === "." ? "punto" : "virgola"} ${decimalPart(part, cardinal, digits, true)}`,
  digits,
  telephoneGroup(group, place) {
    if (place === "only") return undefined;
    return place === "country" || /^[1-9](?:\d|00)$/.test(group) ? cardinal(group) : undefined;
  },
  telephoneCues:
    /(?:tel(?:efono|\.)?|chiam[ai]\p{L}*|compon[ia]\p{L}*|cellulare|verde|whatsapp)(?:\s[\p{L}'’]+){0,4}[^\p{L}\d.!?]{0,5}$/iu,
  signs: {
    "-": "meno",
    "+": "più",
    "±": "più o meno",
    "=": "uguale a",
    "≠": "diverso da",
    "≈": "circa",
    "≤": "minore o uguale a",
    "≥": "maggiore o uguale a",
    "<": "minore di",
    ">": "maggiore di",
    "×": "per",
    "÷": "diviso",
    "√": "radice quadrata di",
    "%": "per cento",
    "‰": "per mille",
    "°": "gradi",
    "℃": "gradi Celsius",
    "℉": "gradi Fahrenheit",
    "№": "numero",
    "§": "paragrafo",
    "&": "e",
    "@": "chiocciola",
    "€": "euro",
    $: "dollari",
    "£": "sterline",
    "¥": "yen",
    "∞": "infinito",
    ".": "punto",
    ":": "a",
    ratio: "a",
    by: "per",
    diameter: "diametro",
    and: "e",
    of: "di ",
    or: "o",
    outOf: "su",
  },
  units,
  currencies,
  price: (coins, parts) => `${coins} e ${parts.replace(/^un$/, "uno")}`,
  per: ({ gender, forms }) => {
    const name = forms[0] ?? "";
    if (name === "mole") return "per mole";
    return /^[aeiou]/.test(name) ? `all'${name}` : gender === "f" ? `alla ${name}` : `al ${name}`;
  },
  form: ({ whole, part }, { forms }) => (whole === "1" && part === undefined ? forms[0] : forms[1]) ?? "",
  agree({ whole, part }, { after }) {
    const noun = part === undefined && whole === "1" ? countedNoun(after) : undefined;
    return noun === undefined ? {} : { gender: isFeminine(noun) ? "f" : "m" };
  },
  range(from, to, { before, isNext }) {
    if (/\b(?:tra|fra)\s(?:le\s|i\s)?$/i.test(before)) return `${from({})} e ${to({})}`;
    const isFrom = /\b(?:da|dal|dalle|dai)\s$/i.test(before);
    if (isNext === true && !isFrom && !/\bore\s$/i.test(before))
      return `${from({}).replace(/^un$/, "uno")} o ${to({})}`;
    // After these prepositions and articles, the numbers of a range are said without "from" and "to": "a
    // quaranta-cinquanta all'ora".
    if (
      /(?<!\p{L})(?:ore|in|per|a|con|di|ogni|dopo|su|circa|i|le|gli|nel|nei|al|ai|del|dei|altri|altre|oltre)\s$/iu.test(
        before,
      )
    )
      return `${from({})}-${to({})}`;
    return isFrom ? `${from({})} a ${to({})}` : `da ${from({})} a ${to({})}`;
  },
  months,
  shortMonths: ["gen", "mag", "giu", "lug", "ago", "set", "sett", "ott", "dic"],
  dayOfMonth: (day) => (day === "1" ? "primo" : cardinal(day)),
  date: (day, month, year) =>
    `${day === "1" ? "primo" : cardinal(day)} ${months[month - 1]}${year === undefined ? "" : ` ${cardinal(year)}`}`,
  time({ hour, minute, second, mark }, { before }) {
    const said = cardinal(hour, { gender: "f" });
    if (minute === undefined || (minute === "00" && second === undefined))
      return mark === "" ? said : `${said} ${hour === "1" ? "ora" : "ore"}`;
    // "Le 15.30 h" is a time of day; "2 h 30" is a duration.
    if (mark === "h" && !/\b(?:le|alle|dalle)\s$/i.test(before))
      return `${hour === "1" ? "un'ora" : `${said} ore`} e ${cardinal(minute)}`;
    return `${said} e ${cardinal(minute)}${second === undefined ? "" : ` e ${cardinal(second)} secondi`}`;
  },
  timeRange(from, to, { before }) {
    if (/\b(?:tra|fra)\sle\s$/i.test(before)) return `${from} e le ${to}`;
    return /\b(?:dalle|dall'|le|ore)\s?$/i.test(before) ? `${from} alle ${to}` : `dalle ${from} alle ${to}`;
  },
  hourMarks: "ore|h",
  clockMarks: /^ore$/,
  timeCues: /\b(?:alle|ore|dalle|le|verso le|fino alle)\s$/i,
  dateCues: /\b(?:il|del|dal|al|entro il|fino al|giorno|data:)\s$/i,
  ordinalMarks: /[ºª°]/,
  ordinal(written, mark, { after }) {
    if (mark === "°" && (/^\s?[CF]\b/.test(after) || !/^\s\p{Ll}/u.test(after) || /^\s(?:e|a|di|con)\b/.test(after)))
      return undefined;
    if (mark === "º" && /^\s?[CF]\b/.test(after)) return undefined;
    return ordinal(written, mark === "ª");
  },
  halfOf({ after }) {
    const noun = countedNoun(after);
    return noun === undefined ? undefined : isFeminine(noun) ? "mezza" : "mezzo";
  },
  withHalf: (whole, noun) =>
    noun === undefined
      ? `${whole} e mezzo`
      : `${whole} ${noun} e ${/(?:a|(?<!pollic)e)$/.test(noun) ? "mezza" : "mezzo"}`,
  fraction(above, below) {
    if (below === "2") return above === "1" ? "un mezzo" : `${cardinal(above)} mezzi`;
    const name = ordinal(below, false);
    return above === "1" ? `un ${name}` : `${cardinal(above)} ${name.replace(/o$/, "i")}`;
  },
  power: (exponent) =>
    exponent === "2" ? "al quadrato" : exponent === "3" ? "al cubo" : elide(`alla ${ordinal(exponent, true)}`),
  codeCues:
    /(?:tel(?:efono|\.)?|numero|n\.?[º°]|codice|chiam[ai]\p{L}*|componi|pin|puk|ordine|prenotazione|riferimento|volo|camera|stanza|conto|carta|password|termina con|che finisce con|cap|cellulare|verde)(?:\s[\p{L}'’]+){0,4}[^\p{L}\d.!?]{0,5}$/iu,
  abbreviations: abbreviations.said,
  own: [
    ...romanceRules(address),
    afterOrdinal("p:piano coniug:coniugazione cl:classe trim:trimestre ed:edizione min:minuto"),
    rule("one before a vowel", "1", /(?<![\d.,:/-])1\s([aeiou]\p{Ll}+)(?!\p{L})/u, ([, noun = ""]) =>
      isFeminine(noun) && noun.endsWith("a") ? `un'${noun}` : undefined,
    ),
    rule(
      "minute of a game",
      digitStarts,
      /(?<=(?<!\p{L})(?:al|dal|del|nel|sul|il)\s)(\d{1,3})['’′](?:\s?\+\s?(\d{1,2}))?(?![\p{L}\d])/u,
      ([, minute = "", added]) => ordinal(minute, false) + (added === undefined ? "" : ` più ${cardinal(added)}`),
    ),
  ],
  weekdays,
  roman,
  address,
  greek:
    "alfa beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi_greco rho sigma sigma tau ipsilon fi chi psi omega"
      .split(" ")
      .map((name) => name.replace("_", " ")),
  perWord(word) {
    if (word === "persona" || word === "testa") return `a ${word}`;
    if (word === "sett") return "alla settimana";
    if (/^[aeiou]/.test(word)) return `all'${word}`;
    return isFeminine(word) ? `alla ${word}` : `al ${word}`;
  },
  perMany: (amount) => `per ${amount}`,
  duration: (parts) => [parts.slice(0, -1).join(", "), parts.at(-1)].filter((part) => part !== "").join(" e "),
  scaleWords: /^\s(?:milioni|milione|miliardi|miliardo|mila)\b/,
  perWords: /^(?:giorno|settimana|sett|mese|anno|ora|notte|persona|abitante|minuto|secondo|litro|die)$/,
  decades: { cue: /\banni\s/ },
  million: { gender: "m", forms: ["milione", "milioni"] },
  times: { gender: "f", forms: ["volta", "volte"] },
  functions: {
    primes: ["prima", "seconda"],
    of: "di",
    names: new Map([
      ["sen", "seno"],
      ["sin", "seno"],
      ["cos", "coseno"],
      ["tan", "tangente"],
      ["tg", "tangente"],
      ["log", "logaritmo"],
      ["ln", "logaritmo naturale"],
    ]),
  },
  negativePower: (exponent) => `alla meno ${cardinal(exponent)}`,
  ofMillions: (noun) => `di ${noun}`,
  elide,
  monthOf: (month, year) => `${month} ${year}`,
  lawOf: "del",
  setPhrases: new Map([
    ["24/7", "ventiquattro ore su ventiquattro e sette giorni su sette"],
    ["24h/24", "ventiquattro ore su ventiquattro"],
    ["h24", "ventiquattro ore su ventiquattro"],
    ["7/7", "sette giorni su sette"],
    ["7giornisu7", "sette giorni su sette"],
    ["50/50", "cinquanta e cinquanta"],
  ]),
  labelCues:
    /(?:posto|porta|uscita|fila|aula|sala|camera|stanza|binario|terminal|scala|interno|linea|numero|carrozza|civico)\s$/i,
  overCues: /(?:pressione|arteriosa)/i,
  pairCues: /\b(?:posti|camere|stanze|sale|binari|sportelli)\s$/i,
  lastingCues:
    /(?:dura(?:ta)?|durano|timer|cronometro|restano|rimangono|mancano|ritmo|tempo)(?:\s(?:di|è|totale|medio|circa)|\s?:){0,2}\s$/i,
  versionCues: /\b(?:versione|v\.?|iOS|Android|Python|Node(?:\.js)?|macOS|Windows|Ubuntu|Java|firmware)\s?$/i,
  scoreCues:
    /(?:vint|vinc|batt|perso|perd|travol|conduc|punteggio|risultato|pareggi|partita|gol\b|set\b|parziali|sconfitt|vittoria)/i,
  outOfCues: /\b(?:voto|punteggio|preso|ottenuto)\b[^.!?]{0,30}$/i,
};
