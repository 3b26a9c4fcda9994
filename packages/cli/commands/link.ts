import { isLinkId, Link, newLinkId, stateOf } from "@concierge/core/attribution/Link.ts"
import { linkPayload, maxLinkPayload } from "@concierge/core/attribution/StartPayload.ts"
import { linkKey } from "@concierge/core/layers/Links.ts"
import { Archive } from "@concierge/core/services/Archive.ts"
import { Links } from "@concierge/core/services/Links.ts"
import { currentIso, iso } from "@concierge/core/Time.ts"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { BadInput } from "../BadInput.ts"
import { asJson, toggle } from "../flags.ts"
import { csv } from "../print/csv.ts"
import { table } from "../print/table.ts"
import { json, out } from "../print/write.ts"
import { brand, on, stage } from "../where.ts"
import { dayOf } from "./dates.ts"
import { readPlacements } from "./placements.ts"

const text = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withDescription(description), Flag.optional)

const says = {
  source: text("source", "utm_source: where they come from, poster"),
  medium: text("medium", "utm_medium: by what, print"),
  campaign: text("campaign", "utm_campaign: spring"),
  content: text("content", "utm_content: which of several"),
  term: text("term", "utm_term"),
  ref: text("ref", "ref_code: a referrer or partner"),
  until: text("until", "The last day on which it counts as verified, 2026-12-31"),
}

const bot = text("bot", "Username of the bot; the brand's, unless given")
const id = Argument.String("id").pipe(Argument.withDescription("The link's id: 16 characters"))

const decode = Schema.decodeUnknownOption(Link)

type Says = { readonly [K in keyof typeof says]: Option.Option<string> }

/** What is said of a link; a value of "" takes it away. */
const saidOf = Effect.fnUntraced(function* ({ ref, until, ...utm }: Says, before: Partial<Link> = {}) {
  const last = yield* dayOf(
    "until",
    Option.filter(until, (day) => day !== ""),
    "",
  )
  const named = Object.fromEntries(
    Object.entries({ ...before.utm, ...Object.fromEntries(Object.entries(utm).flatMap(given)) }).filter(
      ([, value]) => value !== "",
    ),
  )
  const code = Option.getOrElse(ref, () => before.ref_code ?? "")
  const end = last === "" ? (Option.isSome(until) ? undefined : before.expiresAt) : iso(`${last}T23:59:59.999Z`)
  return {
    ...(Object.keys(named).length > 0 && { utm: named }),
    ...(code !== "" && { ref_code: code }),
    ...(end !== undefined && { expiresAt: end }),
  }
})

const given = ([name, value]: readonly [string, Option.Option<string>]) =>
  Option.isSome(value) ? [[name, value.value.trim()] as const] : []

const shown = (linkId: string, link: Link, username: string, now = iso(new Date().toISOString())) => ({
  id: linkId,
  ...link,
  state: stateOf(link, now),
  payload: linkPayload(linkId),
  url: `https://t.me/${username}?start=${linkPayload(linkId)}`,
})

const usernameOf = Effect.fnUntraced(function* (chosen: Option.Option<string>) {
  return Option.getOrUndefined(chosen) ?? (yield* brand).bot.username
})

const found = Effect.fnUntraced(function* (linkId: string) {
  const link = isLinkId(linkId) ? yield* (yield* Links).get(linkId) : undefined
  if (link !== undefined) return link
  const known = isLinkId(linkId) ? "there is no such link" : "an id has 16 characters of A-Z, a-z, 0-9, _ and -"
  return yield* new BadInput({ advice: `"${linkId}": ${known}. See: concierge link list` })
})

const create = Command.make(
  "create",
  {
    name: text("name", 'What you call it: "Poster, north station"'),
    ...says,
    csv: text("csv", "A file with a placement a line: name,source,medium,campaign,content,term,ref,until"),
    json: asJson,
    bot,
    stage,
  },
  Effect.fnUntraced(function* ({ bot, csv: file, json: wantsJson, name, stage, ...given }) {
    const placements = Option.isSome(file)
      ? yield* readPlacements(file.value)
      : [{ ...given, name: Option.getOrElse(name, () => "").trim() }]
    if (placements.some((placement) => placement.name === "")) {
      return yield* new BadInput({ advice: 'a link needs a name: --name "Poster, north station"' })
    }
    const username = yield* usernameOf(bot)
    const now = yield* currentIso
    const links = yield* Effect.forEach(placements, ({ name, ...said }) =>
      Effect.map(saidOf(said), (link) => ({ linkId: newLinkId(), link: { name, createdAt: now, ...link } })),
    )
    yield* on(
      stage,
      Effect.gen(function* () {
        const store = yield* Links
        yield* Effect.forEach(links, ({ link, linkId }) => store.put(linkId, link), { concurrency: 10, discard: true })
        const made = links.map(({ link, linkId }) => shown(linkId, link, username))
        if (wantsJson) return yield* json(made)
        if (Option.isSome(file))
          return yield* out(csv([["id", "name", "url"], ...made.map((link) => [link.id, link.name, link.url])]))
        for (const link of made) yield* out(yield* card(link))
      }),
    )
  }),
).pipe(Command.withDescription("Make a link, or a hundred from a file"))

