import type { Voice } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Assistant } from "./api.ts";
import { need } from "./dom.ts";
import { currentLanguage, onLanguage, say } from "./i18n/language.ts";
import { recall, remember } from "./memory.ts";

/** The choice of voices. */
export interface Voices {
  /** The chosen voice's name; empty for the default. */
  readonly chosen: string;
  /** Asks the server for its voices. */
  load(): Promise<void>;
}

/** Brings the choice of voices to life; until they are known there is only the default. */
export function createVoices(assistant: Assistant): Voices {
  const select = need<HTMLSelectElement>(document, "#voice");
  let voices: readonly Voice[] = [];

  const draw = () => {
    const wanted = recall("voice");
    // What was remembered before voices carried their engine is still the same voice.
    const isWanted = ({ name, engine }: Voice) => name === wanted || name === `${engine}/${wanted}`;
    const several = new Set(voices.map(({ engine }) => engine)).size > 1;
    const options = voices.map((voice) => new Option(nameOf(voice, several), voice.name, false, isWanted(voice)));
    select.replaceChildren(...(options.length > 0 ? options : [new Option(say("voice.default"), "")]));
    select.disabled = voices.length < 2;
  };
  select.addEventListener("change", () => remember("voice", select.value));
  onLanguage(draw);
  draw();

  return {
    get chosen() {
      return select.value;
    },
    async load() {
      ({ voices } = await assistant.listVoices({}));
      draw();
    },
  };
}

function nameOf({ name, displayName, languages, engine }: Voice, several: boolean): string {
  const names = new Intl.DisplayNames(currentLanguage(), { type: "language" });
  const spoken = languages.map((tag) => names.of(tag) ?? tag).join(", ");
  const title = `${displayName || name}${several ? ` (${engine})` : ""}`;
  return spoken === "" ? title : `${title} · ${spoken}`;
}
