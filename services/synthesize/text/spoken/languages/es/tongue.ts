import { spanish as abbreviations } from "../../../abbreviations/es.ts";
import { digitStarts, rule } from "../../rule.ts";
import { decimalPart } from "../western/figure.ts";
import { sayTelephone } from "../western/names/telephone.ts";
import { afterOrdinal, countedNoun, musicRule, romanceRules } from "../western/romance.ts";
import type { Tongue } from "../western/tongue.ts";
import { address, roman, weekdays } from "./names.ts";
import { cardinal, ordinal } from "./number.ts";
import { currencies, units } from "./words.ts";

const digits = "cero uno dos tres cuatro cinco seis siete ocho nueve".split(" ");
const months = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" ");

const masculineInA =
  /^(?:día|mapa|problema|programa|sistema|tema|idioma|planeta|poema|clima|síntoma|diploma|drama|kilograma|fantasma|sofá|euro|dálmata|atleta|poeta|pirata|astronauta|policía|\p{L}+ista)s?$/u;
const feminine =
  /^(?:noche|clase|parte|calle|leche|llave|nube|tarde|carne|frase|mano|foto|moto|vez|luz|red|flor|mujer|sal|señal|imagen|veces|luces|noches|clases|partes|calles|llaves|tardes|frases|manos|fotos|motos|mujeres|flores|imágenes|torre|torres|superficie|serie|series)$/;
const isFeminine = (noun: string): boolean =>
  !masculineInA.test(noun) &&
  (feminine.test(noun) || /(?:as?|ción|ciones|sión|siones|dad|dades|tud|tudes|umbre|ez)$/.test(noun));

