// What the programs go by and the stacks deploy, as plain numbers: SST's bundler cannot take in Effect's modules, since
// it declares names of its own beside theirs.

/** The runtime ends an invocation of the worker after this. */
export const deadlineSeconds = 50

/** The queue hides what is being worked for this long. Under six deadlines, Lambda hands a batch out again meanwhile. */
export const visibilitySeconds = 6 * deadlineSeconds

/** A record that failed so often fails for a reason of its own, and becomes a dead letter. */
export const maxReceives = 3
