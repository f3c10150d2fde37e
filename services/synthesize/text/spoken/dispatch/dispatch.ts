import type { Rule, RuleTable } from "../rule.ts";

/*
 * A digit begins a hundred rules, of which few can match what stands after it. So the rules of a character are sorted further by the
 * characters after it, as texts bring them: a tree, the nodes of which hold the rules that may still match after its characters. Right after a
 * digit, where most of them cannot begin, it is another tree. Both grow to a bound, past which a longer list is tried in vain, but no other rule is ever chosen.
 */

/** The rules that may match what begins with some characters, and the nodes of what goes on with one more. */
interface Node {
  readonly rules: readonly Rule[];
  readonly next: Map<number, Node>;
}

/** So few rules are sooner tried than sorted. */
const few = 3;
/** How many characters are looked at. */
const deepest = 5;
/** How many nodes the tree of a table has at most: all that ordinary texts need, in a few megabytes. */
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

/** The rules of a table that may match at a place, in their order; `table.get` without those that cannot. */
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
    // Half of a character tells nothing.
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
