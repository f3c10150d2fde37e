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
 * Converts between the enums of the protos. Each proto has its own enums, which evolve separately: a value added to one
 * of them does not compile until it is mapped here, and a value that only a newer service knows becomes UNSPECIFIED,
 * never a different value.
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

/** Converts an opener mode to Synthesize's enum. */
export function toSpokenOpenerMode(mode: OpenerMode): SpokenOpenerMode {
  return spokenOpenerModes[mode] ?? SpokenOpenerMode.UNSPECIFIED;
}

/** Converts Synthesize's opener mode to the edge's enum. */
export function toOpenerMode(mode: SpokenOpenerMode): OpenerMode {
  return openerModes[mode] ?? OpenerMode.UNSPECIFIED;
}

/** Converts a role to the enum of the Generate service. */
export function toModelRole(role: Role): ModelRole {
  return modelRoles[role] ?? ModelRole.UNSPECIFIED;
}

/** The thinking mode in Generate's enum. */
export function toModelThinking(mode: ThinkingMode): ModelThinkingMode {
  return thinkingModes[mode] ?? ModelThinkingMode.UNSPECIFIED;
}

/** Converts Generate's finish reason to the edge's enum. */
export function toFinishReason(reason: WrittenReason): FinishReason {
  return finishReasons[reason] ?? FinishReason.UNSPECIFIED;
}

/** Converts a warning reason of Synthesize to the edge's enum. */
export function toWarningReason(reason: SpokenReason): WarningReason {
  return warningReasons[reason] ?? WarningReason.UNSPECIFIED;
}

/** Synthesize's segment source in the edge's enum. */
export function toSegmentSource(source: SpokenSource): SegmentSource {
  return segmentSources[source] ?? SegmentSource.UNSPECIFIED;
}
