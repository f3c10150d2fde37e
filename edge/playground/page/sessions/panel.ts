import { timestampDate } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Session as ListedSession } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Assistant } from "../api.ts";
import { need, stamp } from "../dom.ts";
import { currentLanguage, label, onLanguage, say, translate } from "../i18n/language.ts";
import type { Key } from "../i18n/strings.ts";
import type { Session } from "./session.ts";

/** What the panel needs from the rest of the page. */
export interface PanelOptions {
  readonly assistant: Assistant;
  readonly session: Session;
  /** Opens a stored conversation by name; without a name, a new one. */
  open(name?: string): void;
  /** Called when the user has deleted a conversation in this list. */
  onDeleted(name: string): void;
}

/** The list of the person's earlier conversations. */
export interface Panel {
  /** Updates the list after another conversation was opened or a turn has ended. */
  refresh(): void;
}

const pageSize = 30;
const timeoutMs = 10_000;

/** Creates the panel that lists the person's earlier conversations. */
export function createPanel({ assistant, session, open, onDeleted }: PanelOptions): Panel {
  const dialog = need<HTMLDialogElement>(document, "#sessions");
  const list = need(dialog, ".list");
  const news = need(dialog, ".news");
  const more = need<HTMLButtonElement>(dialog, ".more");
  let next = "";
  let loads = 0;

  const tell = (key: Key | undefined) => {
    news.hidden = key === undefined;
    if (key !== undefined) label(news, key);
  };
  const load = async (pageToken: string) => {
    const mine = ++loads;
    try {
      const page = await assistant.listSessions({ userId: session.person, pageSize, pageToken }, { timeoutMs });
      if (mine !== loads) return;
      next = page.nextPageToken;
      const rows = page.sessions.map(row);
      if (pageToken === "") list.replaceChildren(...rows);
      else list.append(...rows);
      more.hidden = next === "";
      tell(list.childElementCount === 0 ? "sessions.none" : undefined);
    } catch (error) {
      if (mine === loads)
        tell(ConnectError.from(error).code === Code.PermissionDenied ? "sessions.denied" : "sessions.unreachable");
    }
  };

  const row = ({ sessionId, title, updateTime }: ListedSession): HTMLElement => {
    const element = stamp("session");
    const isOpen = sessionId === session.name;
    const name = title || say("sessions.untitled");
    need(element, ".title").textContent = name;
    need(element, ".when").textContent = updateTime === undefined ? "" : whenOf(timestampDate(updateTime));
    if (isOpen) need(element, ".open").ariaCurrent = "true";
    const remove = need(element, ".remove");
    remove.ariaLabel = say("sessions.delete", name);
    const ask = need(element, ".ask");
    const askWhether = (asks: boolean) => {
      ask.hidden = !asks;
      element.dataset.asks = String(asks);
      need<HTMLElement>(element, asks ? ".keep" : ".remove").focus();
    };
    need(element, ".open").addEventListener("click", () => {
      dialog.close();
      if (!isOpen) open(sessionId);
    });
    remove.addEventListener("click", () => askWhether(true));
    need(element, ".keep").addEventListener("click", () => askWhether(false));
    need(element, ".yes").addEventListener("click", async () => {
      try {
        await assistant.deleteSession({ sessionId }, { timeoutMs });
      } catch {
        tell("sessions.notDeleted");
        return askWhether(false);
      }
      const neighbour = element.nextElementSibling ?? element.previousElementSibling;
      element.remove();
      (neighbour?.querySelector<HTMLElement>(".open") ?? need(dialog, ".new")).focus();
      tell(list.childElementCount === 0 ? "sessions.none" : undefined);
      onDeleted(sessionId);
    });
    return element;
  };

  need(document, "#show-sessions").addEventListener("click", () => {
    list.replaceChildren();
    more.hidden = true;
    tell("sessions.loading");
    dialog.showModal();
    void load("");
  });
  more.addEventListener("click", () => void load(next));
  need(dialog, ".close").addEventListener("click", () => dialog.close());
  for (const button of [need(dialog, ".new"), need(document, "#new-session")])
    button.addEventListener("click", () => {
      dialog.close();
      open();
    });
  // A click outside the panel is a click on the dialog element itself.
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  const refresh = () => {
    translate(dialog);
    if (dialog.open) void load("");
  };
  onLanguage(refresh);
  return { refresh };
}

/** Formats a date briefly: only the time of day if the date is today, otherwise only the day. */
function whenOf(date: Date): string {
  const now = new Date();
  const isToday = date.toDateString() === now.toDateString();
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  const options: Intl.DateTimeFormatOptions = isToday
    ? { hour: "numeric", minute: "2-digit" }
    : { month: "short", day: "numeric", ...(year && { year }) };
  return new Intl.DateTimeFormat(currentLanguage(), options).format(date);
}
