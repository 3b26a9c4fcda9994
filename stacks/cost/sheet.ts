import type { Plan } from "../diff/plan.ts"
import { type Line, lines, waiting } from "./lines.ts"
import { type Price, prices } from "./prices.ts"
import { person, rush } from "./usage.ts"

const few = 1_000
const many = 100_000

/** docs/cost.md, from the plans of a permanent and a personal stage. */
export const sheet = (permanent: Plan, personal: Plan): string => {
  const small = lines(permanent, few)
  const large = lines(permanent, many)
  const rows = small.map((line, i) => row(line, large[i] ?? line))
  const idle = lines(personal, 0)
  return `# What it costs

Written by \`npm run cost\`; do not edit. Counts of things come from the plan of the stage, sizes and limits from \`stacks/limits.ts\`, what a person does
from \`stacks/cost/usage.ts\`, prices from \`stacks/cost/prices.ts\`. A test fails when this file is not what the script would write.

A permanent stage, a month, in USD; ${person.updates} updates a person, in a stage that is a year old. List prices of us-east-1, without tax; other
regions differ (eu-central-1 costs up to about a fifth more, line by line). † = the price is from memory; the others were read in stored copies of public pages of
that date.

| what | price | per | as of | ${few.toLocaleString("en")} people | USD | ${many.toLocaleString("en")} people | USD |
|---|---:|---|---|---:|---:|---:|---:|
${rows.join("\n")}
| **Total** | | | | | **${money(total(small))}** | | **${money(total(large))}** |
| a person | | | | | ${(total(small) / few).toFixed(4)} | | ${(total(large) / many).toFixed(4)} |
| **less AWS's lasting free tier**, in an account of its own | | | | | **${money(afterFree(small))}** | | **${money(afterFree(large))}** |

- ${money(total(lines(permanent, 0)))} of it stands still: that is what a permanent stage costs with nobody in it (${money(afterFree(lines(permanent, 0)))} after the free tier). The system before said 7.85 for ${few.toLocaleString("en")}
  people, and 21.20 with firewall and alarms, not saying whether before or after the free tier.
- A personal stage with nobody in it: ${money(total(idle))} a month, ${money(total(idle) / 30)} a day (${money(afterFree(idle))} a month after the free tier), and nothing once it is removed.
- To be watched (logs, our metrics, alarms, dashboard, traces): ${money(total(watching(small)))} of it with ${few.toLocaleString("en")} people, ${money(total(watching(large)))} with ${many.toLocaleString("en")}.
  A thousand updates add ${(1_000 * ofUpdate(large, "Logs")).toFixed(4)} of logs (the webhook's line is a tenth of it, the step's two a quarter, Lambda's and the API's own the rest) and at most
  ${(1_000 * ofUpdate(large, "Traces")).toFixed(4)} of traces: of a rush X-Ray keeps one in twenty. What a trace holds costs nothing more. Metrics, alarms and dashboard cost the same whatever happens.
- A rush of ${rush.people.toLocaleString("en")} people, whose messages Telegram takes at ${rush.perSecond} a second, adds ${money(total(waiting))}: workers that wait with people in hand, and what they write of
  their shared pace. The second queue is in the lines above.
- Free each month and account: ${given(small)}.
- Not in it: a domain (0.50 a hosted zone), replicas (every write and GB once more, and the transfer between the regions), video traffic (Telegram fetches each video once for all, then
  sends it by \`file_id\`), the watcher (a call each five minutes: under a cent), the rise of a key's price by 1.00 after its first and second yearly rotation.
- With ${many.toLocaleString("en")} people the voice is the largest line: a standard voice instead of a neural one would cost a quarter.
`
}

const watching = (all: ReadonlyArray<Line>) =>
  all.filter(({ what }) => ["Logs", "Our metrics", "Alarms", "Dashboard", "Traces"].includes(what))

const ofUpdate = (all: ReadonlyArray<Line>, what: string) =>
  total(all.filter((line) => line.what === what)) / (many * person.updates)

const row = (small: Line, large: Line) => {
  const { usd, per, unit, date } = prices[small.price]
  const cells = [small.what, String(usd), `${per === 1 ? "" : `${per.toLocaleString("en")} `}${unit}`, date]
  return `| ${[...cells, amount(small.quantity), money(cost(small)), amount(large.quantity), money(cost(large))].join(" | ")} |`
}

const cost = ({ price, quantity }: Line) => (quantity / prices[price].per) * prices[price].usd

const total = (all: ReadonlyArray<Line>) => all.reduce((sum, line) => sum + cost(line), 0)

/** The free amount counts once a price, however many lines share it. */
const afterFree = (all: ReadonlyArray<Line>) => {
  const quantities = new Map<Line["price"], number>()
  for (const { price, quantity } of all) quantities.set(price, (quantities.get(price) ?? 0) + quantity)
  return total(
    [...quantities].map(([price, quantity]) => ({ what: "", price, quantity: Math.max(0, quantity - freeOf(price)) })),
  )
}

const freeOf = (price: Line["price"]) => {
  const { free = 0 }: Price = prices[price]
  return free
}

const given = (all: ReadonlyArray<Line>) => {
  const first = new Map(all.toReversed().map((line) => [line.price, line.what]))
  return Object.entries(prices)
    .flatMap(([name, { free = 0, unit }]: [string, Price]) => {
      const what = first.get(name as Line["price"])
      return free > 0 && what
        ? [`${free.toLocaleString("en")} ${unit.replace(/ (a month|\(.*\))$/, "")} (${what})`]
        : []
    })
    .join(", ")
}

const money = (usd: number) => usd.toFixed(2)

const amount = (quantity: number) => quantity.toLocaleString("en", { maximumFractionDigits: quantity < 100 ? 2 : 0 })
