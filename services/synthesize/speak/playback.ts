/** How far a text was heard, as its listener reports. */
export interface Heard {
  /** Counts from 0 within the text. */
  readonly segment: number;
  /** How many seconds of that segment have been heard. */
  readonly seconds: number;
}

/** Passes on a listener's reports to whoever is speaking. */
export interface Playback {
  tell(heard: Heard): void;
  /**
   * Sends reports to `told` from now on, and to nobody else. `before`: how many of the text's segments precede those
   * that `told` counts from 0.
   */
  follow(told: (heard: Heard) => void, before?: number): void;
}

/** Makes a playback. */
export function createPlayback(): Playback {
  let follower: (heard: Heard) => void = () => {};
  return {
    tell: (heard) => follower(heard),
    follow(told, before = 0) {
      follower = ({ segment, seconds }) => {
        if (segment >= before) told({ segment: segment - before, seconds });
      };
    },
  };
}
