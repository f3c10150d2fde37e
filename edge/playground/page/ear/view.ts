import { need } from "../dom.ts";
import { label } from "../i18n/language.ts";
import type { Ear, EarState } from "./ear.ts";

/** The microphone beside the place where a person writes. */
export interface EarView {
  /** Shows it where the deployment hears, and nowhere else. */
  offer(hears: boolean): void;
  /** Shows what the ear does now. */
  draw(): void;
}

// Whoever holds the button for less has tapped it: it goes on hearing until the next tap, which needs no steady hand.
const tapMs = 350;
// Speech at a microphone is 20 to 40 dB below full scale.
const quietestDb = -50;
const loudestDb = -15;

const sentences = {
  opening: "ear.opening",
  hearing: "ear.hearing",
  understanding: "ear.understanding",
} as const satisfies Partial<Record<EarState, string>>;

/** Brings microphone and strip to life: hold the button, or Space where nothing is being written; or tap, and tap again. */
export function createEarView(ear: Ear): EarView {
  const button = need<HTMLButtonElement>(document, "#ask .speak");
  const field = need<HTMLTextAreaElement>(document, "#ask textarea");
  const strip = need(document, "#ear");
  const sentence = need(strip, ".sentence");
  const meter = need(strip, ".meter");
  const cancel = need<HTMLButtonElement>(strip, ".cancel");
  let isOffered = false;
  let pressedMs: number | undefined;
  let keyIsDown = false;

  const isOn = () => ear.state === "opening" || ear.state === "hearing";
  /** Whether this began it; a second press ends what a tap has begun. */
  const press = () => {
    if (isOn()) return ear.release();
    pressedMs = performance.now();
    ear.press();
  };
  const letGo = (isTap: () => void) => {
    if (pressedMs === undefined) return;
    const heldMs = performance.now() - pressedMs;
    pressedMs = undefined;
    if (heldMs < tapMs) isTap();
    else ear.release();
  };
  const goOn = () => undefined;

  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    // Wherever the finger slides, it is this button that it lets go.
    button.setPointerCapture(event.pointerId);
    press();
  });
  button.addEventListener("pointerup", () => letGo(goOn));
  button.addEventListener("pointercancel", () => letGo(ear.cancel));
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("click", (event) => {
    // Without a pointer and without a key: by a screen reader, or by a voice.
    if (event.detail === 0 && event.isTrusted && pressedMs === undefined && !keyIsDown) {
      press();
      pressedMs = undefined;
    }
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (!isOffered || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.key === "Escape" && ear.state !== "off") {
        event.stopImmediatePropagation();
        return ear.cancel();
      }
      if (!isTalkKey(event)) return;
      event.preventDefault();
      if (event.repeat) return;
      keyIsDown = true;
      press();
    },
    true,
  );
  document.addEventListener(
    "keyup",
    (event) => {
      if (!keyIsDown || (event.key !== " " && event.key !== "Enter")) return;
      keyIsDown = false;
      event.preventDefault();
      // On the button a tap is as good as a click; elsewhere it was a slip.
      letGo(event.target === button ? goOn : ear.cancel);
    },
    true,
  );
  addEventListener("blur", () => pressedMs !== undefined && letGo(ear.cancel));
  cancel.addEventListener("click", () => {
    ear.cancel();
    button.focus();
  });

  /** A space before a question means nothing: there it is the key to talk. */
  function isTalkKey({ key, target }: KeyboardEvent): boolean {
    if (target === button) return key === " " || key === "Enter";
    return key === " " && (target === document.body || (target === field && field.value === ""));
  }

  const draw = () => {
    const { state, problem } = ear;
    const key = problem ?? (state === "off" ? undefined : sentences[state]);
    strip.hidden = key === undefined;
    strip.dataset.state = problem === undefined ? state : "problem";
    button.dataset.state = state;
    button.ariaPressed = String(isOn());
    cancel.hidden = state === "off" && problem === undefined;
    if (key !== undefined && sentence.dataset.say !== key) label(sentence, key);
    if (key === undefined) delete sentence.dataset.say;
    meter.style.setProperty("--level", String(levelOf(ear.loudness)));
  };

  return {
    offer(hears) {
      isOffered = hears;
      button.hidden = !hears;
      label(need(document, ".hint"), hears ? "ask.hintSpoken" : "ask.hint");
    },
    draw,
  };
}

/** A share of the meter, 0 to 1. */
function levelOf(loudness: number): number {
  const db = 20 * Math.log10(Math.max(1e-6, loudness));
  return Math.max(0, Math.min(1, (db - quietestDb) / (loudestDb - quietestDb)));
}
