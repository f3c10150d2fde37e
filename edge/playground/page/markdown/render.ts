import { make, need, stamp } from "../dom.ts";
import { parseMarkdown } from "./blocks.ts";
import type { Block, Inline } from "./tree.ts";

/** A text node of the answer, and the position in the written text at which it begins. */
export interface Piece {
  readonly node: Text;
  readonly start: number;
}

/** An answer on the page, which can be rendered again as its text grows. */
export interface Rendered {
  /** Renders the text written so far; `live`: more text will come. Unchanged blocks keep their DOM elements. */
  update(written: string, live: boolean): void;
  /** The answer's text nodes, in order. */
  readonly pieces: readonly Piece[];
}

/** Renders an answer into `root`. The answer's text only ever becomes text nodes, so HTML in it has no effect. */
export function createRendered(root: HTMLElement): Rendered {
  let shown: { key: string; element: HTMLElement; pieces: Piece[] }[] = [];
  return {
    update(written, live) {
      const next = parseMarkdown(written, live).map((block, index) => {
        const key = JSON.stringify(block) + written.slice(block.start, block.end);
        const old = shown[index];
        if (old?.key === key) return old;
        const pieces: Piece[] = [];
        return { key, element: renderBlock(written, block, pieces), pieces };
      });
      for (const [index, { element }] of next.entries()) {
        const old = shown[index]?.element;
        if (old === undefined) root.append(element);
        else if (old !== element) old.replaceWith(element);
      }
      for (const { element } of shown.slice(next.length)) element.remove();
      shown = next;
    },
    get pieces() {
      return shown.flatMap(({ pieces }) => pieces);
    },
  };
}

function renderBlock(written: string, block: Block, pieces: Piece[]): HTMLElement {
  const inlines = (list: readonly Inline[]) => renderInlines(written, list, pieces);
  const blocks = (list: readonly Block[]) => list.map((inner) => renderBlock(written, inner, pieces));
  switch (block.kind) {
    case "paragraph":
      return make("p", "", ...inlines(block.inlines));
    case "heading":
      // The page's own headings rank above those of an answer, so the latter are lowered by two levels.
      return make(`h${Math.min(6, block.level + 2)}`, "", ...inlines(block.inlines));
    case "code": {
      const figure = stamp("code");
      const code = need(figure, "code");
      // Code wider than the page scrolls inside its frame, which can be focused so that the keyboard scrolls it too.
      need(figure, "pre").tabIndex = 0;
      // The language is an attribute: as text between two words, it would be covered by the caption highlight.
      need(figure, "figcaption").dataset.language = block.language;
      for (const [index, line] of block.lines.entries()) {
        if (index > 0) code.append("\n");
        code.append(textNode(written, line.start, line.end, pieces));
      }
      return figure;
    }
    case "list": {
      const items = block.items.map((item) => make("li", "", ...blocks(item)));
      const list = make(block.first === undefined ? "ul" : "ol", "", ...items);
      if (block.first !== undefined && block.first !== 1) list.setAttribute("start", String(block.first));
      return list;
    }
    case "quote":
      return make("blockquote", "", ...blocks(block.blocks));
    case "table": {
      const width = Math.max(...block.rows.map((cells) => cells.length));
      const row = (tag: string) => (cells: readonly (readonly Inline[])[]) => {
        const made = cells.map((cell, column) => make(tag, block.align[column] ?? "", ...inlines(cell)));
        while (made.length < width) made.push(make(tag, ""));
        return make("tr", "", ...made);
      };
      const head = make("thead", "", ...block.rows.slice(0, 1).map(row("th")));
      const body = make("tbody", "", ...block.rows.slice(1).map(row("td")));
      const frame = make("div", "table", make("table", "", head, body));
      frame.tabIndex = 0;
      return frame;
    }
    case "rule":
      return make("hr", "");
  }
}

function renderInlines(written: string, inlines: readonly Inline[], pieces: Piece[]): Node[] {
  return inlines.map((inline) => {
    switch (inline.kind) {
      case "text":
        return textNode(written, inline.start, inline.end, pieces);
      case "break":
        return make("br", "");
      case "code":
        return make("code", "", textNode(written, inline.start, inline.end, pieces));
      case "link": {
        const link = make("a", "", ...renderInlines(written, inline.children, pieces)) as HTMLAnchorElement;
        link.href = inline.href;
        link.target = "_blank";
        link.rel = "noopener noreferrer nofollow";
        return link;
      }
      default: {
        const tag = { strong: "strong", emphasis: "em", strike: "s" }[inline.kind];
        return make(tag, "", ...renderInlines(written, inline.children, pieces));
      }
    }
  });
}

function textNode(written: string, start: number, end: number, pieces: Piece[]): Text {
  const node = document.createTextNode(written.slice(start, end));
  pieces.push({ node, start });
  return node;
}
