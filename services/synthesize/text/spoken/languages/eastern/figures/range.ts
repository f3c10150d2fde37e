import type { Place, Reading } from "../../../rule.ts";
import type { EasternTongue } from "../tongue.ts";
import type { Amount, AmountReader } from "./amount.ts";

const dash = /\s?[-–—−~～〜]\s?/y;

/**
 * Reads two amounts with a dash between them as a range, as numbers of an address, or as the result of a game.
 * The first amount has been read already and is given.
 */
export function readRange(
  tongue: EasternTongue,
  reader: AmountReader,
  { text, index }: Place,
  from: Amount,
): Reading | undefined {
  dash.lastIndex = from.end;
  const mark = dash.exec(text)?.[0] ?? "";
  if (mark === "" || (/[-−]/.test(mark) && /[=×÷+]/.test(text))) return undefined;
  const to = reader.amountAt(text, from.end + mark.length);
  if (to === undefined || isDifference(text, mark, from, to)) return undefined;
  const { end } = to;
  if (isAddress(mark, from, to))
    return {
      spoken: [from.spoken, tongue.beside.parts, tongue.cardinal(to.number), to.of].join(tongue.join),
      end,
    };
  if (goesDown(mark, from, to) && to.of === "" && !/計算|引|계산|빼|차이/.test(around(text, index, end)))
    return { spoken: tongue.ratio(from.spoken, to.spoken), end };
  const few = from.of === "" ? tongue.few?.(text.slice(index, from.end), to.number, to.of) : undefined;
  if (few !== undefined) return { spoken: few, end };
  const first =
    from.of === "" && to.of !== "" ? from.as(to.of.replace(/(?<=^인)[용분실승]$|(?<=^[일년주])간$/, "")) : from.spoken;
  return { spoken: tongue.range(first, to.spoken), end };
}

const around = (text: string, index: number, end: number): string => text.slice(Math.max(0, index - 12), end + 12);

/** Whether the text after two numbers states their difference: "10-4는 6". */
const isDifference = (text: string, mark: string, from: Amount, to: Amount): boolean =>
  /^[-−]$/.test(mark) && from.of === "" && to.of === "" && /^(?:은|는|は)\s?\d/.test(text.slice(to.end, to.end + 4));

/** Whether two numbers without units, joined by a hyphen, descend as in `5-3`, so that they are not a range. */
const goesDown = (mark: string, from: Amount, to: Amount): boolean =>
  mark === "-" && from.of === "" && /^\d{1,3}$/.test(from.number) && Number(to.number) < Number(from.number);

/** Whether two numbers with a dash between them are one address or label: "3-1番地", "9-1번 칸". */
const isAddress = (mark: string, from: Amount, to: Amount): boolean =>
  mark === "-" &&
  from.of === "" &&
  (/^(?:번지|番地)$/.test(to.of) || (goesDown(mark, from, to) && /^(?:번|호|番|号)$/.test(to.of)));
