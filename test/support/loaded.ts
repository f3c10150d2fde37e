/**
 * Loaded ahead of a program (`--import`): tells the parent which packages it has loaded, and how many modules, before
 * it says that it listens.
 */
import { registerHooks } from "node:module";

/** What a program has loaded by the time it listens. */
export interface LoadedMessage {
  readonly type: "loaded";
  /** Modules by the package that they are of, our own as `duet`. */
  readonly modules: Readonly<Record<string, number>>;
}

const modules: Record<string, number> = {};
registerHooks({
  load(url, context, next) {
    if (url.startsWith("file:")) {
      const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? "duet";
      modules[name] = (modules[name] ?? 0) + 1;
    }
    return next(url, context);
  },
});

const send = process.send?.bind(process);
process.send = (message: { readonly type?: string }) => {
  if (message.type === "listening") send?.({ type: "loaded", modules } satisfies LoadedMessage);
  return send?.(message) ?? false;
};
