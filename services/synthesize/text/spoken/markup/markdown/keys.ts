import { digits as englishDigits } from "../../en/number.ts";
import type { Manner } from "../../language.ts";
import { digits as chineseDigits } from "../../zh/number.ts";
import { drop, end, type Found, isInCode, type Markup, markup } from "../mark.ts";

/**
 * This file reads stars and hashes. Most of them are Markdown and so are not spoken. But they are keys in `press *` and
 * `*123#`, symbols of a password, exponentiation in `2**10`, multiplication in `3 * 4`, and omitted letters in `f**k`.
 */

const names: Record<string, Readonly<Record<string, string>>> = {
  zh: { "*": "星号", "#": "井号", _: "下划线" },
  en: { "*": "star", "#": "pound", _: "underscore" },
  ja: { "*": "米印", "#": "シャープ", _: "アンダーバー" },
  ko: { "*": "별표", "#": "우물정", _: "언더바" },
};

/** The name of the symbol `sign` as a key or in a password; the symbol itself in a language without a name for it. */
export const keyName = (sign: string, manner: Manner, language: string = manner): string =>
  names[language]?.[sign] ?? names[manner]?.[sign] ?? sign;

/** Puts spaces around a word, if the language uses spaces. */
export const apart = (text: string, manner: Manner): string => (manner === "zh" ? text : ` ${text} `);

