import type { Player } from "./audio/player.ts";
import { make, need } from "./dom.ts";
import { label } from "./i18n/language.ts";
import type { Key } from "./i18n/strings.ts";
import type { TurnActions } from "./turn/controls.ts";
import { isRunning, type Turn } from "./turn/turn.ts";
import { createTurnView, type TurnView } from "./turn/view.ts";

/** What the visible conversation (`Stage`) needs from the rest of the page. */
export interface StageOptions {
  readonly player: Player;
  /** Called before each redraw, to record in each turn how far its audio has been heard. */
  follow(): void;
  /** The functions that the buttons of a turn call. */
  readonly actions: TurnActions;
  /** Called after each redraw; `newest` is the last turn, if there is one. */
  onDrawn(newest: Turn | undefined): void;
}

/** The visible conversation: redraws what has changed, at most once per frame. */
export interface Stage {
  /** Shows exactly these turns, in this order; a new question scrolls to the top of the window. */
  show(turns: readonly Turn[]): void;
  /** Shows a notice about the conversation, before a turn or below the last one; undefined removes the notice. */
  tell(sentence: Key | undefined, before?: Turn): void;
  /** Redraws a turn in the next frame; by default the newest. */
  draw(turn?: Turn): void;
  /** Redraws all turns in the next frame. */
  drawAll(): void;
}

/** Wires up the page's `#turns` element. */
export function createStage({ player, follow, actions, onDrawn }: StageOptions): Stage {
  const root = need(document, "#turns");
  const views = new Map<Turn, TurnView>();
  const changed = new Set<Turn>();
  const news = aside("news");
  news.role = "status";
  const earlier = aside("earlier");
  label(earlier, "session.earlier");
  let newest: Turn | undefined;
  let waiting = false;

  const paint = () => {
    waiting = false;
    follow();
    for (const turn of changed) views.get(turn)?.update(turn === newest && player.blocked);
    changed.clear();
    onDrawn(newest);
  };
  const draw = (turn = newest) => {
    if (turn !== undefined) changed.add(turn);
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(paint);
  };
  const viewOf = (turn: Turn): TurnView => {
    const view = views.get(turn) ?? createTurnView(turn, actions);
    views.set(turn, view);
    return view;
  };

  // A user who scrolls wants to read undisturbed, so the page stops scrolling along with the voice.
  for (const gesture of ["wheel", "touchmove"] as const)
    addEventListener(gesture, () => newest !== undefined && views.get(newest)?.stay(), { passive: true });

  return {
    show(turns) {
      for (const [turn, view] of views)
        if (!turns.includes(turn)) {
          view.remove();
          views.delete(turn);
        }
      const before = newest;
      newest = turns.at(-1);
      // Elements already in place are not moved, since moving them would take the keyboard focus away.
      let last: Element | undefined;
      for (const { element } of turns.map(viewOf)) {
        const next = last === undefined ? root.querySelector(".turn") : nextTurn(last);
        if (next === null) root.append(element);
        else if (next !== element) next.before(element);
        last = element;
      }
      const lastEarlier = turns.findLast((turn) => turn.recalled && !isRunning(turn));
      if (lastEarlier === undefined) earlier.remove();
      else viewOf(lastEarlier).element.after(earlier);
      document.body.dataset.empty = String(turns.length === 0);
      for (const turn of turns) draw(turn);
      if (newest !== undefined && newest !== before) {
        if (newest.recalled) root.lastElementChild?.scrollIntoView({ block: "end" });
        else viewOf(newest).element.scrollIntoView({ block: "start" });
      }
      draw();
    },
    tell(sentence, before) {
      if (sentence === undefined) return news.remove();
      label(news, sentence);
      const turn = before && views.get(before);
      if (turn === undefined) root.append(news);
      else turn.element.before(news);
    },
    draw,
    drawAll() {
      for (const turn of views.keys()) draw(turn);
    },
  };
}

function aside(kind: string): HTMLElement {
  return make("p", `aside ${kind}`);
}

/** The element of the next turn after this element, skipping notices in between; null if no turn follows. */
function nextTurn(element: Element): Element | null {
  let next = element.nextElementSibling;
  while (next !== null && !next.classList.contains("turn")) next = next.nextElementSibling;
  return next;
}
