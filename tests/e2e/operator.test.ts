import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { Stored } from "../contract/suites/Stored.ts"
import { states } from "../fixtures/concierge.ts"
import { eventOf, outcomeOf, storedUser, userOf } from "../layers/seen.ts"
import { TelegramTest } from "../layers/telegram.ts"
import { says, somebody, taps } from "../layers/updates.ts"
import { concierge, json } from "./operator/concierge.ts"
import { everyCommand } from "./operator/everyCommand.ts"
import { type Operated, onAws, oneMachine, Site, tell, work } from "./operator/places.ts"
import { smokes } from "./operator/smokes.ts"

const damaged = (update: { readonly message: object }) => ({ ...update, message: { ...update.message, date: "today" } })

const operated = <E>(name: string, place: Layer.Layer<Operated, E>) =>
  layer(place, { excludeTestServices: true })(`the operator's tool on ${name}`, (it) => {
    it.effect("finds dead letters and mends them: each worked once, what was applied not again", () =>
      Effect.gen(function* () {
        const { die } = yield* Site
        const [ana, eva] = [somebody(), somebody()]
        const [late, done] = [yield* says(ana, "/start ref_a"), yield* says(eva, "/start")]
        yield* tell(done)
        for (const update of [late, done]) yield* die(JSON.stringify(update))
        yield* die("{}")

        const listed: ReadonlyArray<{ readonly updateId: number; readonly reason: string }> = yield* json("dlq", "list")
        assert.sameDeepMembers(
          listed.map(({ reason, updateId }) => [updateId, reason]),
          [
            [late.update_id, "not begun"],
            [done.update_id, "ended"],
            [0, "not ours"],
          ],
        )
        assert.lengthOf(yield* json("dlq", "list", "--user", String(ana.id)), 1)
        assert.lengthOf(yield* json("dlq", "list", "--older", "1h"), 0)
        const text = yield* concierge("dlq", "list")
        assert.include(text.stdout, `${late.update_id}`)
        for (const line of text.stdout.split("\n")) assert.isAtMost(line.length, 100, line)
        const story = yield* concierge("update", "show", String(late.update_id))
        assert.include(story.stdout, "It is a dead letter: nothing of it was written down")
        assert.include((yield* concierge("dlq", "show", String(late.update_id))).stdout, "/start ref_a")

        const [before, sent] = [yield* userOf(eva), (yield* TelegramTest).sends().length]
        const redriven = yield* concierge("dlq", "redrive", "--json")
        assert.deepStrictEqual(
          [redriven.status, JSON.parse(redriven.stdout)],
          [1, { redriven: 1, doneAlready: 1, notOurs: 1 }],
        )
        yield* work
        assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1, ref_code: "ref_a" })
        assert.deepStrictEqual(yield* userOf(eva), before)
        assert.lengthOf((yield* TelegramTest).sends(), sent + 1)

        const asked = yield* concierge("dlq", "drop")
        assert.deepInclude(asked, { status: 2, stdout: "" })
        assert.include(asked.stderr, "say --yes")
        assert.deepStrictEqual(yield* json("dlq", "drop", "--yes"), { dropped: 1 })
        assert.deepStrictEqual(yield* json("dlq", "list"), [])
      }),
    )

    it.effect("tells of each parked update what is not understood, and retries those that are now", () =>
      Effect.gen(function* () {
        const stored = yield* Stored
        const start = yield* says(somebody(), "/start")
        yield* tell(damaged(start))
        const { updates } = yield* json("parked", "list")
        assert.containSubset(updates, [{ updateId: start.update_id, problem: "message.date: expected number" }])
        assert.include((yield* concierge("parked", "list")).stdout, "message.date: expected number")
        assert.include((yield* concierge("parked", "show", String(start.update_id))).stdout, '"today"')
        const early = yield* concierge("parked", "retry", "--json")
        assert.deepStrictEqual([early.status, JSON.parse(early.stdout)], [1, { retried: 0, left: 1 }])
        // The fix: the form that was parked is understood from now on.
        const item = yield* stored.item("events", `4242:${start.update_id}`)
        yield* stored.put("events", { ...item, payload: JSON.stringify(start) })
        assert.deepStrictEqual(yield* json("parked", "retry"), { retried: 1, left: 0 })
        yield* work
        assert.strictEqual(yield* outcomeOf(start), "applied")
        assert.include((yield* concierge("parked", "list")).stdout, "Nothing is parked")
        assert.include((yield* concierge("update", "show", String(start.update_id))).stdout, "committed: applied")
      }),
    )

    it.effect("shows and exports all of a person, and forgets them as /forgetme does, recorded without them", () =>
      Effect.gen(function* () {
        const ana = somebody({ first_name: "Zoë 👋" })
        const start = yield* says(ana, "/start ref_a")
        yield* tell(start)
        const id = String(ana.id)
        assert.include((yield* concierge("user", "show", id)).stdout, `4242:${start.update_id}`)
        const story = (yield* concierge("update", "show", String(start.update_id))).stdout
        assert.match(story, /^2\S+Z {2}Telegram had it$/m)
        assert.notInclude(story, "undefined")
        const exported = JSON.parse((yield* concierge("user", "export", id)).stdout)
        assert.containSubset(exported, {
          user: { firstName: "Zoë 👋", ref_code: "ref_a", state: states.video },
          sessions: [{ state: states.video }],
          events: [{ eventId: `4242:${start.update_id}`, payload: {} }],
        })
        assert.include((yield* concierge("user", "forget", id)).stderr, "say --yes")
        assert.isDefined(yield* storedUser(ana))

        const forgotten = yield* json("user", "forget", id, "--yes")
        assert.isUndefined(yield* storedUser(ana))
        assert.doesNotHaveAnyKeys(yield* eventOf(start), ["userId", "payload"])
        const all = yield* Effect.forEach(["users", "events", "sessions", "settings"] as const, (table) =>
          Stored.use((stored) => stored.all(table)),
        )
        for (const trace of [id, "Zoë"]) assert.notInclude(JSON.stringify(all), trace)
        const record = yield* concierge("update", "show", forgotten.recordedAs)
        assert.include(record.stdout, "ended: applied")
        // What they did before comes to nothing.
        const sent = (yield* TelegramTest).sends().length
        const { die } = yield* Site
        yield* die(JSON.stringify({ ...start, update_id: start.update_id + 500_000 }))
        yield* concierge("dlq", "redrive")
        assert.lengthOf((yield* TelegramTest).sends(), sent)
        assert.deepInclude(yield* concierge("user", "forget", id, "--yes"), { status: 2, stdout: "" })
      }),
    )

    it.effect("makes links, counts who comes by them first and last, and recounts and mends that", () =>
      Effect.gen(function* () {
        const [stored, { later }] = [yield* Stored, yield* Site]
        const [spring] = yield* json("link", "create", "--name", "Poster", "--campaign", "spring/2026")
        const [autumn] = yield* json("link", "create", "--name", "Story", "--campaign", "autumn")
        const listed: ReadonlyArray<{ readonly id: string }> = yield* json("link", "list")
        assert.sameMembers(
          listed.map(({ id }) => id),
          [spring.id, autumn.id],
        )
        const ana = somebody()
        for (const does of [
          says(ana, `/start ${autumn.payload}-click7`),
          taps(ana, "play_audio"),
          says(ana, `/start ${spring.payload}`),
          taps(ana, "finish"),
        ]) {
          yield* tell(yield* does)
          yield* later
        }
        assert.deepInclude(yield* userOf(ana), { linkId: autumn.id, clickId: "click7", last_link: spring.id })

        const { others, rows } = yield* json("funnel")
        const rowOf = (name: string) => rows.find((row: { readonly name: string }) => row.name === name)
        assert.deepStrictEqual(others, { came: {}, last: 0 })
        assert.containSubset(rowOf("autumn"), { starts: { people: 1 }, reached: { DONE: { people: 1 } }, last: 0 })
        assert.containSubset(rowOf("spring/2026"), { starts: { people: 0 }, last: 1 })
        const byLink = yield* concierge("funnel", "--by", "link", "--csv")
        assert.match(byLink.stdout, /^Story,1,1,1,1,0,1,1,0,0,0\r?$/m)
        assert.match(byLink.stdout, /^Poster,0,0,0,0,1,0,1,0,0,0\r?$/m)

        assert.deepInclude(yield* json("recount"), { differences: [] })
        const counters = yield* stored.all("settings")
        const damaged = counters.find(({ key }) => String(key).startsWith("funnel#") && String(key).includes("/DONE"))
        const cell = Object.keys(damaged ?? {}).find((name) => name.startsWith("c:")) ?? ""
        yield* stored.put("settings", { ...damaged, [cell]: Number(damaged?.[cell]) + 3 })
        const found = yield* concierge("recount", "--json")
        assert.strictEqual(found.status, 1)
        assert.containSubset(JSON.parse(found.stdout).differences, [{ counted: 4, recounted: 1 }])
        assert.deepInclude(yield* json("recount", "--repair"), { repaired: true })
        assert.deepInclude(yield* json("recount"), { differences: [] })

        const disabled = yield* json("link", "disable", autumn.id)
        assert.deepInclude(disabled, { state: "disabled", name: "Story" })
        assert.deepInclude(yield* json("link", "edit", autumn.payload, "--enable", "--name", "Film"), { name: "Film" })
      }),
    )

    smokes(it)
    everyCommand(it)

    it.effect("says in one line what cannot be done", () =>
      Effect.gen(function* () {
        for (const args of [
          ["dlq", "show", "1"],
          ["dlq", "list", "--older", "soon"],
          ["dlq", "list", "--reason", "boredom"],
          ["parked", "show", "1"],
          ["update", "show", "x"],
          ["update", "show", "1"],
          ["user", "show", "Ana"],
          ["user", "show", "1"],
          ["link", "show", "abcdEFGH0123-_xy"],
          ["funnel", "--from", "2099-01-01"],
        ]) {
          const { status, stderr, stdout } = yield* concierge(...args)
          assert.deepStrictEqual([status, stdout], [2, ""], args.join(" "))
          assert.lengthOf(stderr.trimEnd().split("\n"), 1, stderr)
        }
      }),
    )
  })
operated("one machine", oneMachine)
operated("AWS", onAws)