const card = Effect.fnUntraced(function* (link: ReturnType<typeof shown>) {
  const { renderUnicodeCompact } = yield* Effect.promise(() => import("uqr"))
  const said = Object.entries({ ref: link.ref_code, ...link.utm, until: link.expiresAt?.slice(0, 10) })
  const rows = said.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(9)}${value}`]))
  return [
    renderUnicodeCompact(link.url),
    "",
    `${link.name} (${link.state})`,
    `  ${"link".padEnd(9)}${link.url}`,
    `  ${"payload".padEnd(9)}${link.payload} (${link.payload.length} of ${maxLinkPayload} characters)`,
    ...rows,
  ].join("\n")
})

const list = Command.make("list", { json: asJson, bot, stage }, ({ bot, json: wantsJson, stage }) =>
  on(
    stage,
    Effect.gen(function* () {
      const archive = yield* Archive
      const username = yield* usernameOf(bot)
      const stored = yield* Stream.runCollect(archive.settings(linkKey("")))
      const links = stored.flatMap(({ fields, key }) => {
        const link = decode(fields.value)
        return Option.isSome(link) ? [shown(key.slice(linkKey("").length), link.value, username)] : []
      })
      const sorted = links.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
      if (wantsJson) return yield* json(sorted)
      if (sorted.length === 0)
        return yield* out('There is no link yet. Make one: concierge link create --name "Poster"')
      const head = ["id", "name", "state", "source", "campaign", "ref", "until"]
      const rows = sorted.map(({ expiresAt = "", id, name, ref_code = "", state, utm = {} }) => [
        id,
        name,
        state,
        utm.source ?? "",
        utm.campaign ?? "",
        ref_code,
        expiresAt.slice(0, 10),
      ])
      yield* out(table(head, rows))
    }),
  ),
).pipe(Command.withDescription("All links"))

const show = Command.make(
  "show",
  { id, json: asJson, svg: toggle("svg", "The QR code as SVG"), bot, stage },
  ({ bot, id, json: wantsJson, stage, svg }) =>
    on(
      stage,
      Effect.gen(function* () {
        const link = shown(id, yield* found(id), yield* usernameOf(bot))
        if (wantsJson) return yield* json(link)
        if (!svg) return yield* out(yield* card(link))
        const { renderSVG } = yield* Effect.promise(() => import("uqr"))
        yield* out(renderSVG(link.url))
      }),
    ),
).pipe(Command.withDescription("One link, with its QR code"))

const change = (
  change: (link: Link) => Effect.Effect<Link, BadInput>,
  linkId: string,
  bot: Option.Option<string>,
  wantsJson: boolean,
) =>
  Effect.gen(function* () {
    const link = yield* change(yield* found(linkId))
    yield* (yield* Links).put(linkId, link)
    const changed = shown(linkId, link, yield* usernameOf(bot))
    yield* wantsJson
      ? json(changed)
      : out(`${link.name} (${changed.state}): in force within a minute. Who came by it before stays as they are.`)
  })

const disable = Command.make(
  "disable",
  { id, json: asJson, bot, stage },
  Effect.fnUntraced(function* ({ bot, id, json, stage }) {
    const disabledAt = yield* currentIso
    yield* on(
      stage,
      change((link) => Effect.succeed({ disabledAt, ...link }), id, bot, json),
    )
  }),
).pipe(Command.withDescription("Let a link verify nobody any more"))

const edit = Command.make(
  "edit",
  {
    id,
    name: text("name", "Another name"),
    ...says,
    enable: toggle("enable", "Let a disabled link count again"),
    json: asJson,
    bot,
    stage,
  },
  ({ bot, enable, id, json, name, stage, ...given }) =>
    on(
      stage,
      change(
        Effect.fnUntraced(function* (link) {
          const { createdAt, disabledAt } = link
          return {
            name: Option.getOrElse(name, () => link.name),
            createdAt,
            ...(disabledAt !== undefined && !enable && { disabledAt }),
            ...(yield* saidOf(given, link)),
          }
        }),
        id,
        bot,
        json,
      ),
    ),
).pipe(Command.withDescription('Change what a link says; "" takes a value away'))

export const link = Command.make("link").pipe(
  Command.withDescription("Stored links: what a placement's short code stands for"),
  Command.withSubcommands([create, list, show, disable, edit]),
)
