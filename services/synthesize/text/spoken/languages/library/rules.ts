import { toCardinal as bengali } from "n2words/bn-BD";
import { toCardinal as hindi } from "n2words/hi-IN";
import { toCardinal as indonesian } from "n2words/id-ID";
import { toCardinal as malay } from "n2words/ms-MY";
import { toCardinal as dutch } from "n2words/nl-NL";
import { toCardinal as thai } from "n2words/th-TH";
import { toCardinal as turkish } from "n2words/tr-TR";
import { toCardinal as urdu } from "n2words/ur-PK";
import { toCardinal as vietnamese } from "n2words/vi-VN";
import { digitStarts, type Rule, type RuleTable, rule, tabulate } from "../../rule.ts";

/**
 * Languages whose whole numbers and symbols are spoken with the words of a library. This applies only to numbers by
 * themselves or with a symbol: anything with a format of its own (a date, a time, a telephone number, a price) stays as
 * written, for the voice to read. In languages such as Arabic, Hebrew, Polish and Czech, numbers agree in gender and
 * case with what they count, which the library does not see, so they stay as written too.
 */
interface LibraryLanguage {
  readonly cardinal: (value: bigint) => string;
  /** The thousands separator. If it is a full stop, the decimal mark is a comma, and vice versa. */
  readonly group: "." | ",";
  /** The word for the decimal mark. */
  readonly point: string;
  readonly digits: string;
  readonly signs: Readonly<Record<string, string>>;
  /** Whether the word for percent is said before the number and not after it. */
  readonly percentFirst?: boolean;
}

const spoken: Readonly<Record<string, LibraryLanguage>> = {
  vi: {
    cardinal: vietnamese,
    group: ".",
    point: "phẩy",
    digits: "không một hai ba bốn năm sáu bảy tám chín",
    signs: { "-": "âm", "%": "phần trăm", "°C": "độ C", to: "đến" },
  },
  th: {
    cardinal: thai,
    group: ",",
    point: "จุด",
    digits: "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า",
    signs: { "-": "ลบ", "%": "เปอร์เซ็นต์", "°C": "องศาเซลเซียส", to: "ถึง" },
  },
  id: {
    cardinal: indonesian,
    group: ".",
    point: "koma",
    digits: "nol satu dua tiga empat lima enam tujuh delapan sembilan",
    signs: { "-": "minus", "%": "persen", "°C": "derajat Celsius", to: "sampai" },
  },
  ms: {
    cardinal: malay,
    group: ",",
    point: "perpuluhan",
    digits: "sifar satu dua tiga empat lima enam tujuh lapan sembilan",
    signs: { "-": "negatif", "%": "peratus", "°C": "darjah Celsius", to: "hingga" },
  },
  nl: {
    cardinal: dutch,
    group: ".",
    point: "komma",
    digits: "nul één twee drie vier vijf zes zeven acht negen",
    signs: { "-": "min", "%": "procent", "°C": "graden Celsius", to: "tot" },
  },
  tr: {
    cardinal: turkish,
    group: ".",
    point: "virgül",
    digits: "sıfır bir iki üç dört beş altı yedi sekiz dokuz",
    signs: { "-": "eksi", "%": "yüzde", "°C": "santigrat derece", to: "ila" },
    percentFirst: true,
  },
  hi: {
    cardinal: hindi,
    group: ",",
    point: "दशमलव",
    digits: "शून्य एक दो तीन चार पाँच छह सात आठ नौ",
    signs: { "-": "माइनस", "%": "प्रतिशत", "°C": "डिग्री सेल्सियस", to: "से" },
  },
  bn: {
    cardinal: bengali,
    group: ",",
    point: "দশমিক",
    digits: "শূন্য এক দুই তিন চার পাঁচ ছয় সাত আট নয়",
    signs: { "-": "মাইনাস", "%": "শতাংশ", "°C": "ডিগ্রি সেলসিয়াস", to: "থেকে" },
  },
  ur: {
    cardinal: urdu,
    group: ",",
    point: "اعشاریہ",
    digits: "صفر ایک دو تین چار پانچ چھ سات آٹھ نو",
    signs: { "-": "منفی", "%": "فیصد", "°C": "ڈگری سیلسیس", to: "سے" },
  },
};

/** The maximum number of digits of a number that is converted to words; a longer number stays in digits. */
const longest = 12;

function rulesOf({ cardinal, group, point, digits, signs, percentFirst = false }: LibraryLanguage): RuleTable {
  const names = digits.split(" ");
  const g = group === "." ? "\\." : ",";
  const d = group === "." ? "," : "\\.";
  const number = `(?:\\d{1,3}(?:${g}\\d{2,3})+(?!\\d)(?:${d}\\d+)?|\\d+(?:${d}\\d+)?)`;
  /**
   * Excludes characters right before a number that make the number part of a date, a time, a code or a sum. `free`
   * excludes such characters right after the number.
   */
  const apart = `(?<![\\p{L}\\p{N}.,:/@#+*^=_×÷<>≤≥≈±~–−$€£¥₫₹฿-])(?<![\\p{N}%]\\s[-–−~×÷+=*]\\s)`;
  const free = `(?![\\p{N}]|\\s?[.,:/@*=_×÷^~–−-]\\s?\\p{N}|\\s?[$€£¥₫₹฿=×÷+]|[A-Za-z])`;

  function say(written: string): string | undefined {
    const [whole = "", part] = written.replaceAll(group, "").split(/[.,]/);
    if (whole.length > longest || /^0\d/.test(whole)) return undefined;
    const said = cardinal(BigInt(whole));
    return part === undefined ? said : `${said} ${point} ${[...part].map((c) => names[Number(c)]).join(" ")}`;
  }
  const withSign = (sign: string | undefined, said: string | undefined): string | undefined =>
    said === undefined ? undefined : sign === undefined || sign === "" ? said : `${signs["-"]} ${said}`;
  const withUnit = (said: string, unit: string | undefined): string => {
    if (unit === undefined) return said;
    if (unit === "%") return percentFirst ? `${signs["%"]} ${said}` : `${said} ${signs["%"]}`;
    return `${said} ${signs["°C"]}`;
  };
  const unit = "(?:\\s?(%|°C|℃))?";
  const rules: Rule[] = [
    rule(
      "range of whole numbers",
      `-−${digitStarts}`,
      new RegExp(`${apart}([-−])?(${number})\\s?[-–~]\\s?(${number})${unit}${free}`, "u"),
      ([, sign, from = "", to = "", of]) => {
        const first = withSign(sign, say(from));
        const last = say(to);
        return first === undefined || last === undefined ? undefined : withUnit(`${first} ${signs.to} ${last}`, of);
      },
    ),
    ...(percentFirst
      ? [
          rule("percent before its number", "%", new RegExp(`%\\s?(${number})${free}`, "u"), ([, of = ""]) => {
            const said = say(of);
            return said === undefined ? undefined : `${signs["%"]} ${said}`;
          }),
        ]
      : []),
    rule(
      "number by itself",
      `-−${digitStarts}`,
      new RegExp(`${apart}([-−])?(${number})${unit}${free}`, "u"),
      ([, sign, of = "", written]) => {
        const said = withSign(sign, say(of));
        return said === undefined ? undefined : withUnit(said, written);
      },
    ),
  ];
  return tabulate(rules);
}

/** The rules of each language that the library supports. */
export const libraryRules: Readonly<Record<string, () => RuleTable>> = Object.fromEntries(
  Object.entries(spoken).map(([language, words]) => [language, () => rulesOf(words)]),
);
