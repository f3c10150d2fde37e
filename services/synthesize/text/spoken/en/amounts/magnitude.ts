import { after, before, digitStarts, type Rule, rule } from "../../rule.ts";
import { placeCue } from "../identity/cue.ts";
import { cardinal, number } from "../number.ts";

const names: Readonly<Record<string, string>> = {
  k: "thousand",
  K: "thousand",
  m: "million",
  M: "million",
  B: "billion",
  T: "trillion",
};

/** Matches text after a number which shows that the number is a count or an amount: "5K users", "2M in sales". */
const countedAfter =
  /^\+?\s(?:(?:mi|km|ly|sq|lbs?|tons?)\b|(?:[a-z-]+\s){0,2}?(?:[a-z]+(?:s|people|men|women|children|data)\b|people\b))/;
const amountBefore =
  /\b(?:about|around|over|nearly|almost|roughly|approximately|under|than|least|most|some|to|with|has|had|have|reached?|hit|hits|passed|exceeded|gained|lost|raised|sold|worth|of|between|and|from|by)\s$/i;

/**
 * Rules for numbers with a letter for thousands, millions and so on: "1.2K comments", "1.5M users", "3B people". The
 * letter may also be part of a size or a name: "4K", "7B".
 */
export const magnitudeRules: readonly Rule[] = [
  rule(
    "number with K, M, B or T for thousands or more",
    digitStarts,
    /(?<![\d.,$€£¥₹A-Za-z-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)([kKMBT])(?![A-Za-z\d]|-[A-Za-z])(\+?)/,
    (match, place) => {
      const [, n = "", letter = "", plus = ""] = match;
      const following = after(match, 24);
      const end = plus === "" ? "" : " plus";
      if (placeCue.test(before(place, 24))) return undefined;
      const counted =
        countedAfter.test(following) &&
        !/^\s(?:resistors?|races?|runs?|TVs?|videos?|screens?|displays?|models?|monitors?|parameters? models?)\b/.test(
          following,
        );
      const resistance =
        /^\s(?:resist|pull-?up|potentiometer|ohm)/.test(following) ||
        /\bresist[a-z]*\b/.test(before(place, 24) + following);
      if (letter === "k" || letter === "K") {
        if (resistance) return `${number(n)} K`;
        if (counted || n.includes(",") || (n.includes(".") && Number(n) !== 2.5)) return `${number(n)} thousand${end}`;
        return Number(n) < (letter === "k" ? 10 : 100) ? `${number(n)} K${end}` : `${number(n)} thousand${end}`;
      }
      if (letter === "T" && /MRI|scanner|magnet|field|tesla/i.test(following + before(place, 24))) return undefined;
      if (/^\s(?:SSD|HDD|drive|disk|storage|model|param)/.test(following))
        return /^\sparam/.test(following) ? `${number(n)} ${names[letter]}${end}` : undefined;
      if (n.includes(".") && letter !== "B") return `${number(n)} ${names[letter]}${end}`;
      if (
        letter === "B" &&
        !counted &&
        !(n.includes(".") && (amountBefore.test(before(place, 16)) || /^\s(?:in|a|of|for)\b/.test(following)))
      )
        return undefined;
      if (counted || plus !== "") return `${number(n)} ${names[letter]}${end}`;
      return letter === "M" && amountBefore.test(before(place, 16)) ? `${number(n)} million${end}` : undefined;
    },
  ),
  rule(
    "times per day, week or other period",
    digitStarts,
    /(?<![\d.])(\d+)\s?[x×](?=\s?(?:\/|an?\s|per\s|daily|weekly|monthly|each))\s?(?:\/\s?(day|week|month|hour|year|wk|mo))?/,
    ([, n = "", each]) => {
      const times = n === "1" ? "once" : n === "2" ? "twice" : `${cardinal(n)} times`;
      const share = each === "wk" ? "week" : each === "mo" ? "month" : each;
      return share === undefined ? times : `${times} per ${share}`;
    },
  ),
];
