import { after, before, letterStarts, type Rule, rule } from "../../rule.ts";
import { cardinal } from "../number.ts";

/**
 * The words, singular and plural, for abbreviations that occur only after a number: in sports, recipes, prescriptions.
 */
const counted: Readonly<Record<string, readonly [one: string, many: string]>> = {
  pt: ["point", "points"],
  reb: ["rebound", "rebounds"],
  ast: ["assist", "assists"],
  stl: ["steal", "steals"],
  blk: ["block", "blocks"],
  TD: ["touchdown", "touchdowns"],
  TDs: ["touchdown", "touchdowns"],
  INT: ["interception", "interceptions"],
  INTs: ["interception", "interceptions"],
  pc: ["piece", "pieces"],
  pcs: ["piece", "pieces"],
  pkt: ["packet", "packets"],
  pkts: ["packet", "packets"],
  pkg: ["package", "packages"],
  pkgs: ["package", "packages"],
  tbs: ["tablespoon", "tablespoons"],
  tbsps: ["tablespoon", "tablespoons"],
  tsps: ["teaspoon", "teaspoons"],
  gtt: ["drop", "drops"],
  gtts: ["drop", "drops"],
  tab: ["tablet", "tablets"],
  tabs: ["tablet", "tablets"],
  qtr: ["quarter", "quarters"],
  qtrs: ["quarter", "quarters"],
  pg: ["page", "pages"],
  pgs: ["page", "pages"],
  cals: ["calorie", "calories"],
  doz: ["dozen", "dozen"],
  dz: ["dozen", "dozen"],
  bbl: ["barrel", "barrels"],
  ppl: ["person", "people"],
  BR: ["bedroom", "bedroom"],
  BA: ["bath", "bath"],
  yd: ["yard", "yards"],
};
/** Abbreviations that have their meaning in `counted` only near certain words, each with a pattern for those words. */
const inField: Readonly<Record<string, RegExp>> = {
  pt: /\b(?:reb|ast|rebounds?|assists?|game|scored|blk|stl|range|shots?|line|attempts?|FG|mortgage|fixed|loan)\b/,
  INT: /\b(?:TDs?|touchdowns?|yds|yards|threw|QB|passes)\b/,
  tab: /\b(?:mg|daily|dose|meals?|bedtime|PO|BID|TID|QID|PRN)\b/,
  tabs: /\b(?:mg|daily|dose|meals?|bedtime|PO|BID|TID|QID|PRN)\b/,
};

/** Abbreviations in prescriptions for how often and how a medicine is taken, with their spoken forms. */
const doses: Readonly<Record<string, string>> = {
  qd: "once a day",
  bid: "twice a day",
  tid: "three times a day",
  qid: "four times a day",
  qhs: "at bedtime",
  qod: "every other day",
  po: "by mouth",
  prn: "as needed",
};
const aboutDose =
  /\d\s?(?:mg|mcg|mL|ml|g|units?|tabs?|tablets?|caps?|capsules?|puffs?|drops?|gtts?|IU)\b|\b(?:dos(?:e|age)|[Tt]ake|[Gg]ive)\b/;

