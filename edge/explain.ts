import type { Interceptor } from "@connectrpc/connect";
export const explainRequests: Interceptor = (next) => next;
