import { EngineError } from "../../../common/errors/engine-error.ts";
import { readComplaint, toError } from "./complaint.ts";

/** A page of a model server, besides its answers. */
export interface Page {
  readonly status: number;
  readonly text: string;
}

/** A model, as `/v1/models` lists it. */
export interface ListedModel {
  readonly id: string;
  /** Tokens of prompt and answer together; undefined if the server does not tell. */
  readonly maxModelLen: number | undefined;
}

/** Passes over a health page on which the server does not complain; Ollama has none, which says nothing against it. */
export function checkHealth({ status, text }: Page): void {
  if (status >= 500) throw toError(readComplaint(status, text));
}

/** The first model of the page `/v1/models`; undefined if it lists none. Throws the complaint of a server that does not show the page. */
export function readFirstModel(page: Page): ListedModel | undefined {
  if (page.status !== 200) throw toError(readComplaint(page.status, page.text));
  const { data } = readObject(page) as { data?: { id?: unknown; max_model_len?: unknown }[] | null };
  const { id, max_model_len: maxModelLen } = data?.[0] ?? {};
  return typeof id === "string"
    ? { id, maxModelLen: typeof maxModelLen === "number" ? maxModelLen : undefined }
    : undefined;
}

/** The error of a server that is asked for the first of its models, and has none. */
export function noModel(): EngineError {
  return new EngineError("rejected", "the model server lists no model: load one there, or set DUET_VLLM_MODEL");
}

/** The JSON object of a page; an empty one if the page is missing or holds something else. */
export function readObject({ status, text }: Page): Record<string, unknown> {
  if (status !== 200) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
