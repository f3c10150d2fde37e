import { NO } from "../../window/window.ts";
import { grade } from "../grade.ts";
import type { Language, Words } from "./words.ts";

/** The words that the rules for a language use: those that begin a phrase, and those that belong to the next word. */
interface Table {
  readonly openers: ReadonlySet<string>;
  readonly leaning: ReadonlySet<string>;
}

const table = (openers: string, leaning: string): Table => ({
  openers: new Set(openers.split(" ")),
  leaning: new Set(`${openers} ${leaning}`.split(" ")),
});

export const tables: Readonly<Record<Exclude<Language, "en">, Table>> = {
  de: table(
    "und oder aber sondern weil dass wenn damit obwohl während ob als bevor nachdem mit ohne für gegen durch bei seit nach aus von vom zum zur im am auf über unter zwischen wegen trotz",
    "der die das den dem des ein eine einen einem einer eines kein keine keinen mein meine dein deine sein seine ihr ihre ihren ihrem ihrer unser unsere dieser diese dieses diesen diesem jeder jede jedes jeden alle viele einige sehr so nicht zu in an um bis ist sind war waren hat haben wird werden kann können muss müssen soll sollte sollten mehr ich er es wir man noch nur auch schon etwa rund zwei drei vier fünf zehn",
  ),
  fr: table(
    "et ou mais parce car lorsque quand pendant avec sans pour dans sur sous chez entre vers depuis avant après selon contre par qui dont où",
    "le la les un une des du de au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs à en ne pas très plus moins trop si il elle on je tu nous vous ils elles est sont a ont était été peut peuvent doit doivent que chaque tout toute tous toutes deux trois quatre cinq dix environ",
  ),
  es: table(
    "y o pero porque cuando mientras aunque con sin para en sobre entre desde hacia según contra durante por que donde",
    "el la los las un una unos unas de del a al este esta estos estas ese esa su sus mi mis tu tus nuestro nuestra muy más menos tan no se me te le les lo es son está están ha han puede pueden debe deben cada todo toda todos todas dos tres cuatro cinco diez unos ya si como ni hasta",
  ),
  pt: table(
    "e ou mas porque quando enquanto embora com sem para em no na nos nas sobre entre desde segundo contra durante por pelo pela que onde",
    "o a os as um uma de do da dos das ao à aos às este esta esse essa seu sua seus suas meu minha muito mais menos tão não se me te lhe é são está estão foi pode podem deve devem cada todo toda todos todas dois duas três quatro cinco dez já como nem até",
  ),
  it: table(
    "e o ma perché quando mentre anche con senza per in nel nella nei nelle su sul sulla tra fra verso durante dopo prima che dove",
    "il lo la i gli le un uno una di del dello della dei degli delle a al alla ai alle da dal dalla questo questa questi queste suo sua suoi sue mio mia molto più meno così non si mi ti ci è sono ha hanno può possono deve devono ogni tutto tutta tutti tutte due tre quattro cinque dieci se come né",
  ),
  ru: table(
    "и или но а потому чтобы если когда пока хотя что который которая которое которые где с со для без через между перед после под над при из от по в во на о об у к ко за",
    "не ни очень более менее самый самая самое это этот эта эти тот та те мой моя наш наша ваш ваша его её их свой своя каждый каждая весь вся все всё бы ли же уже ещё только даже как так до два две три четыре пять десять",
  ),
};

/** Grades a position between two words, in languages other than English, as a soft border; NO if it is unsuitable. */
export function judgeWestern({ left, right, mark, counted }: Words, language: Exclude<Language, "en">): number {
  const { openers, leaning } = tables[language];
  if (!openers.has(right) || counted) return NO;
  if (left === "") return /[\p{L}\d,.%€$]/u.test(mark) ? NO : grade.phrase;
  const word = left.toLowerCase().replace("’", "'");
  return leaning.has(word) || word.includes("'") ? NO : grade.phrase;
}
