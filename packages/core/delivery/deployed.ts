// What the programs go by and the stacks deploy, as plain numbers: SST's bundler cannot take in Effect's modules, since
// it declares names of its own beside theirs.

/**
 * The runtime ends an invocation of the worker after this: a whole video may be sent until 38 s and take its 60 s, one that
 * Telegram knows until 65 s.
 */
export const deadlineSeconds = 100

/** The queue hides what is being worked for this long. Under six deadlines, Lambda hands a batch out again meanwhile. */
export const visibilitySeconds = 6 * deadlineSeconds

/** A record that failed so often fails for a reason of its own, and becomes a dead letter. */
export const maxReceives = 3

/** How often Telegram is asked how the bot is: as often as alarms look. */
export const botCheckMinutes = 5
