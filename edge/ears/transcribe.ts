import type { Access } from "../access/access.ts";
import type { Call } from "../call.ts";
import { classify } from "../errors.ts";
import { speechOf } from "../profiles/apply.ts";
import type { ChooseProfile } from "../profiles/choose.ts";
import type { Turns } from "../turn/turns.ts";
import type { Ears, Heard } from "./ears.ts";
import { noEars } from "./failures.ts";
import { type Recording, recordedSeconds } from "./recording/recording.ts";

/** A recording to transcribe. */
export interface TranscribeAsked {
  /** The language of the recording, as a BCP 47 tag; empty: the profile's language. */
  readonly language: string;
  /** Names and terms that may occur in the recording; empty: none. */
  readonly terms: string;
  /** The id of the profile to transcribe with; empty: the caller's own profile. */
  readonly profile: string;
}

/** The parts of the edge that `transcribe` works with. */
export interface TranscribeTools {
  readonly ears: Ears | undefined;
  readonly access: Access;
  readonly profiles: ChooseProfile;
  readonly turns: Turns;
}

/**
 * Transcribes a recording without answering it. This takes one of this edge's turn slots and one of the tenant's.
 * Throws a Failure.
 */
export async function transcribe(
  call: Call,
  recording: Recording,
  { language, terms, profile }: TranscribeAsked,
  { ears, access, profiles, turns }: TranscribeTools,
): Promise<Heard> {
  if (ears === undefined) throw noEars();
  const chosen = await profiles.of(call, { profile, sessionId: "", userId: "" });
  const spoken = speechOf(chosen, { voice: "", language });
  const settle = await access.admitRecording(call, chosen, recordedSeconds(recording));
  let isHeard = false;
  try {
    const turn = turns.open(call);
    try {
      const heard = await ears.listen(
        recording,
        { language: spoken.language, terms },
        { ...call, signal: turn.signal },
      );
      isHeard = true;
      return heard;
    } catch (error) {
      if (turn.stopped === "left") throw error;
      throw classify(error, turn.stopped);
    } finally {
      turn.close();
    }
  } finally {
    await settle(isHeard);
  }
}
