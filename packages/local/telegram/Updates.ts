import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import { Database } from "./Database.ts"
import { lifetimeOf } from "./redelivery.ts"

export interface Update {
  readonly id: number
  /** Updates of one queue are delivered one after the other. */
  readonly queue: string
  /** The Update object as JSON. */
  readonly body: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** The updates that nobody has taken yet. */
export class Updates extends Context.Service<
  Updates,
  {
    nextId(): number
    add(id: number, kind: string, payload: object, queue: string, now: number): Update
    remove(id: number): void
    /** All that have not expired, oldest first. */
    pending(now: number): ReadonlyArray<Update>
    /** Bodies from this id on. */
    page(offset: number, limit: number, now: number): ReadonlyArray<string>
    /** The id that the n-th update from the end has. */
    fromEnd(n: number): number
    /** Takes everything before this id as received. */
    confirm(offset: number): void
    clear(): void
    count(): number
  }
>()("@concierge/local/telegram/Updates") {}

export const layer = Layer.effect(
  Updates,
  Effect.gen(function* () {
    const { sqlite, lastId } = yield* Database
    const insert = sqlite.prepare("INSERT INTO updates (update_id, queue, body, expires_at) VALUES (?, ?, ?, ?)")
    const one = sqlite.prepare("DELETE FROM updates WHERE update_id = ?")
    const before = sqlite.prepare("DELETE FROM updates WHERE update_id < ?")
    const expired = sqlite.prepare("DELETE FROM updates WHERE expires_at <= ?")
    const all = sqlite.prepare("SELECT update_id, queue, body, expires_at FROM updates ORDER BY update_id")
    const page = sqlite.prepare("SELECT body FROM updates WHERE update_id >= ? ORDER BY update_id LIMIT ?")
    const ids = sqlite.prepare("SELECT update_id FROM updates ORDER BY update_id DESC LIMIT 1 OFFSET ?")
    const clear = sqlite.prepare("DELETE FROM updates")
    const count = sqlite.prepare("SELECT count(*) AS n FROM updates")
    // A bot must not expect ids from 1: Telegram's begin anywhere.
    let last = lastId("updates") || (yield* Random.nextIntBetween(100_000_000, 900_000_000))

    return Updates.of({
      nextId: () => ++last,
      add: (id, kind, payload, queue, now) => {
        const body = JSON.stringify({ update_id: id, [kind]: payload })
        const update = { id, queue, body, expiresAt: now + lifetimeOf(kind) }
        insert.run(id, queue, body, update.expiresAt)
        return update
      },
      remove: (id) => {
        one.run(id)
      },
      pending: (now) => {
        expired.run(now)
        return all.all().map((row) => ({
          id: Number(row.update_id),
          queue: String(row.queue),
          body: String(row.body),
          expiresAt: Number(row.expires_at),
        }))
      },
      page: (offset, limit, now) => {
        expired.run(now)
        return page.all(offset, limit).map((row) => String(row.body))
      },
      fromEnd: (n) => Number(ids.get(n - 1)?.update_id ?? 0),
      confirm: (offset) => {
        before.run(offset)
      },
      clear: () => {
        clear.run()
      },
      count: () => Number(count.get()?.n),
    })
  }),
)
