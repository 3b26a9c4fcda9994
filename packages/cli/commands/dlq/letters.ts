import { type DeadReason, type DeadUpdate, dead, deadReasons } from "@concierge/core/operate/listDead.ts"
import { isWanted, type Wanted } from "@concierge/core/operate/Wanted.ts"
import type { Iso } from "@concierge/core/Time.ts"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { ago } from "../../print/ago.ts"
import { progress } from "../../print/progress.ts"
import { table } from "../../print/table.ts"
import { err } from "../../print/write.ts"
import { type Filters, filters, wantedOf } from "../wanted.ts"

const isReason = (text: string): text is DeadReason => text in deadReasons
const reasons = Object.keys(deadReasons).filter(isReason)

const reason = Flag.Literals("reason", reasons).pipe(Flag.withDescription("Those that died of this"), Flag.optional)

export const which = { reason, ...filters }

export interface Which extends Filters {
  readonly reason: Option.Option<DeadReason>
}

export const wantedLetters = Effect.fnUntraced(function* (given: Which) {
  const wanted: Wanted = { ...(yield* wantedOf(given)), reason: Option.getOrUndefined(given.reason) }
  return dead.pipe(
    Stream.filter(({ reason, update }) => isWanted(wanted, { ...update.attributes, reason, group: update.group })),
  )
})

/** Works the letters as they are read, ten at a time; whoever interrupts waits for those in hand. */
export const workLetters = Effect.fnUntraced(function* <A, E, R>(
  given: Which,
  what: string,
  work: (letter: DeadUpdate) => Effect.Effect<A, E, R>,
) {
  const letters = yield* wantedLetters(given)
  const tell = yield* progress(what)
  let done = 0
  return yield* letters.pipe(
    Stream.mapEffect(
      (letter) => Effect.uninterruptible(Effect.tap(work(letter), () => Effect.sync(() => tell(++done)))),
      { concurrency: 10 },
    ),
    Stream.runCollect,
    Effect.onInterrupt(() => err(`${done} were ${what}, the others are as they were`)),
  )
}, Effect.scoped)

/** A letter as it is shown to programs. */
export const shown = ({ eventId, outcome, reason, update }: DeadUpdate) => ({
  updateId: update.attributes.updateId,
  eventId,
  kind: update.attributes.kind,
  chat: update.group,
  receivedAt: update.attributes.receivedAt,
  attempt: update.attributes.attempt,
  deferredAt: update.attributes.deferredAt,
  correlationId: update.attributes.correlationId,
  reason,
  outcome,
})

export const lettersTable = (letters: ReadonlyArray<DeadUpdate>, now: Iso): string =>
  table(
    ["update", "kind", "chat", "received", "reason"],
    letters.map(({ outcome, reason, update: { attributes, group } }) => [
      String(attributes.updateId),
      attributes.kind,
      group,
      `${ago(attributes.receivedAt, now)} ago`,
      outcome === undefined ? reason : `${reason} (${outcome})`,
    ]),
  )

/** What the reasons that occur mean. */
export const meanings = (letters: ReadonlyArray<DeadUpdate>): ReadonlyArray<string> =>
  [...new Set(letters.map(({ reason }) => reason))].map((reason) => `${reason}: ${deadReasons[reason]}`)

export const byAge = (one: DeadUpdate, other: DeadUpdate): number =>
  one.update.attributes.receivedAt < other.update.attributes.receivedAt ? -1 : 1
