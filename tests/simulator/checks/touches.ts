import { isDeepStrictEqual } from "node:util"
import { eventId } from "@concierge/core/ids.ts"
import type { User } from "@concierge/core/onboarding/User.ts"
import { fromIso, toIso } from "@concierge/core/Time.ts"
import { baseOf } from "../recordUsers.ts"
import type { Check } from "./Evidence.ts"
import { meaningsOf } from "./meanings.ts"

/** When somebody came, and by what. */
type Touch = ReadonlyArray<unknown>

const firstOf = ({ attributed_at, ...user }: Partial<User> = {}): Touch => [
  attributed_at,
  user.linkId,
  user.clickId,
  user.ref_code,
  user.utm,
  user.verified,
  user.linkState,
]

const lastOf = ({ last_touch_at, ...user }: Partial<User> = {}): Touch => [
  last_touch_at,
  user.last_link,
  user.last_click,
  user.last_ref_code,
  user.last_utm,
]

/** The first /start that was understood says for good what sent a person; the last one after it stands beside it. */
export const touches: Check = (evidence) =>
  evidence.history.writes.flatMap((write) => {
    const { after, before, event } = write
    if (after === undefined) return []
    const isOutdated = after.recent[eventId(event)]?.outcome === "ignored: expired"
    const meanings = isOutdated ? [] : meaningsOf(evidence, write)
    const date = evidence.deeds.get(baseOf(event))?.date ?? 0
    const isFirst = before?.attributed_at === undefined && meanings[0]?.came !== "not understood"
    const known = [before?.attributed_at, before?.last_touch_at].flatMap((at) =>
      at === undefined ? [] : [fromIso(at)],
    )
    const isLast = !isFirst && known.every((at) => date >= at)
    const at = toIso(date)
    const said = meanings.map(({ attribution }) => attribution)
    const first = said.map((by) => firstOf({ ...by, attributed_at: at }))
    const last = said.map(({ clickId, linkId, ref_code, utm }) => [at, linkId, clickId, ref_code, utm])
    return [
      ...differs(`ATTRIBUTION by ${event}`, firstOf(after), isFirst ? first : [], firstOf(before)),
      ...differs(`TOUCH by ${event}`, lastOf(after), isLast ? last : [], lastOf(before)),
    ]
  })

/** One of what is wanted, if anything is; else what was. */
const differs = (what: string, is: Touch, wanted: ReadonlyArray<Touch>, was: Touch): ReadonlyArray<string> => {
  const may = wanted.length > 0 ? wanted : [was]
  if (may.some((one) => isDeepStrictEqual(is, one))) return []
  return [`${what}: ${JSON.stringify(is)}, in truth ${may.map((one) => JSON.stringify(one)).join(" or ")}`]
}

/** How each /start counts as come: once, as what it was. */
export const came: Check = (evidence) => {
  const truth = new Map<string, number>()
  const seen = new Set<string>()
  const wrong = evidence.history.writes.flatMap((write) => {
    const { after, event } = write
    const committed = after?.recent[eventId(event)]
    const meanings = meaningsOf(evidence, write)
    if (committed === undefined || meanings.length === 0 || committed.outcome === "ignored: expired") return []
    const how = committed.came
    if (how !== undefined) truth.set(how, (truth.get(how) ?? 0) + 1)
    const isAgain = seen.has(baseOf(event))
    seen.add(baseOf(event))
    const isSo = isAgain ? how === undefined : meanings.some(({ came }) => came === how)
    return isSo ? [] : [`CAME ${event}: ${how}, ${isAgain ? "and once before" : `in truth ${meanings[0]?.came}`}`]
  })
  const names = new Set([...truth.keys(), ...evidence.came.keys()])
  const miscounted = [...names].filter((name) => truth.get(name) !== evidence.came.get(name))
  return [
    ...wrong,
    ...miscounted.map((name) => `CAME ${name}: ${evidence.came.get(name)}, in truth ${truth.get(name)}`),
  ]
}

/** Each step counts for what first sent the person who came to it. */
export const sent: Check = ({ moves, origins }) => {
  const truth = new Map<string, number>()
  for (const { after } of moves) {
    if (Object.keys(after.state_progress).length === 0) continue
    const cell = `${after.attributed_at === undefined ? "" : (after.linkId ?? after.ref_code ?? "")} ${after.state}`
    truth.set(cell, (truth.get(cell) ?? 0) + 1)
  }
  return [...new Set([...truth.keys(), ...origins.keys()])].flatMap((cell) =>
    truth.get(cell) === origins.get(cell) ? [] : [`ORIGIN ${cell}: ${origins.get(cell)}, in truth ${truth.get(cell)}`],
  )
}
