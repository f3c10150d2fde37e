import { createAssistant } from "./api.ts";
import { createPlayer } from "./audio/player.ts";
import { createComposer } from "./composer.ts";
import { createConversation } from "./conversation.ts";
import { need } from "./dom.ts";
import { label, onLanguage, preferredLanguage, setLanguage, switchLanguage } from "./i18n/language.ts";
import { createStatus } from "./status.ts";
import { stateOf, type Turn } from "./turn/turn.ts";
import { createTurnView, type TurnView } from "./turn/view.ts";
import { createVoices } from "./voices.ts";

const log = need(document, "#turns");
const announcement = need(document, "#announcement");
const views = new Map<Turn, TurnView>();

setLanguage(preferredLanguage());

let drawing = false;
const draw = () => {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    conversation.follow();
    const last = [...views].at(-1);
    if (last === undefined) return;
    const [turn, view] = last;
    view.update(player.blocked);
    const { running } = conversation;
    composer.setRunning(running);
    const state = `state.${stateOf(turn)}` as const;
    if (announcement.dataset.say !== state) label(announcement, state);
    if (turn.outcome === "failed") void status.check();
    if (running) draw();
  });
};

const assistant = createAssistant();
const player = createPlayer("/playground-worklet.js", draw);
const voices = createVoices(assistant);
const conversation = createConversation({
  assistant,
  player,
  voice: () => voices.chosen,
  onChange: draw,
  onTurn(turn) {
    const view = createTurnView(turn, { retry: () => conversation.retry(turn) });
    need(view.element, ".hear").addEventListener("click", player.unlock);
    settle();
    views.set(turn, view);
    log.append(view.element);
    document.body.dataset.empty = "false";
    view.element.scrollIntoView({ block: "start" });
    draw();
  },
  onForget(turn) {
    views.get(turn)?.remove();
    views.delete(turn);
  },
});
const composer = createComposer(conversation);
const status = createStatus(assistant, conversation.ask, () => void voices.load().catch(() => undefined));

// The turn before has changed for the last time: only the newest is drawn from now on.
function settle(): void {
  const view = [...views.values()].at(-1);
  view?.update(false);
}

// A person who scrolls away wants to read in peace.
for (const gesture of ["wheel", "touchmove"] as const)
  addEventListener(
    gesture,
    () => {
      const view = [...views.values()].at(-1);
      if (view !== undefined) view.element.dataset.follow = "off";
    },
    { passive: true },
  );

need(document, "#language").addEventListener("click", switchLanguage);
onLanguage(() => {
  for (const view of views.values()) view.update(false);
});
void status.check();
composer.focus();

// For tests and for the curious at the console.
Object.assign(globalThis, {
  duet: {
    get sound() {
      return { state: player.state, level: player.level() };
    },
  },
});
