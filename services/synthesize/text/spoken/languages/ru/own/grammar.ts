import { type Rule, rule } from "../../../rule.ts";
import { beforeOf } from "../../patterns.ts";

/*
 * Grammar books describe word forms by abbreviations: "глагол прош. вр., мн. ч." A category such as "past tense" is an
 * adjective with its noun. Both take the case that the preposition before the list of categories requires. After a word
 * that is no preposition they are in the genitive; at the start of a sentence or after a dash they are in the
 * nominative.
 */

/** The forms of a word: nominative, genitive, dative, instrumental, prepositional. */
type Forms = readonly [string, string, string, string, string];
const formsOf = (list: string): Forms => list.split(" ") as unknown as Forms;

const nouns: Readonly<Record<string, Forms>> = {
  вр: formsOf("время времени времени временем времени"),
  ч: formsOf("число числа числу числом числе"),
  р: formsOf("род рода роду родом роде"),
  п: formsOf("падеж падежа падежу падежом падеже"),
  л: formsOf("лицо лица лицу лицом лице"),
  скл: formsOf("склонение склонения склонению склонением склонении"),
  спр: formsOf("спряжение спряжения спряжению спряжением спряжении"),
};
const adjectives: Readonly<Record<string, string>> = {
  прош: "прошедш",
  наст: "настоящ",
  буд: "будущ",
  ед: "единственн",
  мн: "множественн",
  муж: "мужск",
  м: "мужск",
  жен: "женск",
  ж: "женск",
  ср: "средн",
  им: "именительн",
  род: "родительн",
  дат: "дательн",
  вин: "винительн",
  тв: "творительн",
  твор: "творительн",
  пр: "предложн",
  предл: "предложн",
};
/** Adjective endings: after a hard stem, a soft stem, and a stem that requires и: мужской, средний, настоящий. */
const masculine: Forms = formsOf("ый ого ому ым ом");
const endings = (stem: string, noun: string): Forms => {
  const isNeuter = /^(?:вр|ч|л|скл|спр)$/.test(noun);
  if (/щ$|ш$/u.test(stem)) return formsOf(`${isNeuter ? "ее" : "ий"} его ему им ем`);
  if (stem === "средн") return formsOf("ий его ему им ем");
  if (/ск$/u.test(stem)) return formsOf("ой ого ому им ом");
  return isNeuter ? (["ое", ...masculine.slice(1)] as unknown as Forms) : masculine;
};

const either = Object.keys(adjectives)
  .sort((a, b) => b.length - a.length)
  .join("|");
const category = `(?:${either})\\.\\s?(?:(?:и|или)\\s(?:${either})\\.\\s?)?(?:вр|ч|р|пад|п)\\.|\\d-?(?:го|е|м|му)\\s(?:л|скл|спр)\\.`;
/** Matches the earlier items of a list of abbreviated grammatical categories: what precedes them decides the case. */
const row = new RegExp(`(?:(?:${category}),?\\s(?:и\\s)?)+$`, "u");

