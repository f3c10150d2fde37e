import type { Agreement } from "../western/number.ts";
import type { Noun, Surroundings } from "../western/tongue.ts";

/*
 * The case of a number is the one that the word before it governs: до, около, более, не хватает ask for the genitive, к and равен for the
 * dative, при for the prepositional. Words for "about" between the two change nothing; "и" hands on the case of the number before it. The
 * noun after the number, where it is written out, stands in the same case and wins. Where nothing tells, numbers stay in the nominative.
 */

/** A case that is not the nominative. */
export type Case = NonNullable<Agreement["grammaticalCase"]>;

const after = (words: string): RegExp => new RegExp(`(?:^|[\\s(«—])(?:${words})\\s[(«]?$`, "iu");

const accusative =
  String.raw`через|на|за|в|во|про|под|сквозь|спустя|сто[ия]т|стоить|стоил[аои]?|состав\p{Ll}+|весит|весил[аои]?|длит\p{Ll}+|длил\p{Ll}+|займ[её]т|займут` +
  String.raw`|занима\p{Ll}+|добав\p{Ll}+|возьм\p{Ll}+|\p{Ll}{2,}[йиь]те|(?!быть\s)\p{Ll}{3,}[ая]ть|\p{Ll}{3,}ить|(?:за|о)?плат\p{Ll}+|по?трат\p{Ll}+|получ\p{Ll}+` +
  String.raw`|набра\p{Ll}+|включает|содерж[аи]\p{Ll}+|превы[шс]\p{Ll}+|име[ею]т|да[её]т|дают|экономит|прин[ео]с\p{Ll}+|вмеща\p{Ll}+|потребля\p{Ll}+|пробежал[аи]?|проехал[аи]?`;

const governing: readonly (readonly [Case, RegExp])[] = [
  [
    "genitive",
    after(
      String.raw`до|от|ото|из|изо|без|для|после|около|свыше|у|возле|вокруг|против|кроме|вместо|среди|ради|вдоль|из-за|сверх|вне|помимо|порядка|ок\.` +
        "|более|менее|больше|меньше|выше|ниже|старше|моложе|младше|дороже|дешевле|позже|позднее|раньше|ранее|короче|длиннее|дольше|шире|тяжелее|легче|глубже" +
        String.raw`|не\s(?:чаще|реже)|не\sхвата\p{Ll}+|не\sхватит|хватит|не\sпревы[шс]\p{Ll}+|достиг\p{Ll}*|достижени[ияюе]|нет` +
        String.raw`|в\s(?:течение|теч\.|размере|количестве|объ[её]ме|возрасте|пределах|радиусе|сумме|диапазоне)|на\s(?:расстоянии|высоте|глубине|протяжении|удалении)` +
        String.raw`|при\s(?:температуре|давлении|скорости|массе|весе|росте|напряжении)|(?:все|те|эти)х|(?:последн|перв|ближайш|следующ|остальн|кажд|так|друг|любы)[ыи]х`,
    ),
  ],
  [
    "dative",
    after(
      "к|ко|благодаря|согласно|вопреки|рав(?:ен|н[аоы]?)|равн(?:ым|ой|ую|ое)|равняется|равнялось|соответствует|эквивалентн[аоы]|(?:всем|тем|этим)",
    ),
  ],
  ["prepositional", after("при|о|об")],
  ["instrumental", after("между|над|перед|(?:все|те|эти)ми")],
  ["accusative", after(accusative)],
];

/** The case that the last two words govern; to try fewer of them costs less. */
function governed(before: string): Case | undefined {
  const words = before.split(" ").slice(-3).join(" ");
  return governing.find(([, cue]) => cue.test(words))?.[0];
}

/** Words that stand between a number and what governs it. */
const between =
  /(?:^|\s)(?:примерно|приблизительно|почти|ровно|целых|всего|лишь|только|минимум|максимум|как минимум|хотя бы)\s$/iu;
/** What stands before the second number of two: "от 2 или ", "между 5 и ". */
const listed = /[-+−]?\d(?:[\d.,]*(?:\s?[\p{L}°%]{1,12}\.?)?,?\s(?:и|или|либо)|,)\s$/u;
/** An order or advice whose objects are listed: "Возьмите 2 яйца, 1 ". */
const orders = /(?<!\p{L})\p{L}{2,}[йиь]те\s[^.!?:;]*(?:,|\sи)\s$/u;

/** Nouns in the dative look like these, but for some that end so in the genitive. */
const isDative = /(?:ам|ям)$/u;
const notDative = /(?:грамм|реклам|драм|панорам|телеграмм|мам|дам|рам|гамм)$/u;
/** Genitives of many after 2, 3 and 4, where the nominative has another form: "не хватает 3 очков". */
const ofMany = /(?:ов|ев|ёв|ей|лет|минут|секунд|недель|тысяч|копеек|штук|суток|страниц|книг|строк|таблеток|яиц)$/u;

/** A number of metres or kilometres, or of minutes on foot: "в трёх километрах от". */
function isPlace(before: string, { forms: [one = ""] }: Noun, rest: string): boolean {
  if (!/(?:^|\s)во?\s$/iu.test(before)) return false;
  if (/(?:метр|миля)$/u.test(one))
    return !/(?:длин|шири|высот|глубин|рост|размер|толщин|расстоян|дистанц|радиус|диаметр|забег|рекорд|пробег|маршрут|прыж|протяж|объ[её]м)\p{Ll}*\sв\s$/iu.test(
      before,
    );
  return /^(?:минута|час|шаг)$/u.test(one) && /^\s(?:от|ходьбы|езды|пути|пешком)(?!\p{L})/u.test(rest);
}

/** After "с": from which, or with what. */
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

/** The case of a number between two pieces of text; `noun` is the word after it, `counted` the unit that is written short. */
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
    if (isOne && /[еи]$/u.test(noun) && /(?:^|\s)(?:во?|на|при|об?)\s$/iu.test(before)) return "prepositional";
    if (isOne && /[ую]$/u.test(noun)) return /(?:^|\s)ко?\s$/iu.test(before) ? "dative" : "accusative";
  }
  if (counted !== undefined && isPlace(before, counted, rest)) return "prepositional";
  const near = before.replace(between, " ");
  if (/(?:^|\s)со?\s$/iu.test(near)) return afterWith(noun, counted, rest, near);
  if (/(?:^|\s)по\s$/iu.test(near)) return isOne ? "dative" : undefined;
  const found = governed(near);
  if (found === undefined && orders.test(near)) return "accusative";
  if (found !== undefined || !listed.test(near)) return found;
  const earlier = near.replace(listed, "");
  return /(?:^|\s)(?:с|со|по)\s$/iu.test(earlier) ? undefined : governed(earlier);
}
