import type { Rule, RuleTable } from "../rule.ts";

/*
 * Hundreds of rules may begin with a digit, but few of them can match what follows it. So the rules for a character are
 * also indexed by the characters after it, in a tree that grows as texts are read: each node holds the rules that may
 * still match after its characters. A second tree is used right after a digit, where most rules cannot begin. Both
 * trees grow up to a limit. Beyond it, more rules are tried in vain, but the rule that is chosen is always the same.
 */

/** A node of a search tree: the rules that may match a text with its characters, and its children by next character. */
interface Node {
  readonly rules: readonly Rule[];
  readonly next: Map<number, Node>;
}

/** With at most this many rules, trying each of them is faster than indexing them further. */
const few = 3;
/** The maximum depth of a search tree: the number of characters by which rules are indexed. */
const deepest = 5;
/** The maximum number of nodes per tree: enough for ordinary texts, in a few megabytes. */
const mostNodes = 16_384;

interface Tree {
  readonly roots: Map<string, Node>;
  readonly rootsAfterDigit: Map<string, Node>;
  size: number;
}

const trees = new WeakMap<RuleTable, Tree>();

function plant(table: RuleTable): Tree {
  const rooted = (mayStand: (rule: Rule) => boolean) =>
    new Map([...table].map(([c, rules]) => [c, { rules: rules.filter(mayStand), next: new Map<number, Node>() }]));
  return {
    roots: rooted(() => true),
    rootsAfterDigit: rooted(({ isNeverAfterDigit }) => isNeverAfterDigit !== true),
    size: 0,
  };
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/**
 * The rules in a table that may match at `index`, in the table's order: those for the character there, without those
 * that the characters after it rule out.
 */
export function rulesAt(table: RuleTable, text: string, index: number): readonly Rule[] {
  let tree = trees.get(table);
  if (tree === undefined) {
    tree = plant(table);
    trees.set(table, tree);
  }
  const roots = index > 0 && isDigit(text.charCodeAt(index - 1)) ? tree.rootsAfterDigit : tree.roots;
  let node = roots.get(text[index] ?? "");
  if (node === undefined) return [];
  for (let depth = 1; depth < deepest && node.rules.length > few && index + depth < text.length; depth++) {
    const code = text.charCodeAt(index + depth);
    // Half of a surrogate pair cannot exclude a rule, so the tree is not extended by it.
    if (code >= 0xd800 && code <= 0xdfff) break;
    let next: Node | undefined = node.next.get(code);
    if (next === undefined) {
      if (tree.size >= mostNodes) break;
      tree.size++;
      const beginning = text.slice(index, index + depth + 1);
      const rules: readonly Rule[] = node.rules.filter(({ mayBegin }) => mayBegin?.(beginning) ?? true);
      next = { rules: rules.length === node.rules.length ? node.rules : rules, next: new Map() };
      node.next.set(code, next);
    }
    node = next;
  }
  return node.rules;
}
