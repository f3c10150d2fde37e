/** What went wrong, as every server must be able to tell it. */
export interface ErrorSaid {
  readonly status: number;
  readonly message: string;
  /** The field that is wrong. */
  readonly param?: string;
}

/** How a server writes its errors: the body of an answer. */
export type ErrorStyle = (said: ErrorSaid) => object;

/** As vLLM writes them. */
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

/** As sglang-omni writes them (serve/speech_errors.py): what is its own fault has no code. */
export const sglangErrors: ErrorStyle = ({ status, message, param = null }) => {
  if (status === 404) return { error: { message, type: "invalid_request_error", param, code: "model_not_found" } };
  if (status >= 500) return { error: { message, type: "server_error", param, code: null } };
  return { error: { message, type: "BadRequestError", param, code: status } };
};

/** As Kokoro-FastAPI writes them: an object where FastAPI has a text. */
export const kokoroErrors: ErrorStyle = ({ status, message, param }) => {
  if (status >= 500) return { detail: { error: "processing_error", message, type: "server_error" } };
  const error = param === "model" ? "invalid_model" : "validation_error";
  return { detail: { error, message, type: "invalid_request_error" } };
};

/** As FastAPI writes them. */
export const fastApiErrors: ErrorStyle = ({ message }) => ({ detail: message });

/** As openedai-speech writes them: everything one level higher than OpenAI. */
export const flatErrors: ErrorStyle = ({ status, message, param = null }) =>
  status === 500 && param === null
    ? { message: "InternalServerError", code: 500 }
    : { message, code: status, type: status === 400 ? "BadRequestError" : "ServiceUnavailableError", param };

/** As LocalAI writes them. */
export const localAiErrors: ErrorStyle = ({ status, message }) => ({ error: { code: status, message, type: "" } });

/** As OpenAI writes them. */
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
