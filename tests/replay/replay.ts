import * as Effect from "effect/Effect"
import { type Endpoints, start } from "../e2e/support/Host.ts"
import { temporaryDirectory } from "../e2e/support/process.ts"
import { type Found, numbered } from "./updatesIn.ts"

/** What became of one update on one host. */
interface End {
  readonly status: number
  /** Its outcome; of what was not accepted, what was answered. */
  readonly outcome: string
  readonly eventType?: string
  readonly degraded?: boolean
  readonly ambiguous?: number
}

export interface Replayed {
  readonly accepted: number
  /** How many ended so, by kind and outcome. */
  readonly ends: ReadonlyMap<string, number>
  readonly differences: ReadonlyArray<string>
}

/** Far from those that a host's own people have. */
const firstId = 3_000_000_000

/**
 * Posts updates to the webhooks of both hosts, each once the one before it was worked, and compares how they end, what
 * the bot sent, and what is counted.
 */
export const replay = Effect.fnUntraced(function* (updates: ReadonlyArray<Found>) {
  const [one, aws] = yield* Effect.all([started(), started("--aws")], { concurrency: 2 })
  const ends = new Map<string, number>()
  const differences: Array<string> = []
  let accepted = 0
  for (const [index, update] of updates.entries()) {
    const id = firstId + index
    const body = numbered(update, id)
    const both = [one, aws].map((host) => endOf(host, body ?? update.json, body === undefined ? undefined : id))
    const [onOne, onAws] = yield* Effect.all(both, { concurrency: 2 })
    if (onOne === undefined || onAws === undefined) continue
    if (onOne.status === 200) accepted += 1
    const end = `${kindIn(update.json)}: ${onOne.status === 200 ? onOne.outcome : `${onOne.status} ${onOne.outcome}`}`
    ends.set(end, (ends.get(end) ?? 0) + 1)
    differences.push(...differing(update.place, onOne, onAws))
  }
  const chats = new Set(updates.flatMap(({ json }) => [...json.matchAll(/"id":(-?\d+)/g)].map(([, id]) => Number(id))))
  for (const chat of chats) {
    const [sent, sentByAws] = yield* Effect.all([sentTo(one, chat), sentTo(aws, chat)])
    differences.push(...differing(`what chat ${chat} was sent`, sent, sentByAws))
  }
  differences.push(...differing("what is counted", yield* countedOn(one), yield* countedOn(aws)))
  return { accepted, ends, differences } satisfies Replayed
}, Effect.scoped)

const started = Effect.fnUntraced(function* (...args: ReadonlyArray<string>) {
  return yield* start({ CONCIERGE_DATA: yield* temporaryDirectory }, ...args)
})

const endOf = Effect.fnUntraced(function* (
  host: Endpoints,
  body: string,
  id: number | undefined,
): Effect.fn.Return<End> {
  const { status, text } = yield* host.post(body)
  if (status !== 200 || id === undefined) return { status, outcome: text }
  const ended = yield* Effect.catchDefect(host.outcome(id), () => Effect.succeed(undefined))
  if (ended === undefined) return { status, outcome: "none within 20 s" }
  const { ambiguous, degraded, eventType, outcome } = ended
  return {
    status,
    outcome: outcome ?? "none",
    eventType,
    ...(degraded !== undefined && { degraded }),
    ...(ambiguous !== undefined && { ambiguous }),
  }
})

/** Ids and times differ, and so do the voices. */
const sentTo = (host: Endpoints, chat: number) =>
  Effect.map(host.messages(chat), (messages) =>
    messages.map(({ caption, message_thread_id, reply_markup, text, video, voice }) => ({
      text: text ?? caption,
      has: video === undefined ? (voice === undefined ? "nothing" : "voice") : "video",
      buttons: reply_markup?.inline_keyboard.flat().map(({ text }) => text),
      message_thread_id,
    })),
  )

const countedOn = (host: Endpoints) =>
  Effect.map(host.settled, ({ accepted, applied, dead, ignored, parked, sent }) => ({
    accepted,
    applied,
    dead,
    ignored,
    parked,
    sent,
  }))

const differing = (what: string, one: unknown, aws: unknown): ReadonlyArray<string> => {
  const [here, there] = [one, aws].map((value) => JSON.stringify(value))
  return here === there ? [] : [`${what}:\n  one machine  ${here}\n  AWS          ${there}`]
}

/** The first field beside the id. */
const kindIn = (json: string): string =>
  /^\s*\{/.test(json) ? (Object.keys(JSON.parse(json)).find((name) => name !== "update_id") ?? "nothing") : "no update"
