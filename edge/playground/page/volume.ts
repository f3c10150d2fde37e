import type { Player } from "./audio/player.ts";
import { need } from "./dom.ts";
import { recall, remember } from "./memory.ts";

/** Connects the volume slider and the mute button with the player. Volume and mute are remembered for later visits. */
export function createVolume(player: Player): void {
  const button = need<HTMLButtonElement>(document, "#show-volume");
  const mute = need<HTMLButtonElement>(document, "#mute");
  const slider = need<HTMLInputElement>(document, "#volume-level");
  slider.value = String(levelOf(recall("volume")));
  let muted = recall("muted") === "true";

  const apply = () => {
    const level = levelOf(slider.value);
    // Loudness is perceived logarithmically: squaring makes the middle of the slider sound like the middle.
    player.setGain(muted ? 0 : (level / 100) ** 2);
    button.dataset.silent = String(muted || level === 0);
    mute.ariaPressed = String(muted);
    slider.style.setProperty("--level", `${level}%`);
  };
  const setMuted = (next: boolean) => {
    muted = next;
    remember("muted", String(muted));
  };
  slider.addEventListener("input", () => {
    remember("volume", slider.value);
    // Moving the slider ends muting, since the user wants to hear something.
    setMuted(false);
    apply();
  });
  mute.addEventListener("click", () => {
    setMuted(!muted);
    apply();
  });
  apply();
}

/** Reads a remembered volume level, from 0 to 100; returns 100 if nothing valid was remembered. */
function levelOf(text: string | undefined): number {
  const level = Number(text ?? 100);
  return Number.isFinite(level) ? Math.min(100, Math.max(0, level)) : 100;
}
