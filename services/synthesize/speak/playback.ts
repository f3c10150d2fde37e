/** How far a text was heard, as its listener reports. */
export interface Heard {
  /** The index of the segment within the text, from 0. */
  readonly segment: number;
  /** How many seconds of the segment have been heard. */
  readonly seconds: number;
}

/** Forwards a listener's playback reports to the code that is currently speaking the text. */
export interface Playback {
  tell(heard: Heard): void;
  /**
   * Sends reports to `told` from now on, and to nobody else. `before`: the index in the whole text of the segment that
   * `told` knows as segment 0; reports about earlier segments are dropped.
   */
  follow(told: (heard: Heard) => void, before?: number): void;
}

/** Makes a Playback that passes reports to nobody yet. */
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
