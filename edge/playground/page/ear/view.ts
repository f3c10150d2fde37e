import { need } from "../dom.ts";
import { label } from "../i18n/language.ts";
import type { Key } from "../i18n/strings.ts";
import type { Ear } from "./ear.ts";
import { bringTalkKeys } from "./talk-keys.ts";

/** The microphone button beside the text field. */
export interface EarView {
  /** Shows the microphone button if the deployment accepts recordings; otherwise hides it. */
  offer(hears: boolean): void;
  /** Redraws the button, the switch and the status strip to match the ear's current state. */
  draw(): void;
}

/** What the view needs from the rest of the page. */
export interface EarViewOptions {
  readonly ear: Ear;
  /** What the assistant is doing; undefined if it is idle. */
  doing(): "thinking" | "speaking" | undefined;
  /** Puts the transcript into the text field, so that the user can correct it before it is sent as a question. */
  correct(text: string): void;
}

// The lowest level that the meter shows, in dB: speech at a microphone is 20 to 40 dB below full scale.
const quietestDb = -50;
const loudestDb = -15;

/** Creates the view of the ear: the microphone button, the hands-free switch and the status strip. */
export function createEarView({ ear, doing, correct }: EarViewOptions): EarView {
  const form = need(document, "#ask");
  const speak = need<HTMLButtonElement>(form, ".speak");
  const free = need<HTMLButtonElement>(form, ".free");
  const strip = need(document, "#ear");
  const sentence = need(strip, ".sentence");
  const pending = need(strip, ".pending");
  const words = need(pending, ".words");
  const meter = need(strip, ".meter");
  const end = need<HTMLButtonElement>(strip, ".end");
  let isOffered = false;

  bringTalkKeys(ear, speak, need(form, "textarea"), () => isOffered);
  free.addEventListener("click", () => ear.setFree(!ear.isFree));
  need(pending, "button").addEventListener("click", () => {
    const text = ear.pending ?? "";
    ear.cancel();
    correct(text);
  });
  end.addEventListener("click", () => {
    if (ear.isFree) ear.setFree(false);
    else ear.cancel();
    speak.focus();
  });

  const sentenceNow = (): Key | undefined => {
    const { state, problem, isFree, isDeaf } = ear;
    if (problem !== undefined) return problem;
    if (state === "off") return undefined;
    if (state !== "listening" || !isFree) return `ear.${state}`;
    const done = doing();
    if (done === undefined) return "ear.listening";
    return isDeaf && done === "speaking" ? "ear.deaf" : `ear.${done}`;
  };
  const draw = () => {
    const { state, problem, isFree } = ear;
    const key = sentenceNow();
    const text = ear.pending;
    strip.hidden = key === undefined;
    strip.dataset.state = problem === undefined ? (state === "listening" ? (doing() ?? state) : state) : "problem";
    speak.dataset.state = isFree && state !== "hearing" ? "off" : state;
    speak.ariaPressed = String(!isFree && (state === "opening" || state === "hearing"));
    free.ariaPressed = String(isFree);
    // While the microphone is open, a screen reader must not read this text out: the microphone would hear it.
    sentence.ariaLive = isFree && problem === undefined ? "off" : "polite";
    if (key !== undefined && sentence.dataset.say !== key) label(sentence, key);
    if (key === undefined) delete sentence.dataset.say;
    sentence.hidden = text !== undefined;
    pending.hidden = text === undefined;
    if (text !== undefined && words.textContent !== text) words.textContent = text;
    meter.style.setProperty("--level", String(levelOf(ear.loudness)));
  };

  return {
    offer(hears) {
      isOffered = hears;
      speak.hidden = free.hidden = !hears;
      form.dataset.hears = String(hears);
      label(need(document, ".hint"), hears ? "ask.hintSpoken" : "ask.hint");
    },
    draw,
  };
}

/** The loudness as a fraction of the level meter's length, 0 to 1. */
function levelOf(loudness: number): number {
  const db = 20 * Math.log10(Math.max(1e-6, loudness));
  return Math.max(0, Math.min(1, (db - quietestDb) / (loudestDb - quietestDb)));
}
