import { PhaseKind } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Key } from "../i18n/strings.ts";

/** A phase of the wait for the first audio, as the server reports it. */
interface Phase {
  readonly kind: PhaseKind;
  readonly ms: number;
}

/** For each phase, the translation key of the name that the page shows. */
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

/** Phases that take less than this share of the total wait are not shown. */
const leastShare = 0.05;

/** The phases of the wait for the first audio that are long enough to show, in order. */
export function worthTelling(phases: readonly Phase[]): readonly { readonly key: Key; readonly ms: number }[] {
  const total = phases.reduce((sum, { ms }) => sum + ms, 0);
  return phases.flatMap(({ kind, ms }) => {
    const key = names[kind];
    return key !== undefined && ms > 0 && ms >= total * leastShare ? [{ key, ms }] : [];
  });
}
