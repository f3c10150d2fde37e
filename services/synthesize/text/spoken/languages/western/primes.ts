// Rules for the marks ′ and ″ where they do not mean feet and inches: for minutes and seconds of an exercise, and for
// derivatives such as f′(x).
import { digitStarts, type Rule, rule } from "../../rule.ts";
import { afterOf, beforeOf } from "../patterns.ts";
import { parseFigure, sayCounted, sayFigure } from "./figure.ts";
import type { Tongue } from "./tongue.ts";

/** Words before a number with ′ which show that it is a number of minutes; `afterMinutes` are such words after it. */
const beforeMinutes =
  /(?<!\p{L})(?:per|durante|pendant|por|dopo|après|después de|depois de|tras|circa|environ|unos|ogni|cada|chaque|toutes les)\s$|°\s?$/iu;
const afterMinutes =
  /^(?:\s(?:d(?:[iu]|es?)\s(?!alt|larg|haut|long|comprim)|d['’]|\+|(?:[aàeoy]l?|au|entre|tra|p[aeo]r|para|pour|et|con|avec|com|poi|puis|luego|depois)\s)|[,;.:)]|$)/u;
/** Matches a word for an activity, such as "pause", after ″: there ″ means seconds; elsewhere it means inches. */
const afterSeconds =
  /^\s(?:d[ei]\s(?:la\s)?|d['’]|entre\s|tra\s)(?:pausa|pause|recup|récup|ripos|repos|descans|plan|pran|gainage|isom|sprint|cors|carrer|corrid|cours|march|trot|intervalo|isco|séri|seri)/u;

/** Rules for minutes and seconds that are written with primes (15′ di cyclette), and for functions (f′(x)). */
export function primeRules(tongue: Tongue): readonly Rule[] {
  const { functions, units } = tongue;
  const minute = units.get("min");
  const second = units.get("s");
  if (functions === undefined || minute === undefined || second === undefined) return [];
  const { names, of, primes } = functions;
  const heads = [...new Set([...names.keys()].map((name) => name.charAt(0)))].join("");
  return [
    rule(
      "minutes by a mark",
      digitStarts,
      /(?<![\d.,'’′°:])(\d{1,3})(?:['’′]?\s?[-–]\s?(\d{1,3}))?['’′](?!['’′\p{L}\d])/u,
      (match, { text, index }) => {
        const [whole, from = "", to] = match;
        const around = { before: beforeOf(text, index), after: afterOf(text, index + whole.length) };
        // After "en el" the number is a minute of a game, such as that of a goal: "minuto 90".
        if (/(?<!\p{L})en el\s$/iu.test(around.before)) return `minuto ${tongue.cardinal(from)}`;
        if (/(?<!\p{L})à la\s$/iu.test(around.before)) return `${tongue.ordinal(from, "e", around)} minute`;
        // The mark ′ does not mean minutes if it closes a quotation, or if the text is about a game.
        const isOther = /(?:^|\s)['‘](?!\s)[^'’]*$/.test(text.slice(0, index)) || tongue.scoreCues.test(text);
        if (isOther || !(afterMinutes.test(around.after) || beforeMinutes.test(around.before))) return undefined;
        if (to === undefined) return sayCounted(parseFigure(from), minute, {}, tongue);
        return tongue.range(
          (agreement) => sayFigure(parseFigure(from), { ...agreement, gender: minute.gender }, tongue),
          (agreement) => sayCounted(parseFigure(to), minute, agreement, tongue),
          around,
        );
      },
    ),
    rule("seconds by a mark", digitStarts, /(?<![\d.,])(\d{1,3})(?:["″”]|'')/, (match, { text, index }) =>
      afterSeconds.test(afterOf(text, index + match[0].length))
        ? sayCounted(parseFigure(match[1] ?? ""), second, {}, tongue)
        : undefined,
    ),
    rule(
      "value of a function",
      `fghpqrstuvwxyFGHPSV${heads}`,
      new RegExp(
        `(?<!\\p{L})(${[...names.keys()].join("|")}|[fghp-x]|[FGHPSV](?=[^,]*\\)))(['’′]{0,2}|″)\\((?=[\\p{L}\\d+\\-−–*·×/^²³.,√°|∩∪\\s]{1,20}\\))(?!\\p{L}{3})(?:([a-zA-Z]|\\d{1,4})(°?)\\))?`,
        "u",
      ),
      ([, name = "", marks = "", argument, degrees]) => {
        const prime = marks === "" ? "" : ` ${primes[marks === "″" || marks.length > 1 ? 1 : 0]}`;
        const head = `${names.get(name) ?? name}${prime} ${of}`;
        // An argument longer than one letter or number is not part of the match, so only the function's name is spoken
        // here.
        if (argument === undefined) return `${head} `;
        const said = /\d/.test(argument) ? tongue.cardinal(argument) : argument;
        return `${head} ${said}${degrees === "" ? "" : ` ${units.get("°")?.forms[1]}`}`;
      },
    ),
  ];
}
