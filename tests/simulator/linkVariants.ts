import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Schema from "effect/Schema"
import type { Variant } from "./Variant.ts"
import { withUsers } from "./withUsers.ts"

/** Mistakes about what sent somebody. */
export const linkVariants: ReadonlyArray<Variant> = [
  {
    name: "a worker knows a link for good",
    shownBy: 32,
    over: (stores) => {
      const known = new Map<string, Effect.Effect<Option.Option<Schema.Json>>>()
      const get = (key: string) =>
        known.get(key) ??
        Effect.tap(stores.settings.get(key), (value) => Effect.sync(() => known.set(key, Effect.succeed(value))))
      const isLink = (key: string) => key.startsWith("link#")
      return {
        ...stores,
        settings: { ...stores.settings, get: (key) => (isLink(key) ? get(key) : stores.settings.get(key)) },
      }
    },
  },
  {
    name: "the last link takes the first one's place",
    shownBy: 6,
    under: (stores) =>
      withUsers(stores, {
        commit: (input) => {
          const { last_link: linkId = input.after.linkId } = input.after
          return stores.users.commit({
            ...input,
            after: { ...input.after, ...(linkId !== undefined && { linkId }) },
          })
        },
      }),
  },
  {
    name: "the last touch is the first that came after",
    shownBy: 21,
    under: (stores) =>
      withUsers(stores, {
        commit: (input) => {
          const { last_touch_at } = input.before
          return stores.users.commit({
            ...input,
            after: { ...input.after, ...(last_touch_at !== undefined && { last_touch_at }) },
          })
        },
      }),
  },
  {
    name: "a click gets lost",
    under: (stores) =>
      withUsers(stores, {
        commit: (input) => {
          const { clickId: _, ...after } = input.after
          return stores.users.commit({ ...input, after })
        },
      }),
  },
  {
    name: "an event does not keep who sent them",
    under: (stores) => ({
      ...stores,
      events: {
        ...stores.events,
        finish: ({ counted, ...finish }) => {
          const { origin: _, ...kept } = counted ?? {}
          return stores.events.finish({ ...finish, ...(counted !== undefined && { counted: kept }) })
        },
      },
    }),
  },
]
