import type { Agreement } from "../western/number.ts";
import type { Noun, Surroundings } from "../western/tongue.ts";

/*
 * The word before a number determines the number's case: "до", "около", "более", "не хватает" take the genitive, "к"
 * and "равен" the dative, "при" the prepositional. Words for "about" between word and number do not change the case.
 * After "и" (and), a number has the case of the number before "и". If the noun after a number is written in full, the
 * case that the noun's form shows takes precedence. Without any evidence, numbers are in the nominative.
 */

/** A case other than the nominative. */
export type Case = NonNullable<Agreement["grammaticalCase"]>;

/** For each case, the words that govern it by themselves, without a second word. */
const words: Readonly<Record<Case, string>> = {
  genitive:
    "до от ото из изо без для после около свыше у возле вокруг против кроме вместо среди ради вдоль из-за сверх вне помимо порядка ок. более менее " +
    "больше меньше выше ниже старше моложе младше дороже дешевле позже позднее раньше ранее короче длиннее дольше шире тяжелее легче глубже хватит нет всех тех этих",
  dative:
    "к ко благодаря согласно вопреки равен равно равна равны равн равным равной равную равное равняется равнялось соответствует эквивалентно эквивалентна эквивалентны всем тем этим",
  prepositional: "при о об",
  instrumental: "между над перед всеми теми этими",
  accusative:
    "через на за в во про под сквозь спустя стоит стоят стоить весит займёт займет займут включает имеет имеют даёт дает дают экономит",
};
const caseOfWord: ReadonlyMap<string, Case> = new Map(
  (Object.entries(words) as [Case, string][]).flatMap(([name, list]) =>
    list.split(" ").map((word): [string, Case] => [word, name]),
  ),
);
/** Word stems and pairs of words that govern the genitive; `governsAccusative` is the same for the accusative. */
const governsGenitive = new RegExp(
  String.raw`^(?:не\s(?:чаще|реже|хвата\p{Ll}+|хватит|превы[шс]\p{Ll}+)|достиг\p{Ll}*|достижени[ияюе]` +
    String.raw`|в\s(?:течение|теч\.|размере|количестве|объ[её]ме|возрасте|пределах|радиусе|сумме|диапазоне)|на\s(?:расстоянии|высоте|глубине|протяжении|удалении)` +
    String.raw`|при\s(?:температуре|давлении|скорости|массе|весе|росте|напряжении)|(?:последн|перв|ближайш|следующ|остальн|кажд|так|друг|любы)[ыи]х)$`,
  "u",
);
const governsAccusative = new RegExp(
  String.raw`^(?:стоил[аои]?|состав\p{Ll}+|весил[аои]?|длит\p{Ll}+|длил\p{Ll}+|занима\p{Ll}+|добав\p{Ll}+|возьм\p{Ll}+|\p{Ll}{2,}[йиь]те` +
    String.raw`|(?!быть$)\p{Ll}{3,}[ая]ть|\p{Ll}{3,}ить|(?:за|о)?плат\p{Ll}+|по?трат\p{Ll}+|получ\p{Ll}+|набра\p{Ll}+|содерж[аи]\p{Ll}+|превы[шс]\p{Ll}+` +
    String.raw`|прин[ео]с\p{Ll}+|вмеща\p{Ll}+|потребля\p{Ll}+|пробежал[аи]?|проехал[аи]?)$`,
  "u",
);
const breaks = " \t\n\u00a0\u202f(«—";

