/** How long to wait for an answer, in ms: even a Duet that has just started answers at once if its voice is idle. */
const timeoutMs = 2_000;

/** Asks a running Duet for its default voice; undefined if it does not say, for example because it requires a key. */
export async function whoSpeaks(page: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${page}/duet.assistant.v1.AssistantService/ListVoices`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) return undefined;
    const { voices } = (await response.json()) as { voices?: { name?: string }[] };
    return voices?.[0]?.name;
  } catch {
    return undefined;
  }
}
