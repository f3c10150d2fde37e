import { french as abbreviations } from "../../../abbreviations/fr.ts";
import { digitStarts, rule } from "../../rule.ts";
import { decimalPart } from "../western/figure.ts";
import { afterOrdinal, musicRule, romanceRules } from "../western/romance.ts";
import type { Tongue } from "../western/tongue.ts";
import { isFeminine } from "./gender.ts";
import { address, roman, weekdays } from "./names.ts";
import { cardinal, ordinal } from "./number.ts";
import { currencies, functionWords, units } from "./words.ts";

const digits = "zéro un deux trois quatre cinq six sept huit neuf".split(" ");
const months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" ");

/** How French says numbers, dates, amounts and the like. */
export const french: Tongue = {
  cardinal,
  decimal: ({ whole, part = "", point }, agreement) =>
    `${cardinal(whole, agreement.gender === "f" && whole !== "1" ? agreement : {})} ${point === "." ? "point" : "virgule"} ${decimalPart(part, cardinal, digits, true)}`,
  digits,
  readsPairs: true,
  telephoneGroup(group, place) {
    if (/^0\d{3}$/.test(group)) return `zéro ${cardinal(group.slice(1))}`;
    if (place === "only" && group.length === 4)
      return [group.slice(0, 2), group.slice(2)].map((two) => cardinal(two)).join(" ");
    return group.length < 4 && !/^0/.test(group) ? cardinal(group) : undefined;
  },
  telephoneCues:
    /(?:t[ée]l(?:[ée]phone|\.)?|appele[rz]|composez|joignez|joindre)(?:\s[\p{L}'’]+){0,4}[^\p{L}\d.!?]{0,5}$/iu,
  signs: {
    "-": "moins",
    "+": "plus",
    "±": "plus ou moins",
    "=": "égale",
    "≠": "est différent de",
    "≈": "environ",
    "≤": "inférieur ou égal à",
    "≥": "supérieur ou égal à",
    "<": "inférieur à",
    ">": "supérieur à",
    "×": "fois",
    "÷": "divisé par",
    "√": "racine carrée de",
    "%": "pour cent",
    "‰": "pour mille",
    "°": "degrés",
    "℃": "degrés Celsius",
    "℉": "degrés Fahrenheit",
    "№": "numéro",
    "§": "paragraphe",
    "&": "et",
    "@": "arobase",
    "€": "euros",
    $: "dollars",
    "£": "livres",
    "¥": "yens",
    "∞": "l'infini",
    ".": "point",
    ":": "à",
    ratio: "pour",
    by: "sur",
    diameter: "diamètre",
    and: "et",
    of: "de ",
    or: "ou",
    outOf: "sur",
  },
  units,
  currencies,
  price: (coins, parts) => `${coins} ${parts}`,
  per: (noun) => `par ${noun.forms[0]}`,
  form: ({ whole, part }, { forms }) => (Number(`${whole}.${part ?? 0}`) < 2 ? forms[0] : forms[1]) ?? "",
  agree({ whole }, { after }) {
    // Only "un" has a feminine form; "onze", "soixante et onze" and "quatre-vingt-onze" have none.
    if (!/(?<![179])1$/.test(whole)) return {};
    // In "1 fois par mois", "fois" is a noun (times a month); in "1 fois 2" it multiplies.
    if (/^(?:\s?[-–]\s?\d+|\sà\s\d+)?\sfois(?!\s[\d(]|\p{L})/u.test(after)) return { gender: "f" };
    const noun = /^\s(?:petite?s?|grande?s?|bonne?s?|nouvelle?s?|autres?)?\s?(\p{L}{2,})/u.exec(after)?.[1];
    if (noun === undefined || functionWords.has(noun)) return {};
    return { gender: isFeminine(noun) ? "f" : "m" };
  },
  range(from, to, { before }) {
    return /\bentre\s$/i.test(before) ? `${from({})} et ${to({})}` : `${from({})} à ${to({})}`;
  },
  months,
  shortMonths: ["janv", "févr", "avr", "juil", "sept", "oct", "nov", "déc"],
  dayOfMonth: (day) => (day === "1" ? "premier" : cardinal(day)),
  date: (day, month, year) =>
    [day === "1" ? "premier" : cardinal(day), months[month - 1], year === undefined ? "" : cardinal(year)]
      .join(" ")
      .trim(),
  time({ hour, minute, second }) {
    const said = `${cardinal(hour, { gender: "f" })} ${Number(hour) < 2 ? "heure" : "heures"}`;
    const minutes =
      minute === undefined || (minute === "00" && second === undefined) ? "" : ` ${cardinal(minute, { gender: "f" })}`;
    return `${said}${minutes}${second === undefined ? "" : ` ${cardinal(second, { gender: "f" })} secondes`}`;
  },
  timeRange: (from, to, { before }) =>
    /\bentre\s$/i.test(before)
      ? `${from} et ${to}`
      : /\bde\s$/i.test(before)
        ? `${from} à ${to}`
        : `de ${from} à ${to}`,
  hourMarks: "heures?|[hH]",
  clockMarks: /^h/i,
  dateCues: /\b(?:le|du|au|jusqu'au|avant le|dès le|depuis le|date\s?:)\s$/i,
  ordinalMarks: /ers?|res?|ères?|èmes?|emes?|es?(?!\p{L})|nde?s?|des?(?!\p{L})|d(?=\s)/u,
  ordinal: (written, mark, { after }) => {
    if (/^[\p{L}\d]/u.test(after)) return undefined;
    const many = mark.length > 1 && mark.endsWith("s") ? "s" : "";
    if (/^n?d/.test(mark) && written === "2") return `second${/^n?de/.test(mark) ? "e" : ""}${many}`;
    return ordinal(written, /^(?:re|ère)/.test(mark)) + many;
  },
  halfOf: ({ after }) =>
    /^\s\p{Ll}{3,}/u.test(after) && !/^\s(?:est|des|dans|pour|avec)\b/.test(after)
      ? isFeminine(/^\s(\p{L}+)/u.exec(after)?.[1] ?? "")
        ? "une demi"
        : "un demi"
      : undefined,
  withHalf: (whole, noun) =>
    noun === undefined ? `${whole} et demi` : `${whole} ${noun} et ${isFeminine(noun) ? "demie" : "demi"}`,
  fraction(above, below) {
    const many = above !== "1";
    const name = below === "2" ? "demi" : below === "3" ? "tiers" : below === "4" ? "quart" : ordinal(below);
    return `${cardinal(above)} ${name}${many && name !== "tiers" ? "s" : ""}`;
  },
  properFractions: true,
  power: (exponent) =>
    exponent === "2" ? "au carré" : exponent === "3" ? "au cube" : `puissance ${cardinal(exponent)}`,
  codeCues:
    /(?:t[ée]l(?:[ée]phone|\.)?|num[ée]ro|n[°º]|code|appele[rz]|composez|digicode|pin|commande|r[ée]f[ée]rence|suivi|vol|client|dossier|billet|facture|carte|mot de passe|se terminant par|finissant par|postal|RCS|SIRE[NT]|PUK)(?:\s[\p{L}'’]+){0,4}[^\p{L}\d.!?]{0,5}$/iu,
  abbreviations: abbreviations.said,
  own: [
    ...romanceRules(address),
    afterOrdinal("min:minute conj:conjugaison trim:trimestre éd:édition sem:semaine"),
    musicRule(
      /(?<!\p{L})(?:mesure|rythme|métronome|solfège|valse|gigue)s?(?!\p{L})[^.!?]*$/iu,
      (beats, note) => `${cardinal(beats)} ${cardinal(note)}`,
    ),
    rule(
      "people above or below an age",
      "-–−+",
      /(?<=(?:^|[\s(])(?:les|des|aux|et|ou)\s)([-–−+])\s?(?:de\s)?(?=\d{1,2}\s?ans(?!\p{L}))/u,
      ([, sign]) => (sign === "+" ? "plus de " : "moins de "),
    ),
    rule("rooms of a flat", digitStarts, /(?<![\d.,–-])([1-9])\s?(ch|p|pces?)\.(?!\p{L}|\s?\d)/u, (match) => {
      const [, count = "", room = ""] = match;
      if (room === "p" && !/m²|m2|appart|immeuble|étage|loyer|cuisine/i.test(match.input)) return undefined;
      const noun = room === "ch" ? "chambre" : "pièce";
      return `${cardinal(count, { gender: "f" })} ${noun}${count === "1" ? "" : "s"}`;
    }),
    rule(
      "number of an article",
      digitStarts,
      /(?<=(?<!\p{L})(?:[LRD]\.?\s?\*?|article\s(?:[LRD]\.?\s?)?))(\d{1,4})((?:-\d{1,3})+)(?![\d-])/u,
      ([, first = "", more = ""]) => [first, ...more.split("-").slice(1)].map((part) => cardinal(part)).join(" tiret "),
    ),
  ],
  weekdays,
  roman,
  address,
  greek:
    "alpha bêta gamma delta epsilon zêta êta thêta iota kappa lambda mu nu xi omicron pi rhô sigma sigma tau upsilon phi chi psi oméga".split(
      " ",
    ),
  perWord: (word) => `par ${word === "sem" ? "semaine" : word}`,
  perMany: (amount) => `aux ${amount}`,
  duration: (parts) => parts.join(" "),
  scaleWords: /^\s(?:millions?|milliards?)\b/,
  perWords: /^(?:jour|semaine|sem|mois|an|heure|nuit|personne|habitant|minute|seconde|litre)$/,
  decades: { cue: /\bannées\s/, say: (tens) => cardinal(tens).replace(/vingts$/, "vingt") },
  million: { gender: "m", forms: ["million", "millions"] },
  times: { gender: "f", forms: ["fois", "fois"] },
  functions: {
    primes: ["prime", "seconde"],
    of: "de",
    names: new Map([
      ["sin", "sinus"],
      ["cos", "cosinus"],
      ["tan", "tangente"],
      ["log", "logarithme"],
      ["ln", "logarithme népérien"],
    ]),
  },
  negativePower: (exponent) => `puissance moins ${cardinal(exponent)}`,
  ofMillions: (noun) => (/^[aeiouhéè]/.test(noun) ? `d'${noun}` : `de ${noun}`),
  monthOf: (month, year) => `${month} ${year}`,
  setPhrases: new Map([
    ["24/7", "vingt-quatre heures sur vingt-quatre et sept jours sur sept"],
    ["24h/24", "vingt-quatre heures sur vingt-quatre"],
    ["24/24", "vingt-quatre heures sur vingt-quatre"],
    ["7j/7", "sept jours sur sept"],
    ["7/7", "sept jours sur sept"],
    ["50/50", "cinquante-cinquante"],
  ]),
  labelCues:
    /\b(?:place|siège|porte|sortie|quai|salle|chambre|voiture|bâtiment|rangée|route|appartement|terminal|bus|bis|numéro|n°)\s$/i,
  overCues: /\b(?:tension|artérielle)\b/i,
  pairCues: /\b(?:places|sièges|voies|chambres|salles|quais|guichets|rangées)\s$/i,
  lastingCues:
    /(?:durée?|dure(?:nt)?|minuteur|chrono(?:mètre)?|reste(?:nt)?|allure|timer|rythme|temps)(?:\s(?:de|est|sur|au total|moyenne?|environ)|\s?:){0,2}\s$/i,
  sizes:
    /^\d+(?:[.,]\d+)?(?:\s?[x×]\s?\d+(?:[.,]\d+)?)?\s?(?:mm|cm|km|px|pixels?|po|pouces?|″|m(?!\p{L})(?<!\d00\s?m))|^\d{3,4}(?!\d|\s?m(?!\p{L}))/u,
  versionCues: /\b(?:version|v\.?|iOS|Android|Python|Node(?:\.js)?|macOS|Windows|Ubuntu|Java|firmware)\s?$/i,
  scoreCues: /\b(?:score|gagn|perd|victoire|battu|match|sets?\b|but|emport|défait|mène|nul|finale|impos|inclin)/i,
  outOfCues: /(?<!\p{L})(?:note|notée?|score|obtenu|eu|moyenne|écrit|oral|avis|évaluée?)(?!\p{L})[^.!?]{0,30}$/iu,
};
