/** Longer messages are cut: nobody reads on, and the search for quotes takes the square of it. */
const maxLength = 1_000

/**
 * A foreign service's message for a log. It quotes what it refuses, which may be somebody's name, their words, or a
 * request with its credentials: all from the first quote to the last is left out. An apostrophe is no quote.
 */
export const withoutQuotes = (message: string): string =>
  message.slice(0, maxLength).replaceAll(/(?<!\w)(["']).*\1(?!\w)/gs, "“…”")
