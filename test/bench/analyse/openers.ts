import { usualOpenings } from "../../../infra/settings/openings.ts";
import { spokenSeconds } from "../../../infra/twins/sound/speaker.ts";

/**
 * What says nothing yet: a reply may begin with it to be heard sooner, so the time to the first sound that informs is
 * told apart. Compared without marks, spaces and case.
 */
const openers = new Set([
  ...Object.values(usualOpenings).flat().map(bare),
  ...(
    "好 好的 好嘞 好呀 行 没问题 当然 当然可以 可以 可以的 明白 明白了 收到 嗯 是的 对 对的 没错 您好 你好 不客气 抱歉 很抱歉 不好意思 稍等 请稍等 " +
    "sure|okay|ok|of course|certainly|absolutely|no problem|got it|all right|alright|yes|right|great question|good question|hello|hi|sorry|i'm sorry|" +
    "you're welcome|my pleasure|thanks|thank you|well|let me see|let me think"
  ).split(/ (?=\p{Script=Han})|(?<=\p{Script=Han}) |\|/u),
]);

/**
 * Seconds of a text's speech before it says something: of the openers that it begins with; all of it if it is nothing
 * else.
 */
export function openerSeconds(text: string): number {
  let opening = "";
  for (const clause of text.split(/(?<=[\p{P}\n](?![\p{L}\p{N}])|[，。！？、；：,!?])/u)) {
    if (!openers.has(bare(clause)) && bare(clause) !== "") return spokenSeconds(opening);
    opening += clause;
  }
  return Number.POSITIVE_INFINITY;
}

function bare(clause: string): string {
  return clause
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/[^\p{L}\p{N}' ]/gu, "")
    .trim();
}
