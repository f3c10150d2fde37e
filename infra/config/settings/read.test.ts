import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { readSettings, SettingsError } from "./read.ts";
import { type SettingName, settings } from "./settings.ts";

describe("readSettings", () => {
  test("fills in what is not set", () => {
    assert.deepEqual(readSettings(["DUET_LISTEN", "DUET_CORS_ORIGINS", "DUET_SCRIPTED", "DUET_LOG_LEVEL"], {}), {
      DUET_LISTEN: { host: "127.0.0.1", port: 8080 },
      DUET_CORS_ORIGINS: [],
      DUET_SCRIPTED: false,
      DUET_LOG_LEVEL: "info",
    });
  });

  test("takes an empty variable for one that is not set", () => {
    assert.equal(readSettings(["DUET_MAX_TOKENS"], { DUET_MAX_TOKENS: "" }).DUET_MAX_TOKENS, 512);
  });

  test("reads numbers, flags, addresses, lists and URLs", () => {
    const read = readSettings(
      [
        "DUET_MAX_TOKENS",
        "DUET_MIN_OPENER_SECONDS",
        "DUET_DISCOVER",
        "DUET_LISTEN",
        "DUET_FISH_URL",
        "DUET_FISH_VOICES",
      ],
      {
        DUET_MAX_TOKENS: "64",
        DUET_MIN_OPENER_SECONDS: "0.5",
        DUET_DISCOVER: "0",
        DUET_LISTEN: "[::1]:9000",
        DUET_FISH_URL: "http://10.0.0.1:8080/, http://10.0.0.2:8080 ,",
        DUET_FISH_VOICES: "anna, bert",
      },
    );
    assert.deepEqual(read, {
      DUET_MAX_TOKENS: 64,
      DUET_MIN_OPENER_SECONDS: 0.5,
      DUET_DISCOVER: false,
      DUET_LISTEN: { host: "::1", port: 9000 },
      DUET_FISH_URL: ["http://10.0.0.1:8080", "http://10.0.0.2:8080"],
      DUET_FISH_VOICES: ["anna", "bert"],
    });
  });

  test("takes a bare port for one on the loopback interface", () => {
    assert.deepEqual(readSettings(["DUET_LISTEN"], { DUET_LISTEN: "9000" }).DUET_LISTEN, {
      host: "127.0.0.1",
      port: 9000,
    });
  });

  test("leaves an optional setting out", () => {
    assert.equal(readSettings(["DUET_VLLM_MODEL"], {}).DUET_VLLM_MODEL, undefined);
  });

  test("says what a setting that must be given is for", () => {
    assert.deepEqual(faults(["DUET_VLLM_URL"], {}), [
      `DUET_VLLM_URL is not set: ${settings.DUET_VLLM_URL.description}`,
    ]);
  });

  test("names every fault at once, with the value and what would be right", () => {
    const lines = faults(["DUET_LISTEN", "DUET_MAX_TOKENS", "DUET_DISCOVER", "DUET_FISH_URL", "DUET_VLLM_URL"], {
      DUET_LISTEN: "localhost:99999",
      DUET_MAX_TOKENS: "many",
      DUET_DISCOVER: "yes",
      DUET_FISH_URL: ",",
      DUET_VLLM_URL: "localhost:8000",
    });
    assert.equal(lines.length, 5, lines.join("\n"));
    assert.match(lines[0] ?? "", /^DUET_LISTEN=localhost:99999: must be host:port/);
    assert.match(lines[1] ?? "", /^DUET_MAX_TOKENS=many: must be a number/);
    assert.match(lines[2] ?? "", /^DUET_DISCOVER=yes: must be 0 or 1/);
    assert.match(lines[3] ?? "", /^DUET_FISH_URL=,: must name at least one address/);
    assert.match(lines[4] ?? "", /^DUET_VLLM_URL=localhost:8000: must be an address such as http/);
  });

  test("refuses a number outside of its range", () => {
    for (const value of ["0", "40000"])
      assert.match(
        faults(["DUET_MAX_TOKENS"], { DUET_MAX_TOKENS: value })[0] ?? "",
        /^DUET_MAX_TOKENS=\d+: must be a number from 1 to 32768\./,
      );
    assert.match(faults(["DUET_MAX_TOKENS"], { DUET_MAX_TOKENS: "1.5" })[0] ?? "", /: must be a whole number\./);
  });

  test("names the nearest setting where there is none of that name", () => {
    assert.deepEqual(faults([], { DUET_VLM_URL: "http://127.0.0.1:8000", DUET_LISTN: "1" }), [
      "DUET_VLM_URL is no setting: did you mean DUET_VLLM_URL?",
      "DUET_LISTN is no setting: did you mean DUET_LISTEN?",
    ]);
  });

  test("lets other programs' variables and other processes' settings be", () => {
    assert.deepEqual(readSettings([], { PATH: "/bin", DUETTO: "1", DUET_FISH_URL: "not read here" }), {});
  });
});

describe("settings", () => {
  test("each is described in sentences, its default left to the table", () => {
    for (const [name, setting] of Object.entries(settings))
      assert.match(setting.description ?? "", /^[\dA-Z].*\.$/, name);
  });

  test("each default is a value that the setting takes", () => {
    const required: SettingName[] = ["DUET_VLLM_URL", "DUET_FISH_URL"];
    const names = (Object.keys(settings) as SettingName[]).filter((name) => !required.includes(name));
    assert.doesNotThrow(() => readSettings(names, {}));
  });
});

function faults(names: SettingName[], env: NodeJS.ProcessEnv): string[] {
  try {
    readSettings(names, env);
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.message.split("\n");
  }
  return assert.fail("nothing was refused");
}
