import { globSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path/posix";
import { parseAst } from "rolldown/parseAst";

/**
 * One import of a file, however it is written: a declaration, a re-export, `import()`, `require()` or an import type.
 */
export interface Import {
  /** The file that imports, from the root of the tree. */
  from: string;
  /** A file of the tree, from its root; else the npm package's or Node module's specifier as written. */
  to: string;
  /** Whether it is gone at run time. */
  typeOnly: boolean;
}

/** What an import without a literal leads to: no table can judge it. */
export const computed = "(computed)";

/** Every hand-written source file, from the root of the tree. */
export function sourceFiles(root: string): string[] {
  return globSync("{services,edge,infra,test}/**/*.{ts,js,mjs}", { cwd: root })
    .filter((file) => !/\/(?:gen|node_modules|\.out)\//.test(file))
    .sort();
}

/** The imports of one file of the tree. That each leads somewhere is the compiler's business. */
export function importsOf(root: string, from: string): Import[] {
  return parseImports(from, readFileSync(join(root, from), "utf8"));
}

/** The imports in a source text, `from` being its file. */
export function parseImports(from: string, source: string): Import[] {
  const imports: Import[] = [];
  const add = (specifier: unknown, typeOnly: boolean) => {
    const to =
      typeof specifier !== "string" ? computed : /^\.{0,2}\//.test(specifier) ? resolve(from, specifier) : specifier;
    imports.push({ from, to, typeOnly });
  };
  visit(parseAst(source, { lang: from.endsWith(".ts") ? "ts" : "js" }), (node) => {
    const specifier = (node.source as { value?: unknown } | null | undefined)?.value;
    if (node.type === "ImportDeclaration") add(specifier, node.importKind === "type");
    if (node.type === "ExportNamedDeclaration" && node.source !== null) add(specifier, node.exportKind === "type");
    if (node.type === "ExportAllDeclaration") add(specifier, node.exportKind === "type");
    if (node.type === "ImportExpression") add(specifier, false);
    // What createRequire of node:module makes is called so, which loads at once what an import() would load later.
    if (node.type === "CallExpression" && (node.callee as { name?: unknown }).name === "require")
      add((node.arguments as { value?: unknown }[])[0]?.value, false);
    if (node.type === "TSImportType") add(specifier, true);
  });
  return imports;
}

/** True for what `importsOf` found inside the tree. */
export function isFileOfTree(to: string): boolean {
  return /^(?:services|edge|infra|test)\//.test(to);
}

/**
 * A chain of files in which each imports the next, be it a value or a type, and the last the first; undefined if there
 * is none.
 */
export function findCycle(imports: readonly Import[]): string[] | undefined {
  const next = Map.groupBy(
    imports.filter(({ to }) => isFileOfTree(to)),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const walk = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { to } of next.get(file) ?? []) {
      const cycle = walk(to, [...path, file]);
      if (cycle !== undefined) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const cycle = walk(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

function resolve(from: string, specifier: string): string {
  return normalize(join(from, "..", specifier));
}

/** A node of a parsed file. */
export type Node = { type: string } & Record<string, unknown>;

/** Shows all nodes of a tree, each before those below it. */
export function visit(value: unknown, see: (node: Node) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see);
    return;
  }
  if ("type" in value && typeof value.type === "string") see(value as Node);
  for (const child of Object.values(value)) visit(child, see);
}
