import type { Reading } from "../../rule.ts";
import { endsInConsonant, particleAfter } from "./letters.ts";

/**
 * Particles and endings that directly follow a word, as a pattern. A one-syllable particle must be followed by the
 * word's end or another particle.
 */
export const particle = [
  "[은는이가을를에의와과도로만랑나야인일란](?![가-힣])",
  "(?:에|로|으로|까지|부터|만|과|와|에서)(?:는|도|만|의|서|써|부터|까지|은|을)(?![가-힣])",
  "에서|으로|까지|부터|에게|보다|처럼|마다|밖에|조차|뿐|하고|이랑|입니|였|예요|인데|인지|인가|라면|라고|라는|라서|네요|이요",
  "이(?:고|며|면|라|란|었|에요|지|다|어|야|니|므로|든|자|잖|나|랑|죠|거나)",
].join("|");

const closers = `[)）\\]】」』"”’']{0,2}`;
const afterwards = new RegExp(`(${closers})(${particle})`, "y");
const bracketed = /\s?[(（]([월화수목금토일])(?:요일)?[)）]/y;
const span =
  /\s?(?:[~～〜]\s?(?=[\d$₩]|오전|오후|새벽|낮|밤|정오|자정|[월화수목금토일](?:요일|[)\s]))|[→⇒]\s?(?=[-−+]?\d))/y;
const open = /\s?[~～〜](?=\s*(?:$|[)）.,，\n]))/y;
const equals = /[)）]?\s?=\s?(?=[^\s=])/y;

const matchAt = (pattern: RegExp, text: string, index: number): RegExpExecArray | null => {
  pattern.lastIndex = index;
  return pattern.exec(text);
};

/**
 * Adds to a spoken number what follows it in the text. A particle takes the form that fits the last spoken word, even
 * if a bracket or symbol stands between that word and the particle. Words for "from … to" or "is" are attached to the
 * number without a space; any other word follows after a space.
 */
export function withEnding(reading: Reading, text: string): Reading {
  const { spoken, end } = reading;
  const word = spoken.trimEnd();
  if (word === "" || /[.,，]$/.test(word)) return reading;
  const day = /[일\d.]$/.test(text.slice(end - 1, end)) ? matchAt(bracketed, text, end) : null;
  if (day !== null) return withEnding({ spoken: `${word} ${day[1]}요일`, end: end + day[0].length }, text);
  const to = matchAt(span, text, end);
  if (to !== null) return { spoken: `${word}에서 `, end: end + to[0].length };
  const onwards = matchAt(open, text, end);
  if (onwards !== null) return { spoken: `${word}부터`, end: end + onwards[0].length };
  const is = matchAt(equals, text, end);
  if (is !== null) return { spoken: `${word}${endsInConsonant(word) ? "은" : "는"} `, end: end + is[0].length };
  const last = text[end - 1] ?? "";
  const tail = matchAt(afterwards, text, end);
  if (tail !== null) {
    const [whole, closing = "", form = ""] = tail;
    const isWritten = closing === "" && (word.endsWith(last) || (/\d/.test(last) && /^[이가]$/.test(form)));
    if (isWritten && /[가-힣]$/.test(word)) return reading;
    return { spoken: word + (isWritten ? form : particleAfter(word, form)), end: end + whole.length };
  }
  if (/^(?:씩|쯤|째|짜리|당|가량|여(?![가-힣]))/.test(text.slice(end, end + 3))) return reading;
  // 3·1절 (삼일절) is one name, so no space comes before 절.
  if (/·\d+$/.test(text.slice(Math.max(0, end - 3), end)) && text[end] === "절") return reading;
  return /[\d½⅓⅔¼¾]/.test(last) && /[가-힣]/.test(text[end] ?? "") ? { spoken: `${word} `, end } : reading;
}
