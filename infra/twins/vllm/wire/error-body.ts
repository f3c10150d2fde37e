import type { ApiError } from "./events.ts";

/** An answer instead of a completion: a value is sent as JSON, a string as it is. */
export interface Refusal {
  status: number;
  body: object | string;
}

/** The answer that carries an error. */
export function refusal(error: ApiError): Refusal {
  return { status: error.code, body: { error } };
}

/** 400 of our own request: a value out of range, a prompt too long. */
export function badRequest(message: string, param: string | null): ApiError {
  return { message, type: "BadRequestError", param, code: 400 };
}

/** 400 of a body that does not fit the schema: the type has a space here. */
export function badSchema(message: string, param: string): ApiError {
  return { message, type: "Bad Request", param, code: 400 };
}

/** 404 of a model that is not served. */
export function unknownModel(model: string): ApiError {
  return { message: `The model \`${model}\` does not exist.`, type: "NotFoundError", param: "model", code: 404 };
}

/** 500 of an engine whose process has died. */
export const engineDead: ApiError = {
  message: "EngineCore encountered an issue. See stack trace (above) for the root cause.",
  type: "InternalServerError",
  param: null,
  code: 500,
};

/** 503 of a full queue. vLLM's wording is not known: the status and the shape are what counts. */
export const overloaded: ApiError = {
  message: "The server is overloaded: too many queued requests. Please try again later.",
  type: "ServiceUnavailableError",
  param: null,
  code: 503,
};

/** 501 of what the engine, or this stand-in, does not do. */
export function unsupported(message: string): ApiError {
  return { message, type: "NotImplementedError", param: null, code: 501 };
}
