import { Code, ConnectError } from "@connectrpc/connect";
import {
  type GetStatusResponse,
  OpenerMode,
  type ScriptQuestion,
  type SpeechCache,
  StoreKind,
  type StoreStatus,
} from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Assistant } from "./api.ts";
import { make, need } from "./dom.ts";
import { currentLanguage, label, onLanguage, say } from "./i18n/language.ts";
import { type Key, suggestions } from "./i18n/strings.ts";
import type { KeyForm } from "./key.ts";

// The time between two requests for the status while something is not ready, in milliseconds. Once everything is
// ready, the page does not ask again until a turn fails.
const retryMs = 2000;

/** What the page knows about the deployment: its notice, the suggested questions, and whether turns are traced. */
export interface Status {
  /** Asks the server for its status, and asks again from time to time while any part of the deployment is not ready. */
  check(): Promise<void>;
  /** Whether turns are traced; false while unknown. */
  readonly traced: boolean;
}

/** Options of createStatus. */
export interface StatusOptions {
  readonly assistant: Assistant;
  readonly keyForm: KeyForm;
  /** Called with a suggested question when it is clicked. */
  ask(question: string): void;
  /** Called when the status arrives; `hears` tells whether the deployment accepts recordings. */
  onEars(hears: boolean): void;
  /** Called when a check of the deployment's status finds no problem. */
  onReady(): void;
}

/** Makes the page show the deployment's notice and the suggested questions. */
export function createStatus({ assistant, keyForm, ask, onEars, onReady }: StatusOptions): Status {
  const notice = need(document, "#notice");
  const alarm = need(document, "#alarm");
  const questions = need(document, "#questions");
  let status: GetStatusResponse | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const draw = () => {
    const script = status?.script;
    notice.hidden = script === undefined;
    if (script !== undefined) {
      notice.replaceChildren(sentence("script.notice", script.setting), sentence("script.short", script.setting));
    }
    const offered = script?.questions ?? suggestions[currentLanguage()].map(suggestion);
    const own = currentLanguage().slice(0, 2);
    const isOwn = ({ language }: { language: string }) => language.startsWith(own);
    const others = offered.filter((question) => !isOwn(question)).map(button);
    questions.replaceChildren(...offered.filter(isOwn).map(button), make("div", "others", ...others));
    questions.hidden = status === undefined;
    drawInUse(status);
  };
  const button = ({ language, label: name, text }: Pick<ScriptQuestion, "language" | "label" | "text">) => {
    const made = make("button", "", make("b", "", name), make("span", "", text)) as HTMLButtonElement;
    made.type = "button";
    made.lang = language;
    made.title = text;
    made.addEventListener("click", () => ask(text));
    return made;
  };
  const warn = (key: Key | undefined, detail: string) => {
    alarm.hidden = key === undefined;
    if (key === undefined) return;
    label(need(alarm, ".sentence"), key);
    need(alarm, ".detail").textContent = detail;
  };
  onLanguage(draw);

  const check = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      status = await assistant.getStatus({}, { timeoutMs: 5000 });
      keyForm.settle();
      drawKept(status.sessions);
      onEars(status.transcribe !== undefined);
      const { generate, synthesize } = status;
      if (generate?.ready === false) warn("status.generate", generate.message);
      else if (synthesize?.ready === false) warn("status.synthesize", synthesize.message);
      else warn(undefined, "");
    } catch (error) {
      const isLocked = ConnectError.from(error).code === Code.Unauthenticated;
      warn(isLocked ? undefined : "status.unreachable", "");
      if (isLocked) {
        draw();
        return keyForm.ask();
      }
    }
    draw();
    if (alarm.hidden) onReady();
    else timer = setTimeout(check, retryMs);
  };
  return {
    check,
    get traced() {
      return status?.traced ?? false;
    },
  };
}

/** Shows how long conversations are kept, if they are kept for a shorter time than a user might expect. */
function drawKept(sessions: StoreStatus | undefined): void {
  const promise = promiseOf(sessions);
  for (const line of document.querySelectorAll<HTMLElement>(".kept")) {
    line.hidden = promise === undefined;
    line.dataset.urgent = String(promise === "kept.away");
    if (promise !== undefined && line.dataset.say !== promise) label(line, promise);
  }
}

function promiseOf({ kind, ready }: Partial<StoreStatus> = {}): Key | undefined {
  if (kind === undefined || kind === StoreKind.UNSPECIFIED) return "kept.none";
  if (ready === false) return "kept.away";
  return kind === StoreKind.MEMORY ? "kept.memory" : undefined;
}

// Makes an element with a message in which the name of a setting is shown as code, just as it would be typed.
function sentence(key: Key, setting: string): HTMLElement {
  const [before = "", after = ""] = say(key, "\n").split("\n");
  return make("span", key.replace(".", "-"), before, make("code", "", setting), after);
}

function suggestion(text: string): Pick<ScriptQuestion, "language" | "label" | "text"> {
  return { language: currentLanguage(), label: "", text };
}

const openers: Partial<Record<OpenerMode, Key>> = {
  [OpenerMode.SOFT]: "opener.soft",
  [OpenerMode.WRITTEN]: "opener.written",
  [OpenerMode.LIST]: "opener.list",
};

/** Shows how the first words of an answer are chosen, and the state of the speech cache, if the server reports them. */
function drawInUse(status: GetStatusResponse | undefined): void {
  const line = need(document, "#in-use");
  const opener = openers[status?.openerMode ?? OpenerMode.UNSPECIFIED];
  const parts = [...(opener === undefined ? [] : [say(opener)]), ...describeCache(status?.cache)];
  line.textContent = parts.join(" · ");
  line.hidden = parts.length === 0;
}

function describeCache(cache: SpeechCache | undefined): string[] {
  if (cache === undefined || cache.kind === StoreKind.UNSPECIFIED) return [];
  const { kind, ready, bytes, maxBytes, hitShare } = cache;
  const place = say(kind === StoreKind.MEMORY ? "cache.memory" : ready ? "cache.redis" : "cache.away");
  if (maxBytes === 0) return [place];
  const held = `${mebibytes(bytes)}/${mebibytes(maxBytes)}`;
  return [place, say("cache.figures", held, hitShare === undefined ? "–" : String(Math.round(100 * hitShare)))];
}

function mebibytes(bytes: number): string {
  const value = bytes / 2 ** 20;
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