/** How Spanish says numbers, dates, amounts and the like. */
export const spanish: Tongue = {
  cardinal,
  decimal: ({ whole, part = "", point }, agreement) =>
    `${cardinal(whole, agreement.gender === "f" ? agreement : {})} ${point === "." ? "punto" : "coma"} ${decimalPart(part, cardinal, digits, true)}`,
  digits,
  telephoneGroup(group, place) {
    if (place === "only") return undefined;
    if (place === "country" || /^[1-9]\d$/.test(group) || /^[89]0\d$/.test(group)) return cardinal(group);
    return undefined;
  },
  telephoneCues:
    /(?:tel(?:éfono|\.)?|llam[ae]\p{L}*|marque|marca|whatsapp|móvil|celular)(?:\s[\p{L}'’]+){0,4}[^\p{L}\d.!?]{0,5}$/iu,
  signs: {
    "-": "menos",
    "+": "más",
    "±": "más menos",
    "=": "igual a",
    "≠": "distinto de",
    "≈": "aproximadamente",
    "≤": "menor o igual que",
    "≥": "mayor o igual que",
    "<": "menor que",
    ">": "mayor que",
    "×": "por",
    "÷": "entre",
    "√": "raíz cuadrada de",
    "%": "por ciento",
    "‰": "por mil",
    "°": "grados",
    "℃": "grados Celsius",
    "℉": "grados Fahrenheit",
    "№": "número",
    "§": "sección",
    "&": "y",
    "@": "arroba",
    "€": "euros",
    $: "dólares",
    "£": "libras",
    "¥": "yenes",
    "∞": "infinito",
    ".": "punto",
    ":": "a",
    ratio: "a",
    by: "por",
    diameter: "diámetro",
    and: "y",
    of: "de ",
    or: "o",
    outOf: "sobre",
  },
  units,
  currencies,
  price: (coins, parts, part) => `${coins} con ${parts} ${part}`,
  per: (noun) => `por ${noun.forms[0]}`,
  form: ({ whole, part }, { forms }) => (whole === "1" && part === undefined ? forms[0] : forms[1]) ?? "",
  agree({ whole, part }, { after }) {
    const next = part === undefined && /(?:1|[2-9]\d\d)$/.test(whole) ? countedNoun(after) : undefined;
    // The next word is what a number above one counts only if it looks plural: in "el n.º 201 llega" it is a verb.
    const noun = whole === "1" || next?.endsWith("s") ? next : undefined;
    if (noun === undefined && /^\s(?:mil|millón|millones)\b/.test(after)) return { gender: "m" };
    return noun === undefined ? {} : { gender: isFeminine(noun) ? "f" : "m" };
  },
  range(from, to, { before }) {
    if (/\bentre\s(?:las?\s)?$/i.test(before)) return `${from({})} y ${to({})}`;
    return /\b(?:de|del|desde|en|a|con|por|para|tras|unos|unas|los|las|hasta|hace|cada)\s$/i.test(before)
      ? `${from({})} a ${to({})}`
      : `de ${from({})} a ${to({})}`;
  },
  months,
  shortMonths: ["ene", "abr", "ago", "sept", "dic"],
  dayOfMonth: (day) => cardinal(day),
  date: (day, month, year) =>
    `${cardinal(day)} de ${months[month - 1]}${year === undefined ? "" : ` de ${cardinal(year)}`}`,
  time({ hour, minute, second, mark }) {
    const said = cardinal(hour, { gender: "f" });
    const minutes = minute === undefined || (minute === "00" && second === undefined) ? "" : ` y ${cardinal(minute)}`;
    const hours = mark === "" ? "" : minutes === "" ? (hour === "1" ? " hora" : " horas") : "";
    return `${said}${hours}${minutes}${second === undefined ? "" : ` y ${cardinal(second)} segundos`}`;
  },
  timeRange(from, to, { before }) {
    if (/\bentre\slas?\s$/i.test(before)) return `${from} y las ${to}`;
    return /\blas?\s$/i.test(before)
      ? `${from} a las ${to}`
      : /\bde\s$/i.test(before)
        ? `${from} a ${to}`
        : `de ${from} a ${to}`;
  },
  hourMarks: "horas?|hrs?\\.?|h\\.?",
  clockMarks: /^$/,
  timeCues: /\b(?:las?|desde las|hasta las)\s$/i,
  dateCues: /\b(?:el|del|al|hasta el|día|desde el|fecha:|antes del)\s$/i,
  ordinalMarks: /\.?[ºª°]|\.?(?:er|ro|ra|do|da|to|ta|mo|ma|vo|va|no|na)(?!\p{L})/u,
  ordinal(written, mark, { after }) {
    if (mark === "°" || mark === "º") {
      if (/^[CF]|^\s?(?:[CF]\b|de\b(?!\s(?:la|los)))/.test(after) && !/^\s\p{Ll}/u.test(after)) return undefined;
      if (/^[\s.,;]*$|^\)|^\s?\d+['’′]/.test(after) || /^\s(?:y|a|de temperatura|bajo)\b/.test(after))
        return mark === "°" ? undefined : ordinal(written, false);
    }
    const isFem = /[ªa]$/.test(mark);
    const word = ordinal(written, isFem);
    return !isFem && /^\s\p{Ll}/u.test(after) && !/^\s(?:de|en|y|a|izq\p{L}*|dcha|izda|derecha)(?!\p{L})/u.test(after)
      ? word.replace(/(primer|tercer)o$/, "$1")
      : word;
  },
  halfOf({ after }) {
    const noun = countedNoun(after);
    return noun === undefined ? undefined : isFeminine(noun) ? "media" : "medio";
  },
  withHalf: (whole, noun) =>
    noun === undefined
      ? `${whole} y medio`
      : `${whole} ${/^una?$/.test(whole) ? noun.replace(/s$/, "") : noun} y ${isFeminine(noun) ? "media" : "medio"}`,
  fraction(above, below) {
    if (below === "2") return above === "1" ? "un medio" : `${cardinal(above, { gender: "m" })} medios`;
    if (below === "3") return above === "1" ? "un tercio" : `${cardinal(above, { gender: "m" })} tercios`;
    const n = Number(below);
    const name =
      n <= 10 ? ordinal(below, false) : n === 100 ? "centésimo" : `${cardinal(below).replace(/[aeiou]$/, "")}avo`;
    return `${cardinal(above, { gender: "m" })} ${name}${above === "1" ? "" : "s"}`;
  },
  power: (exponent) => (exponent === "2" ? "al cuadrado" : exponent === "3" ? "al cubo" : `a la ${cardinal(exponent)}`),
  codeCues:
    /(?:tel(?:éfono|\.)?|número|n\.?[º°]|código|llam[ae]\p{L}*|marque|marca|pin|puk|pedido|referencia|vuelo|habitación|cuenta|tarjeta|contraseña|clave|(?:termin|acab)ad[ao] en|termina en|postal|whatsapp|móvil|celular)(?:\s[\p{L}'’]+){0,4}[^\p{L}\d.!?]{0,5}$/iu,
  abbreviations: abbreviations.said,
  own: [
    ...romanceRules(address),
    afterOrdinal("pl:planta pta:planta conj:conjugación eval:evaluación trim:trimestre ed:edición sem:semana"),
    musicRule(
      /(?<!\p{L})(?:comp[áa]s(?:es)?|ritmo|metrónomo|solfeo|vals)(?!\p{L})[^.!?]*$/iu,
      (beats, note) => `${cardinal(beats)} por ${cardinal(note)}`,
    ),
    rule("beats in a minute", digitStarts, /(?<![\d.,])(\d{2,3})\s?ppm(?![\p{L}\d])/u, ({ 1: beats = "", input }) =>
      /metrónomo|compás|tempo(?!\p{L})|pulso|card[ií]ac|corazón|latid/iu.test(input)
        ? `${cardinal(beats, { gender: "f" })} pulsaciones por minuto`
        : undefined,
    ),
    rule(
      "abbreviation incl. after its noun",
      "i",
      /(?<=(\p{L}+)\s)incl\.(?!\p{L})/u,
      ([, noun = ""]) =>
        `inclu${/[aeo]s$/.test(noun) ? (noun.endsWith("as") ? "idas" : "idos") : noun.endsWith("a") ? "ida" : "ido"}`,
    ),
    rule("abbreviation c/ for each", "cC", /(?<!\p{L})[cC]\/\s?(?=\d|u(?!\p{L}))/u, "cada "),
    rule("one each", "u", /(?<=(?<!\p{L})c\/)u\.?(?!\p{L})/u, "uno"),
    rule(
      "rooms of a flat",
      digitStarts,
      /(?<![\d.,–-])([1-9])(?:\s?[-–]\s?([1-9]))?\s?hab\.?(?![\p{L}/]|\s?\/)/u,
      ([, few = "", many]) => {
        const counted = (digits: string): string => cardinal(digits, { gender: "f" });
        const noun = few === "1" && many === undefined ? "habitación" : "habitaciones";
        return `${counted(few)}${many === undefined ? "" : ` a ${counted(many)}`} ${noun}`;
      },
    ),
    rule(
      "telephone number of nine digits",
      digitStarts,
      /(?<=(?<!\p{L})(?:al?|el|teléfono|tel\.|móvil|whatsapp)[\s:]\s?)[6-9]\d{2}(?:\s\d{3}){2}(?![\d]|[.,]\d|\s\d)/iu,
      ([text]) => sayTelephone(text, spanish),
    ),
  ],
  weekdays,
  roman,
  address,
  greek:
    "alfa beta gamma delta épsilon zeta eta theta iota kappa lambda mu nu xi ómicron pi ro sigma sigma tau ípsilon fi ji psi omega".split(
      " ",
    ),
  perWord: (word) => `por ${word === "sem" ? "semana" : word}`,
  perMany: (amount) => `a los ${amount}`,
  duration: (parts) => [parts.slice(0, -1).join(", "), parts.at(-1)].filter((part) => part !== "").join(" y "),
  scaleWords: /^\s(?:mil millones|millones|millón|billones|mil)(?!\p{L})/u,
  perWords: /^(?:día|semana|sem|mes|año|hora|noche|persona|habitante|minuto|segundo|litro|toma)$/,
  decades: { cue: /\b(?:años|los)\s/ },
  million: { gender: "m", forms: ["millón", "millones"] },
  times: { gender: "f", forms: ["vez", "veces"] },
  functions: {
    primes: ["prima", "segunda"],
    of: "de",
    names: new Map([
      ["sen", "seno"],
      ["cos", "coseno"],
      ["tan", "tangente"],
      ["tg", "tangente"],
      ["log", "logaritmo"],
      ["ln", "logaritmo neperiano"],
    ]),
  },
  negativePower: (exponent) => `a la menos ${cardinal(exponent)}`,
  ofMillions: (noun) => `de ${noun}`,
  monthOf: (month, year) => `${month} de ${year}`,
  lawOf: "de",
  setPhrases: new Map([
    ["24/7", "veinticuatro siete"],
    ["50/50", "cincuenta y cincuenta"],
  ]),
  labelCues:
    /(?:asiento|puerta|salida|fila|piso|aula|sala|habitación|plaza|andén|terminal|edificio|apartamento|consulta|línea|número)\s$/i,
  overCues: /(?:presión|tensión|arterial)/i,
  pairCues: /\b(?:asientos|plazas|butacas|habitaciones|salas|puertas|andenes)\s$/i,
  lastingCues:
    /(?:dura(?:ción)?|duran|temporizador|cronómetro|restan?|quedan?|faltan?|ritmo|tiempo)(?:\s(?:de|es|del?|en|total|medio|unos)|\s?:){0,2}\s$/i,
  versionCues: /\b(?:versión|v\.?|iOS|Android|Python|Node(?:\.js)?|macOS|Windows|Ubuntu|Java|firmware)\s?$/i,
  scoreCues:
    /(?:gan[óa]|perdi|pierd|vence|golea|marcador|resultado|empat|partido|gol|sets?\b|parciales|venci|derrot|victoria|final\b)/i,
  outOfCues: /(?<!\p{L})(?:nota|puntuación|calificación|saqué|saco|sacó|obtuvo|media)(?!\p{L})[^.!?]{0,30}$/iu,
};
