import { fish } from "./fish/adapter.ts";

/**
 * The kinds of engines that Synthesize can speak with, by the name of their group of settings, which is that of their part of the
 * config too. A new one is its folder and a line here.
 */
export const adapters = { fish };
