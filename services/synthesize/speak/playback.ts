/** How far a text was heard, as its listener tells. */
export interface Heard {
  /** Counts from 0 within the text. */
  readonly segment: number;
  /** Seconds of it. */
  readonly seconds: number;
}

/** Passes on what a listener tells, to whoever speaks to them at the time. */
export interface Playback {
  tell(heard: Heard): void;
  /** From now on `told` is told, and nobody else. Its segments begin behind `before` others. */
  follow(told: (heard: Heard) => void, before?: number): void;
}

/** Makes it. */
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
