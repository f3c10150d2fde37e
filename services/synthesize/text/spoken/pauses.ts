/** The pause that a mark stands for, as a Chinese mark; "" for none. A character that is not here is no mark of pause. */
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
/** How long a pause is, to tell the longer of two: 3 ends a sentence, 0 is none. */
export const rank = (mark: string): number =>
  mark === "" ? 0 : "。！？".includes(mark) ? 3 : "；：".includes(mark) ? 2 : 1;

/** How a language writes the marks that are not those of Latin texts. */
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
/** Marks that are heard as a pause and not passed on: brackets, dashes, dots. */
const shapeless = /[^\p{P}]|[()[\]{}（）【】〔〕—–―…·•|๏]/u;

/** A pause's mark in a language: Chinese and English have one way to write it, in others what is written stays. */
export function pauseAsWritten(mark: string, written: string, language: string): string {
  if (language === "zh") return mark;
  if (language === "en") return halfWidth[mark] ?? mark;
  if (written !== "" && pauses[written] === mark && !shapeless.test(written)) return written;
  if (language === "ja") return mark === "，" ? "、" : mark;
  return ownMarks[language]?.[mark] ?? halfWidth[mark] ?? mark;
}
