// Names in the stored records, explained.

export const states = { first: "New", last: "Done" }

/** What a state is to the person. */
export const standings = {
  past: "received",
  now: "where you stand",
  due: "comes next",
  ahead: "further on",
  off: "no longer on your way",
}

export const counters = /** @type {const} */ ([
  { name: "accepted", title: "Accepted", hint: "The webhook said 200: the update is safely queued." },
  { name: "applied", title: "Applied", hint: "Worked to the end." },
  {
    name: "ignored",
    title: "Ignored",
    hint: "Changed nothing, for a stated reason: a duplicate, too old, not for us.",
  },
  { name: "parked", title: "Parked", hint: "We could not read it; kept whole until a fix can work it." },
  { name: "dead", title: "Dead", hint: "Failed three times; waits for an operator." },
  { name: "queued", title: "Queued", hint: "Not worked yet." },
  { name: "sent", title: "Sent", hint: "What the bot has written to everybody." },
])

/** Why a step failed. @type {Record<string, string>} */
export const failures = {
  RateLimited: "Telegram has had enough: nothing was sent, and it is asked again in {n} s.",
  Unavailable: "No answer, or one of a server in trouble: nobody knows whether it arrived.",
  Blocked: "The person has blocked the bot.",
  BadFile: "Telegram no longer knows this file: it is forgotten, and sent another way.",
  BadUrl: "Telegram could not read the link: the file is sent another way.",
  Rejected: "Telegram refuses this, and would again.",
  Throttled: "The voice is asked too often.",
  NotFound: "It is not there.",
  Busy: "Another update of the same person is being worked.",
  Interrupted: "Given up: something else was quicker.",
}

/** Why an update was ignored. @type {Record<string, string>} */
export const reasons = {
  duplicate: "It had been worked already.",
  stale: "It was much older than what you did since.",
  expired: "It came too late to tell whether it had been worked.",
  coalesced: "The second of a double tap.",
  blocked: "You have blocked the bot, so nothing was sent.",
  undeliverable: "Telegram does not take messages for this chat.",
  forgotten: "It was from before you asked to be forgotten.",
  "unused kind": "The bot has no use for this kind of update.",
  group: "It happened in a group.",
  throttled: "The group has had its answer within the last minute.",
  bot: "It came from a bot.",
  "not newer": "Something newer was known already.",
}