/** Matches a word such as "password" and the start of a token after it: all symbols of this token are spoken. */
export const secretBefore =
  /(?:[Pp]ass(?:word|code|phrase)|SSID|[Ww]i-?[Ff]i (?:name|network)|[Nn]etwork name|[Uu]ser ?name|[Uu]ser ID|[Ll]ogin|[Hh]andle|[Mm]ot de passe|[Ii]dentifiant|[Rr]éseau|[Cc]ontraseña|[Cc]lave|[Uu]suario|[Rr]ed|[Uu]tente|[Rr]ete|[Ss]enha|[Uu]suário|[Rr]ede|密码|口令|账号|帐号|用户名|[Ww]i-?[Ff]i名?称?|热点|网络名|パスワード|ユーザー名|ネットワーク名|비밀번호|패스워드|암호|아이디|네트워크 이름)\s?(?:(?:is|was|to|of|est|es|è|é)(?![A-Za-z])|[是为叫：:はがを은는이가])?\s?["“«'‘「]?[A-Za-z\d_#*@!$%&.-]*$/;

/** Matches English and Chinese words after which a star or hash is a telephone key. */
const keyBefore =
  /(?:\b(?:[Pp]ress|[Dd]ial|[Hh]it|[Ee]nter|[Pp]ush|[Tt]ap)(?: the)?(?: \d| [*#])?(?: or| then| and)?|\b(?:or|then|and|the)|[按拨键入]|输入|或)\s?\d{0,4}\s?$/;

/** French, Spanish, Italian and Portuguese words after which a star or hash is a telephone key: "appuyez sur #". */
const romanceKeyBefore =
  /(?<!\p{L})(?:appuyez sur|pressez|touche|composez|tapez|puls[ae]|presion[ae]|marque|marca|tecla|prem[ai]|tasto|digit[aei]|disque|aperte|tecle)(?: l[ae]s?| il| el| a| o)?(?: touche| tecla| tasto)?(?: \d+| [*#])?(?: ou| o| et| y| e)?\s$/iu;

/** Matches the Japanese or Korean words before which a star or hash is a telephone key: `を押す`. */
const keyAfter = /^(?:キー|ボタン|키|버튼)?(?:を(?:押|長押|プッシュ)|[を을를]?\s?(?:누르|눌러|눌)|で(?:戻|確定|終了))/;

function key(match: RegExpExecArray, manner: Manner, language: string): Found {
  const left = match.input.slice(Math.max(0, match.index - 40), match.index);
  const right = match.input.slice(end(match), end(match) + 12);
  if (keyAfter.test(right))
    return {
      end: end(match),
      say: ` ${keyName(match[0], manner, language)}${/^[을를]/.test(right) ? "" : " "}`,
    };
  const pressed = /\b(?:press|dial|hit|enter|push|tap|key)\b|[按拨键]/i.test(left) && keyBefore.test(left);
  const isOffered = / (?:ou|o) $/.test(left) && /^ (?:para|per|pour|por) [a-zà-ú]/.test(match.input.slice(end(match)));
  return pressed || isOffered || romanceKeyBefore.test(left)
    ? { end: end(match), say: apart(keyName(match[0], manner, language), manner) }
    : undefined;
}

/** Whether a clause is a single token of letters, digits and symbols, as after "password:". */
export const isSecretAlone = (text: string): boolean =>
  /^["“'‘]?(?=\S*[A-Za-z])(?=\S*\d)(?=\S*[#_@*$!%])[A-Za-z\d#_@*$!%&.-]{6,}["”'’]?[.。,，]?\s*$/.test(text) &&
  !/[.@]\w+\.\w|\*\*/.test(text);

/** Whether a star between `left` and `right` is part of emphasis around a whole token: `**Sunny2024**`, `*Loft_5G*`. */
const isEmphasis = (left: string, right: string): boolean =>
  (/(?:^|[^\w*!#$%&-])$/.test(left) && /^(\*{1,3})[^\s*]+\1(?![\w*])/.test(right)) ||
  (/(?:^|[^\w*!#$%&-])\*{1,3}[^\s*]+$/.test(left) && /^\*{1,3}(?![\w*])/.test(right));

/** Speaks a symbol inside a password by its name. */
function secret(match: RegExpExecArray, manner: Manner, language: string): Found {
  const left = match.input.slice(0, match.index);
  // A star that belongs to bold or italic text around the password is not part of the password.
  if (match[0] === "*" && (isBold(left) || isEmphasis(left, match.input.slice(match.index)))) return undefined;
  return isSecretAlone(match.input) || secretBefore.test(left.slice(-40))
    ? { end: end(match), say: apart(keyName(match[0], manner, language), manner) }
    : undefined;
}

/** Reads `*123#` and `*#06#` symbol by symbol. */
function service(match: RegExpExecArray, manner: Manner, language: string): Found {
  const said = (match[0].match(/\d+|[*#]/g) ?? []).map((part) =>
    /\d/.test(part)
      ? manner === "zh"
        ? chineseDigits(part, "幺")
        : manner === "en"
          ? englishDigits(part)
          : [...part].join(" ")
      : keyName(part, manner, language),
  );
  return { end: end(match), say: apart(said.join(manner === "zh" ? "" : " "), manner) };
}

/** Whether bold text is still open at the end of a text. */
const isBold = (text: string): boolean => /(?<![\dA-Za-z)_*])\*\*(?=[^\s*])(?:(?!\*\*)[\s\S])*$/.test(text);

const effect =
  /(?<![\w*])\*(?:[a-z]+ly )?(?:giggl|laugh|chuckl|sigh|gasp|whisper|cough|sob|yawn|groan|sniff|smil|wink|nod|blush|shrug|grin|wav|hug|bow|paus|clear|clap|cheer|cries|cry|beam|lean|tilt|think|ponder)(?:s|es|e|ing|ings)?(?: [a-z]+){0,3}\*(?![\w*])/;

const twoKeys = /[*#][\d*#]*\d[\d*#]*#/;

/**
 * Replaces an exponentiation sign, `**` or `^`, with a plain `^`. In languages other than Chinese and English, a space
 * after the sign is dropped.
 */
const power = (match: RegExpExecArray, manner: Manner): Found => {
  const stop = end(match);
  return { end: manner === "other" && match.input[stop] === " " ? stop + 1 : stop, say: "^" };
};

/** How asterisks within a line are read. */
export const starMarks: readonly Markup[] = [
  // In 以#号键结束 and 按*号键 the symbol is a key, since 号 follows.
  markup("*#", /(?<=[按以拨击入输是和或及、“"]\s?)[*#](?=号)/, (match, manner) =>
    manner === "zh" ? { end: end(match), say: match[0] === "*" ? "星" : "井" } : undefined,
  ),
  markup("*", new RegExp(`(?<![\\w*#])${twoKeys.source}(?![\\w#])`), service),
  markup("*", effect, (match) => ({ end: end(match), say: " " })),
  markup("*", /\*(?![*\w])/, key),
  markup("*", /\*(?=\d{2,3}(?!\d))/, key),
  markup("*", /\*/, secret),
  markup("*", /(?<=\b(?:SELECT|select)\s|\bCOUNT\()\*/, (match, manner, language) => ({
    end: end(match),
    say: apart(keyName("*", manner, language), manner),
  })),
  // Stars that mask digits are spoken by their name: 138****8000.
  markup("*", /(?<=\d)\*{3,}(?=\d)/, (match, manner) => ({
    end: end(match),
    say: apart(keyName("*", manner), manner),
  })),
  // A power of numbers or variables: 2**10, x**2, 2 ** 3; not the start or end of bold text.
  markup(
    "*",
    /(?<=[\dA-Za-z_)\]])(?: ?)\*\*(?= ?[-(\dA-Za-z])|(?<=[\dA-Za-z)] )\*\*(?= [-(\dA-Za-z])/,
    (match, manner) => {
      const left = match.input.slice(0, match.index);
      const right = match.input.slice(end(match));
      if (
        isBold(left) ||
        (/(?<![A-Za-z])[FSBDHfsbdh] ?$/.test(left) && /^[ktndlh](?![A-Za-z])/.test(right)) ||
        /^ ?\(?-?[\w.]+\)?\*\*/.test(right)
      )
        return undefined;
      const whole = /(?:\d|(?<![A-Za-z])[A-Za-z_]|\)) ?$/.test(left) || /^ ?-?\d+(?![\dA-Za-z])/.test(right);
      return whole && /^ ?(?:\(|-?\d|[A-Za-z](?![A-Za-z]))/.test(right) ? power(match, manner) : undefined;
    },
  ),
  markup("^", /(?<=[\dA-Za-z)] )\^(?= -?\d)/, power),
  // A star between two operands in code means multiplication, except in a cron expression.
  markup("*", /(?<=[\w)\]])\*(?=[\w(])|(?<=[\w)\]] )\*(?= [\w(])(?! \S+ \*)/, (match) =>
    isInCode(match) && !/\* \S* ?$/.test(match.input.slice(0, match.index)) ? { end: end(match), say: "×" } : undefined,
  ),
  // A single star in code is spoken: it stands for all files, or in cron for every day.
  markup("*", /(?<=[`\s])\*(?=[`\s/])/, (match, manner) =>
    isInCode(match) && manner !== "other" ? { end: end(match), say: apart(keyName("*", manner), manner) } : undefined,
  ),
  markup(
    "*",
    /(?<=[\dA-Za-z)]\s)\*(?=\s[\dA-Za-z(])|(?<=\d)\*(?=[\d(]|[A-Z]{1,2}\d)|(?<=(?<![\w*.])\d+(?:\.\d+)?)\*(?=[a-zπ](?![A-Za-z*]))|(?<=\))\*(?=[\d(A-Za-z])|(?<=(?<![A-Za-z*])[a-z])\*(?=[a-z](?![A-Za-z*]))/,
    (match) => ({ end: end(match), say: "×" }),
  ),
  // Stars stand for omitted letters in a swear word: `f**k`.
  markup("*", /(?<=(?<![A-Za-z*])[A-Za-z]{1,4})\*{1,4}(?=[a-z]{1,3}(?![A-Za-z*]))/, (match, manner) =>
    isBold(match.input.slice(0, match.index)) || /(?<![A-Za-z*])\*[^\s*][^*]*$/.test(match.input.slice(0, match.index))
      ? undefined
      : { end: end(match), say: manner === "zh" ? "哔" : manner === "en" ? " bleep " : " " },
  ),
  // A star after a number is the rating of a hotel.
  markup("*", /(?<=(?:[Оо]тел|[Гг]остиниц)\p{Ll}*\s[1-5])\*(?=[\s,.;:!?)]|$)/u, (match) => ({
    end: end(match),
    say: "★",
  })),
  markup("*", /\*+/, drop),
];

/** How `#` characters within a line are read; the `#` of a hashtag is not spoken. */
export const hashMarks: readonly Markup[] = [
  markup("#", new RegExp(`(?<![\\w*#])${twoKeys.source}(?![\\w#])`), service),
  markup("#", /#(?![\w#])/, key),
  markup("#", /#/, secret),
  // After a code, a hash is the key that ends the entry: "the gate code is 0417#".
  markup("#", /(?<=\b[Cc]ode(?: is|:)? \*{0,2}\d{3,8})#(?!\w)/, (match, manner, language) => ({
    end: end(match),
    say: apart(keyName("#", manner, language), manner),
  })),
  markup(
    "#",
    /#(?![A-Z]{1,4}-?\d)(?=[一-鿿A-Za-z])|(?<=[一-鿿A-Za-z0-9 ])#(?=$|\s(?!\d{3})|[，。！？,.!?])/,
    (match) =>
      /[A-Za-z\d]#[一-鿿]/.test(match.input.slice(Math.max(0, match.index - 1), match.index + 2)) ||
      /(?:(?<![A-Za-z])[A-G]|(?:[Pp]ress|[Dd]ial|[Hh]it|按|拨)\s?)$/.test(match.input.slice(0, match.index))
        ? undefined
        : drop(match),
  ),
];
