import { type Client, createClient, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { AssistantService } from "../../gen/duet/assistant/v1/assistant_pb.ts";

/** The client through which the page calls the assistant. */
export type Assistant = Client<typeof AssistantService>;

/**
 * Connects to the page's own origin; `key` returns the API key or token sent with each call, empty for none. With
 * `keepalive` a call is completed even after the page has been closed.
 */
export function createAssistant(key: () => string, { keepalive = false } = {}): Assistant {
  const bringKey: Interceptor = (next) => (request) => {
    if (key() !== "") request.header.set("authorization", `Bearer ${key()}`);
    return next(request);
  };
  const transport = createConnectTransport({
    // The address is relative, since a proxy may serve the page under a path of its own.
    baseUrl: new URL(".", document.baseURI).href,
    useBinaryFormat: true,
    interceptors: [bringKey],
    fetch: (input, init) => fetch(input, { ...init, keepalive }),
  });
  return createClient(AssistantService, transport);
}
