import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as PubSub from "effect/PubSub"
import * as Stream from "effect/Stream"

/** One thing that the system did for an update: what the page shows beside the chat. */
export interface Entry {
  readonly updateId: number
  /** Chat id as text. */
  readonly chat: string
  /** ISO 8601, when it began. */
  readonly at: string
  /** As it is named in a trace, e.g. `Users.begin`. */
  readonly what: string
  readonly millis: number
  readonly ok: boolean
  /** Why it failed, by the name of the reason: `RateLimited 3`, of which the number is in seconds. */
  readonly detail?: string
}

/** Enough for a visitor to look back on; the stored event is the lasting record. */
const remembered = 2_000

/** What was done lately, in memory. */
export class Journal extends Context.Service<
  Journal,
  {
    readonly add: (entry: Entry) => void
    /** What is remembered of a chat, or of all of them, then what comes, with no gap between. */
    readonly feed: (chat?: string) => Stream.Stream<Entry>
  }
>()("@concierge/local/journal/Journal") {}

export const layer = Layer.effect(
  Journal,
  Effect.gen(function* () {
    const latest: Array<Entry> = []
    const hub = yield* PubSub.sliding<Entry>(1_000)
    return Journal.of({
      add: (entry) => {
        // Trimmed now and then, not at every entry.
        if (latest.push(entry) > 2 * remembered) latest.splice(0, remembered)
        PubSub.publishUnsafe(hub, entry)
      },
      feed: (chat) =>
        Stream.unwrap(
          Effect.map(PubSub.subscribe(hub), (coming) =>
            // Copied at the moment of subscribing: an entry is in one of the two, and never in both.
            Stream.concat(Stream.fromIterable([...latest]), Stream.fromSubscription(coming)),
          ),
        ).pipe(Stream.filter((entry) => chat === undefined || entry.chat === chat)),
    })
  }),
)
