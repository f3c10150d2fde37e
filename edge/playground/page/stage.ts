import type { Player } from "./audio/player.ts";
import { need } from "./dom.ts";
import type { Turn } from "./turn/turn.ts";
import { createTurnView, type TurnView } from "./turn/view.ts";

/** What the stage needs of the rest of the page. */
export interface StageOptions {
  readonly player: Player;
  /** Brings the newest turn up to what is heard now; called before every picture. */
  follow(): void;
  /** Asks a turn's question once more. */
  retry(turn: Turn): void;
  /** A picture was drawn; `newest` is the last turn. */
  onDrawn(newest: Turn): void;
}

/** The conversation as the eye sees it: draws what has changed, at most once a frame. */
export interface Stage {
  /** Shows a new turn, its question at the top of the window. */
  add(turn: Turn): void;
  /** Takes a turn off the page. */
  remove(turn: Turn): void;
  /** Draws a turn with the next frame; without one, the newest. */
  draw(turn?: Turn): void;
  /** Draws all turns with the next frame. */
  drawAll(): void;
}

/** Brings the page's `#turns` to life. */
export function createStage({ player, follow, retry, onDrawn }: StageOptions): Stage {
  const root = need(document, "#turns");
  const views = new Map<Turn, TurnView>();
  const changed = new Set<Turn>();
  let newest: Turn | undefined;
  let waiting = false;

  const paint = () => {
    waiting = false;
    if (newest === undefined) return;
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

  // A person who scrolls away wants to read in peace.
  for (const gesture of ["wheel", "touchmove"] as const)
    addEventListener(gesture, () => newest !== undefined && views.get(newest)?.stay(), { passive: true });

  return {
    add(turn) {
      draw();
      newest = turn;
      const view = createTurnView(turn, { retry: () => retry(turn) });
      views.set(turn, view);
      root.append(view.element);
      document.body.dataset.empty = "false";
      view.element.scrollIntoView({ block: "start" });
      draw();
    },
    remove(turn) {
      views.get(turn)?.remove();
      views.delete(turn);
      if (newest === turn) newest = [...views.keys()].at(-1);
    },
    draw,
    drawAll() {
      for (const turn of views.keys()) draw(turn);
    },
  };
}
