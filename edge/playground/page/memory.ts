// A browser that keeps nothing for this page throws on every touch of its storage; the page then simply forgets.

/** What was remembered under this name. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(`duet.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** What was remembered under this name until this tab is closed. */
export function recallInTab(name: string): string | undefined {
  try {
    return sessionStorage.getItem(`duet.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a value until this tab is closed. */
export function rememberInTab(name: string, value: string): void {
  try {
    sessionStorage.setItem(`duet.${name}`, value);
  } catch {
    return;
  }
}

/** Forgets what was remembered for this tab. */
export function forgetInTab(name: string): void {
  try {
    sessionStorage.removeItem(`duet.${name}`);
  } catch {
    return;
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
