/** The spoken names of letters, and of functions such as "sin" in formulas, keyed by written form. */
export const letterNames: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    "에이 비 씨 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 알 에스 티 유 브이 더블유 엑스 와이 제트"
      .split(" ")
      .map((name, index) => [String.fromCharCode(97 + index), name]),
  ),
  sin: "사인",
  cos: "코사인",
  tan: "탄젠트",
  log: "로그",
  ln: "자연로그",
};

/** Unicode's index of the final consonant of a word, or of its last letter's name; 0 if the word ends in a vowel. */
function lastConsonant(word: string): number {
  const last = word.charAt(word.length - 1);
  const syllable = /[A-Za-z]/.test(last) ? (letterNames[last.toLowerCase()] ?? "") : last;
  const code = syllable.charCodeAt(syllable.length - 1) - 0xac00;
  return code >= 0 && code < 11172 ? code % 28 : 0;
}

/**
 * Whether a word, or the name of its last letter, ends in a consonant, which determines the form of the particle after
 * it.
 */
export const endsInConsonant = (word: string): boolean => lastConsonant(word) > 0;

/** The two forms of each particle that has two: the form after a consonant, and the form after a vowel. */
const pairs: readonly (readonly [string, string])[] = [
  ["은", "는"],
  ["을", "를"],
  ["이", "가"],
  ["과", "와"],
  ["으로", "로"],
  ["이나", "나"],
  ["이랑", "랑"],
  ["이에요", "예요"],
];

/** The form that `particle` takes after `word`, depending on the last sound of the word. */
export function particleAfter(word: string, particle: string): string {
  const forms = pairs.find((pair) => pair.includes(particle));
  if (forms === undefined) return particle;
  const last = lastConsonant(word);
  // 서울로, 일로: after ㄹ (index 8) the particle has the form that it has after a vowel.
  return forms[last === 0 || (particle.endsWith("로") && last === 8) ? 1 : 0];
}