/** The index in `Forms` of the case that `before`, the text before an abbreviation, requires. */
function formAfter(before: string): number {
  const lead = before.replace(row, "");
  if (/(?:^|[\s(«])(?:во?|на|о|об|при)\s$/iu.test(lead)) return 4;
  if (/(?:^|[\s(«])(?:к|ко|по|согласно)\s$/iu.test(lead)) return 2;
  if (/(?:^|[\s(«])(?:с|со|перед|над|между|под)\s$/iu.test(lead)) return 3;
  return /(?:^|[!?;:—–-]|[«"*]|[»"],|(?:^|\s)(?:это|есть|называется|или))\s?$/iu.test(lead) ||
    /(?:ть|те|[уюеи]т)\s$/u.test(lead)
    ? 0
    : 1;
}

const speech: Readonly<Record<string, Forms>> = {
  сущ: formsOf("существительное существительного существительному существительным существительном"),
  прил: formsOf("прилагательное прилагательного прилагательному прилагательным прилагательном"),
  числ: formsOf("числительное числительного числительному числительным числительном"),
  мест: formsOf("местоимение местоимения местоимению местоимением местоимении"),
  местоим: formsOf("местоимение местоимения местоимению местоимением местоимении"),
  нареч: formsOf("наречие наречия наречию наречием наречии"),
  глаг: formsOf("глагол глагола глаголу глаголом глаголе"),
  гл: formsOf("глагол глагола глаголу глаголом глаголе"),
  прич: formsOf("причастие причастия причастию причастием причастии"),
  дееприч: formsOf("деепричастие деепричастия деепричастию деепричастием деепричастии"),
  межд: formsOf("междометие междометия междометию междометием междометии"),
  подл: formsOf("подлежащее подлежащего подлежащему подлежащим подлежащем"),
  сказ: formsOf("сказуемое сказуемого сказуемому сказуемым сказуемом"),
  опр: formsOf("определение определения определению определением определении"),
  доп: formsOf("дополнение дополнения дополнению дополнением дополнении"),
};
/**
 * Words after which the name of a part of speech is in the genitive: prepositions, and nouns such as "ending" and
 * "gender", as in "ending of a noun".
 */
const belongs =
  /(?:^|\s)(?:от|из|у|без|для|после|кроме|вместо|до|окончани|суффикс|приставк|корен|корн|основ|форм|род|падеж|числ|склонени|спряжени|вид|врем|рол|значени|признак|правописани)\p{Ll}*\s$/iu;
const speechForm = (before: string): number =>
  belongs.test(before)
    ? 1
    : /(?:^|[\s(])(?:с|со|во?|на|о|об|при|к|ко|по|перед|между|над)\s$/iu.test(before)
      ? formAfter(before)
      : 0;

/** Rules for grammatical categories and parts of speech, as grammar books abbreviate them. */
export const grammarRules: readonly Rule[] = [
  rule(
    "abbreviated grammatical category",
    "пнбемжсирдвтПНБЕМЖСИРДВТ",
    new RegExp(`(?<!\\p{L})(${either})\\.(?:\\s?(и|или)\\s(${either})\\.)?\\s?(вр|ч|р|пад|п)\\.(?!\\s?\\d)`, "iu"),
    ([text, written = "", joint, second = "", short = ""], { text: whole, index }) => {
      const first = written.toLowerCase();
      const noun = short === "пад" ? "п" : short;
      const named = first !== written || /^\s?[—–=:]/.test(whole.slice(index + text.length, index + text.length + 2));
      const form = named ? 0 : formAfter(beforeOf(whole, index));
      const adjective = (written: string): string => {
        const stem = adjectives[written] ?? "";
        return stem + endings(stem, noun)[form];
      };
      const row = joint === undefined ? adjective(first) : `${adjective(first)} ${joint} ${adjective(second)}`;
      return fits(first, noun) ? `${asWritten(written, row)} ${nouns[noun]?.[form]}` : undefined;
    },
  ),
  rule(
    "abbreviated person, declension or conjugation",
    "лс",
    /(?<=\d-?(е|го|му|м)\s)(л|скл|спр)\./u,
    ([, ending = "", short = ""]) => {
      const form = { е: 0, го: 1, му: 2, м: 4 }[ending] ?? 1;
      return `${nouns[short]?.[form]}`;
    },
  ),
  rule(
    "part of speech",
    "спчмнгдоСПЧМНГДО",
    new RegExp(
      `(?<!\\p{L})(${Object.keys(speech)
        .filter((one) => one.length > 2)
        .sort((a, b) => b.length - a.length)
        .join("|")})\\.(?=[\\s,;:.!?)]|$)`,
      "iu",
    ),
    ([text, short = ""], { text: whole, index }) =>
      /^(?:мест|доп|числ)$/iu.test(short) &&
      (/\d\s$/.test(beforeOf(whole, index)) || /^\s?\d/.test(whole.slice(index + text.length, index + text.length + 2)))
        ? undefined
        : `${asWritten(short, speech[short.toLowerCase()]?.[speechForm(beforeOf(whole, index))] ?? "")}`,
  ),
  rule(
    "verb",
    "гГ",
    new RegExp(
      `(?<!\\p{L})[гГ]л\\.(?=\\s(?:«\\p{Ll}|(?:${category})|стоит|в\\s(?:${either})\\.|соверш|несоверш))`,
      "u",
    ),
    ([text], { text: whole, index }) => asWritten(text, speech.гл?.[speechForm(beforeOf(whole, index))] ?? ""),
  ),
];

/**
 * Whether the full forms of two abbreviations go together, such as "past" with "tense", or "plural" with "number".
 * The check is needed since one abbreviation may stand for several words.
 */
function fits(adjective: string, noun: string): boolean {
  if (noun === "вр") return /^(?:прош|наст|буд)$/u.test(adjective);
  if (noun === "ч") return /^(?:ед|мн)$/u.test(adjective);
  if (noun === "р") return /^(?:м|муж|ж|жен|ср)$/u.test(adjective);
  return /^(?:им|род|дат|вин|тв|твор|пр|предл)$/u.test(adjective);
}
/** Capitalizes the spoken form if the abbreviation was capitalized. */
const asWritten = (short: string, said: string): string =>
  /^\p{Lu}/u.test(short) ? said.charAt(0).toUpperCase() + said.slice(1) : said;
