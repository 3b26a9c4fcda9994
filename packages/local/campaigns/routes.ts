import { Link, newLinkId, stateOf } from "@concierge/core/attribution/Link.ts"
import { dimensions, reportOf } from "@concierge/core/attribution/report.ts"
import { linkPayload } from "@concierge/core/attribution/StartPayload.ts"
import { readTallies } from "@concierge/core/attribution/Tally.ts"
import { Brand } from "@concierge/core/brand/Brand.ts"
import { linkKey } from "@concierge/core/layers/Links.ts"
import { Archive } from "@concierge/core/services/Archive.ts"
import { Links } from "@concierge/core/services/Links.ts"
import { currentIso, isDay, iso } from "@concierge/core/Time.ts"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { asked } from "../asked.ts"
import { understood } from "./understood.ts"
import { Visitors } from "./Visitors.ts"

const json = (body: unknown, status = 200) => HttpServerResponse.jsonUnsafe(body, { status })

const parameter = Effect.fnUntraced(function* (name: string) {
  const { url } = yield* HttpServerRequest.HttpServerRequest
  return new URL(url, "http://localhost").searchParams.get(name)
})

const decodeLink = Schema.decodeUnknownOption(Link)

const allLinks = Effect.gen(function* () {
  const { settings } = yield* Archive
  const now = yield* currentIso
  const stored = yield* Stream.runCollect(settings(linkKey("")))
  return stored
    .flatMap(({ fields, key }) => {
      const id = key.slice(linkKey("").length)
      return Option.toArray(decodeLink(fields.value)).map((link) => ({
        id,
        ...link,
        state: stateOf(link, now),
        payload: linkPayload(id),
      }))
    })
    .toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1))
})

const funnel = Effect.gen(function* () {
  const asked = yield* parameter("by")
  const by = dimensions.find((dimension) => dimension === asked) ?? "campaign"
  const report = reportOf((yield* readTallies()).values(), (yield* Brand).flow, by)
  const names = new Map(by === "link" ? (yield* allLinks).map(({ id, name }) => [id, name]) : [])
  return json({ ...report, rows: report.rows.map((row) => ({ ...row, name: names.get(row.name) ?? row.name })) })
})

const text = Schema.String.check(Schema.isMaxLength(100))
const NewLink = Schema.Struct({
  name: text.check(Schema.isMinLength(1)),
  source: Schema.optionalKey(text),
  medium: Schema.optionalKey(text),
  campaign: Schema.optionalKey(text),
  ref: Schema.optionalKey(text),
  until: Schema.optionalKey(Schema.String.check(Schema.makeFilter(isDay))),
})
const decodeNewLink = Schema.decodeUnknownEffect(NewLink)

const usage =
  'A link needs a name of 1 to 100 characters; it may have source, medium, campaign, ref, and until, a day written like "2026-12-31".'

const create = Effect.gen(function* () {
  const request = yield* HttpServerRequest.HttpServerRequest
  const { name, ref = "", until, ...utm } = yield* asked(request, decodeNewLink)
  const named = Object.fromEntries(Object.entries(utm).filter(([, value]) => value !== ""))
  const id = newLinkId()
  yield* (yield* Links).put(id, {
    name,
    createdAt: yield* currentIso,
    ...(ref !== "" && { ref_code: ref }),
    ...(Object.keys(named).length > 0 && { utm: named }),
    ...(until !== undefined && { expiresAt: iso(`${until}T23:59:59.999Z`) }),
  })
  return json({ id, payload: linkPayload(id) }, 201)
}).pipe(Effect.catchTag("BadBody", (body) => Effect.succeed(json({ error: body.told(usage) }, 400))))

const explain = Effect.gen(function* () {
  return json(yield* understood((yield* parameter("payload")) ?? ""))
})

const come = Effect.gen(function* () {
  const visitors = yield* Visitors
  return (yield* visitors.come) ? json({ ok: true }, 202) : json({ error: "Some are still on their way." }, 409)
})

const progress = Effect.flatMap(Visitors, (visitors) => Effect.map(visitors.progress, (now) => json(now)))

/** The funnel as it stands, stored links, and people to be seen in it: of the stand-in's bot. */
export const campaignRoutes = HttpRouter.addAll([
  HttpRouter.route("GET", "/sandbox/funnel", funnel),
  HttpRouter.route(
    "GET",
    "/sandbox/links",
    Effect.map(allLinks, (links) => json(links)),
  ),
  HttpRouter.route("POST", "/sandbox/links", create),
  HttpRouter.route("GET", "/sandbox/links/understood", explain),
  HttpRouter.route("GET", "/sandbox/visitors", progress),
  HttpRouter.route("POST", "/sandbox/visitors", come),
])
