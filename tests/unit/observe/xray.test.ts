import { mostBytes } from "@concierge/aws/xray/subsegment.ts"
import * as Xray from "@concierge/aws/xray/Telemetry.ts"
import { readTraceHeader, traceparentOf } from "@concierge/aws/xray/TraceHeader.ts"
import { processBatch, type QueueRecord } from "@concierge/core/delivery/batch.ts"
import { updateSpan } from "@concierge/core/observe/steps.ts"
import { Telemetry } from "@concierge/core/observe/Telemetry.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { nextBatch, receive } from "../../layers/drive.ts"
import { testWorld } from "../../layers/testWorld.ts"
import { says, somebody } from "../../layers/updates.ts"
import { xrayDaemon } from "../../layers/xrayDaemon.ts"

const root = "1-5759e988-bd862e3fe1be46a994272793"
const sampled = `Root=${root};Parent=53995c3f42cd8ad8;Sampled=1;Lineage=1:a8e2c5f1:0`

/** Runs in one invocation of this trace, flushes once as before the answer, and waits for what has left. */
const recorded = <E, R>(
  effect: Effect.Effect<unknown, E, R>,
  { address, arrived }: { readonly address: string; readonly arrived: Effect.Effect<void> },
  trace: () => string | undefined = () => sampled,
) =>
  effect.pipe(
    Effect.andThen(Effect.flatMap(Telemetry, ({ flush }) => flush)),
    Effect.provide(Xray.layer({ daemon: address, trace }), { local: true }),
    Effect.andThen(arrived),
  )

const webhookTrace = (n: number) => `1-${String(n).padStart(8, "5")}-${String(n).padStart(24, "a")}`

/** Ten people's first messages, each from a request of its own. */
const tenStarts = Effect.gen(function* () {
  const people = Array.from({ length: 10 }, () => somebody({ first_name: "Zephyquin" }))
  for (const person of people) yield* receive(yield* says(person, "/start ref_Vexonquar"))
  const records = (yield* nextBatch).map((record, n): QueueRecord => {
    const header = readTraceHeader(`Root=${webhookTrace(n)};Parent=${String(n).padStart(16, "b")};Sampled=1`)
    const traceparent = traceparentOf(header ?? assert.fail("no header"))
    return { ...record, update: { ...record.update, attributes: { ...record.update.attributes, traceparent } } }
  })
  yield* processBatch(records)
  return people
}).pipe(Effect.provide(testWorld, { local: true }))

const many = <A, E, R>(count: number, effect: (n: number) => Effect.Effect<A, E, R>) =>
  Effect.forEach(Array.from({ length: count }), (_, n) => effect(n), { discard: true })

