/**
 * Preloaded into a process (`--import`), makes it fail if it loads more of OpenTelemetry than its interface, which
 * prom-client takes along.
 */
import { registerHooks } from "node:module";

registerHooks({
  resolve(specifier, context, next) {
    if (/^@opentelemetry\/(?!api$)/.test(specifier)) throw new Error(`${specifier} was loaded`);
    return next(specifier, context);
  },
});
