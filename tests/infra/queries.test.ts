import { fields } from "@concierge/core/observe/fields.ts"
import { assert, describe, it } from "@effect/vitest"
import { all, both } from "./stages.ts"

/** What the language itself has in the queries. */
const language =
  /^(fields|filter|sort|limit|stats|by|as|and|or|in|asc|desc|count|count_distinct|sum|pct|max|bin|strcontains)$/

/** The names that a query uses: no texts, no numbers, and nothing that it has named itself. */
const namesIn = (query: string): ReadonlyArray<string> => {
  const bare = query.replaceAll(/"[^"]*"|<[^>]*>|\b\d+m?\b/g, " ")
  const own = [...bare.matchAll(/ as (\w+)/g)].map(([, name]) => name)
  return [...bare.matchAll(/@?\w+/g)]
    .map(([name]) => name)
    .filter((name) => !language.test(name) && !own.includes(name))
}

describe("saved queries", () => {
  for (const plan of both) {
    it(`${plan.stage}: each asks both functions' logs, for fields that a line has`, () => {
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
        const unknown = namesIn(String(inputs.queryString)).filter(
          (field) => field !== "@timestamp" && !(field in fields),
        )
        assert.deepStrictEqual(unknown, [], name)
        assert.isAtMost(String(inputs.queryString).length, 10_000)
      }
    })
  }

  it("would be told apart from one that asks for what no line has", () => {
    assert.deepStrictEqual(
      namesIn('fields @timestamp, userid | filter outcome = "applied" | stats max(durationMs) as d'),
      ["@timestamp", "userid", "outcome", "durationMs"],
    )
  })
})
