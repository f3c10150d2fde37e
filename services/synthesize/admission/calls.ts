import type { Applicant } from "../../common/admission/gate.ts";
import { OverloadedError } from "../../common/errors/request-error.ts";
import type { SpeechAdmission } from "./admission.ts";

/** The calls whose texts are being spoken, by any engine. */
export interface Calls {
  /** The number of calls whose speech is still being made. */
  readonly speaking: number;
  /**
   * Resolves once the call's text is admitted. Throws OverloadedError if it is refused, or the signal's reason if
   * aborted.
   */
  enter(applicant: Applicant, admission: SpeechAdmission, signal: AbortSignal): Promise<Call>;
}

/** A call that was admitted. */
export interface Call {
  /** To be called once all of the call's speech has been made, even if the caller has not read all of it yet. */
  made(): void;
  /** To be called exactly once, when the call ends, for whatever reason. */
  leave(): void;
}

/** When a refused caller should try again, in milliseconds: about the length of a short answer. */
const retryDelayMs = 2000;

/**
 * Makes an object that counts and limits calls. `maxSessions`: the maximum number of calls (here also called sessions)
 * whose texts may be spoken at once; undefined: as many as the engine admits.
 */
export function createCalls(maxSessions: number | undefined): Calls {
  let speaking = 0;
  /** The number of calls whose speech has been made but not completely read. */
  let unread = 0;

  /** Throws OverloadedError if a limit of the whole service is reached; the engine's own limit is checked later. */
  function check(admission: SpeechAdmission): void {
    const most = maxSessions ?? admission.report().limit;
    if (maxSessions !== undefined && speaking >= maxSessions)
      throw new OverloadedError(
        `${speaking} texts are being spoken, which is the limit (DUET_SYNTHESIZE_MAX_SESSIONS)`,
        retryDelayMs,
      );
    if (unread >= most)
      throw new OverloadedError(
        `callers have not yet read the speech of ${unread} texts, which is the limit of texts spoken at once`,
        retryDelayMs,
        "readers",
      );
  }

  return {
    get speaking() {
      return speaking;
    },
    async enter(applicant, admission, signal) {
      check(admission);
      const entered = await admission.enter(applicant, signal);
      speaking++;
      let isMade = false;
      return {
        made() {
          if (isMade) return;
          isMade = true;
          speaking--;
          unread++;
          entered.leave();
        },
        leave() {
          if (isMade) unread--;
          else speaking--;
          if (!isMade) entered.leave();
        },
      };
    },
  };
}
