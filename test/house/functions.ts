import { readFileSync } from "node:fs";
import { join } from "node:path/posix";
import { parseAst } from "rolldown/parseAst";
import { type Node, visit } from "./imports.ts";

/** A function, method or accessor with a body. */
export interface FunctionSize {
  /** Its file, from the root of the tree. */
  readonly file: string;
  /** Its own name, or that of what it is the value of; empty if it has none. */
  readonly name: string;
  /** From its first line to its last. */
  readonly lines: number;
}

/** The most lines of a function: what can be seen at once, and some. */
export const mostLines = 90;

/** The functions of one file of the tree. */
export function functionsOf(root: string, file: string): FunctionSize[] {
  return measureFunctions(file, readFileSync(join(root, file), "utf8"));
}

/** The functions in a source text, `file` being its file. One that stands within another counts for both. */
export function measureFunctions(file: string, source: string): FunctionSize[] {
  const found: FunctionSize[] = [];
  const names = new Map<unknown, string>();
  visit(parseAst(source, { lang: file.endsWith(".ts") ? "ts" : "js" }), (node) => {
    // Whoever has a name for its value is come by before that.
    const name = nameOf(node.id) ?? nameOf(node.key);
    if (name !== undefined) names.set(node.init ?? node.value, name);
    if (!/Function/.test(node.type) || !isNode(node.body)) return;
    const text = source.slice(node.start as number, node.end as number);
    found.push({ file, name: nameOf(node.id) ?? names.get(node) ?? "", lines: text.split("\n").length });
  });
  return found;
}

/**
 * What is wrong with the lengths of functions, in words. `allowed` has those that may be longer for now, as `file name`: it must
 * shrink, so that one that is not too long any more is named too.
 */
export function judgeFunctions(functions: readonly FunctionSize[], allowed: readonly string[]): string[] {
  const long = functions.filter(({ lines }) => lines > mostLines);
  const keyOf = ({ file, name }: FunctionSize) => `${file} ${name}`;
  const keys = new Set(long.map(keyOf));
  return [
    ...long
      .filter((one) => !allowed.includes(keyOf(one)))
      .map((one) => `${keyOf(one)} has ${one.lines} lines; the most is ${mostLines}: give its parts names`),
    ...allowed.filter((key) => !keys.has(key)).map((key) => `${key} is short enough: take it off the list`),
  ];
}

function nameOf(node: unknown): string | undefined {
  const name = (node as { name?: unknown } | null | undefined)?.name;
  return typeof name === "string" ? name : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof (value as Node | null | undefined)?.type === "string";
}