/** Rules for abbreviations that are recognized by the number or dose next to them: "5 pcs". */
export const countedRules: readonly Rule[] = [
  rule(
    "abbreviation after its number",
    letterStarts,
    new RegExp(
      `(?<=(?<![\\d.,$])(\\d[\\d,.]*|\\b[Oo]ne)[\\s-]?)(${Object.keys(counted)
        .sort((a, b) => b.length - a.length)
        .join("|")})(?![A-Za-z\\d'’])(?:\\.(?=\\s?[a-z,;)]))?`,
    ),
    (match, place) => {
      const [, count = "", short = ""] = match;
      const field = inField[short];
      if (field !== undefined && !field.test(before(place, 48) + after(match, 48))) return undefined;
      const single = /^(?:1|[Oo]ne)$/.test(count) || (/-$/.test(before(place, 1)) && /^\s[a-z]/.test(after(match)));
      return counted[short]?.[single ? 0 : 1];
    },
  ),
  rule(
    "abbreviated teaspoon, tablespoon or pint in a recipe",
    "tTp",
    /(?<=(?<![\d.,])(\d{1,2}|[½¼¾⅓⅔⅛]|\d\/\d)\s)(t|T|pt)\.?(?=\s(?:salt|sugar|brown|baking|vanilla|oil|olive|butter|flour|cinnamon|pepper|cumin|paprika|honey|soy|vinegar|lemon|water|milk|cream|yeast|ginger|mustard|cornstarch|garlic|berries|strawberries|blueberries|stock|broth|beer)\b)/,
    ([, count = "", short = ""]) =>
      `${{ t: "teaspoon", T: "tablespoon", pt: "pint" }[short]}${/^(?:1|[½¼¾⅓⅔⅛]|1\/\d)$/.test(count) ? "" : "s"}`,
  ),
  rule(
    "abbreviated rate of pay, such as p/h",
    "p",
    /(?<=\d\s?)p\/([hdwm])(?![A-Za-z])/,
    ([, each = ""]) => `per ${{ h: "hour", d: "day", w: "week", m: "month" }[each]}`,
  ),
  rule("second of a shutter", "s", /(?<=(?<!\d)1\/\d{2,4}\s?)s(?:ec)?(?![A-Za-z])/, "of a second"),
  rule("percentage points", "p", /(?<=\d\s)pp(?![A-Za-z])/, (match, place) =>
    /\b(?:rose|fell|up|down|gain(?:ed)?|los[te]|drop(?:ped)?|increased?|decreased?|by|of|lead|margin)\s\D{0,8}[\d.]+\s$/.test(
      before(place, 28),
    ) || /^\s(?:to|from|higher|lower|above|below)\b/.test(after(match))
      ? "percentage points"
      : undefined,
  ),
  rule("ff. after a page number", "f", /(?<=\d\s?)ff(?:\.|(?![A-Za-z]))/, "and following"),
  rule("abbreviated clockwise or counterclockwise", "C", /(?<![A-Za-z\d.-])(CC?W)(?![A-Za-z\d-])/, (match, place) =>
    /\b(?:[Tt]urn(?:s|ed|ing)?|[Rr]otat(?:e|es|ed|ing|ion)|[Kk]nob|[Ss]crew|[Ss]pins?|CC?W|[Dd]ial|valve|quarter|degrees|°)\b|°/.test(
      before(place, 32) + after(match, 20),
    )
      ? match[1] === "CW"
        ? "clockwise"
        : "counterclockwise"
      : undefined,
  ),
  rule("volts with AC or DC", "V", /(?<=\d\s?)V(DC|AC)(?![A-Za-z\d])/, ([, kind]) => `volts ${kind}`),
  rule("temperature with F or C but no degree sign", "FC", /(?<=\d\s?)[FC](?![A-Za-z\d'’#♯♭-])/, (match, place) =>
    /\b(?:[Tt]emp(?:erature)?s?|fever|[Oo]ven|[Bb]ake[ds]?|[Pp]reheat(?:ed)?|[Rr]oast|weather|(?:[Hh]ighs?|[Ll]ows?)\s(?:of|near|around|is|was|in)|forecast|thermometer|boils?|freez(?:e|es|ing)|body|[Hh]eat(?:ed)?|cool(?:ed)?)\b/.test(
      before(place, 40) + after(match, 16),
    ) && !/\b(?:grade|plan|section|room|exit|gate|row|vitamin)s?\s[\d.]+\s$/i.test(before(place, 24))
      ? `degrees ${match[0] === "F" ? "Fahrenheit" : "Celsius"}`
      : undefined,
  ),
  rule("size of an ingredient", "slm", /(?<=(?<![\d.,])\d\s)(sm|lg|med)\.?(?=\s[a-z]{3})/, ([, short = ""]) =>
    short === "sm" ? "small" : short === "lg" ? "large" : "medium",
  ),
  rule("abbreviation ea. after a price or a count", "e", /(?<=\d\s)ea(?:\.(?=\s?[a-z,;)]|\s?$)|(?![A-Za-z.]))/, "each"),
  rule("home runs of a batter", "H", /(?<=\d\s)HRs?(?![A-Za-z\d])/, (match, place) =>
    /\b(?:RBIs?|bat(?:s|ted|ting)?|[Hh]its?|avg|average|season|OPS|homers)\b/.test(before(place, 48) + after(match, 32))
      ? /\b1\s$/.test(before(place, 3))
        ? "home run"
        : "home runs"
      : undefined,
  ),
  rule(
    "hours between doses",
    "qQ",
    /(?<![A-Za-z\d])[qQ]\.?\s?(\d{1,2})(?:[-–](\d{1,2}))?\s?h(?:rs?)?(?![A-Za-z])\.?/,
    ([, from = "", to]) => `every ${cardinal(from)}${to === undefined ? "" : ` to ${cardinal(to)}`} hours`,
  ),
  rule(
    "abbreviated times to take a dose, such as BID",
    "qbtpQBTP",
    /(?<![A-Za-z\d.])(?:(?:q\.d|b\.i\.d|t\.i\.d|q\.i\.d|q\.h\.s|p\.r\.n|p\.o)\.?|(?:QD|BID|TID|QID|QHS|QOD|PRN|PO|bid|tid|qid|prn|po)(?![A-Za-z\d.][A-Za-z\d]|[A-Za-z\d-]))/,
    (match, place) =>
      aboutDose.test(before(place, 48)) ? doses[match[0].replaceAll(".", "").toLowerCase()] : undefined,
  ),
];
