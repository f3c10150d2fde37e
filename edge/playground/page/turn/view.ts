import { createHighlighter } from "../captions/highlight.ts";
import { need, stamp } from "../dom.ts";
import { label, translate } from "../i18n/language.ts";
import { createRendered } from "../markdown/render.ts";
import { drawTimeline } from "./timeline-view.ts";
import { stateOf, type Turn } from "./turn.ts";

/** What a person can do with a turn. */
export interface TurnActions {
  /** Asks the same once more. */
  retry(): void;
}

/** A turn on the page. */
export interface TurnView {
  /** Its element. */
  readonly element: HTMLElement;
  /** Shows the turn as it is now; `blocked` says that the browser keeps its sound shut. */
  update(blocked: boolean): void;
  /** The page follows the voice no more. */
  stay(): void;
  /** Takes it off the page. */
  remove(): void;
}

/** Makes the view of a turn. */
export function createTurnView(turn: Turn, { retry }: TurnActions): TurnView {
  const element = stamp("turn");
  const answer = need(element, ".answer");
  const state = need(element, ".state-name");
  const rendered = createRendered(answer);
  const highlighter = createHighlighter();
  let shown = "";
  let drawnAtMs = 0;
  let follows = true;
  need(element, ".question-text").textContent = turn.question;
  need(element, ".retry").addEventListener("click", retry);
  const tools = need(element, ".tools");
  need(tools, ".copy").addEventListener("click", () => copy(need(tools, ".copy"), turn.written));
  answer.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest<HTMLElement>("figcaption button");
    const code = button?.closest("figure")?.querySelector("code")?.textContent;
    if (button && code) copy(button, code);
  });

  const light = () => {
    const now = stateOf(turn);
    if (now === "done" || now === "failed") highlighter.clear();
    else highlighter.show(rendered.pieces, turn.heard, now === "stopped" ? undefined : turn.caption);
  };

  return {
    element,
    update(blocked) {
      const now = stateOf(turn);
      const key = `${turn.written.length} ${turn.outcome}`;
      if (key !== shown) {
        rendered.update(turn.written, turn.outcome === undefined);
        answer.lang = languageOf(turn.written);
        shown = key;
      }
      const name = now === "thinking" && turn.reasons ? "state.reasoning" : (`state.${now}` as const);
      if (state.dataset.say !== name) label(state, name);
      element.dataset.state = now;
      element.dataset.blocked = String(blocked);
      element.dataset.heard = String(turn.heard);
      answer.ariaBusy = String(now === "thinking" || now === "writing");
      light();
      keepInView(highlighter.word);
      tools.hidden = turn.written === "" || turn.outcome === undefined;
      // Ten pictures a second are enough for bars that creep.
      if (element.dataset.state !== "speaking" || performance.now() - drawnAtMs > 100) {
        drawTimeline(need(element, ".timeline"), turn);
        drawnAtMs = performance.now();
      }
      drawNotes(need(element, ".notes"), turn);
      drawProblem(need(element, ".problem"), turn);
    },
    stay() {
      follows = false;
    },
    remove() {
      highlighter.clear();
      element.remove();
    },
  };

  // The page follows the voice, unless a person has scrolled away from it.
  function keepInView(word: Range | undefined): void {
    if (word === undefined || !follows) return;
    const { top, bottom, left, right } = word.getBoundingClientRect();
    const floor = need(document, ".dock").getBoundingClientRect().top - 24;
    if (bottom > floor) scrollBy({ top: top - innerHeight * 0.3, behavior: "smooth" });
    const frame = word.startContainer.parentElement?.closest<HTMLElement>(".table, pre");
    if (frame !== null && frame !== undefined) {
      const side = frame.getBoundingClientRect();
      if (right > side.right || left < side.left) frame.scrollBy({ left: left - side.left - 16, behavior: "smooth" });
    }
  }
}

function drawNotes(list: HTMLElement, { notes }: Turn): void {
  if (list.childElementCount === notes.size) return;
  list.replaceChildren(
    ...[...notes].map((note) => {
      const item = document.createElement("li");
      label(item, note);
      return item;
    }),
  );
}

function drawProblem(root: HTMLElement, { problem }: Turn): void {
  if (problem === undefined || !root.hidden) return;
  root.hidden = false;
  label(need(root, ".sentence"), problem.sentence);
  need(root, ".detail").textContent = problem.detail;
}

async function copy(button: HTMLElement, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Refused, or an insecure origin: the button stays as it was.
    return;
  }
  button.dataset.done = "";
  const before = button.dataset.sayTitle;
  button.dataset.sayTitle = "turn.copied";
  translate(button.parentElement as HTMLElement);
  setTimeout(() => {
    delete button.dataset.done;
    button.dataset.sayTitle = before;
    translate(button.parentElement as HTMLElement);
  }, 1500);
}

// Han characters are drawn differently from language to language: the answer says which it is.
function languageOf(text: string): string {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han * 4 > text.length ? "zh-CN" : "en";
}
