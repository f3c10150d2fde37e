/** A range of code points that belongs to a script; a script may have several ranges. */
interface Script {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

const script = (from: number, to: number, name: string): Script => ({ from, to, name });

const scripts: readonly Script[] = [
  script(0x41, 0x5a, "Latin"),
  script(0x61, 0x7a, "Latin"),
  script(0xc0, 0x24f, "Latin"),
  script(0x370, 0x3ff, "Greek"),
  script(0x400, 0x52f, "Cyrillic"),
  script(0x531, 0x587, "Armenian"),
  script(0x5d0, 0x5ea, "Hebrew"),
  script(0x620, 0x65f, "Arabic"),
  script(0x66e, 0x6d3, "Arabic"),
  script(0x900, 0x963, "Devanagari"),
  script(0x971, 0x97f, "Devanagari"),
  script(0x980, 0x9e5, "Bengali"),
  script(0xa00, 0xa65, "Gurmukhi"),
  script(0xa80, 0xae5, "Gujarati"),
  script(0xb80, 0xbe5, "Tamil"),
  script(0xc00, 0xc65, "Telugu"),
  script(0xe01, 0xe4e, "Thai"),
  script(0xe81, 0xece, "Lao"),
  script(0x1000, 0x103f, "Myanmar"),
  script(0x10a0, 0x10ff, "Georgian"),
  script(0x1100, 0x11ff, "Hangul"),
  script(0x1200, 0x135a, "Ethiopic"),
  script(0x1780, 0x17d3, "Khmer"),
  script(0x1e00, 0x1eff, "Latin"),
  script(0x1f00, 0x1fff, "Greek"),
  script(0x3041, 0x3096, "Kana"),
  script(0x30a1, 0x30ff, "Kana"),
  script(0x3400, 0x4dbf, "Han"),
  script(0x4e00, 0x9fff, "Han"),
  script(0xac00, 0xd7a3, "Hangul"),
  script(0xf900, 0xfaff, "Han"),
  script(0x20000, 0x323af, "Han"),
];

/** The script of a letter; undefined for digits, punctuation, and letters of scripts that are not listed here. */
export function scriptOf(code: number): string | undefined {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) ? "Latin" : undefined;
  for (const { from, to, name } of scripts) if (code >= from && code <= to) return name;
  return undefined;
}

/** The number of letters of each script in a text. One or two Greek letters in a row are symbols, and not counted. */
export function countScripts(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  let last: string | undefined;
  let run = 0;
  const add = () => {
    if (last !== undefined && (last !== "Greek" || run > 2)) counts.set(last, (counts.get(last) ?? 0) + run);
  };
  for (const c of text) {
    const name = scriptOf(c.codePointAt(0) ?? 0);
    if (name === last) {
      run++;
      continue;
    }
    add();
    last = name;
    run = 1;
  }
  add();
  return counts;
}

/**
 * For each script, a function that finds a text's language, by letters that only one of the script's languages has.
 */
const byScript: Readonly<Record<string, (text: string) => string>> = {
  Greek: () => "el",
  Cyrillic: (text) => (/[іїєґ]/iu.test(text) ? "uk" : /[ђјљњћџ]/iu.test(text) ? "sr" : "ru"),
  Armenian: () => "hy",
  Hebrew: () => "he",
  Arabic: (text) => (/[ٹڈڑےںہ]/u.test(text) ? "ur" : /[پچژگ]/u.test(text) ? "fa" : "ar"),
  Devanagari: () => "hi",
  Bengali: () => "bn",
  Gurmukhi: () => "pa",
  Gujarati: () => "gu",
  Tamil: () => "ta",
  Telugu: () => "te",
  Thai: () => "th",
  Lao: () => "lo",
  Myanmar: () => "my",
  Georgian: () => "ka",
  Hangul: () => "ko",
  Ethiopic: () => "am",
  Khmer: () => "km",
  Kana: () => "ja",
  Han: () => "zh",
};

/** The language written in a script, as a BCP 47 tag; undefined for Latin, which too many languages share. */
export const languageOfScript = (name: string, text: string): string | undefined => byScript[name]?.(text);
