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

/** @type {Readonly<Record<import("../../types.d.ts").Counter, string>>} */
export const counters = {
  accepted: "Accepted",
  applied: "Applied",
  ignored: "Ignored",
  parked: "Parked",
  dead: "Dead",
  queued: "Queued",
  sent: "Sent",
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
