import type { Applicant } from "../../common/admission/gate.ts";
import { OverloadedError } from "../../common/errors/request-error.ts";
import type { SpeechAdmission } from "./admission.ts";

/** The calls that speak now, of all engines. */
export interface Calls {
  /** How many speak. */
  readonly speaking: number;
  /** Lets a call speak, as soon as its engine may. Throws OverloadedError, or the signal's reason. */
  enter(applicant: Applicant, admission: SpeechAdmission, signal: AbortSignal): Promise<Call>;
}

/** A call that was let in. */
export interface Call {
  /** Its speech is all made: it speaks no more, though its caller may not have read it. */
  made(): void;
  /** It has ended, in whichever way. Called once. */
  leave(): void;
}

/** How long a refused caller does well to wait: about a short answer's length. */
const retryDelayMs = 2000;

/** Makes it for a service in which `maxSessions` may speak at once; undefined: as many as each engine carries. */
export function createCalls(maxSessions: number | undefined): Calls {
  let speaking = 0;
  /** Of which all is made, and not all is read. */
  let unread = 0;

  /** Refuses a call that no engine is to blame for; an engine's own admission comes after it. */
  function check(admission: SpeechAdmission): void {
    const most = maxSessions ?? admission.report().limit;
    if (maxSessions !== undefined && speaking >= maxSessions)
      throw new OverloadedError(
        `${speaking} texts are being spoken, which is the limit (DUET_SYNTHESIZE_MAX_SESSIONS)`,
        retryDelayMs,
      );
    if (unread >= most)
      throw new OverloadedError(
        `the speech of ${unread} texts waits for its readers, and as many may be spoken at once`,
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
