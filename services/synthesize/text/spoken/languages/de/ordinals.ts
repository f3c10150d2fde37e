import { romanValue } from "../../amounts/roman.ts";
import { type Rule, rule } from "../../rule.ts";
import type { Surroundings } from "../western/tongue.ts";
import { genderOf } from "./nouns.ts";
import { cardinal, ordinal } from "./number.ts";

/**
 * German writes an ordinal as a number with a full stop. This does not show the ending of the spoken word: the words
 * before the number determine the case, and the noun after the number the gender. In a list such as "am 3. und 4. Mai",
 * the words before the first ordinal determine the case of all ordinals.
 */

const chain = /(?<!\d)\d{1,2}\.?(?:\d{1,2}\.(?:\d{4})?)?\s?(?:und|oder|bis|,|–|-|\/)\s?$/;
const weak =
  /(?:^|[\s(„])(?:am|vom|v\.|zum|im|beim|zur|dem|den|des|einem|einer|eines|einen|diesem|diesen|jedem|jeden|jenem|seine[mnr]|ihre[mnr]|meine[mnr]|deine[mnr]|unsere[mnr]|keine[mnr]|ab|bis|seit|nach|vor|von)\s$/i;
const dativeThe =
  /(?:^|\s)(?:in|aus|mit|von|nach|vor|seit|bei|an|auf|zu|während|wegen|trotz|innerhalb|unter|ab|hinter|neben)\sder\s$/i;
const plainE =
  /(?:^|[\s(„])(?:der|die|das|diese[rs]?|jede[rs]?|welche[rs]?|eine|seine|ihre|meine|deine|unsere|keine)\s$/i;
const mixed = /(?:^|[\s(„])(?:ein|sein|ihr|mein|dein|unser|kein)\s$/i;

/** Matches an adjective between an article or preposition and the ordinal: im frühen 19. Jahrhundert. */
const adjective =
  /(?<=(?:^|\s)(?:im|am|vom|zum|dem|den|des|das|die|der|seit|ab)\s)(?:früh|spät|ausgehend|beginnend|lang|kurz|ganz|gesamt|vergangen|eigen|letzt|neu|schön)e[nsm]?\s$/iu;

/** Returns the text before an ordinal without the adjective at its end and without earlier ordinals of a list. */
function leadOf(before: string): string {
  let lead = before;
  while (chain.test(lead)) lead = lead.replace(chain, "");
  return lead.replace(adjective, "");
}

/** Whether `before`, the text before a number with a full stop, shows that the number is an ordinal. */
export function isLed(before: string): boolean {
  const lead = leadOf(before);
  return weak.test(lead) || plainE.test(lead) || mixed.test(lead);
}

/** Returns the ending of an ordinal, which depends on the words around it: der dritte, am dritten, ein dritter. */
export function endingOf(before: string, noun: string): string {
  const lead = leadOf(before);
  const gender = genderOf(noun);
  if (weak.test(lead) || dativeThe.test(lead)) return "en";
  if (/(?:^|\s)der\s$/i.test(lead)) return noun !== "" && gender === "f" ? "en" : "e";
  if (plainE.test(lead)) return "e";
  return gender === "f" ? "e" : gender === "n" ? "es" : "er";
}

/** Matches nouns before which a number with a full stop is an ordinal even without an article: "3. Etage". */
const ranked =
  /^(?:FC|SC|SV|VfL|Jahrhundert|Jh|Stock|Etage|Platz|Klasse|Mal|Tag|Woche|Kapitel|Runde|Geburtstag|Weltkrieg|Auflage|Quartal|Semester|Stunde|Spieltag|Liga|Schritt|Teil|Band|Satz|Preis|Bezirk|Gang|Person|Advent|Versuch|Monat|Jahr|Halbzeit|Reihe|Spiel|Tor|Minute|Lektion|Staffel|Folge|Bundesliga|Wahl|OG|Obergeschoss|Rang|Etappe|Lesung|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)/;
/** Words that often begin a sentence: a full stop after a number before such a word ends the previous sentence. */
const beginners =
  /^(?:Das|Die|Der|Den|Dem|Es|Ich|Sie|Er|Wir|Ihr|Du|Danach|Dann|Bitte|Wenn|Hier|Ein|Eine|In|Im|Am|An|Auf|Mit|Für|Und|Aber|Oder|Wie|Was|So|Da|Dort|Heute|Morgen|Falls|Damit|Dabei|Dazu|Alle|Man|Vor|Nach|Bei|Zum|Zur|Von|Vom|Diese|Dieser|Dieses|Ab|Bis|Zu|Also|Nur|Auch|Noch|Wer|Wo|Außerdem|Daher|Deshalb)\b/;

/** The spoken form of a number with a full stop; undefined if the full stop ends a sentence instead. */
export function sayOrdinal(written: string, { before, after }: Surroundings): string | undefined {
  if (written.length > 3 || /^\d/.test(after)) return undefined;
  const next = /^\s(?:\p{Ll}+e[nrs]?\s)?(\p{Lu}\p{L}+)/u.exec(after)?.[1] ?? "";
  const isNext = /^\s\p{Lu}/u.test(after);
  // At the end of the text, a number after "die" or "eine" is the name of a digit and not an ordinal: "der Nenner ist
  // die 6."
  if (/^\s*$/.test(after) && /(?:^|\s)(?:die|eine)\s$/.test(before)) return undefined;
  if (isNext && beginners.test(after.slice(1))) return undefined;
  const isChained = /^\s?(?:und|oder|bis(?:\szum)?|[-–/,])\s?\d{1,2}\./.test(after);
  if (ranked.test(next) || isLed(before) || isChained) return ordinal(written, endingOf(before, next));
  return undefined;
}

const queens =
  /^(?:Elisabeth|Katharina|Maria|Anna|Viktoria|Victoria|Margarethe|Beatrix|Christina|Johanna|Isabella|Kleopatra)s?$/;
const endInS = /(?:Ramses|Louis|Franziskus|Pius|Clemens|Julius|Hadrianus|Innozenz|Johannes|Nikolaus|Konstantinos)$/;
const counted =
  /(?:Kapitel|Band|Teil|Akt|Stufe|Typ|Klasse|Abschnitt|Phase|Hartz|Block|Artikel|Gruppe|Episode|Version)\s$/;

/** Rules for Roman numerals after the names of rulers, after words such as "chapter", and before nouns. */
export const romanRules: readonly Rule[] = [
  rule("number of a part", "IVXL", /(?<=\p{Ll}\s)[IVXL]+(?![\p{L}\d.])/u, (match) => {
    const n = romanValue(match[0]);
    return n !== undefined && counted.test(match.input.slice(0, match.index)) ? cardinal(String(n)) : undefined;
  }),
  rule("roman ordinal", "IVX", /(?<!\p{L})([IVX]+)\.(?=\s\p{Lu}\p{Ll})/u, (match) => {
    const n = romanValue(match[1] ?? "");
    const after = match.input.slice(match.index + match[0].length, match.index + match[0].length + 40);
    const next = /^\s(\p{Lu}\p{L}+)/u.exec(after)?.[1] ?? "";
    return n === undefined || !ranked.test(next)
      ? undefined
      : ordinal(String(n), endingOf(match.input.slice(Math.max(0, match.index - 40), match.index), next));
  }),
  rule("number of a ruler", "IVX", /(?<=(?:^|[^\p{L}])(\p{Lu}\p{Ll}{2,})\s)([IVX]+)\.?(?![\p{L}\d])/u, (match) => {
    const [text, name = "", roman = ""] = match;
    const n = romanValue(roman);
    const lead = match.input.slice(Math.max(0, match.index - name.length - 30), match.index - name.length - 1);
    if (n === undefined || n > 30 || (roman === "I" && !text.endsWith(".")) || counted.test(`${name} `))
      return undefined;
    const after = match.input.slice(match.index + text.length);
    const stop = text.endsWith(".") && /^\s*$/.test(after) ? "." : "";
    const isQueen = queens.test(name);
    const number = (ending: string): string => {
      const said = ordinal(String(n), ending);
      return said.charAt(0).toUpperCase() + said.slice(1) + stop;
    };
    const leads = lead.replace(/(?:König|Königin|Kaiser|Kaiserin|Papst|Zar|Zarin|Herzog|Kurfürst|Prinz)s?\s$/, "");
    if (/s$/.test(name) && !endInS.test(name)) return isQueen ? `der ${number("en")}` : `des ${number("en")}`;
    if (/(?:^|\s)(?:unter|von|mit|bei|zu|nach|seit|aus|vor|dem|gegenüber)\s$/i.test(leads))
      return isQueen ? `der ${number("en")}` : `dem ${number("en")}`;
    if (!isQueen && /(?:^|\s)(?:gegen|für|durch|ohne|um|den|auf|über)\s$/i.test(leads)) return `den ${number("en")}`;
    return isQueen ? `die ${number("e")}` : `der ${number("e")}`;
  }),
];
