import { PhaseKind } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Key } from "../i18n/strings.ts";

/** What was waited for, as the server tells it. */
interface Phase {
  readonly kind: PhaseKind;
  readonly ms: number;
}

/** How each is called on the page. */
const names: Partial<Record<PhaseKind, Key>> = {
  [PhaseKind.EDGE]: "phase.edge",
  [PhaseKind.TRANSCRIBE]: "phase.transcribe",
  [PhaseKind.VOICE_ADMISSION]: "phase.voiceAdmission",
  [PhaseKind.MODEL_QUEUE]: "phase.modelQueue",
  [PhaseKind.FIRST_TOKEN]: "phase.firstToken",
  [PhaseKind.THINKING]: "phase.thinking",
  [PhaseKind.FIRST_CLAUSE]: "phase.firstClause",
  [PhaseKind.WORDS]: "phase.words",
  [PhaseKind.VOICE_QUEUE]: "phase.voiceQueue",
  [PhaseKind.ENGINE]: "phase.engine",
  [PhaseKind.LEADING_SILENCE]: "phase.leadingSilence",
  [PhaseKind.SEND]: "phase.send",
};

/** Less than this share of the whole is not worth a word. */
const leastShare = 0.05;

/** What was waited for until the first sound, in the order of the turn: what is worth telling of it. */
export function worthTelling(phases: readonly Phase[]): readonly { readonly key: Key; readonly ms: number }[] {
  const total = phases.reduce((sum, { ms }) => sum + ms, 0);
  return phases.flatMap(({ kind, ms }) => {
    const key = names[kind];
    return key !== undefined && ms > 0 && ms >= total * leastShare ? [{ key, ms }] : [];
  });
}
