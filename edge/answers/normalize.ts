/**
 * Normalizes a question, so that equal questions match. Only differences that cannot change the meaning are removed:
 * the width and case of Latin letters, spaces, punctuation at the beginning and end, and words of courtesy. Everything
 * else counts: a question and its negation differ by only one word, `5-3` and `5+3` by only one character.
 */
export function normalizeQuestion(text: string): string {
  const narrow = text
    .normalize("NFC")
    .replace(/[\uff01-\uff5e]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/[\s\u3000]+/g, " ")
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, "");
  return strip(strip(narrow).replace(courtesyBefore, "").replace(courtesyBehind, "")) || narrow.trim();
}

const strip = (text: string) => text.replace(marksBefore, "").replace(marksBehind, "");
const marksBefore = /^[\s"'“”‘’「」『』]+/;
const marksBehind = /[\s"'“”‘’「」『』。．.！!？?…~～，,]+$/;
const courtesyBefore = /^(?:麻烦问一下|请问|please\b)[\s，,]*/;
const courtesyBehind = /[\s，,]*(?:啊|呀|呢|哦|谢谢|\bthanks)$/;

// Matches questions about a certain time, place, person or long number, whose answer may be different the next time.
const passing = new RegExp(
  [
    "今天|现在|最近|明天|昨天|几点|天气|价格|股价|附近|我的|我家|刚才",
    String.raw`\b(?:today|tonight|tomorrow|yesterday|now|latest|current|currently|weather|price|near|nearby|my|mine)\b`,
    String.raw`\d{6}`,
  ].join("|"),
);

/** Whether the answer to a normalized question may be given to the next caller who asks it. */
export function isLasting(question: string): boolean {
  return !passing.test(question);
}
