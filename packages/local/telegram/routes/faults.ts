import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Schema from "effect/Schema"
import { asked } from "../../asked.ts"
import { Injection } from "../Fault.ts"
import { StandIn } from "../StandIn.ts"

const decode = Schema.decodeUnknownEffect(Injection)

const usage =
  'send {"method": "sendVideo" | "send*" | "*", "times": 1, "fault": {"_tag": "Refuse", "status": 429, "description": "…", "retryAfter": 3}}; ' +
  "other faults: Page {status}, Slow {millis}, Hang, Lose, CutBefore, CutAfter, Kill"

const refused = (error: string) => HttpServerResponse.jsonUnsafe({ error }, { status: 400 })

/** What is still to go wrong, and whether anybody can be killed. */
const waiting = Effect.map(StandIn, ({ faults, kill }) =>
  HttpServerResponse.jsonUnsafe({ faults: faults.list(), canKill: kill !== undefined }),
)

const inject = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const { faults, kill } = yield* StandIn
  return yield* asked(request, decode).pipe(
    Effect.match({
      onFailure: (body) => refused(body.told(usage)),
      onSuccess: (injection) => {
        if (injection.fault._tag === "Kill" && kill === undefined) return refused("nobody can be killed here")
        faults.inject(injection)
        return HttpServerResponse.jsonUnsafe({ faults: faults.list() })
      },
    }),
  )
})

const clear = Effect.map(StandIn, ({ faults }) => {
  faults.clear()
  return HttpServerResponse.jsonUnsafe({ faults: faults.list() })
})

/** Answered by nobody: who was to answer is dead, where bot and stand-in are one process. */
const kill = Effect.gen(function* () {
  const { kill } = yield* StandIn
  if (kill === undefined) return refused("nobody can be killed here")
  yield* kill
  return HttpServerResponse.jsonUnsafe({ ok: true })
})

/** What Telegram does wrong next, for the page and for anyone's script. */
export const faultRoutes = HttpRouter.addAll([
  HttpRouter.route("GET", "/sandbox/faults", waiting),
  HttpRouter.route("POST", "/sandbox/faults", inject),
  HttpRouter.route("DELETE", "/sandbox/faults", clear),
  HttpRouter.route("POST", "/sandbox/kill", kill),
])
