import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  parseDocument,
  type YAMLMap,
  type Scalar as YamlScalar,
} from "yaml";
import type { Origin, Problem } from "../problem.ts";
import type { Entry, Scalar, Tree } from "./tree.ts";

// The maximum depth of nesting, and the maximum number of values. No real config has more, so one that has is broken or
// malicious.
const mostDepth = 24;
const mostNodes = 20_000;

/** Parses YAML 1.2. All syntax errors are reported at once, and what can be read is still read. Never throws. */
export function parseTree(file: string, text: string): { tree: Tree; problems: Problem[] } {
  const lines = new LineCounter();
  // If the file has several YAML documents, only the first is read, and the second is reported as an error.
  const options = { lineCounter: lines, prettyErrors: false, logLevel: "silent", uniqueKeys: false } as const;
  const [document = parseDocument(text, options), ...others] = parseAllDocuments(text, options);
  const originAt = (offset: number): Origin => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const problems: Problem[] = [];
  const complain: Complain = (origin, path, message, remedy) =>
    void problems.push({ severity: "error", origin, path, message, remedy });
  // A tab in an indentation causes further errors from its line on: only the tab is reported.
  const tab = document.errors.length === 0 ? -1 : text.search(/^ *\t/m);
  const faults = tab < 0 ? document.errors : document.errors.filter(({ pos }) => lineAt(pos[0]) < lineAt(tab));
  for (const { pos, message } of faults)
    complain(originAt(pos[0]), "", `this is not valid YAML: ${message.split("\n")[0]}`, syntaxRemedy(message));
  if (tab >= 0)
    complain(
      originAt(tab),
      "",
      "this line is indented with a tab, which YAML does not allow",
      "Indent the line with spaces.",
    );

  for (const other of others.slice(0, 1))
    complain(
      originAt(other.range[0]),
      "",
      "a second YAML document begins here",
      "Keep one document: only the first line of a config may be `---`.",
    );

  const start: Origin = { file, line: 1, column: 1 };
  const tree = createNodeReader(document, originAt, complain)(document.contents, start, "", 0);
  if (tree.kind === "map") return { tree, problems };
  if (tree.kind !== "scalar" || tree.value !== null)
    complain(tree.origin, "", "a config must be a map of settings", "Write `setting: value`, one per line.");
  return { tree: { kind: "map", origin: start, entries: new Map() }, problems };
}

type Complain = (origin: Origin, path: string, message: string, remedy: string) => void;
/** Converts a YAML node to a `Tree`. `at` is the position to report if the node has none of its own. */
type ReadNode = (node: unknown, at: Origin, path: string, depth: number) => Tree;

/** Creates the function that reads a document's nodes, up to a maximum number of them. */
function createNodeReader(document: Document, originAt: (offset: number) => Origin, complain: Complain): ReadNode {
  let nodes = 0;
  const read: ReadNode = (node, at, path, depth) => {
    const target = isAlias(node) ? node.resolve(document) : (node as Node | null | undefined);
    if (isAlias(node) && target === undefined)
      complain(
        node.range === undefined || node.range === null ? at : originAt(node.range[0]),
        path,
        `the alias *${node.source} has no anchor`,
        `Write &${node.source} before the intended value, further up; or put a string that begins with * in quotes.`,
      );
    const offset = target?.range?.[0];
    const origin = offset === undefined ? at : originAt(offset);
    const nothing: Tree = { kind: "scalar", origin, value: null };
    if (++nodes > mostNodes || depth > mostDepth) {
      if (nodes <= mostNodes + 1)
        complain(
          origin,
          path,
          `this is nested more than ${mostDepth} levels deep, or the config has more than ${mostNodes} values`,
          "Write it without aliases (*name), each of which copies what it refers to, or nest it less deeply.",
        );
      nodes = Math.max(nodes, depth > mostDepth ? nodes : mostNodes + 1);
      return nothing;
    }
    if (isMap(target)) return { kind: "map", origin, entries: readEntries(target, origin, path, depth) };
    if (isSeq(target)) {
      const items = target.items.map((item, index) => read(item, origin, `${path}[${index}]`, depth + 1));
      return { kind: "list", origin, items };
    }
    if (!isScalar(target)) return nothing;
    return readScalar(target, origin);
  };

  const readEntries = (map: YAMLMap, origin: Origin, path: string, depth: number): Map<string, Entry> => {
    const entries = new Map<string, Entry>();
    for (const { key, value } of map.items) {
      const keyOffset = (key as Node | null)?.range?.[0];
      const keyOrigin = keyOffset === undefined ? origin : originAt(keyOffset);
      if (!isScalar(key) || key.value === null) {
        complain(keyOrigin, path, "a key must be a string", "Write it as `key: value`.");
        continue;
      }
      const name = String(key.value);
      const below = path === "" ? name : `${path}.${name}`;
      const earlier = entries.get(name)?.origin;
      if (earlier !== undefined && "line" in earlier)
        complain(
          keyOrigin,
          below,
          `${below} is set twice: line ${earlier.line} sets it too`,
          "Keep one, and move everything below both into it.",
        );
      entries.set(name, {
        origin: keyOrigin,
        value: read(value, keyOrigin, below, depth + 1),
      });
    }
    return entries;
  };

  return read;
}

function readScalar(target: YamlScalar, origin: Origin): Tree {
  const { value } = target;
  const known = value === null || ["string", "number", "bigint", "boolean"].includes(typeof value);
  return {
    kind: "scalar",
    origin,
    value: known ? (value as Scalar) : String(value),
    ...(typeof value === "number" && typeof target.source === "string" ? { source: target.source } : {}),
  };
}

/** What to do about a syntax error, judging by the message of the YAML parser. */
function syntaxRemedy(message: string): string {
  if (/Nested mappings|Implicit keys|compact mapping/i.test(message))
    return "Put a string that contains a colon in quotes, or start the next setting on a new line.";
  if (/Implicit map keys need to be followed by map values/.test(message)) return "Write `key: value`.";
  if (/flow|\bexpected\b.*[\]}]|must end with/i.test(message)) return "Close every [ with ] and every { with }.";
  if (/quote/i.test(message)) return "Close the quotation marks.";
  return /indent/i.test(message) ? "Indent it like the lines around it." : "Correct the line.";
}
