/** The pause that each mark stands for, as a Chinese mark; "" for none. Any other character is not a pause mark. */
export const pauses: Record<string, string> = {
  "。": "。",
  "｡": "。",
  "．": "。",
  ".": "。",
  "！": "！",
  "!": "！",
  "？": "？",
  "?": "？",
  "；": "；",
  ";": "；",
  "：": "：",
  ":": "：",
  "，": "，",
  ",": "，",
  "、": "、",
  "､": "、",
  "…": "，",
  "—": "，",
  "–": "，",
  "―": "，",
  "(": "，",
  ")": "，",
  "（": "，",
  "）": "，",
  "[": "，",
  "]": "，",
  "【": "，",
  "】": "，",
  "{": "，",
  "}": "，",
  "〔": "，",
  "〕": "，",
  "·": "",
  "•": "，",
  "|": "，",
  "\n": "，",
  "؟": "？",
  "،": "，",
  "؛": "；",
  "۔": "。",
  "।": "。",
  "॥": "。",
  "։": "。",
  "՞": "？",
  "՝": "，",
  "።": "。",
  "፣": "，",
  "፤": "；",
  "፧": "？",
  "។": "。",
  "៕": "。",
  "။": "。",
  "၊": "，",
  "๏": "，",
  "๚": "。",
};
const halfWidth: Record<string, string> = {
  "。": ".",
  "！": "!",
  "？": "?",
  "；": ";",
  "：": ":",
  "，": ",",
  "、": ",",
};
/** The strength of a pause, to find the longest of several: 3 ends a sentence, 0 is none. */
export const rank = (mark: string): number =>
  mark === "" ? 0 : "。！？".includes(mark) ? 3 : "；：".includes(mark) ? 2 : 1;

/** Marks that a language writes differently from Latin texts. */
const ownMarks: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ar: { "，": "،", "；": "؛", "？": "؟" },
  fa: { "，": "،", "；": "؛", "？": "؟" },
  ur: { "，": "،", "；": "؛", "？": "؟", "。": "۔" },
  hi: { "。": "।" },
  bn: { "。": "।" },
  my: { "，": "၊", "。": "။" },
  km: { "。": "។" },
  am: { "，": "፣", "。": "።" },
  hy: { "。": "։" },
};
/** Marks that cause a pause but are not passed on: brackets, dashes, dots. */
const shapeless = /[^\p{P}]|[()[\]{}（）【】〔〕—–―…·•|๏]/u;

/**
 * The mark of a pause in a language: Chinese and English have one form for each pause; in other languages the written
 * mark stays.
 */
export function pauseAsWritten(mark: string, written: string, language: string): string {
  if (language === "zh") return mark;
  if (language === "en") return halfWidth[mark] ?? mark;
  if (written !== "" && pauses[written] === mark && !shapeless.test(written)) return written;
  if (language === "ja") return mark === "，" ? "、" : mark;
  return ownMarks[language]?.[mark] ?? halfWidth[mark] ?? mark;
}
