import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { stepOf } from "../../fixtures/concierge.ts"
import type { Endpoints } from "./Host.ts"
import { messageUpdate, unusedKinds } from "./updates.ts"

type Update = { readonly update_id: number } & Readonly<Record<string, unknown>>

const tap = (updateId: number, chatId: number, data: string): Update => ({
  update_id: updateId,
  callback_query: {
    id: String(updateId),
    from: { id: chatId, is_bot: false, first_name: "Kim", language_code: "en" },
    message: { message_id: 1, date: 0, chat: { id: chatId, type: "private" } },
    data,
  },
})

/** What one person does, in order: the whole way, again from the start, and things of no use. */
const way = (chatId: number, first: number): ReadonlyArray<Update> => [
  messageUpdate(first, chatId, "/start ref_storm"),
  tap(first + 1, chatId, stepOf("voice").data),
  { update_id: first + 2, [unusedKinds[first % unusedKinds.length] ?? "poll"]: { from: { id: chatId } } },
  tap(first + 3, chatId, stepOf("finish").data),
  messageUpdate(first + 4, chatId, "/restart"),
  { update_id: first + 5, message: { message_id: "none" } },
  tap(first + 6, chatId, stepOf("video").data),
  messageUpdate(first + 7, chatId, "/menu"),
]

/** The updates of so many people, and where Telegram stands with delivering them. */
export const makeStorm = (people: ReadonlyArray<number>) => {
  const ways = people.map((chatId, index) => [...way(chatId, 1_000 + 10 * index)])
  const updates = ways.flat()
  const left = () => ways.reduce((sum, way) => sum + way.length, 0)

  /** One person's in order and until each is answered with 200; different people's side by side. False: cut off. */
  const deliverTo = Effect.fnUntraced(function* (host: Endpoints, person: Array<Update>) {
    for (let next = person[0]; next !== undefined; next = person[0]) {
      const answer = yield* Effect.catchCause(host.post(next), () => Effect.succeed(undefined))
      if (answer?.status !== 200) return false
      person.shift()
      // Now and then the answer is lost on its way, and the same is delivered again.
      if ((yield* Random.next) < 0.1) yield* Effect.catchCause(host.post(next), () => Effect.void)
    }
    return true
  })

  return {
    updates,
    /** Once so many more have been answered with 200. */
    delivered: Effect.fnUntraced(function* (more: number) {
      const bound = left() - more
      while (left() > bound) yield* Effect.sleep(1)
    }),
    /** True: everything is delivered. */
    blow: (host: Endpoints) =>
      Effect.map(
        Effect.forEach(ways, (person) => deliverTo(host, person), { concurrency: 20 }),
        (all) => all.every((isDone) => isDone),
      ),
  }
}
