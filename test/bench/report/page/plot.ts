import { escapeText } from "./text.ts";

/** A line of a plot. */
export interface Line {
  readonly name: string;
  /** Its place among the colours, the same in every plot. */
  readonly color: number;
  readonly dashed: boolean;
  readonly points: readonly { readonly x: string; readonly y: number }[];
}

/** A plot. Its x values are loads: they stand side by side, however far apart they are. */
export interface Plot {
  readonly title: string;
  readonly unit: string;
  readonly xs: readonly string[];
  readonly lines: readonly Line[];
  /** Powers of ten evenly spaced: latencies of ways that differ by a factor of fifty. */
  readonly logarithmic: boolean;
}

const size = { width: 560, height: 300, left: 56, right: 150, top: 34, bottom: 34 };

/** Draws a plot as SVG that needs nothing from outside. */
export function drawPlot({ title, unit, xs, lines, logarithmic }: Plot): string {
  const { width, height, left, right, top, bottom } = size;
  const ys = lines.flatMap(({ points }) => points.map(({ y }) => y)).filter((y) => !logarithmic || y > 0);
  const ticks = logarithmic ? logTicks(ys) : evenTicks(ys);
  const [least, most] = [ticks[0] as number, ticks.at(-1) as number];
  const scale = logarithmic ? Math.log : (value: number) => value;
  const toY = (y: number) => {
    const share = (scale(Math.max(y, least)) - scale(least)) / (scale(most) - scale(least) || 1);
    return height - bottom - share * (height - top - bottom);
  };
  const toX = (x: string) => left + ((xs.indexOf(x) + 0.5) / xs.length) * (width - left - right);

  const grid = ticks.map(
    (tick) =>
      `<line class="grid" x1="${left}" x2="${width - right}" y1="${round(toY(tick))}" y2="${round(toY(tick))}"/>` +
      `<text class="tick end" x="${left - 6}" y="${round(toY(tick) + 4)}">${tick}</text>`,
  );
  const loads = xs.map((x) => `<text class="tick mid" x="${round(toX(x))}" y="${height - 12}">${escapeText(x)}</text>`);
  const drawn = lines.map(({ name, color, dashed, points }, index) => {
    const path = points.map(({ x, y }) => `${round(toX(x))},${round(toY(y))}`).join(" ");
    const dots = points.map(
      ({ x, y }) =>
        `<circle cx="${round(toX(x))}" cy="${round(toY(y))}" r="3"><title>${escapeText(`${name}, ${x}: ${round(y)} ${unit}`)}</title></circle>`,
    );
    const key = top + 10 + index * 16;
    return (
      `<g class="c${color}${dashed ? " dashed" : ""}"><polyline points="${path}"/>${dots.join("")}` +
      `<line x1="${width - right + 10}" x2="${width - right + 30}" y1="${key}" y2="${key}"/>` +
      `<text class="key" x="${width - right + 36}" y="${key + 4}">${escapeText(name)}</text></g>`
    );
  });
  return (
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeText(title)}">` +
    `<text class="title" x="${left}" y="18">${escapeText(`${title}, ${unit}`)}</text>${grid.join("")}${loads.join("")}${drawn.join("")}</svg>`
  );
}

/** 1, 2 and 5 of each power of ten around the values. */
export function logTicks(ys: readonly number[]): number[] {
  if (ys.length === 0) return [1, 10];
  const [least, most] = [Math.min(...ys), Math.max(...ys)];
  const all = Array.from({ length: 24 }, (_, at) => [1, 2, 5].map((digit) => digit * 10 ** (at - 6))).flat();
  const from = all.findLastIndex((tick) => tick <= least);
  const to = all.findIndex((tick) => tick >= most);
  const ticks = all.slice(Math.max(0, from), to + 1);
  return (ticks.length > 1 ? ticks : [...ticks, (ticks[0] ?? 1) * 2]).map((tick) => Number(tick.toPrecision(3)));
}

/** Some four round steps from 0. */
export function evenTicks(ys: readonly number[]): number[] {
  const most = Math.max(0, ...ys);
  if (most === 0) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(most / 4));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((step) => step * 5 >= most) as number;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, at) => Number((at * step).toPrecision(3)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
