import type { Stats } from "../local/stats.ts"
import { early, type Ignored } from "./ignored.ts"
import type { People } from "./people.ts"

/** What we have sent and heard, and what the host says afterwards. */
export interface Facts {
  readonly requests: number
  /** Answered with 200. */
  readonly ok: number
  readonly stats: Stats
  readonly people: People
}

/** A line of the reconciliation; its trouble is a sentence for whoever has to find out. */
export interface Line {
  readonly what: string
  readonly count: number
  readonly trouble?: string
}

/** Whether everything that was sent is accounted for. */
export const reconcile = ({ ok, people, requests, stats }: Facts): ReadonlyArray<Line> => {
  const { accepted, applied, dead, ignored, parked, queued, sent } = stats
  const outcomes = applied + ignored + parked + dead
  const { chats, started, wrong } = people
  return [
    line("sent by us, each another update", requests),
    line("answered with 200", ok, ok !== requests && `${requests - ok} requests were not answered with 200`),
    line("accepted by the host", accepted, accepted !== ok && lostOrMore(accepted - ok)),
    line("applied", applied),
    line(
      "ignored",
      ignored,
      ignored !== people.ignored.length &&
        `${ignored} updates were ignored, but the events of ${people.ignored.length} say so`,
    ),
    ...byReason(people.ignored),
    line("parked", parked, parked > 0 && `${parked} updates are parked`),
    line("dead", dead, dead > 0 && `${dead} updates are dead letters`),
    line("queued", queued, queued > 0 && `${queued} updates are still queued and their number does not fall`),
    line(
      "applied + ignored + parked + dead",
      outcomes,
      outcomes !== accepted && `${accepted} updates were accepted, but ${outcomes} have an outcome`,
    ),
    line(
      "messages sent by the bot, one for each applied",
      sent,
      sent !== applied && `${sent} messages were sent for ${applied} applied updates`,
    ),
    line(
      `of ${started} people, with the right state, video and campaign`,
      started - new Set(wrong.map(whose)).size,
      wrong.length > 0 && `people are not as they should be: ${wrong.slice(0, 5).join("; ")}`,
    ),
    line("of them, whose chat was read for the video too", chats),
  ]
}

/** Always with the reason that the mix explains. */
const byReason = (ignored: ReadonlyArray<Ignored>): ReadonlyArray<Line> => {
  const reasons = Map.groupBy([...ignored], ({ reason }) => reason)
  return [...new Set([early, ...reasons.keys()])].map((reason) => {
    const [count, first] = [reasons.get(reason)?.length ?? 0, reasons.get(reason)?.[0]?.unexplained]
    const trouble = `${count} updates were ignored as ${reason}: nothing in the mix explains that. Look at what decide() makes of ${first}`
    return line(`  ${reason}`, count, first !== undefined && trouble)
  })
}

const lostOrMore = (more: number): string =>
  more < 0
    ? `${-more} updates were answered with 200 and are lost`
    : `${more} updates were taken in without an answer of 200`

const whose = (sentence: string): string | undefined => sentence.split(" ", 1)[0]

const line = (what: string, count: number, trouble: string | false = false): Line => ({
  what,
  count,
  ...(trouble !== false && { trouble }),
})
