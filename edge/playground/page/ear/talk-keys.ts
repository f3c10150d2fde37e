import type { Ear } from "./ear.ts";

// Whoever holds the button for less has tapped it: it goes on hearing until the next tap, which needs no steady hand.
const tapMs = 350;

/**
 * Lets a person talk while they hold the button, or Space where nothing is being written; or tap the button, and tap it again. Escape forgets
 * what is being said. Nothing of it works until `isOffered`.
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
    // The second tap ends what the first has begun.
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
  /** A space before a question means nothing: there it is the key to talk. */
  const isTalkKey = ({ key, target }: KeyboardEvent) => {
    if (target === button) return key === " " || key === "Enter";
    return key === " " && (target === document.body || (target === field && field.value === ""));
  };

  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    // Wherever the finger slides, it is this button that it lets go.
    button.setPointerCapture(event.pointerId);
    press();
  });
  button.addEventListener("pointerup", () => letGo(goOn));
  button.addEventListener("pointercancel", () => letGo(forget));
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("click", ({ detail }) => {
    // Without a pointer and without a key: by a screen reader, or by voice control.
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
      // On the button a tap is as good as a click; elsewhere it was a slip.
      letGo(event.target === button ? goOn : forget);
    },
    true,
  );
  addEventListener("blur", () => {
    keyIsDown = false;
    if (pressedMs !== undefined) letGo(forget);
  });
}
