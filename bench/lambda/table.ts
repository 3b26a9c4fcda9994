import { digitsOf } from "./check.ts"
import type { Ratios, Report, Row } from "./report.ts"
import { plain } from "./variants.ts"

/** In Markdown, as docs/performance.md has them. */
export const printTables = (report: Report, ratios: Ratios): void => {
  const { decode, frameworkCpu, machine, node, rows, runs } = report
  console.log(`\nNode ${node} on ${machine}; medians of ${runs} fresh processes, interleaved\n`)
  for (const trigger of ["webhook", "worker"] as const) {
    const of = rows.filter((row) => row.trigger === trigger)
    const base = of.find(({ name }) => name === plain)
    if (base !== undefined) console.log(`${tableOf(trigger, of, base)}\n`)
  }
  const times = Object.entries(decode).map(([name, micros]) => `${name} ${micros.toFixed(1)} µs`)
  console.log(`Reading a first message: ${times.join(", ")}`)
  console.log(`The framework's own CPU an update: ${frameworkCpu.toFixed(1)} µs over plain\n`)
  for (const [name, value] of Object.entries(ratios)) console.log(`${name}: ${digitsOf(value)}`)
}

const tableOf = (trigger: string, rows: ReadonlyArray<Row>, base: Row): string => {
  const warm = base.cpu > 0
  const head = [
    trigger,
    "KB",
    "cache KB",
    "INIT ms",
    "first ms",
    "cold ms",
    "vs plain",
    "MB",
    ...(warm ? ["warm CPU µs", "warm MB"] : []),
  ]
  const lines = rows.map(({ cacheKB, coldMemory, cold, cpu, first, init, kB, memory, name }) => [
    name,
    kB.toFixed(0),
    cacheKB === 0 ? "" : cacheKB.toFixed(0),
    init.toFixed(1),
    first.toFixed(1),
    cold.toFixed(1),
    (cold / base.cold).toFixed(2),
    coldMemory.toFixed(0),
    ...(warm ? [cpu.toFixed(0), memory.toFixed(0)] : []),
  ])
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n")
}
