import { InputEncoding } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import { createAssistant } from "./api.ts";
import { createPlayer } from "./audio/player.ts";
import { createComposer } from "./composer.ts";
import { createConversation } from "./conversation.ts";
import { need } from "./dom.ts";
import { loadDetector } from "./ear/detector.ts";
import { createEar } from "./ear/ear.ts";
import { earRateHertz } from "./ear/frames.ts";
import { createHandsFree } from "./ear/hands-free.ts";
import { openMicrophone } from "./ear/microphone.ts";
import type { Transcribe } from "./ear/transcript.ts";
import { createEarView } from "./ear/view.ts";
import { rememberVoice } from "./ear/voice.ts";
import { label, onLanguage, preferredLanguage, setLanguage, switchLanguage } from "./i18n/language.ts";
import { createKeyForm } from "./key.ts";
import { createListening } from "./listening.ts";
import { createPanel } from "./sessions/panel.ts";
import { createSession } from "./sessions/session.ts";
import { createTabs } from "./sessions/tabs.ts";
import { createStage } from "./stage.ts";
import { createStatus } from "./status.ts";
import { newTrace } from "./turn/trace.ts";
import { stateOf, type Turn } from "./turn/turn.ts";
import { keepDockInView } from "./viewport.ts";
import { createVoices } from "./voices.ts";
import { createVolume } from "./volume.ts";

setLanguage(preferredLanguage());
keepDockInView();

const hear = need(document, "#hear");
const announcement = need(document, "#announcement");
const keyForm = createKeyForm(() => {
  void conversation.read();
  void status.check().then(composer.focus);
});
const key = () => keyForm.key;
const assistant = createAssistant(key);
const player = createPlayer(new URL("playground-worklet.js", document.baseURI).href, () => {
  // While the tab is hidden, no frames are drawn. The voice continues, so its progress is recorded here.
  conversation.follow();
  stage.draw();
});
createVolume(player);
const voices = createVoices(assistant);
const session = createSession(assistant);
const listening = createListening({ assistant, parting: createAssistant(key, { keepalive: true }), player });
const stage = createStage({
  player,
  follow: () => conversation.follow(),
  actions: {
    retry: (turn) => conversation.retry(turn),
    correct(turn) {
      conversation.stop();
      composer.correct(turn.question);
    },
    replay: (turn) => conversation.replay(turn),
    canReplay: listening.canReplay,
    hold: listening.hold,
  },
  onDrawn(newest) {
    hear.hidden = !player.blocked;
    composer.setRunning(conversation.running);
    if (newest !== undefined) announce(newest);
    if (conversation.moving) stage.draw();
  },
});
const conversation = createConversation({
  assistant,
  player,
  listening,
  session,
  // Further options of an answer, such as a profile, would be added here.
  choices: () => ({ voice: voices.chosen }),
  trace: () => (status.traced ? newTrace() : {}),
  onTurns: stage.show,
  onChange: stage.draw,
  onNews: stage.tell,
  onSaid() {
    tabs.tell({ said: session.name });
    panel.refresh();
  },
  onFail({ question, problem }) {
    if (problem?.sentence === "problem.tooLong") composer.giveBack(question);
    void status.check();
  },
});
const composer = createComposer({
  ask: (question) => conversation.ask(question),
  stop: () => conversation.stop(),
});
const status = createStatus({
  assistant,
  keyForm,
  ask: (question) => conversation.ask(question),
  onEars: (hears) => earView.offer(hears),
  onReady: () => void voices.load().catch(() => undefined),
});
const transcribe: Transcribe = async (data, signal) => {
  const audio = { data, encoding: InputEncoding.PCM_S16LE, sampleRateHertz: earRateHertz };
  return (await assistant.transcribe({ audio }, { signal, timeoutMs: 30_000 })).text.trim();
};
const ear = createEar({
  openMicrophone: (listener) => openMicrophone(new URL("playground-ear.js", document.baseURI).href, listener),
  transcribe,
  async startHandsFree() {
    return createHandsFree({
      detector: await loadDetector(),
      transcribe,
      voice: rememberVoice({
        sounding: () => conversation.sounding,
        latencyMs: () => player.latencyMs,
        nowMs: () => performance.now(),
      }),
      quieten(how) {
        player.setLowered(how === "lower" || how === "hold");
        if (how === "interrupt") conversation.stop();
        else if (how !== "lower") conversation.hold(how === "hold");
      },
      onAsked(text) {
        ear.tell(undefined);
        conversation.ask(text, { spoken: true });
      },
      onProblem: (problem) => ear.tell(problem),
      onChange: () => earView.draw(),
    });
  },
  unlock: player.unlock,
  onPress: () => conversation.stop(),
  onUnderstood(text) {
    if (!composer.dictate(text)) conversation.ask(text, { spoken: true });
  },
  onChange: () => earView.draw(),
});
const earView = createEarView({
  ear,
  doing: () => (conversation.sounding !== undefined ? "speaking" : conversation.running ? "thinking" : undefined),
  correct: (text) => composer.correct(text),
});
const panel = createPanel({
  assistant,
  session,
  open(name) {
    void conversation.open(name);
    composer.focus();
  },
  onDeleted(name) {
    tabs.tell({ deleted: name });
    if (name === session.name) void conversation.open();
  },
});
const tabs = createTabs((news) => {
  if ("deleted" in news) {
    if (news.deleted === session.name) conversation.forget();
  } else if (news.said === session.name && !document.hidden) void conversation.read();
});

hear.addEventListener("click", player.unlock);
need(document, "#language").addEventListener("click", switchLanguage);
onLanguage(stage.drawAll);
addEventListener("pagehide", () => conversation.leave());
document.addEventListener("visibilitychange", () => !document.hidden && void conversation.read());
void status.check();
void conversation.read();
composer.focus();

/** Announces the state of an answer to screen readers, but not the answer's text, which is spoken anyway. */
function announce(turn: Turn): void {
  const state = `state.${stateOf(turn)}` as const;
  if (!turn.recalled && announcement.dataset.say !== state) label(announcement, state);
}

// Global variables for tests, and for developers at the browser's console.
Object.assign(globalThis, {
  duet: {
    get sound() {
      return { state: player.state, level: player.level() };
    },
    get ear() {
      return { state: ear.state, level: ear.loudness, heardMs: ear.heardMs, isDeaf: ear.isDeaf };
    },
  },
});
