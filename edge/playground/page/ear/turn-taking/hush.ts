import { framesOf } from "../frames.ts";

/**
 * What is to be done with the assistant's voice: `lower` it, `hold` it, let it `resume` as it was, or `interrupt` it
 * for good.
 */
export interface VoiceDecision {
  readonly do: "lower" | "hold" | "resume" | "interrupt";
}

const resumeFrames = framesOf(2000);

/**
 * Tracks whether the assistant's voice is lowered or held because somebody may be speaking, so that nothing is done
 * twice.
 */
export class Hush {
  #state: "none" | "lower" | "hold" = "none";
  #sinceHold = 0;

  get state(): "none" | "lower" | "hold" {
    return this.#state;
  }

  /** Counts a frame; a voice that has been held for 2 s resumes. */
  frame(): VoiceDecision[] {
    return this.#state === "hold" && ++this.#sinceHold >= resumeFrames ? this.resume() : [];
  }

  /** Lowers or holds the voice; a held voice stays held. */
  quieten(how: "lower" | "hold"): VoiceDecision[] {
    if (this.#state === how || this.#state === "hold") return [];
    this.#state = how;
    this.#sinceHold = 0;
    return [{ do: how }];
  }

  resume(): VoiceDecision[] {
    if (this.#state === "none") return [];
    this.#state = "none";
    return [{ do: "resume" }];
  }

  /** Interrupts a voice that is lowered or held, or that `sounds` now: it may have begun or resumed meanwhile. */
  interrupt(sounds: boolean): VoiceDecision[] {
    if (this.#state === "none" && !sounds) return [];
    this.#state = "none";
    return [{ do: "interrupt" }];
  }
}
