import { ofCell } from "@concierge/core/attribution/Counted.ts"
import type { Origin } from "@concierge/core/attribution/Origin.ts"
import { cellIn } from "@concierge/core/attribution/Tally.ts"
import type { Session } from "@concierge/core/onboarding/Session.ts"
import type { User } from "@concierge/core/onboarding/User.ts"
import type { Event } from "@concierge/core/updates/Event.ts"
import type { Tables } from "../../../packages/local/store/Tables.ts"
import type { History, Write } from "../History.ts"
import type { Deed, Schedule } from "../Schedule.ts"

/** What a run left behind, and what happened in it. */
export interface Evidence {
  readonly history: History
  readonly schedule: Schedule
  readonly deeds: ReadonlyMap<string, Deed>
  readonly users: ReadonlyArray<User>
  readonly events: ReadonlyMap<string, Event>
  readonly sessions: ReadonlyMap<string, Session>
  /** How often each state was reached, by the funnel's counters. */
  readonly counts: ReadonlyMap<string, number>
  /** The same by what sent people: the link's id or the code, and the state. */
  readonly origins: ReadonlyMap<string, number>
  /** How often people came by something, and what became of it, by the counters. */
  readonly came: ReadonlyMap<string, number>
  /** Writes that led a person to another state or run. */
  readonly moves: ReadonlyArray<Move>
  /** People whose record has been deleted at some time. */
  readonly forgotten: ReadonlySet<string>
}

export type Move = Write & { readonly before: User; readonly after: User }

export type Check = (evidence: Evidence) => ReadonlyArray<string>

export const evidenceOf = (history: History, schedule: Schedule, { sqlite }: Tables["Service"]): Evidence => {
  const items = <A>(table: string): ReadonlyArray<A> =>
    sqlite
      .prepare(`SELECT item FROM ${table}`)
      .all()
      .map(({ item }) => JSON.parse(String(item)))
  const [counts, origins, came] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()]
  const add = (sums: Map<string, number>, name: string | undefined, count: number): void => {
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + count)
  }
  const counters = sqlite.prepare(
    "SELECT settings.key AS counter, item ->> '$.about' AS about, j.key AS cell, j.value AS count FROM settings, json_each(item) AS j WHERE settings.key LIKE 'funnel#%' AND j.key LIKE 'c:%'",
  )
  for (const { about, cell: name, count, counter } of counters.all()) {
    const cell = ofCell(cellIn(String(counter), String(name).slice(2)))
    const { code, linkId }: Origin = JSON.parse(String(about))
    add(counts, cell.reached, Number(count))
    add(came, cell.came, Number(count))
    add(origins, cell.reached && `${linkId ?? code ?? ""} ${cell.reached}`, Number(count))
  }
  return {
    history,
    schedule,
    deeds: new Map(schedule.requests.map(({ about, updateId }) => [`7:${updateId}`, about])),
    users: items<User>("users"),
    events: new Map(items<Event>("events").map((event) => [event.eventId, event])),
    sessions: new Map(items<Session>("sessions").map((session) => [session.sessionId, session])),
    counts,
    origins,
    came,
    moves: history.writes.filter(isMove),
    forgotten: new Set(history.writes.filter(({ after }) => after === undefined).map(({ userId }) => userId)),
  }
}

const isMove = (write: Write): write is Move =>
  write.before !== undefined &&
  write.after !== undefined &&
  (write.before.state !== write.after.state || write.before.run !== write.after.run)

/** Faults that befell a person, or anybody. */
export const faultsOf = ({ faultsOf }: History, userId: string): number =>
  (faultsOf.get(userId) ?? 0) + (faultsOf.get(undefined) ?? 0)
