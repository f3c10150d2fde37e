import { bareChannel, headers, partEnds, thoughtClosers } from "./markers.ts";
import { findEnd, isQuoted, type Mark, mayBegin, openEnd, readMark } from "./marks.ts";
import { createShown } from "./shown.ts";
import { createJsonEnd, type JsonEnd, looksLikeCall } from "./tool-json.ts";

/*
 * What a model server sends as the text of an answer is not always the answer alone: without a parser of its own, or with the wrong
 * one, what the model thinks, the tools it calls and the marks of its template come along. A hider takes the text as it arrives and
 * lets through what is the answer. It decides by the text alone, never by how it was cut into tokens, and holds back only what may
 * still become a mark. What stands in code or in quotes is talked about and goes through.
 *
 * Some templates open the thought themselves, so that an answer begins in the middle of it and only `</think>` comes. That cannot be
 * seen ahead: who knows it says so (`opened`), and then nothing is let through before the closer. Where nobody knew, what came
 * before a lone closer has been let through and stays; `unopened` tells, so that the next answer is read rightly.
 */

/** Options of createHider. */
export interface HiderOptions {
  /** The template has opened a thought: the answer begins in the middle of it. */
  readonly opened: boolean;
  /** The model writes in harmony's channels, whose marks a server may have dropped. Default: it does not. */
  readonly channels?: boolean;
  /** Whether bare JSON that looks like the call of a tool is hidden: not where JSON was asked for. */
  readonly json: boolean;
}

/** Takes out of an answer what is not the answer. */
export interface Hider {
  /** Takes more text; returns what is let through now. */
  take(text: string): string;
  /** The text has ended; returns what was held back. `whole`: the model ended it, it was not cut. */
  end(whole: boolean): string;
  /** The server takes thoughts out by itself: what was taken for one is the answer. Returns it. */
  release(): string;
  /** Whether it is within a thought now. */
  readonly thinking: boolean;
  /** How often something that was thought has come: grows while a model thinks. */
  readonly thoughts: number;
  /** Whether something was left out besides thoughts: the call of a tool, a turn that the model made up. */
  readonly leftOut: boolean;
  /** Whether a thought ended that nothing had opened. */
  readonly unopened: boolean;
  /** Whether an answer that was to begin within a thought never left it, and was let through at its end. */
  readonly neverThought: boolean;
}

type Kind = "thought" | "call" | "other";
type Mode =
  | { readonly is: "begin" }
  | { readonly is: "shown" }
  | { readonly is: "hidden"; readonly kind: Kind; readonly closes: readonly string[] }
  | { readonly is: "header"; readonly opens: string; readonly ends: readonly string[] }
  | { readonly is: "json"; readonly end: JsonEnd };

const open: Mode = { is: "shown" };
/** No name in a header is longer. */
const mostHeader = 200;
const ownRoles = /^(?:assistant|model|ai|bot)?$/;

