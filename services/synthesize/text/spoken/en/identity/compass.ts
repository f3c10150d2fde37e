import { after, before, type Rule, rule } from "../../rule.ts";

/** The names of compass directions, keyed by abbreviation. */
export const compass: Readonly<Record<string, string>> = {
  N: "north",
  S: "south",
  E: "east",
  W: "west",
  NE: "northeast",
  NW: "northwest",
  SE: "southeast",
  SW: "southwest",
  NNE: "north northeast",
  NNW: "north northwest",
  SSE: "south southeast",
  SSW: "south southwest",
  ENE: "east northeast",
  ESE: "east southeast",
  WNW: "west northwest",
  WSW: "west southwest",
};

const letters = "([NS]{1,2}[EW]|[NSEW]|[EW][NS][EW])(?![A-Za-z\\d'’&]|\\.[A-Za-z]|-[A-Za-z])";
/** Matches words about wind and travel before a compass abbreviation: "out of the SW", "heading NE", "winds N". */
const wayBefore =
  /(?:\b(?:[Oo]ut of|from|to|towards?|in|on|at) the|\b(?:[Hh]ead(?:s|ed|ing)?|[Ff]ac(?:e|es|ing)|[Gg]o(?:es|ing)?|[Dd]rive|[Ww]alk|[Tt]ravel(?:s|ing)?|[Cc]ontinue|[Mm]ov(?:e|es|ing)|[Tt]urn|[Bb]lowing|[Ss]hift(?:s|ing)?|[Bb]ecoming|[Bb]earing|[Dd]ue|[Ww]inds?|[Bb]reeze|[Gg]usts?)(?: (?:from|to|out of|to the|from the|toward the|light|is|are|:))?|\b(?:miles?|mi\.?|km|kilometers?|blocks?|feet|ft\.?|yards|degrees|minutes|min)|°|°\s?\d+['′])\s$/;
/** Matches words after a compass abbreviation: "SW winds", "the NE corner", "N of town". */
const wayAfter =
  /^\s(?:winds?|breezes?|gusts?|gales?|swell|corner|side|end|edge|entrance|exit|wing|wall|tower|slope|face|coast|shore|bank|quadrant|of (?:the|town|here|downtown|[A-Z]\w*))\b|^\s(?:at |around )?\d+(?:\s?(?:to|[-–])\s?\d+)?\s?(?:mph|kph|km\/h|kts?|knots|kn|m\/s)\b/;

/** Rules for abbreviated compass directions in descriptions of winds and routes. */
export const compassRules: readonly Rule[] = [
  rule(
    "compass direction of a wind or route",
    "NSEW",
    new RegExp(`(?<![A-Za-z.\\d'’&-])${letters}`),
    (match, place) => {
      const said = compass[match[1] ?? ""];
      const left = before(place, 28);
      const single = match[0].length === 1;
      const way = wayBefore.test(left) && !(single && /\b(?:to|in|on|at) the\s$/.test(left));
      return way || wayAfter.test(after(match, 24)) ? said : undefined;
    },
  ),
];
