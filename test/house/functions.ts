import { readFileSync } from "node:fs";
import { join } from "node:path/posix";
import { parseAst } from "rolldown/parseAst";
import { type Node, visit } from "./imports.ts";

/** A function, method or accessor with a body. */
export interface FunctionSize {
  /** Its file, from the root of the tree. */
  readonly file: string;
  /** Its own name, or that of the variable or property it is assigned to; empty if there is none. */
  readonly name: string;
  /** From its first line to its last. */
  readonly lines: number;
}

/** The maximum number of lines of a function: about what fits on a screen. */
export const mostLines = 90;

/** The functions of one file of the tree. */
export function functionsOf(root: string, file: string): FunctionSize[] {
  return measureFunctions(file, readFileSync(join(root, file), "utf8"));
}

/** The functions in the source text of `file`. A nested function also counts towards the one around it. */
export function measureFunctions(file: string, source: string): FunctionSize[] {
  const found: FunctionSize[] = [];
  const names = new Map<unknown, string>();
  visit(parseAst(source, { lang: file.endsWith(".ts") ? "ts" : "js" }), (node) => {
    // A variable or property is visited before its value.
    const name = nameOf(node.id) ?? nameOf(node.key);
    if (name !== undefined) names.set(node.init ?? node.value, name);
    if (!/Function/.test(node.type) || !isNode(node.body)) return;
    const text = source.slice(node.start as number, node.end as number);
    found.push({ file, name: nameOf(node.id) ?? names.get(node) ?? "", lines: text.split("\n").length });
  });
  return found;
}

/**
 * Describes which functions are too long. `allowed` lists those that may be for now, as `file name`; an entry that is
 * no longer needed is a fault too, so that the list shrinks.
 */
export function judgeFunctions(functions: readonly FunctionSize[], allowed: readonly string[]): string[] {
  const long = functions.filter(({ lines }) => lines > mostLines);
  const keyOf = ({ file, name }: FunctionSize) => `${file} ${name}`;
  const keys = new Set(long.map(keyOf));
  return [
    ...long
      .filter((one) => !allowed.includes(keyOf(one)))
      .map((one) => `${keyOf(one)} has ${one.lines} lines; the most is ${mostLines}: split it`),
    ...allowed.filter((key) => !keys.has(key)).map((key) => `${key} is short enough: remove it from the list`),
  ];
}

function nameOf(node: unknown): string | undefined {
  const name = (node as { name?: unknown } | null | undefined)?.name;
  return typeof name === "string" ? name : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof (value as Node | null | undefined)?.type === "string";
}
