import { digits as englishDigits } from "../../en/number.ts";
import type { Manner } from "../../language.ts";
import { digits as chineseDigits } from "../../zh/number.ts";
import { drop, end, type Found, isInCode, type Markup, markup } from "../mark.ts";

/**
 * Stars and hashes. Most of them are marks of Markdown and are not heard. They are keys in `press *` and `*123#`, parts of a
 * password, powers in `2**10`, signs of multiplication in `3 * 4`, and letters that were left out in `f**k`.
 */

const names: Record<string, Readonly<Record<string, string>>> = {
  zh: { "*": "星号", "#": "井号", _: "下划线" },
  en: { "*": "star", "#": "pound", _: "underscore" },
  ja: { "*": "米印", "#": "シャープ", _: "アンダーバー" },
  ko: { "*": "별표", "#": "우물정", _: "언더바" },
};

/** What the sign is called as a key or in a password; itself in a language without a name for it. */
export const keyName = (sign: string, manner: Manner, language: string = manner): string =>
  names[language]?.[sign] ?? names[manner]?.[sign] ?? sign;

/** A word among others, with spaces where the language has them. */
export const apart = (text: string, manner: Manner): string => (manner === "zh" ? text : ` ${text} `);

/** Words after which every sign of a token counts, and that part of the token which stands before a place. */
export const secretBefore =
  /(?:[Pp]ass(?:word|code|phrase)|SSID|[Ww]i-?[Ff]i (?:name|network)|[Nn]etwork name|[Uu]ser ?name|[Uu]ser ID|[Ll]ogin|[Hh]andle|[Mm]ot de passe|[Ii]dentifiant|[Rr]éseau|[Cc]ontraseña|[Cc]lave|[Uu]suario|[Rr]ed|[Uu]tente|[Rr]ete|[Ss]enha|[Uu]suário|[Rr]ede|密码|口令|账号|帐号|用户名|[Ww]i-?[Ff]i名?称?|热点|网络名|パスワード|ユーザー名|ネットワーク名|비밀번호|패스워드|암호|아이디|네트워크 이름)\s?(?:(?:is|was|to|of|est|es|è|é)(?![A-Za-z])|[是为叫：:はがを은는이가])?\s?["“«'‘「]?[A-Za-z\d_#*@!$%&.-]*$/;

/** Words after which a sign is a key of a telephone. */
const keyBefore =
  /(?:\b(?:[Pp]ress|[Dd]ial|[Hh]it|[Ee]nter|[Pp]ush|[Tt]ap)(?: the)?(?: \d| [*#])?(?: or| then| and)?|\b(?:or|then|and|the)|[按拨键入]|输入|或)\s?\d{0,4}\s?$/;

/** The same in French, Spanish, Italian and Portuguese. */
const romanceKeyBefore =
  /(?<!\p{L})(?:appuyez sur|pressez|touche|composez|tapez|puls[ae]|presion[ae]|marque|marca|tecla|prem[ai]|tasto|digit[aei]|disque|aperte|tecle)(?: l[ae]s?| il| el| a| o)?(?: touche| tecla| tasto)?(?: \d+| [*#])?(?: ou| o| et| y| e)?\s$/iu;

/** Words that name the key before them in Japanese and Korean. */
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

/** Whether a clause is one token of letters, figures and signs, as after "password:". */
export const isSecretAlone = (text: string): boolean =>
  /^["“'‘]?(?=\S*[A-Za-z])(?=\S*\d)(?=\S*[#_@*$!%])[A-Za-z\d#_@*$!%&.-]{6,}["”'’]?[.。,，]?\s*$/.test(text) &&
  !/[.@]\w+\.\w|\*\*/.test(text);

/** Whether a star with these texts before and from it opens or closes marks around a whole token: `**Sunny2024**`, `*Loft_5G*`. */
const isEmphasis = (left: string, right: string): boolean =>
  (/(?:^|[^\w*!#$%&-])$/.test(left) && /^(\*{1,3})[^\s*]+\1(?![\w*])/.test(right)) ||
  (/(?:^|[^\w*!#$%&-])\*{1,3}[^\s*]+$/.test(left) && /^\*{1,3}(?![\w*])/.test(right));

/** A sign inside a password. */
function secret(match: RegExpExecArray, manner: Manner, language: string): Found {
  const left = match.input.slice(0, match.index);
  // A star that ends bold is no part of what it makes bold.
  if (match[0] === "*" && (isBold(left) || isEmphasis(left, match.input.slice(match.index)))) return undefined;
  return isSecretAlone(match.input) || secretBefore.test(left.slice(-40))
    ? { end: end(match), say: apart(keyName(match[0], manner, language), manner) }
    : undefined;
}

/** `*123#` and `*#06#`, sign by sign. */
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

/** Whether bold that began before the end of a text is still open there. */
const isBold = (text: string): boolean => /(?<![\dA-Za-z)_*])\*\*(?=[^\s*])(?:(?!\*\*)[\s\S])*$/.test(text);

const effect =
  /(?<![\w*])\*(?:[a-z]+ly )?(?:giggl|laugh|chuckl|sigh|gasp|whisper|cough|sob|yawn|groan|sniff|smil|wink|nod|blush|shrug|grin|wav|hug|bow|paus|clear|clap|cheer|cries|cry|beam|lean|tilt|think|ponder)(?:s|es|e|ing|ings)?(?: [a-z]+){0,3}\*(?![\w*])/;

const twoKeys = /[*#][\d*#]*\d[\d*#]*#/;

/** A sign of powers, close to its exponent. Chinese and English read it with spaces as well. */
const power = (match: RegExpExecArray, manner: Manner): Found => {
  const stop = end(match);
  return { end: manner === "other" && match.input[stop] === " " ? stop + 1 : stop, say: "^" };
};

/** Stars inside a line. */
export const starMarks: readonly Markup[] = [
  // 以#号键结束, 按*号键: 号 is written after the sign.
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
  // Figures that are kept secret: 138****8000.
  markup("*", /(?<=\d)\*{3,}(?=\d)/, (match, manner) => ({
    end: end(match),
    say: apart(keyName("*", manner), manner),
  })),
  // A power of figures or letters: 2**10, x**2, 2 ** 3; not bold that begins or ends here.
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
  // Between two operands of code, but not in a row of stars as cron writes it.
  markup("*", /(?<=[\w)\]])\*(?=[\w(])|(?<=[\w)\]] )\*(?= [\w(])(?! \S+ \*)/, (match) =>
    isInCode(match) && !/\* \S* ?$/.test(match.input.slice(0, match.index)) ? { end: end(match), say: "×" } : undefined,
  ),
  // A star by itself in code: all files, every day of cron.
  markup("*", /(?<=[`\s])\*(?=[`\s/])/, (match, manner) =>
    isInCode(match) && manner !== "other" ? { end: end(match), say: apart(keyName("*", manner), manner) } : undefined,
  ),
  markup(
    "*",
    /(?<=[\dA-Za-z)]\s)\*(?=\s[\dA-Za-z(])|(?<=\d)\*(?=[\d(]|[A-Z]{1,2}\d)|(?<=(?<![\w*.])\d+(?:\.\d+)?)\*(?=[a-zπ](?![A-Za-z*]))|(?<=\))\*(?=[\d(A-Za-z])|(?<=(?<![A-Za-z*])[a-z])\*(?=[a-z](?![A-Za-z*]))/,
    (match) => ({ end: end(match), say: "×" }),
  ),
  // Letters that were left out of a word that nobody prints.
  markup("*", /(?<=(?<![A-Za-z*])[A-Za-z]{1,4})\*{1,4}(?=[a-z]{1,3}(?![A-Za-z*]))/, (match, manner) =>
    isBold(match.input.slice(0, match.index)) || /(?<![A-Za-z*])\*[^\s*][^*]*$/.test(match.input.slice(0, match.index))
      ? undefined
      : { end: end(match), say: manner === "zh" ? "哔" : manner === "en" ? " bleep " : " " },
  ),
  // The stars of a hotel.
  markup("*", /(?<=(?:[Оо]тел|[Гг]остиниц)\p{Ll}*\s[1-5])\*(?=[\s,.;:!?)]|$)/u, (match) => ({
    end: end(match),
    say: "★",
  })),
  markup("*", /\*+/, drop),
];

/** Hashes inside a line: of a topic they are not heard. */
export const hashMarks: readonly Markup[] = [
  markup("#", new RegExp(`(?<![\\w*#])${twoKeys.source}(?![\\w#])`), service),
  markup("#", /#(?![\w#])/, key),
  markup("#", /#/, secret),
  // The key that ends a code: the gate code is 0417#.
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