describe("X-Ray", () => {
  it.live(
    "draws a batch of ten below the function's own segment, and says of each update which request it comes of",
    () =>
      Effect.gen(function* () {
        const there = yield* xrayDaemon
        let ids: ReadonlyArray<number> = []
        yield* recorded(
          Effect.map(tenStarts, (people) => {
            ids = people.map(({ id }) => id)
          }),
          there,
        )
        assert.deepStrictEqual(there.refused, [])
        const named = (wanted: string) => there.subsegments.filter(({ name }) => name === wanted)

        const [batch] = named("process UpdateQueue")
        if (batch === undefined) return assert.fail("there is no batch")
        assert.deepInclude(batch, { parent: "53995c3f42cd8ad8", trace: root })
        assert.containSubset(batch.metadata?.default, {
          "messaging.system": "aws_sqs",
          "messaging.operation.type": "process",
          "messaging.batch.message_count": 10,
          "faas.trigger": "pubsub",
        })
        const updates = named("processUpdate")
        assert.lengthOf(updates, 10)
        assert.sameMembers(
          updates.map(({ annotations }) => annotations?.webhookTrace),
          Array.from({ length: 10 }, (_, n) => webhookTrace(n)),
        )
        for (const { annotations, metadata } of updates) {
          assert.hasAllKeys(annotations, ["updateId", "correlationId", "outcome", "webhookTrace"])
          assert.containSubset(metadata?.default, { "concierge.step": "video", "concierge.method": "sendVideo" })
        }
        assert.lengthOf(named("Users.commit"), 10)
        assert.isTrue(there.subsegments.every(({ trace }) => trace === root))
        const annotations = there.subsegments.flatMap((one) => Object.keys(one.annotations ?? {}))
        assert.isAtMost(annotations.length, 50)
        // Kept for longer than the log, so that it must not say whose it was.
        for (const id of ids) assert.notInclude(there.text(), String(id))
        assert.notMatch(there.text(), /Zephyquin|Vexonquar/)
      }),
  )

  it.live("gets whatever is too much for one document in several, each below its parent", () =>
    Effect.gen(function* () {
      const there = yield* xrayDaemon
      // JSON makes six bytes of each, and UTF-8 three of the euro.
      const hostile = ["\u0001", "\ud800", "€", "x"].map((character) => character.repeat(65_536))
      const circular: Record<string, unknown> = {}
      circular.self = circular
      const attributes = Object.fromEntries([
        ...["kind", "action", "step", "language", "reason", "method", "result", "outcome", "updateId"].map(
          (fact, n) => [`concierge.${fact}`, hostile[n % 4]],
        ),
        ...hostile.map((value) => [`messaging.${value}`, value]),
        ...Array.from({ length: 100 }, (_, n) => [`messaging.${n}\n`, circular]),
        ["messaging.system", "collides"],
      ])
      const part = (n: number) =>
        Effect.fail(new Error(hostile[n % 4])).pipe(
          Effect.withSpan(`a\nname|of <${hostile[n % 4]}>`, { attributes }),
          Effect.ignore,
        )
      yield* recorded(Effect.withSpan(many(8, part), updateSpan, { attributes }), there)
      assert.deepStrictEqual(there.refused, [])
      assert.lengthOf(there.subsegments, 9)
      assert.isAbove(there.sizes.length, 1)
      assert.isAtMost(Math.max(...there.sizes), mostBytes)
      const [whole] = there.subsegments.filter(({ name }) => name === updateSpan)
      const parents = new Set(there.subsegments.map(({ parent }) => parent))
      assert.sameMembers([...parents], ["53995c3f42cd8ad8", whole?.id ?? ""])
      assert.isTrue(there.subsegments.filter(({ fault }) => fault === true).length === 8)
    }),
  )

  it.live("is told of those traces alone that it keeps, and nothing is made for any other", () =>
    Effect.gen(function* () {
      const there = yield* xrayDaemon
      let trace: string | undefined
      const invocation = Effect.flatMap(Telemetry, ({ spans }) => Effect.succeed(spans !== undefined)).pipe(
        Effect.withSpan("part"),
        Effect.withSpan("whole"),
      )
      const seen: Array<boolean> = []
      const headers = [
        undefined,
        "",
        "nonsense",
        sampled.replace("Sampled=1", "Sampled=0"),
        `Root=${root};Sampled=1`,
        sampled,
      ]
      const all = Effect.forEach(headers, (header) =>
        Effect.suspend(() => {
          trace = header
          return Effect.map(invocation, (isTold) => seen.push(isTold))
        }),
      )
      yield* recorded(all, there, () => trace)
      assert.deepStrictEqual(seen, [false, false, false, false, false, true])
      assert.deepStrictEqual(there.refused, [])
      assert.sameMembers(
        there.subsegments.map(({ name }) => name),
        ["whole", "part"],
      )
    }),
  )

  it.live.each([
    "",
    "nowhere",
    "localhost:2000",
    "127.0.0.1:0",
    "127.0.0.1:99999",
    "127.0.0.1:1",
    "999.0.0.1:2000",
    "0.0.0.0:2000",
  ])("is no reason to fail where its daemon is at '%s'", (address) =>
    Effect.gen(function* () {
      let times = 0
      const work = Effect.withSpan(
        Effect.sync(() => times++),
        "work",
      )
      yield* recorded(Effect.andThen(work, work), { address, arrived: Effect.void })
      assert.strictEqual(times, 2)
    }),
  )
})
