/** An error, with all fields that the error formats of the imitated servers need. */
export interface ErrorSaid {
  readonly status: number;
  readonly message: string;
  /** The name of the request's invalid field. */
  readonly param?: string;
}

/** Formats an error as the body of a response, in the format of one server. */
export type ErrorStyle = (said: ErrorSaid) => object;

/** Formats an error as vLLM does. */
export const vllmErrors: ErrorStyle = ({ status, message, param = null }) => ({
  error: { message, type: vllmTypes[status] ?? "InternalServerError", param, code: status },
});

const vllmTypes: Readonly<Record<number, string>> = {
  400: "BadRequestError",
  401: "AuthenticationError",
  404: "NotFoundError",
  429: "RateLimitError",
  503: "ServiceUnavailableError",
};

/** sglang-omni's format (serve/speech_errors.py): internal errors have no code. */
export const sglangErrors: ErrorStyle = ({ status, message, param = null }) => {
  if (status === 404) return { error: { message, type: "invalid_request_error", param, code: "model_not_found" } };
  if (status >= 500) return { error: { message, type: "server_error", param, code: null } };
  return { error: { message, type: "BadRequestError", param, code: status } };
};

/** Kokoro-FastAPI's format: `detail` is an object, where FastAPI has a string. */
export const kokoroErrors: ErrorStyle = ({ status, message, param }) => {
  if (status >= 500) return { detail: { error: "processing_error", message, type: "server_error" } };
  const error = param === "model" ? "invalid_model" : "validation_error";
  return { detail: { error, message, type: "invalid_request_error" } };
};

/** Formats an error as FastAPI does. */
export const fastApiErrors: ErrorStyle = ({ message }) => ({ detail: message });

/** openedai-speech's format: OpenAI's without the outer object. */
export const flatErrors: ErrorStyle = ({ status, message, param = null }) =>
  status === 500 && param === null
    ? { message: "InternalServerError", code: 500 }
    : { message, code: status, type: status === 400 ? "BadRequestError" : "ServiceUnavailableError", param };

/** LocalAI's format. */
export const localAiErrors: ErrorStyle = ({ status, message }) => ({ error: { code: status, message, type: "" } });

/** Formats an error as OpenAI's API does. */
export const openAiErrors: ErrorStyle = ({ status, message, param = null }) => ({
  error: {
    message,
    type: status >= 500 ? "server_error" : status === 429 ? "requests" : "invalid_request_error",
    param,
    code: openAiCodes[status] ?? null,
  },
});

const openAiCodes: Readonly<Record<number, string>> = {
  401: "invalid_api_key",
  404: "model_not_found",
  429: "rate_limit_exceeded",
};
