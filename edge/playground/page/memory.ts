// If the browser stores nothing for this page, every access to storage throws; the page then simply remembers nothing.

/** The value remembered under a name by this browser; undefined if there is none. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(`duet.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The value remembered under a name for this tab only; undefined if there is none. */
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

/** Forgets the value that this tab remembers under a name. */
export function forgetInTab(name: string): void {
  try {
    sessionStorage.removeItem(`duet.${name}`);
  } catch {
    return;
  }
}

/** Remembers a value for later visits. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`duet.${name}`, value);
  } catch {
    return;
  }
}
