import { formatAddress } from "../../net/address.ts";
import { type SettingName, settings } from "./settings.ts";

/** A setting, for people. */
export interface SettingDescription {
  /** The environment variable. */
  name: SettingName;
  /** As it would be written; empty if there is none. */
  fallback: string;
  /** What it does, in sentences. */
  does: string;
}

/** Every setting with its default, in the order of the table. */
export function describeSettings(): SettingDescription[] {
  return Object.entries(settings).map(([name, setting]) => ({
    name: name as SettingName,
    fallback: write(setting.safeParse(undefined).data),
    does: setting.description ?? "",
  }));
}

type Value = string | number | boolean | { host: string; port: number } | string[] | undefined;

function write(value: Value): string {
  if (value === undefined) return "";
  if (typeof value === "boolean") return value ? "1" : "0";
  if (Array.isArray(value)) return value.join(",");
  return typeof value === "object" ? formatAddress(value) : String(value);
}