/** Makes a hider for one answer. */
export function createHider({ opened, channels = false, json }: HiderOptions): Hider {
  const shown = createShown();
  let mode: Mode = opened || channels ? { is: "begin" } : open;
  let rest = "";
  /** What was hidden because the answer was said to begin with a thought; undefined once that is settled. */
  let kept: string | undefined = opened ? "" : undefined;
  let recipient = false;
  const state = { thoughts: 0, leftOut: false, unopened: false, neverThought: false };

  const hide = (kind: Kind, text: string) => {
    if (kept !== undefined) kept += text;
    if (text.trim() === "") return;
    if (kind === "thought") state.thoughts++;
    else state.leftOut = true;
  };

  const showAgain = () => {
    mode = open;
    shown.afterHidden();
  };

  const advance = (length: number) => {
    const taken = rest.slice(0, length);
    rest = rest.slice(length);
    return taken;
  };

  /** Each step takes something of `rest` and says whether there may be more to do. */
  const stepShown = (final: boolean): boolean => {
    const at = rest.search(mayBegin);
    shown.add(advance(at === -1 ? rest.length : at));
    if (rest === "") return false;
    const found = shown.inCode ? undefined : readShown();
    if (found === "open" && !final) return false;
    if (found === undefined || found === "open") {
      shown.add(advance(1));
      return true;
    }
    if (found === "json") {
      state.leftOut = true;
      mode = { is: "json", end: createJsonEnd() };
      return true;
    }
    const quoted = isQuoted(shown.last, rest[found.length]);
    if (quoted === "open" && !final) return false;
    const text = advance(found.length);
    if (quoted === true) shown.add(text);
    else pass(found);
    return true;
  };

  const readShown = (): Mark | "open" | "json" | undefined => {
    const mark = readMark(rest);
    if (mark !== undefined || !json || (rest[0] !== "{" && rest[0] !== "[")) return mark;
    const verdict = looksLikeCall(rest);
    return verdict === "call" ? "json" : verdict === "open" ? "open" : undefined;
  };

  const pass = (mark: Mark) => {
    switch (mark.type) {
      case "opener":
        if (mark.marker.kind === "call") state.leftOut = true;
        mode = { is: "hidden", ...mark.marker };
        return;
      case "header":
        mode = { is: "header", opens: mark.opens, ends: mark.ends };
        return;
      case "closer":
        state.unopened ||= mark.thought;
        showAgain();
        return;
      case "stray":
        showAgain();
    }
  };

  const stepHeader = (final: boolean): boolean => {
    const { opens, ends } = mode as Extract<Mode, { is: "header" }>;
    const found = findEnd(rest.slice(0, mostHeader), ends);
    if (found === undefined) {
      if (rest.length < mostHeader && !final) return false;
      showAgain();
      if (final) rest = "";
      return true;
    }
    const name = advance(found.at).trim().toLowerCase();
    if (!(found.end in headers)) advance(found.length);
    const toTool = /\bto=/.test(name);
    if (opens === "<|channel|>") {
      const isCall = toTool || recipient;
      recipient = false;
      if (name.startsWith("final") && !isCall) showAgain();
      else mode = { is: "hidden", kind: isCall ? "call" : "thought", closes: partEnds };
    } else if (toTool) {
      recipient = true;
      mode = found.end in headers ? open : { is: "hidden", kind: "call", closes: partEnds };
    } else if (ownRoles.test(name)) showAgain();
    else mode = { is: "hidden", kind: "other", closes: partEnds };
    return true;
  };

  const stepHidden = (final: boolean): boolean => {
    const { kind, closes } = mode as Extract<Mode, { is: "hidden" }>;
    const found = findEnd(rest, closes);
    if (found === undefined) {
      // With the character before it, which may quote it.
      const held = final ? 0 : openEnd(rest, closes) + 1;
      hide(kind, advance(Math.max(0, rest.length - held)));
      return false;
    }
    const { at, end, length } = found;
    const quoted = kind === "thought" && isQuoted(rest[at - 1] ?? "", rest[at + length]);
    if (quoted === "open" && !final) return false;
    if (quoted === true) {
      hide(kind, advance(at + length));
      return true;
    }
    hide(kind, advance(at));
    if (!(end in headers)) advance(length);
    kept = undefined;
    showAgain();
    return true;
  };

  const stepJson = (): boolean => {
    const length = (mode as Extract<Mode, { is: "json" }>).end.take(rest);
    advance(length ?? rest.length);
    if (length !== undefined) showAgain();
    return length !== undefined;
  };

  /** At the beginning of an answer of which something is known ahead. One that opens its own thought needs no such word. */
  const stepBegin = (final: boolean): boolean => {
    rest = rest.trimStart();
    const bare = channels && !final ? readBareChannel(rest) : undefined;
    if (bare === "open") return false;
    if (bare === "channel") {
      advance(bareChannel.opens.length);
      mode = { is: "hidden", ...bareChannel };
      return true;
    }
    if (!opened) {
      mode = open;
      return true;
    }
    const mark = rest === "" ? "open" : readMark(rest);
    if (mark === "open" && !final) return false;
    const opensItself = typeof mark === "object" && mark.type !== "closer";
    if (opensItself) kept = undefined;
    mode = opensItself ? open : { is: "hidden", kind: "thought", closes: thoughtClosers };
    return true;
  };

  const run = (final: boolean): string => {
    const step = { begin: stepBegin, shown: stepShown, header: stepHeader, hidden: stepHidden, json: stepJson };
    while (rest !== "" && step[mode.is](final));
    return shown.take();
  };

  const release = (): string => {
    if (kept === undefined) return "";
    rest = kept + rest;
    kept = undefined;
    mode = open;
    return run(false);
  };

  return {
    take(text) {
      if (mode === open && rest === "" && shown.isOpen && !mayBegin.test(text)) {
        shown.add(text);
        return shown.take();
      }
      rest += text;
      return run(false);
    },
    end(whole) {
      let text = run(true);
      if (whole && kept?.trim()) {
        state.neverThought = true;
        text += release() + run(true);
      }
      return text;
    },
    release,
    get thinking() {
      return mode.is === "hidden" && mode.kind === "thought";
    },
    get thoughts() {
      return state.thoughts;
    },
    get leftOut() {
      return state.leftOut;
    },
    get unopened() {
      return state.unopened;
    },
    get neverThought() {
      return state.neverThought;
    },
  };
}

/** Whether a text begins with a channel's bare name, which is followed by no blank, as a word would be. */
function readBareChannel(text: string): "channel" | "open" | undefined {
  const { opens } = bareChannel;
  if (text.length <= opens.length) return opens.startsWith(text) ? "open" : undefined;
  return text.startsWith(opens) && /[^\s\p{Ll}\p{P}]/u.test(text[opens.length] as string) ? "channel" : undefined;
}
