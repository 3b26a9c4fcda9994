import { Brand } from "@concierge/core/brand/Brand.ts"
import { botIdOf, WorkerConfig } from "@concierge/core/config.ts"
import { eventIdOf, userId as userIdFrom } from "@concierge/core/ids.ts"
import type { User } from "@concierge/core/onboarding/User.ts"
import { traceLines } from "@concierge/core/operate/traceLines.ts"
import { traceUpdate } from "@concierge/core/operate/traceUpdate.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { LogLines } from "@concierge/core/services/LogLines.ts"
import { Users } from "@concierge/core/services/Users.ts"
import type { Event } from "@concierge/core/updates/Event.ts"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { type Entry, Journal } from "../journal/Journal.ts"
import { wholeNumber } from "../wholeNumber.ts"
import { wayOf } from "./way.ts"

/** What of a record is shown. */
export interface Shown {
  readonly user: (user: User) => object
  readonly event: (event: Event) => object
}

export const everything: Shown = { user: (user) => user, event: (event) => event }

/** Ids and states, and neither what people are called nor what they wrote. */
export const noNames: Shown = {
  user: ({ firstName: _first, lastName: _last, username: _username, ...user }) => user,
  event: ({ payload: _payload, ...event }) => event,
}

/** A bot's own records, below a path: of people, of events, and what was done lately. */
export const recordRoutes = (below: "/sandbox" | "/real", shownIf: (names: boolean) => Shown) =>
  HttpRouter.use((router) =>
    Effect.gen(function* () {
      const { flow } = yield* Brand
      const users = yield* Users
      const events = yield* Events
      const journal = yield* Journal
      const log = yield* LogLines
      const { botToken } = yield* WorkerConfig
      const shown = Effect.map(HttpServerRequest.ParsedSearchParams, ({ names }) => shownIf(names === "1"))

      yield* router.add(
        "GET",
        `${below}/users/:userId`,
        Effect.gen(function* () {
          const { userId = "" } = yield* HttpRouter.params
          const { user } = yield* shown
          return Option.match(yield* users.get(userIdFrom(userId)), {
            onNone: () => missing("user", userId),
            onSome: (found) => json(user(found)),
          })
        }),
      )
      yield* router.add(
        "GET",
        `${below}/users/:userId/way`,
        Effect.gen(function* () {
          const { userId = "" } = yield* HttpRouter.params
          return json(wayOf(flow, Option.getOrUndefined(yield* users.get(userIdFrom(userId)))))
        }),
      )
      yield* router.add(
        "GET",
        `${below}/events/:updateId`,
        Effect.gen(function* () {
          const updateId = yield* updateIdInPath
          if (updateId === undefined) return badUpdateId
          const { event } = yield* shown
          return Option.match(yield* events.get(eventIdOf(botIdOf(botToken), updateId)), {
            onNone: () => missing("event", updateId),
            onSome: (found) => json(event(found)),
          })
        }),
      )
      yield* router.add(
        "GET",
        `${below}/events/:updateId/trace`,
        Effect.gen(function* () {
          const updateId = yield* updateIdInPath
          if (updateId === undefined) return badUpdateId
          const trace = yield* traceUpdate(botIdOf(botToken), updateId)
          return HttpServerResponse.text(`${traceLines(trace).join("\n")}\n`)
        }).pipe(Effect.provideService(LogLines, log), Effect.provideService(Events, events)),
      )
      yield* router.add(
        "GET",
        `${below}/journal`,
        Effect.sync(() => told(journal.feed())),
      )
      yield* router.add(
        "GET",
        `${below}/journal/:chat`,
        Effect.map(HttpRouter.params, ({ chat = "" }) => told(journal.feed(chat))),
      )
    }),
  )

const told = (entries: Stream.Stream<Entry>) => {
  const lines = Stream.map(entries, (entry) => `data: ${JSON.stringify(entry)}\n\n`)
  // Something at once: a browser takes the connection for made when the first bytes come.
  const text = Stream.concat(Stream.succeed(": connected\nretry: 500\n\n"), lines)
  return HttpServerResponse.stream(Stream.encodeText(text), {
    contentType: "text/event-stream",
    headers: { "cache-control": "no-store" },
  })
}

const json = (body: unknown, status = 200) => HttpServerResponse.jsonUnsafe(body, { status })

const updateIdInPath = Effect.map(HttpRouter.params, ({ updateId }) => wholeNumber(updateId))

const badUpdateId = json({ error: "the update's id must be a whole number" }, 400)

const missing = (what: string, id: string | number) => json({ error: `There is no ${what} ${id}.` }, 404)
