import { servesAdminHost } from "../../../infra/net/host.ts";
import { Failure } from "../../errors.ts";
import { type Door, hostOf } from "./door.ts";

/**
 * Makes the function that checks requests to the admin address. It accepts every request to one of the address's own
 * names or `allowedHosts`, unless a web page sent the request.
 */
export function createAdminDoor(allowedHosts: readonly string[]): Door {
  return (request) => {
    if (request.headers.origin !== undefined)
      throw new Failure(
        "PERMISSION_DENIED",
        "ORIGIN_NOT_ALLOWED",
        "requests from web pages are not allowed on this port",
      );
    if (!servesAdminHost(hostOf(request), allowedHosts))
      throw new Failure(
        "PERMISSION_DENIED",
        "HOST_NOT_SERVED",
        "this host name is not served here: use the IP address, or a name without a dot",
        { inFull: "this host name is not served here: use the IP address, or add the host to DUET_EDGE_ALLOWED_HOSTS" },
      );
    return false;
  };
}
