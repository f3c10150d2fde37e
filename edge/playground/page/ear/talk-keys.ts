import type { Ear } from "./ear.ts";

// A press shorter than this, in milliseconds, is a tap: recording continues until the next tap, which is easier than
// holding the button.
const tapMs = 350;

/**
 * Push-to-talk: hold the button, or Space while no text is being written; or tap the button, and tap it again. Escape
 * discards what is being said. None of this is active until `isOffered`.
 */
export function bringTalkKeys(
  ear: Ear,
  button: HTMLButtonElement,
  field: HTMLTextAreaElement,
  isOffered: () => boolean,
): void {
  let pressedMs: number | undefined;
  let keyIsDown = false;
  let isHeld = false;

  const press = () => {
    // A second tap ends the recording that the first one began.
    if (isHeld && (ear.state === "opening" || ear.state === "hearing")) {
      isHeld = false;
      return ear.release();
    }
    isHeld = true;
    pressedMs = performance.now();
    ear.press();
  };
  const letGo = (isTap: () => void) => {
    if (pressedMs === undefined) return;
    const heldMs = performance.now() - pressedMs;
    pressedMs = undefined;
    if (heldMs < tapMs) return isTap();
    isHeld = false;
    ear.release();
  };
  const goOn = () => undefined;
  const forget = () => {
    isHeld = false;
    ear.cancel();
  };
  /** A space has no meaning at the beginning of a question, so Space is the talk key while the field is empty. */
  const isTalkKey = ({ key, target }: KeyboardEvent) => {
    if (target === button) return key === " " || key === "Enter";
    return key === " " && (target === document.body || (target === field && field.value === ""));
  };

  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    // The button must see the release, wherever the finger has moved.
    button.setPointerCapture(event.pointerId);
    press();
  });
  button.addEventListener("pointerup", () => letGo(goOn));
  button.addEventListener("pointercancel", () => letGo(forget));
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("click", ({ detail }) => {
    // Only a click without pointer or key is handled here, as a screen reader or voice control makes it.
    if (detail !== 0 || pressedMs !== undefined || keyIsDown) return;
    press();
    pressedMs = undefined;
  });
  addEventListener(
    "keydown",
    (event) => {
      if (!isOffered() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.key === "Escape" && ear.state !== "off" && (ear.state !== "listening" || ear.pending !== undefined)) {
        event.stopPropagation();
        return forget();
      }
      if (!isTalkKey(event)) return;
      event.preventDefault();
      if (event.repeat) return;
      keyIsDown = true;
      press();
    },
    true,
  );
  addEventListener(
    "keyup",
    (event) => {
      if (!keyIsDown || (event.key !== " " && event.key !== "Enter")) return;
      keyIsDown = false;
      event.preventDefault();
      // A short press of a key counts as a tap only on the button; elsewhere it was accidental.
      letGo(event.target === button ? goOn : forget);
    },
    true,
  );
  addEventListener("blur", () => {
    keyIsDown = false;
    if (pressedMs !== undefined) letGo(forget);
  });
}
