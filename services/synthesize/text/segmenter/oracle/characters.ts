const only =
  (pattern: RegExp) =>
  (c: string): boolean =>
    pattern.test(c);

export const isNewline = (c: string): boolean => c === "\n";
export const isSpace = only(/^\s$/);
export const isDigit = only(/^[0-9]$/);
export const isHan = only(/^\p{Script=Han}$/u);
export const isKana = only(/^[\p{Script=Hiragana}\p{Script=Katakana}]$/u);
export const isWide = (c: string): boolean => isHan(c) || isKana(c);
export const isLatin = only(/^[A-Za-z]$/);
export const isLower = only(/^[a-z]$/);
export const isUpper = only(/^[A-Z]$/);
export const isCloser = only(/^[”」》）)\]]$/);
/** Whether a character closes, or may close, a quotation, bracket or emphasis; some, such as `*`, may also open one. */
export const isTrailing = (c: string): boolean => isCloser(c) || /^["'*_~]$/.test(c);

/** The width of a text, in which a hanzi counts as two Latin letters. */
export const widthOf = (text: string): number => [...text].reduce((sum, c) => sum + (isWide(c) ? 2 : 1), 0);
