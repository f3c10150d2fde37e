import type { Hider, HiderOptions } from "./contract.ts";
import { bareChannel, headers, partEnds, thoughtClosers } from "./markers.ts";
import { findEnd, isQuoted, type Mark, mayBegin, openEnd, readBareChannel, readMark } from "./marks.ts";
import type { Kind, Mode, Of } from "./mode.ts";
import { createShown } from "./shown.ts";
import { createJsonEnd, looksLikeCall } from "./tool-json.ts";

/*
 * What a model server sends as the text of an answer is not always just the answer: if the server has no parser, or the
 * wrong one, the text also contains the model's thoughts, its tool calls and the marks of its chat template. A hider
 * takes the text as it arrives and lets only the answer through. It decides by the text alone, never by how it was cut
 * into tokens, and holds back only what may still become a mark. Marks inside code or quotes are being talked about,
 * and are let through.
 *
 * Some templates open the thought themselves, so that an answer begins in the middle of a thought and contains only its
 * end, `</think>`. The text does not show this in advance. If the caller knows, it sets `opened`, and nothing is let
 * through before the closing mark. Otherwise, what came before a closing mark without an opening one has already been
 * let through, and stays; `unopened` then reports this, so that the caller knows for the next answer.
 */

const open: Mode = { is: "shown" };
/** The maximum length of the name in a template header, in characters. */
const mostHeader = 200;
const ownRoles = /^(?:assistant|model|ai|bot)?$/;

class MarkHider implements Hider {
  thoughts = 0;
  leftOut = false;
  unopened = false;
  neverThought = false;
  readonly #opened: boolean;
  readonly #json: boolean;
  readonly #channels: boolean;
  readonly #shown = createShown();
  #mode: Mode;
  #rest = "";
  /**
   * What was hidden only because the answer was expected to begin with a thought; undefined once it is certain whether
   * the answer begins with one.
   */
  #kept: string | undefined;
  #recipient = false;

  constructor({ opened, channels = false, json }: HiderOptions) {
    this.#opened = opened;
    this.#json = json;
    this.#channels = channels;
    this.#mode = this.#opened || this.#channels ? { is: "begin" } : open;
    this.#kept = this.#opened ? "" : undefined;
  }

  release(): string {
    if (this.#kept === undefined) return "";
    this.#rest = this.#kept + this.#rest;
    this.#kept = undefined;
    this.#mode = open;
    return this.#run(false);
  }

  take(text: string): string {
    if (this.#mode === open && this.#rest === "" && this.#shown.isOpen && !mayBegin.test(text)) {
      this.#shown.add(text);
      return this.#shown.take();
    }
    this.#rest += text;
    return this.#run(false);
  }

  end(whole: boolean): string {
    let text = this.#run(true);
    if (whole && this.#kept?.trim()) {
      this.neverThought = true;
      text += this.release() + this.#run(true);
    }
    return text;
  }

  get thinking(): boolean {
    return this.#mode.is === "hidden" && this.#mode.kind === "thought";
  }

  #hide(kind: Kind, text: string) {
    if (this.#kept !== undefined) this.#kept += text;
    if (text.trim() === "") return;
    if (kind === "thought") this.thoughts++;
    else this.leftOut = true;
  }

  #showAgain() {
    this.#mode = open;
    this.#shown.afterHidden();
  }

