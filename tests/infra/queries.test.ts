import { fields } from "@concierge/core/observe/fields.ts"
import { assert, describe, it } from "@effect/vitest"
import { all, both } from "./stages.ts"

/** What the language itself has in the queries. */
const language =
  /^(fields|filter|sort|limit|stats|by|as|and|or|in|asc|desc|count|count_distinct|sum|pct|max|bin|strcontains)$/

const namesIn = (command: string): ReadonlyArray<string> =>
  [...command.replaceAll(/"[^"]*"|<[^>]*>|\b\d+m?\b/g, " ").matchAll(/@?\w+/g)]
    .map(([name]) => name)
    .filter((name) => !language.test(name))

/** What a `stats` leaves for the commands after it: what it names with `as`, and fields that it groups by. */
const leftBy = (stats: string): ReadonlyArray<string> => [
  ...[...stats.matchAll(/ as (\w+)/g)].flatMap(([, name = ""]) => name),
  ...(stats.split(" by ")[1] ?? "").split(", ").filter((group) => /^@?\w+$/.test(group)),
]

/** The names that a query uses and that are not there: in no line, or not after its `stats`. */
const unknownIn = (query: string): ReadonlyArray<string> => {
  let known: ReadonlyArray<string> = ["@timestamp", ...Object.keys(fields)]
  return query.split("\n| ").flatMap((command) => {
    const isStats = command.startsWith("stats ")
    const used = namesIn(isStats ? command.replaceAll(/ as \w+/g, "") : command)
    const unknown = used.filter((name) => !known.includes(name))
    if (isStats) known = leftBy(command)
    return unknown
  })
}

describe("saved queries", () => {
  for (const plan of both) {
    it(`${plan.stage}: each asks both functions' logs, for what a line, or a \`stats\`, has`, () => {
      const saved = all(plan, "QueryDefinition")
      assert.includeMembers(
        saved.map(({ inputs }) => inputs.name),
        ["slowest updates", "errors by reason", "one person", "one campaign's hour"].map(
          (name) => `concierge-${plan.stage}/${name}`,
        ),
      )
      const groups = all(plan, "LogGroup").map(({ inputs }) => inputs.name)
      for (const { inputs, name } of saved) {
        const asked = inputs.logGroupNames
        assert.deepStrictEqual(
          asked,
          ["webhook", "worker"].map((of) => `/aws/lambda/concierge-${plan.stage}-${of}`),
        )
        if (Array.isArray(asked)) assert.includeMembers(groups, asked)
        assert.deepStrictEqual(unknownIn(String(inputs.queryString)), [], name)
        assert.isAtMost(String(inputs.queryString).length, 10_000)
      }
    })
  }

  it.each([
    ['fields @timestamp, userid\n| filter outcome = "applied"\n| stats max(durationMs) as most\n| sort most', "userid"],
    ["stats max(durationMs) as most by bin(1m), step\n| sort step asc\n| sort @timestamp asc", "@timestamp"],
    ["stats max(durationMs) as most by bin(1m) as minute, step\n| sort minute asc, outcome", "outcome"],
  ])("would be told apart from one that asks for what is not there: %s", (query, unknown) => {
    assert.deepStrictEqual(unknownIn(query), [unknown])
  })
})
