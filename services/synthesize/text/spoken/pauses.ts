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
  "¿": "",
  "¡": "",
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

/** A pause's mark as texts in Latin letters write it. */
export const latinPause = (mark: string): string => halfWidth[mark] ?? mark;
