import {
  FinishReason,
  OpenerMode,
  Role,
  SegmentSource,
  ThinkingMode,
  WarningReason,
} from "../gen/duet/assistant/v1/assistant_pb.ts";
import {
  Role as ModelRole,
  ThinkingMode as ModelThinkingMode,
  FinishReason as WrittenReason,
} from "../gen/duet/generate/v1/generate_pb.ts";
import {
  OpenerMode as SpokenOpenerMode,
  WarningReason as SpokenReason,
  SegmentSource as SpokenSource,
} from "../gen/duet/synthesize/v1/synthesize_pb.ts";

/**
 * What the contracts call the same thing. Each has enums of its own, which grow apart: a value that is added to one of them does
 * not compile until it stands here, and one that only a newer service knows becomes UNSPECIFIED, never another value's number.
 */

const modelRoles: Record<Role, ModelRole> = {
  [Role.UNSPECIFIED]: ModelRole.UNSPECIFIED,
  [Role.USER]: ModelRole.USER,
  [Role.ASSISTANT]: ModelRole.ASSISTANT,
};

const thinkingModes: Record<ThinkingMode, ModelThinkingMode> = {
  [ThinkingMode.UNSPECIFIED]: ModelThinkingMode.UNSPECIFIED,
  [ThinkingMode.OFF]: ModelThinkingMode.OFF,
  [ThinkingMode.ON]: ModelThinkingMode.ON,
};

const finishReasons: Record<WrittenReason, FinishReason> = {
  [WrittenReason.UNSPECIFIED]: FinishReason.UNSPECIFIED,
  [WrittenReason.STOP]: FinishReason.STOP,
  [WrittenReason.LENGTH]: FinishReason.LENGTH,
  [WrittenReason.REPETITION]: FinishReason.REPETITION,
  [WrittenReason.TOOL_CALLS]: FinishReason.TOOL_CALLS,
};

const warningReasons: Record<SpokenReason, WarningReason> = {
  [SpokenReason.UNSPECIFIED]: WarningReason.UNSPECIFIED,
  [SpokenReason.SEGMENT_FAILED]: WarningReason.SEGMENT_FAILED,
  [SpokenReason.AUDIO_SUSPECT]: WarningReason.AUDIO_SUSPECT,
  [SpokenReason.NOT_SPOKEN]: WarningReason.NOT_SPOKEN,
  [SpokenReason.VOICE_SUBSTITUTED]: WarningReason.VOICE_SUBSTITUTED,
};

const segmentSources: Record<SpokenSource, SegmentSource> = {
  [SpokenSource.UNSPECIFIED]: SegmentSource.UNSPECIFIED,
  [SpokenSource.ENGINE]: SegmentSource.ENGINE,
  [SpokenSource.CACHE]: SegmentSource.CACHE,
  [SpokenSource.OPENER]: SegmentSource.OPENER,
};

const openerModes: Record<SpokenOpenerMode, OpenerMode> = {
  [SpokenOpenerMode.UNSPECIFIED]: OpenerMode.UNSPECIFIED,
  [SpokenOpenerMode.SOFT]: OpenerMode.SOFT,
  [SpokenOpenerMode.WRITTEN]: OpenerMode.WRITTEN,
  [SpokenOpenerMode.LIST]: OpenerMode.LIST,
};

const spokenOpenerModes: Record<OpenerMode, SpokenOpenerMode> = {
  [OpenerMode.UNSPECIFIED]: SpokenOpenerMode.UNSPECIFIED,
  [OpenerMode.SOFT]: SpokenOpenerMode.SOFT,
  [OpenerMode.WRITTEN]: SpokenOpenerMode.WRITTEN,
  [OpenerMode.LIST]: SpokenOpenerMode.LIST,
};

/** Where a first sound comes from, as Synthesize calls it. */
export function toSpokenOpenerMode(mode: OpenerMode): SpokenOpenerMode {
  return spokenOpenerModes[mode] ?? SpokenOpenerMode.UNSPECIFIED;
}

/** Where a first sound comes from, as a turn's caller is told. */
export function toOpenerMode(mode: SpokenOpenerMode): OpenerMode {
  return openerModes[mode] ?? OpenerMode.UNSPECIFIED;
}

/** Who speaks, as Generate calls it. */
export function toModelRole(role: Role): ModelRole {
  return modelRoles[role] ?? ModelRole.UNSPECIFIED;
}

/** Whether the model may think, as Generate calls it. */
export function toModelThinking(mode: ThinkingMode): ModelThinkingMode {
  return thinkingModes[mode] ?? ModelThinkingMode.UNSPECIFIED;
}

/** Why Generate stopped writing, as a turn's caller is told. */
export function toFinishReason(reason: WrittenReason): FinishReason {
  return finishReasons[reason] ?? FinishReason.UNSPECIFIED;
}

/** Why Synthesize does not speak something as written, as a turn's caller is told. */
export function toWarningReason(reason: SpokenReason): WarningReason {
  return warningReasons[reason] ?? WarningReason.UNSPECIFIED;
}

/** Where a segment's sound comes from, as a turn's caller is told. */
export function toSegmentSource(source: SpokenSource): SegmentSource {
  return segmentSources[source] ?? SegmentSource.UNSPECIFIED;
}
