import type { Report } from "./report.ts";

/** Writes a report as one page. */
export function toHtml(report: Report): string {
  return report.scenario;
}
