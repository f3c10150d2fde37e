// A browser that keeps nothing for this page throws on every touch of its storage; the page then simply forgets.

/** What was remembered under this name. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(`duet.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a choice for the next visit. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`duet.${name}`, value);
  } catch {
    return;
  }
}
