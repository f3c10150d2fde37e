/** For each punctuation mark the pause that it causes, given as a Chinese mark, or "" for no pause. */
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

/** Punctuation marks that differ from Latin ones, keyed by language, then by the Chinese mark for the same pause. */
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
/** Matches characters that cause a pause but are not passed on as written, such as brackets, dashes and symbols. */
const shapeless = /[^\p{P}]|[()[\]{}（）【】〔〕—–―…·•|๏]/u;

/**
 * The punctuation mark for the pause `mark` in a language: Chinese and English have one mark for each pause; in other
 * languages the mark stays as it was written.
 */
export function pauseAsWritten(mark: string, written: string, language: string): string {
  if (language === "zh") return mark;
  if (language === "en") return halfWidth[mark] ?? mark;
  if (written !== "" && pauses[written] === mark && !shapeless.test(written)) return written;
  if (language === "ja") return mark === "，" ? "、" : mark;
  return ownMarks[language]?.[mark] ?? halfWidth[mark] ?? mark;
}
