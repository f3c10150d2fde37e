import type { Values } from "../../../infra/settings/setting.ts";
import type { synthesize } from "../../../infra/settings/synthesize.ts";
import type { Engine } from "../engines/engine.ts";

/**
 * Whether texts may begin with their first words: as the operator says, else where the engine speaks a word as well as a sentence and
 * sends it while it speaks. For others a short opener gains nothing, or is garbled.
 */
export function maySoftenOpener(
  { border, minSeconds }: Values<(typeof synthesize)["opener"]>,
  { minOpenerSeconds, streams }: Pick<Engine, "minOpenerSeconds" | "streams">,
): boolean {
  if (border !== "auto") return border === "soft";
  return streams && minOpenerSeconds === 0 && (minSeconds ?? 0) === 0;
}
