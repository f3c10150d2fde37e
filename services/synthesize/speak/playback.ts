/** How far a text was heard, as its listener reports. */
export interface Heard {
  /** Counts from 0 within the text. */
  readonly segment: number;
  /** Seconds of that segment. */
  readonly seconds: number;
}

/** Passes on a listener's reports to whoever is speaking. */
export interface Playback {
  tell(heard: Heard): void;
  /** Sends reports to `told` from now on, and to nobody else. Its segments come after `before` others. */
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
