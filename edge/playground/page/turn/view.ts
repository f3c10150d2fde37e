import { createHighlighter } from "../captions/highlight.ts";
import { need, stamp } from "../dom.ts";
import { label } from "../i18n/language.ts";
import { createRendered } from "../markdown/render.ts";
import { copy, createControls, type TurnActions } from "./controls.ts";
import { createTimelineView } from "./timeline-view.ts";
import { isRunning, stateOf, type Turn } from "./turn.ts";

/** The view of one turn on the page. */
export interface TurnView {
  /** The turn's element on the page. */
  readonly element: HTMLElement;
  /** Redraws the turn; `blocked` means that the browser blocks audio, so that the turn cannot be heard. */
  update(blocked: boolean): void;
  /** Stops scrolling along with the voice. */
  stay(): void;
  /** Removes the view from the page. */
  remove(): void;
}

/** Makes the view of a turn. */
export function createTurnView(turn: Turn, actions: TurnActions): TurnView {
  const element = stamp("turn");
  const answer = need(element, ".answer");
  const state = need(element, ".state-name");
  const rendered = createRendered(answer);
  const highlighter = createHighlighter();
  const drawControls = createControls(element, turn, actions);
  const drawTimeline = createTimelineView(element, turn);
  let shown = "";
  let stateShown = "";
  let drawnAtMs = 0;
  let follows = true;
  const question = need(element, ".question");
  question.hidden = turn.question === "";
  need(question, ".question-text").textContent = turn.question;
  need(element, ".said").hidden = !turn.spoken;
  need(element, ".correct").addEventListener("click", () => actions.correct(turn));
  answer.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest<HTMLElement>("figcaption button");
    const code = button?.closest("figure")?.querySelector("code")?.textContent;
    if (button && code) copy(button, code);
  });

  const light = () => {
    const now = stateOf(turn);
    const isSettled = now === "done" || now === "failed";
    if (isSettled) highlighter.clear();
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
      const name = nameOf(turn);
      if (state.dataset.say !== name) label(state, name);
      element.dataset.state = now;
      element.dataset.blocked = String(blocked);
      element.dataset.heard = String(turn.heard);
      // An answer that was stopped is shown as partly heard, even while it is being replayed.
      element.dataset.partly = String(turn.outcome === "stopped");
      answer.ariaBusy = String(now === "thinking" || now === "writing");
      light();
      drawControls(now);
      // While the turn is speaking, its bars are redrawn only ten times a second: they move slowly.
      if (now !== "speaking" || performance.now() - drawnAtMs > 100) {
        drawTimeline();
        drawnAtMs = performance.now();
      }
      drawNotes(need(element, ".notes"), turn);
      drawProblem(need(element, ".problem"), turn);
      keepInView(highlighter.word);
      if (now !== stateShown && !turn.recalled) keepFooterInView();
      stateShown = now;
    },
    stay() {
      follows = false;
    },
    remove() {
      highlighter.clear();
      element.remove();
    },
  };

  // Scrolls so that the word being spoken stays in view, unless the user has scrolled.
  function keepInView(word: Range | undefined): void {
    if (word === undefined || !follows) return;
    const { top, bottom, left, right } = word.getBoundingClientRect();
    if (bottom > floor()) scrollBy({ top: top - innerHeight * 0.3, behavior: "smooth" });
    const frame = word.startContainer.parentElement?.closest<HTMLElement>(".table, pre");
    if (frame !== null && frame !== undefined) {
      const side = frame.getBoundingClientRect();
      if (right > side.right || left < side.left) frame.scrollBy({ left: left - side.left - 16, behavior: "smooth" });
    }
  }

  // Keeps the buttons of a short answer from being hidden behind the dock, the bar with the text field.
  function keepFooterInView(): void {
    const { bottom } = need(element, "footer").getBoundingClientRect();
    const { top } = element.getBoundingClientRect();
    const over = bottom - floor();
    if (follows && over > 0 && top - over > 0) scrollBy({ top: over, behavior: "smooth" });
  }
}

/** The distance in pixels from the top of the window to the dock (the bar with the text field), less a margin. */
function floor(): number {
  return need(document, ".dock").getBoundingClientRect().top - 24;
}

/** The key of the message that names a turn's state. */
function nameOf(turn: Turn) {
  const now = stateOf(turn);
  if (turn.recalled && isRunning(turn)) return "state.elsewhere";
  if (now === "thinking" && turn.reasons) return "state.reasoning";
  if (now === "stopped" && turn.heard >= turn.written.length) return "state.stoppedAtEnd";
  return now === "stopped" && turn.heard === 0 ? "state.unheard" : (`state.${now}` as const);
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

// The same Han characters are drawn differently in Chinese and Japanese, so the answer states its own language.
function languageOf(text: string): string {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return "ja";
  return han * 4 > text.length ? "zh-CN" : "en";
}