/** The case governed by the last two words of the text before a number, or by its last word alone. */
function governed(before: string): Case | undefined {
  const end = before.length - (/^[(«]$/.test(before.at(-1) ?? "") ? 2 : 1);
  if (end < 1 || !/^\s$/.test(before[end] ?? "")) return undefined;
  const wordBefore = (place: number): number => {
    let start = place - 1;
    while (start > 0 && !breaks.includes(before[start - 1] ?? "")) start--;
    return start;
  };
  const start = wordBefore(end);
  const word = before.slice(start, end).toLowerCase();
  const found = caseOfWord.get(word);
  if (found !== undefined) return found;
  const pair = start > 1 ? before.slice(wordBefore(start - 1), end).toLowerCase() : word;
  if (governsGenitive.test(pair) || governsGenitive.test(word)) return "genitive";
  return governsAccusative.test(word) ? "accusative" : undefined;
}

/** Matches words that may come between a number and the word that governs its case. */
const between =
  /(?:^|\s)(?:примерно|приблизительно|почти|ровно|целых|всего|лишь|только|минимум|максимум|как минимум|хотя бы)\s$/iu;
/** Matches the end of the text before the second of two numbers: "от 2 или ", "между 5 и ". */
const listed = /[-+−]?\d(?:[\d.,]*(?:\s?[\p{L}°%]{1,12}\.?)?,?\s(?:и|или|либо)|,)\s$/u;
/** The text before a number in the list of objects of an instruction: "Возьмите 2 яйца, 1 ". */
const orders = /(?<!\p{L})\p{L}{2,}[йиь]те\s[^.!?:;]*(?:,|\sи)\s$/u;

/** Matches the text before a number in a list of ingredients or materials: "из 300 г муки, 1 яйца и ". */
const madeOf =
  /(?:^|\s)(?:из|без|кроме)\s\d[\d.,/]*(?:\s\p{L}+\.?){1,3}(?:,\s\d[\d.,/]*(?:\s\p{L}+\.?){1,3})*(?:,|\sи)\s$/u;
/** Matches genitive singulars in "а" and "я", which otherwise look like feminine nominatives. */
const ofOne =
  /^(?:яйца|яблока|лимона|банана|апельсина|помидора|огурца|стакана|пакета|часа|года|дня|месяца|литра|метра|места|окна|слова|раза)$/u;

/** Matches the ending of a noun in the dative plural; `notDative` matches genitives that end in the same way. */
const isDative = /(?:ам|ям)$/u;
const notDative = /(?:грамм|реклам|драм|панорам|телеграмм|мам|дам|рам|гамм)$/u;
/** Matches genitive plurals. After 2, 3 or 4 they show that the number is in the genitive too: "не хватает 3 очков". */
const ofMany = /(?:ов|ев|ёв|ей|лет|минут|секунд|недель|тысяч|копеек|штук|суток|страниц|книг|строк|таблеток|яиц)$/u;

/**
 * Whether a number after "в" gives a distance in meters or kilometers, or in minutes on foot: "в трёх километрах от".
 */
function isPlace(before: string, { forms: [one = ""] }: Noun, rest: string): boolean {
  if (!/(?:^|\s)во?\s$/iu.test(before.slice(-4))) return false;
  // Whether the number is written with a word for thousands or millions, which a unit of distance may follow.
  const isScale = /^(?:тысяча|миллион|миллиард)$/u.test(one);
  if (isScale ? /^\s(?:км|м|миль|километр|метр|св)(?!\p{Ll}*\/|\p{Ll}*\sв\s)/u.test(rest) : /(?:метр|миля)$/u.test(one))
    return !/(?:длин|шири|высот|глубин|рост|размер|толщин|расстоян|дистанц|радиус|диаметр|забег|рекорд|пробег|маршрут|прыж|протяж|объ[её]м)\p{Ll}*\sв\s$/iu.test(
      before,
    );
  // A weight or volume counts too if a noun for its contents follows ("in 100 grams of cheese"), and if it is at the
  // start of a sentence or clause or after a verb such as "contain" or "dissolve".
  if (/^(?:грамм|килограмм|миллиграмм|миллилитр|литр)$/u.test(one))
    return (
      /(?:^|[.!?:;—–(]\s|,\s(?:а|и|но)\s|[«(]|\n|(?:содерж|раствор|развед|развест|замоч|есть(?=\s)|сколько\s)[^.!?;:]{0,24}\s)во?\s$/iu.test(
        before,
      ) && /^\s\p{L}{3,}/u.test(rest)
    );
  return /^(?:минута|час|шаг)$/u.test(one) && /^\s(?:от|ходьбы|езды|пути|пешком)(?!\p{L})/u.test(rest);
}

/** The case after "с": the genitive where it means "from", the instrumental where it means "with". */
function afterWith(noun: string | undefined, counted: Noun | undefined, rest: string, before: string): Case {
  if (
    /^[^.!?;]{0,24}\s(?:до|по)\s[-+−]?[\d$€]/u.test(rest) ||
    /(?:начин|начн|начат|отсч|сниз|вырос|упал)\p{Ll}*\sсо?\s$/iu.test(before)
  )
    return "genitive";
  if (noun !== undefined && /(?:ами|ями|ьми|ом|ем|ём|ой)$/u.test(noun)) return "instrumental";
  if (counted === undefined) return "genitive";
  return /^(?:рубль|доллар|евро|час|минута|секунда|день|месяц|неделя|°|градус)/u.test(counted.forms[0] ?? "")
    ? "genitive"
    : "instrumental";
}

/** The case of a number; `noun` is the word after the number, `counted` the noun for an abbreviated unit after it. */
export function caseOf(
  { before, after: rest, counted }: Surroundings,
  noun: string | undefined,
  whole: string,
): Case | undefined {
  const isOne = /1$/.test(whole) && !/11$/.test(whole);
  if (noun !== undefined) {
    if (/(?:ами|ями|ьми)$/u.test(noun)) return "instrumental";
    if (/(?:ах|ях)$/u.test(noun) && /(?:^|\s)(?:во?|на|при|об?|по)\s(?:\p{Ll}+\s)?$/iu.test(before))
      return "prepositional";
    if (isDative.test(noun) && !notDative.test(noun)) return "dative";
    if (/[2-4]$/.test(whole) && !/1[2-4]$/.test(whole) && ofMany.test(noun)) return "genitive";
    if (isOne && ofOne.test(noun)) return "genitive";
    if (isOne && /[еи]$/u.test(noun) && /(?:^|\s)(?:во?|на|при|об?)\s$/iu.test(before)) return "prepositional";
    if (isOne && /[ую]$/u.test(noun)) return /(?:^|\s)ко?\s$/iu.test(before) ? "dative" : "accusative";
  }
  if (counted !== undefined && isPlace(before, counted, rest)) return "prepositional";
  // Only a space or an opening bracket or quote may stand between a number and the word that governs it.
  if (!/^[\s(«]$/u.test(before.at(-1) ?? "")) return undefined;
  const near = before.replace(between, " ");
  const nearest = near.slice(-4);
  if (/(?:^|\s)со?\s$/iu.test(nearest)) return afterWith(noun, counted, rest, near);
  if (/(?:^|\s)по\s$/iu.test(nearest)) return isOne ? "dative" : undefined;
  const found = governed(near);
  if (found !== undefined || !/(?:,|и|или|либо)\s$/u.test(near.slice(-5))) return found;
  if (madeOf.test(near)) return "genitive";
  if (orders.test(near)) return "accusative";
  if (!listed.test(near)) return undefined;
  const earlier = near.replace(listed, "");
  // In "с 16 ГБ и 512 ГБ" the preposition governs both numbers.
  if (/(?:^|\s)со?\s$/iu.test(earlier))
    return counted === undefined ? undefined : afterWith(noun, counted, rest, earlier);
  return /(?:^|\s)по\s$/iu.test(earlier) ? undefined : governed(earlier);
}