  #advance(length: number) {
    const taken = this.#rest.slice(0, length);
    this.#rest = this.#rest.slice(length);
    return taken;
  }

  #stepShown(final: boolean): boolean {
    const at = this.#rest.search(mayBegin);
    this.#shown.add(this.#advance(at === -1 ? this.#rest.length : at));
    if (this.#rest === "") return false;
    const found = this.#shown.inCode ? undefined : this.#readShown();
    if (found === "open" && !final) return false;
    if (found === undefined || found === "open") {
      this.#shown.add(this.#advance(1));
      return true;
    }
    if (found === "json") {
      this.leftOut = true;
      this.#mode = { is: "json", end: createJsonEnd() };
      return true;
    }
    const quoted = isQuoted(this.#shown.last, this.#rest[found.length]);
    if (quoted === "open" && !final) return false;
    const text = this.#advance(found.length);
    if (quoted === true) this.#shown.add(text);
    else this.#pass(found);
    return true;
  }

  #readShown(): Mark | "open" | "json" | undefined {
    const mark = readMark(this.#rest);
    if (mark !== undefined || !this.#json || (this.#rest[0] !== "{" && this.#rest[0] !== "[")) return mark;
    const verdict = looksLikeCall(this.#rest);
    return verdict === "call" ? "json" : verdict === "open" ? "open" : undefined;
  }

  #pass(mark: Mark) {
    switch (mark.type) {
      case "opener":
        if (mark.marker.kind === "call") this.leftOut = true;
        this.#mode = { is: "hidden", ...mark.marker };
        return;
      case "header":
        this.#mode = { is: "header", opens: mark.opens, ends: mark.ends };
        return;
      case "closer":
        this.unopened ||= mark.thought;
        this.#showAgain();
        return;
      case "stray":
        this.#showAgain();
    }
  }

  #stepHeader({ opens, ends }: Of<"header">, final: boolean): boolean {
    const found = findEnd(this.#rest.slice(0, mostHeader), ends);
    if (found === undefined) {
      if (this.#rest.length < mostHeader && !final) return false;
      this.#showAgain();
      if (final) this.#rest = "";
      return true;
    }
    const name = this.#advance(found.at).trim().toLowerCase();
    if (!(found.end in headers)) this.#advance(found.length);
    const toTool = /\bto=/.test(name);
    if (opens === "<|channel|>") {
      const isCall = toTool || this.#recipient;
      this.#recipient = false;
      if (name.startsWith("final") && !isCall) this.#showAgain();
      else this.#mode = { is: "hidden", kind: isCall ? "call" : "thought", closes: partEnds };
    } else if (toTool) {
      this.#recipient = true;
      this.#mode = found.end in headers ? open : { is: "hidden", kind: "call", closes: partEnds };
    } else if (ownRoles.test(name)) this.#showAgain();
    else this.#mode = { is: "hidden", kind: "other", closes: partEnds };
    return true;
  }

  #stepHidden({ kind, closes }: Of<"hidden">, final: boolean): boolean {
    const found = findEnd(this.#rest, closes);
    if (found === undefined) {
      // Also holds back the character before a possible closing mark: if this is a quotation mark, the closing mark is
      // only mentioned, and closes nothing.
      const held = final ? 0 : openEnd(this.#rest, closes) + 1;
      this.#hide(kind, this.#advance(Math.max(0, this.#rest.length - held)));
      return false;
    }
    const { at, end, length } = found;
    const quoted = kind === "thought" && isQuoted(this.#rest[at - 1] ?? "", this.#rest[at + length]);
    if (quoted === "open" && !final) return false;
    if (quoted === true) {
      this.#hide(kind, this.#advance(at + length));
      return true;
    }
    this.#hide(kind, this.#advance(at));
    if (!(end in headers)) this.#advance(length);
    this.#kept = undefined;
    this.#showAgain();
    return true;
  }

  #stepJson({ end }: Of<"json">): boolean {
    const length = end.take(this.#rest);
    this.#advance(length ?? this.#rest.length);
    if (length !== undefined) this.#showAgain();
    return length !== undefined;
  }

  /**
   * Handles the beginning of an answer, which may be expected to start within a thought, or in a channel. If the answer
   * itself opens a thought, the template is assumed not to have opened one.
   */
  #stepBegin(final: boolean): boolean {
    this.#rest = this.#rest.trimStart();
    const bare = this.#channels && !final ? readBareChannel(this.#rest) : undefined;
    if (bare === "open") return false;
    if (bare === "channel") {
      this.#advance(bareChannel.opens.length);
      this.#mode = { is: "hidden", ...bareChannel };
      return true;
    }
    if (!this.#opened) {
      this.#mode = open;
      return true;
    }
    const mark = this.#rest === "" ? "open" : readMark(this.#rest);
    if (mark === "open" && !final) return false;
    const opensItself = typeof mark === "object" && mark.type !== "closer";
    if (opensItself) this.#kept = undefined;
    this.#mode = opensItself ? open : { is: "hidden", kind: "thought", closes: thoughtClosers };
    return true;
  }

  /** Processes part of the pending text, according to the current mode; returns whether more can be processed now. */
  #step(final: boolean): boolean {
    switch (this.#mode.is) {
      case "begin":
        return this.#stepBegin(final);
      case "shown":
        return this.#stepShown(final);
      case "header":
        return this.#stepHeader(this.#mode, final);
      case "hidden":
        return this.#stepHidden(this.#mode, final);
      case "json":
        return this.#stepJson(this.#mode);
    }
  }

  #run(final: boolean): string {
    while (this.#rest !== "" && this.#step(final));
    return this.#shown.take();
  }
}

/** Creates a hider for one answer. */
export function createHider(options: HiderOptions): Hider {
  return new MarkHider(options);
}
