import { createCodePoints } from "../../infra/text/code-points.ts";
import type { EventOf, TurnEvent } from "../turn/events.ts";
import type { SpokenSegment } from "./heard.ts";
import type { Answer } from "./record.ts";

/** Records which text and speech of a turn are sent. */
export interface Recorder {
  /** Records an event that is about to be sent. `now` is Unix time in milliseconds. */
  note(event: TurnEvent, now: number): void;
  /** The part of the answer that has been sent so far. */
  readonly answer: Answer;
}

/** Makes a recorder that has recorded nothing. `given` is the text of the turn if it is known in advance, or empty. */
export function createRecorder(given: string): Recorder {
  const points = createCodePoints();
  points.append(given);
  const segments: SpokenSegment[] = [];
  let text = given;
  let rate = 0;
  let channels = 1;
  let complete = false;
  let firstSoundAt: number | undefined;

  const change = (fields: (last: SpokenSegment) => Partial<SpokenSegment>) => {
    const last = segments.at(-1);
    if (last !== undefined) segments[segments.length - 1] = { ...last, ...fields(last) };
  };
  const toSegment = ({ start = 0, end = 0, spoken = "", spans = [] }: EventOf<"segment">): SpokenSegment => {
    const said = [...spoken];
    const pieces = spans.map((span) => {
      const { start = 0, end = 0, spokenStart = 0, spokenEnd = 0, weight = 0 } = span;
      const [from, to] = [points.toUnit(start), points.toUnit(end)];
      const asWritten = text.slice(from, to) === said.slice(spokenStart, spokenEnd).join("");
      return [from, to, weight, asWritten] as const;
    });
    return { start: points.toUnit(start), end: points.toUnit(end), frames: 0, done: false, pieces };
  };

  return {
    note({ case: name, value }, now) {
      switch (name) {
        case "started":
          rate = value.audioFormat?.sampleRateHertz ?? 0;
          channels = value.audioFormat?.channelCount || 1;
          break;
        case "textDelta":
          text += value.text ?? "";
          points.append(value.text ?? "");
          break;
        case "segment":
          segments.push(toSegment(value));
          break;
        case "audio": {
          const frames = (value.pcm?.length ?? 0) / (bytesPerSample * channels);
          if (frames > 0) firstSoundAt ??= now;
          change((last) => ({ frames: last.frames + frames }));
          break;
        }
        case "segmentDone":
          change(() => ({ done: true }));
          break;
        case "finished":
          complete = value.error === undefined;
      }
    },
    get answer() {
      return { text, speech: { rate, segments: [...segments], complete }, firstSoundAt };
    },
  };
}

// The size of a sample in bytes: the audio of a turn is 16-bit PCM.
const bytesPerSample = 2;
