import type { Agreement } from "../western/number.ts";
import type { Figure, SayPart, Surroundings } from "../western/tongue.ts";
import { type Case, caseOf } from "./cases.ts";
import { formWith } from "./number.ts";

/** Matches the noun after a number, skipping an adjective: "дома" after "2 новых". */
const nounAfter = /^\s(?:\p{Ll}+(?:ых|их|ая|ый|ий|ое|ого|его|ой|ому|ую|ым|им|ые|ие)\s)?(\p{Ll}{2,})(?!\p{L})/u;
const noNoun = /^(?:или|если|на|из|по|до|от|за|без|для|при|не|но|как|что|это|есть|уже|ещё|чем|то|же)$/u;
const feminineOblique =
  /^(?:стран|недел|минут|секунд|книг|групп|школ|строк|страниц|квартир|комнат|област|част|точк|тонн|таблетк|штук|тысяч|копейк|ошибк|задач|попытк|игр|команд|компани|карт)\p{Ll}*$/u;

/**
 * The gender of the noun after a number that ends in 1 or 2, from the noun's form: "1 книга", "2 часа", "до 1 минуты".
 */
function genderOf(noun: string, whole: string, grammaticalCase: Case | undefined): Agreement["gender"] {
  if (/^(?:цел|десят|сот|тысячн)(?:ая|ых|ой|ую)$/u.test(noun)) return "f";
  if (formWith(Number(whole.slice(-4))) !== 0)
    // After 2, 3 and 4 the noun is in the genitive: feminines end in ы and и, masculines in а and я.
    return /[ыи]$/u.test(noun) && !/^(?:дни|пути)$/u.test(noun) ? "f" : "m";
  switch (grammaticalCase) {
    case "genitive":
      return /[ыи]$/u.test(noun) ? "f" : "m";
    case "instrumental":
      return /(?:ой|ей|ью)$/u.test(noun) ? "f" : "m";
    case "dative":
    case "prepositional":
      return feminineOblique.test(noun) || (grammaticalCase === "dative" && /[еи]$/u.test(noun)) ? "f" : "m";
    case "accusative":
      if (/[ую]$/u.test(noun)) return "f";
  }
  return /(?:[ая]|сть|чь|шь|жь|знь|вь|дверь|тетрадь|площадь|кровать)$/u.test(noun)
    ? "f"
    : /[оеё]$/u.test(noun)
      ? "n"
      : "m";
}

/** Matches neuter nouns in the forms that follow 2 and higher numbers: "окна", "окон". */
const neuter =
  /^(?:окн|окон|мест|яблок|яиц|яйц|письм|писем|слов|кресел|кресл|дерев|блюд|здани|задани|упражнени|предложени|отделени|занят)\p{Ll}*$/u;
/** The gender of a number whose noun is not repeated after it: 1 in "2 окна на север и 1 на юг". */
function leftOut({ before, after, counted }: Surroundings): Agreement["gender"] {
  if (counted !== undefined || !/^\s(?:на|в|во|из|с|для|от|к|без|под|за)\s/u.test(after)) return undefined;
  const noun = /(?:^|\s)\d+\s(\p{Ll}{3,})(?:\s[^\d.!?]{1,24})?(?:,|\sи|\sа|\sили)\s$/u.exec(before)?.[1];
  if (noun === undefined) return undefined;
  return neuter.test(noun) ? "n" : /[ыи]$/u.test(noun) && !/^(?:дни|пути)$/u.test(noun) ? "f" : "m";
}

/** Words such as "page" before a number, which show that the number counts nothing: "п. 5.1", "стр. 2–5". */
const parts =
  /(?:(?<!\p{L})места|(?<!\p{L})ряды|кабинеты|каб\.|страниц|глав|стать|пункт|параграф|раздел|част|вопрос|задани|рисун|рис\.|стр\.|(?<!\p{L})с\.|упр\.|гл\.|ст\.|пп?\.|§|№)\p{Ll}*\s?$/iu;

/** The gender and case of a number, from its context. */
export function agree({ whole, part, point }: Figure, around: Surroundings): Agreement {
  const found = around.counted === undefined ? nounAfter.exec(around.after)?.[1] : undefined;
  const noun = found === undefined || noNoun.test(found) ? undefined : found;
  if (part !== undefined)
    return {
      gender:
        noun === undefined || !/[аяыи]$/u.test(noun) || (point === "." && parts.test(around.before)) ? undefined : "f",
      grammaticalCase: caseOf(around, undefined, whole),
    };
  const cued = caseOf(around, noun, whole);
  // After an equals sign zero is in the dative, which the Russian words for "equals" take.
  const grammaticalCase = cued === undefined && whole === "0" && /=\s$/.test(around.before) ? "dative" : cued;
  if (!/[12]$/.test(whole) || /1[12]$/.test(whole)) return { grammaticalCase };
  return { gender: noun === undefined ? leftOut(around) : genderOf(noun, whole, grammaticalCase), grammaticalCase };
}

/** The spoken form of a range: "от трёх до пяти", or "три — пять" before a noun or after certain prepositions. */
export function range(from: SayPart, to: SayPart, around: Surroundings): string {
  const { before, after } = around;
  const wanted = { grammaticalCase: "genitive" } as const;
  if (parts.test(before)) return `${from({})} — ${to({})}`;
  if (/(?:^|\s)от\s$/iu.test(before)) return `${from(wanted)} до ${to(wanted)}`;
  const noun = nounAfter.exec(after)?.[1];
  const cued = caseOf(around, noun, "5");
  // Whether a noun follows that agrees with the last number ("2–3 зубчика"): the range is then "два — три зубчика".
  const isNamed = /^\s(?!(?:для|или|если|почти|когда|сегодня|каждые)(?!\p{L}))\p{Ll}{2,}[аяыи](?!\p{L})/u.test(after);
  const isVerb = cued === "accusative" && !/(?:^|\s)(?:через|за|на|во?|под)\s$/iu.test(before);
  if (cued !== undefined && !isVerb) return `${from({ grammaticalCase: cued })} — ${to({ grammaticalCase: cued })}`;
  if (isNamed || /(?:^|\s)(?:по|каждые)\s$/iu.test(before)) return `${from({})} — ${to({})}`;
  return `от ${from(wanted)} до ${to(wanted)}`;
}
