import { createAssistant } from "./api.ts";
import { createPlayer } from "./audio/player.ts";
import { createComposer } from "./composer.ts";
import { createConversation } from "./conversation.ts";
import { need } from "./dom.ts";
import { label, onLanguage, preferredLanguage, setLanguage, switchLanguage } from "./i18n/language.ts";
import { createKeyForm } from "./key.ts";
import { createStage } from "./stage.ts";
import { createStatus } from "./status.ts";
import { stateOf } from "./turn/turn.ts";
import { createVoices } from "./voices.ts";

setLanguage(preferredLanguage());

const hear = need(document, "#hear");
const announcement = need(document, "#announcement");
const keyForm = createKeyForm(() => void status.check().then(composer.focus));
const assistant = createAssistant(() => keyForm.key);
const player = createPlayer(new URL("playground-worklet.js", document.baseURI).href, () => stage.draw());
const voices = createVoices(assistant);
const stage = createStage({
  player,
  follow: () => conversation.follow(),
  retry: (turn) => conversation.retry(turn),
  onDrawn(newest) {
    hear.hidden = !player.blocked;
    composer.setRunning(conversation.running);
    const state = `state.${stateOf(newest)}` as const;
    if (announcement.dataset.say !== state) label(announcement, state);
    if (conversation.running) stage.draw();
  },
});
const conversation = createConversation({
  assistant,
  player,
  voice: () => voices.chosen,
  onTurn: stage.add,
  onForget: stage.remove,
  onChange: stage.draw,
  onFail: () => void status.check(),
});
const composer = createComposer(conversation);
const status = createStatus({
  assistant,
  keyForm,
  ask: conversation.ask,
  onReady: () => void voices.load().catch(() => undefined),
});

hear.addEventListener("click", player.unlock);
need(document, "#language").addEventListener("click", switchLanguage);
onLanguage(stage.drawAll);
void status.check();
composer.focus();

// For tests, and for the curious at the console.
Object.assign(globalThis, {
  duet: {
    get sound() {
      return { state: player.state, level: player.level() };
    },
  },
});
