import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import * as Redacted from "effect/Redacted"
import { botToken } from "../../packages/local/host/botToken.ts"
import { neural } from "../../packages/local/speech/limited.ts"
import { start } from "../local/child.ts"
import { inPlace } from "../local/place.ts"
import { type Campaign, campaign } from "./campaign.ts"
import { clientOf } from "./client.ts"
import { aws, oneMachine } from "./model/Fleet.ts"
import { model } from "./model/model.ts"
import type { Options } from "./options.ts"

/** What it took beside the messages. */
export interface Used {
  readonly updates: number
  readonly copies: number
  readonly paceWrites: number
}

export interface Run {
  readonly campaign: Campaign
  readonly used: Used
}

export const paceKey = `pace#${Redacted.value(botToken).split(":", 1)[0]}`

/** A whole campaign, against a host or against the pace alone. */
export const run = (options: Options, note: (what: string) => void): Promise<Run> =>
  options.simulate ? simulated(options, note) : hosted(options, note)

const simulated = async (options: Options, note: (what: string) => void): Promise<Run> =>
  model(
    options,
    { ...(options.aws ? aws : oneMachine), skew: options.skew * 1000, deaths: options.deaths, stalls: options.stalls },
    note,
  )

/** The same campaign where nobody is paced, for as long. */
export const unpaced = (options: Options, seconds: number): Campaign =>
  model({ ...options, seconds }, { ...(options.aws ? aws : oneMachine), isPaced: false }, () => {}).campaign

/** The host in a process of its own. */
const hosted = (options: Options, note: (what: string) => void): Promise<Run> =>
  inPlace(async (place) => {
    const { aws, limit, model } = options
    const host = aws
      ? start("../viral/awsHost.ts", place)
      : start("host.ts", { ...place, secret: "bench", works: true, voice: neural })
    const client = clientOf(place.port)
    try {
      await host.next()
      await client.limit({ ...(limit > 0 && { perSecond: limit }), model, chats: true, remembers: true })
      const done = await campaign(client, options, note)
      const used = aws ? ((await host.ask()) as Used) : undefined
      await host.stop()
      return { campaign: done, used: used ?? usedOf(join(place.data, "concierge.sqlite")) }
    } finally {
      client.close()
      await host.stop()
    }
  })

/** From the host's own tables, once it has stopped: every message that was ever queued has a number. */
const usedOf = (path: string): Used => {
  const sqlite = new DatabaseSync(path, { readOnly: true })
  const number = (sql: string, ...values: ReadonlyArray<string>): number =>
    Number(sqlite.prepare(sql).get(...values)?.n ?? 0)
  const updates = number("SELECT count(*) AS n FROM accepted")
  const queued = number("SELECT seq AS n FROM sqlite_sequence WHERE name = 'queue'")
  const paceWrites = number("SELECT item ->> '$.value.version' AS n FROM settings WHERE key = ?", paceKey)
  sqlite.close()
  return { updates, copies: queued - updates, paceWrites }
}
