import { after, before, type Rule, rule } from "../../rule.ts";
import { counting } from "../number.ts";

/** Prescription shorthand for how often a medicine is taken, such as "bid", with its spoken form. */
const often: Readonly<Record<string, string>> = {
  qd: "每日一次",
  bid: "每日两次",
  tid: "每日三次",
  qid: "每日四次",
  qn: "每晚一次",
  prn: "必要时",
};

/** Matches words about medicine: near them, "bid" means "twice a day" and is not the English word. */
const medicine = /\d\s?(?:m?g|ml|mL|IU|U|片|粒|滴|支|袋|丸|包)|口服|外用|静滴|肌注|饭[前后]|餐[前后]|用药|胶囊/;

/** Rules for the abbreviations in prescriptions, such as q8h (every 8 hours). */
export const doseRules: readonly Rule[] = [
  rule(
    "interval between doses, such as q8h",
    "qQ",
    /(?<![A-Za-z])[qQ](\d{1,2})([hd])(?![A-Za-z\d])/,
    (match, place) => {
      const [, count = "", unit] = match;
      if (!medicine.test(before(place, 24) + after(match, 12))) return undefined;
      return `每${count === "1" ? "" : counting(count)}${unit === "h" ? "小时" : "天"}一次`;
    },
  ),
  rule(
    "abbreviated times to take a dose, such as BID",
    "qbtpQBTP",
    /(?<![A-Za-z])(?:qd|bid|tid|qid|qn|prn|QD|BID|TID|QID|QN|PRN)(?![A-Za-z]|\s?价)/,
    (match, place) => (medicine.test(before(place, 24) + after(match, 12)) ? often[match[0].toLowerCase()] : undefined),
  ),
];
