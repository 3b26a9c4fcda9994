import { Brand } from "@concierge/core/brand/Brand.ts"
import { botIdOf, WorkerConfig } from "@concierge/core/config.ts"
import { eventIdOf, userId as userIdFrom } from "@concierge/core/ids.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { Users } from "@concierge/core/services/Users.ts"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { Journal } from "../journal/Journal.ts"
import { Stats } from "../store/Stats.ts"
import { StandIn } from "../telegram/StandIn.ts"
import { wayOf } from "./way.ts"

/** What the page and anyone's script may look at: the system's own records. */
export const sandboxRoutes = HttpRouter.use((router) =>
  Effect.gen(function* () {
    const { flow } = yield* Brand
    const users = yield* Users
    const events = yield* Events
    const stats = yield* Stats
    const journal = yield* Journal
    const telegram = yield* StandIn
    const { botToken } = yield* WorkerConfig

    yield* router.add("GET", "/healthz", json({ ok: true }))
    yield* router.add(
      "GET",
      "/sandbox/users/:userId",
      Effect.gen(function* () {
        const { userId = "" } = yield* HttpRouter.params
        return Option.match(yield* users.get(userIdFrom(userId)), {
          onNone: () => missing("user", userId),
          onSome: json,
        })
      }),
    )
    yield* router.add(
      "GET",
      "/sandbox/users/:userId/way",
      Effect.gen(function* () {
        const { userId = "" } = yield* HttpRouter.params
        return json(wayOf(flow, Option.getOrUndefined(yield* users.get(userIdFrom(userId)))))
      }),
    )
    yield* router.add(
      "GET",
      "/sandbox/events/:updateId",
      Effect.gen(function* () {
        const { updateId = "" } = yield* HttpRouter.params
        const eventId = eventIdOf(botIdOf(botToken), Number(updateId))
        return Option.match(yield* events.get(eventId), { onNone: () => missing("event", updateId), onSome: json })
      }),
    )
    yield* router.add(
      "GET",
      "/sandbox/stats",
      Effect.gen(function* () {
        const { sent } = yield* telegram.counters
        return json({ ...(yield* stats.counts), sent })
      }),
    )
    yield* router.add(
      "GET",
      "/sandbox/journal/:chat",
      Effect.gen(function* () {
        const { chat = "" } = yield* HttpRouter.params
        const lines = Stream.map(journal.feed(chat), (entry) => `data: ${JSON.stringify(entry)}\n\n`)
        // Something at once: a browser takes the connection for made when the first bytes come.
        const text = Stream.concat(Stream.succeed(": connected\n\n"), lines)
        return HttpServerResponse.stream(Stream.encodeText(text), {
          contentType: "text/event-stream",
          headers: { "cache-control": "no-store" },
        })
      }),
    )
  }),
)

const json = (body: unknown, status = 200) => HttpServerResponse.jsonUnsafe(body, { status })

const missing = (what: string, id: string) => json({ error: `There is no ${what} ${id}.` }, 404)
