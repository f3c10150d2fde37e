/** The parts from which test sentences that state numbers are built, in one language. */
export interface FactsOfLanguage {
  /** The language of the sentences, as a BCP 47 tag. */
  readonly language: string;
  readonly decimalMark: "." | ",";
  /** Sentence templates with `#` for one amount. */
  readonly frames: readonly string[];
  /** Counters and units as they are written after a number, with a leading space if one belongs there. */
  readonly suffixes: readonly string[];
}

const facts = (language: string, decimalMark: "." | ",", frames: string, suffixes: string): FactsOfLanguage => ({
  language,
  decimalMark,
  frames: frames.split("|"),
  suffixes: suffixes.split("|"),
});

/** The languages to check for lost facts: those with rules of their own, some without, and an unknown one. */
export const languages: readonly FactsOfLanguage[] = [
  facts("zh", ".", "今天大约是#。|结果为#，请查收|我们这里有#可以选", "个|天|人|公里|分钟|元|度|%|℃| kg|kg|°C|次"),
  facts(
    "en",
    ".",
    "It is # today.|We have # in all, I think.|They said # was enough",
    " people| days| miles| minutes| dollars|%|°C| kg|kg| km|K",
  ),
  facts(
    "ja",
    ".",
    "今日は#です。|だいたい#でお届けします。|これは#になりますか？",
    "日|人|円|分|度|%|℃| kg|kg|°C|個|回",
  ),
  facts("ko", ".", "오늘은 #입니다.|약 # 정도 걸립니다.|이것은 #예요?", "일|명|원|분|도|%|℃| kg|kg|°C|개|시간"),
  facts(
    "fr",
    ",",
    "Il fait # dehors.|Nous avons # pour vous, je pense.|C'est # en tout",
    " jours| personnes| €| minutes| degrés| %| °C| kg|kg| km",
  ),
  facts(
    "de",
    ",",
    "Es sind heute #.|Wir haben # für Sie, glaube ich.|Das ist # insgesamt",
    " Tage| Personen| €| Minuten| Grad| %| °C| kg|kg| km",
  ),
  facts(
    "es",
    ",",
    "Hoy hace # aquí.|Tenemos # para usted, creo.|Es # en total",
    " días| personas| €| minutos| grados| %| °C| kg|kg| km",
  ),
  facts(
    "pt",
    ",",
    "Hoje faz # aqui.|Temos # para você, acho.|É # no total",
    " dias| pessoas| €| minutos| graus|%| °C| kg|kg| km",
  ),
  facts(
    "it",
    ",",
    "Oggi ci sono # qui.|Abbiamo # per lei, credo.|È # in tutto",
    " giorni| persone| €| minuti| gradi|%| °C| kg|kg| km",
  ),
  facts(
    "ru",
    ",",
    "Сегодня # на улице.|У нас есть # для вас, думаю.|Это # всего",
    " дней| человек| ₽| минут| градусов| %| °C| кг|кг| км",
  ),
  facts(
    "vi",
    ",",
    "Hôm nay là # ngoài trời.|Chúng tôi có # cho bạn, tôi nghĩ.",
    " ngày| người| phút| độ|%|°C| kg|kg| km",
  ),
  facts("ar", ".", "اليوم # في الخارج.|لدينا # لك، أظن.", " أيام| شخص| دقيقة| درجة|%| °C| كم"),
  facts("hi", ".", "आज # है।|हमारे पास # हैं।", " दिन| लोग| मिनट| डिग्री|%|°C| किमी"),
  facts("th", ".", "วันนี้ # ครับ|เรามี # ให้คุณ", " วัน| คน| นาที| องศา|%|°C| กม."),
  facts("sw", ".", "Leo ni # hapa.|Tuna # kwako.", " siku| watu| dakika|%|°C| km"),
];

const wholes = ["2", "3", "7", "12", "25", "38", "64", "120", "365", "1984"];
const decimals = ["1.2", "3.5", "12.5", "36.6", "0.75"];
const before = ["-", "−", "±", "+", ">", "<", "≥", "≤", "~", "≈"];
const between = ["-", "–", "~", "～", "〜", "×", "+", "=", "÷", " - ", " × ", " + ", " = ", " ~ ", " ÷ "];

/**
 * Generates `count` sentences that combine numbers with signs and suffixes. Each sentence has a different combination,
 * so that even a few sentences contain most of the signs and suffixes.
 */
export function* sentences(of: FactsOfLanguage, count: number): Generator<string> {
  const numbers = [...wholes, ...decimals.map((n) => n.replace(".", of.decimalMark))];
  const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
  for (let n = 0; n < count; n++) {
    const number = pick(numbers, n * 7 + Math.floor(n / numbers.length));
    const suffix = pick(of.suffixes, n * 3 + Math.floor(n / 7));
    const signs = before.length + between.length + 1;
    const sign = n % signs;
    // Two different numbers, since exchanging equal ones would not state a different fact.
    const other = pick(
      numbers.filter((candidate) => candidate !== number),
      n * 5 + Math.floor(n / signs),
    );
    const amount =
      sign === 0
        ? number + suffix
        : sign <= before.length
          ? pick(before, sign - 1) + number + suffix
          : number + pick(between, sign - 1 - before.length) + other + suffix;
    yield pick(of.frames, n + Math.floor(n / signs)).replace("#", amount);
  }
}
