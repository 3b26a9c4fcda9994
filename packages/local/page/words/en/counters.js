// What each counter counts.

/** @type {Readonly<Record<import("../../types.d.ts").Counter, string>>} */
export const counted = {
  accepted: "The webhook said 200: the update is safely queued.",
  applied: "Worked to the end.",
  ignored: "Changed nothing, for a stated reason: a duplicate, too old, not for us.",
  parked: "We could not read it; kept whole until a fix can work it.",
  dead: "Failed three times; waits for an operator.",
  queued: "Not worked yet.",
  sent: "What the bot has written to everybody.",
}
