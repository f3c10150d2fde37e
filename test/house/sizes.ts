import { dirname } from "node:path/posix";

/** A hand-written source file and its length. */
export interface SourceFile {
  /** Its path from the root of the tree. */
  readonly file: string;
  readonly lines: number;
}

/** The most files that a folder shows beside each other: what a stranger takes in at a glance. */
const mostInFolder = 13;
/** Lengths in lines: of the middle file, of the longest but for one in twenty, and of the longest. */
const mostLines = { median: 90, p95: 230, longest: 280 };

/** What is too large, in words: folders, single files, and files on the whole. Empty if nothing is. */
export function judgeSizes(files: readonly SourceFile[]): string[] {
  const faults: string[] = [];
  for (const [folder, inside] of Map.groupBy(files, ({ file }) => dirname(file)))
    if (inside.length > mostInFolder)
      faults.push(`${folder} has ${inside.length} files; the most is ${mostInFolder}: part it into rooms`);
  const sorted = files.toSorted((a, b) => a.lines - b.lines);
  for (const { file, lines } of sorted)
    if (lines > mostLines.longest) faults.push(`${file} has ${lines} lines; the most is ${mostLines.longest}`);
  for (const [what, share] of [
    ["median", 0.5],
    ["p95", 0.95],
  ] as const) {
    const at = sorted[Math.ceil(share * sorted.length) - 1];
    if (at !== undefined && at.lines > mostLines[what])
      faults.push(`the ${what} of all files is ${at.lines} lines (${at.file}); the most is ${mostLines[what]}`);
  }
  return faults;
}
