/** Faults that change nothing anybody could see, by their name without the line's number, and why. */
export const harmless: Readonly<Record<string, string>> = {}
