import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs"
import { fingerprint } from "./fingerprint.ts"
import type { Mutant } from "./Mutant.ts"

/** Where what is known is kept, a file for each test and each state of what it tests. */
const folder = "coverage/reached"

/** As V8's coverage says it: where each statement is, and how often it was run. */
interface Covered {
  readonly statementMap: Readonly<Record<string, { readonly start: Place; readonly end: Place }>>
  readonly s: Readonly<Record<string, number>>
}
interface Place {
  readonly line: number
  /** Null: to the end of the line. */
  readonly column: number | null
}

/** Tells whether a test runs what a mutant changes. Each test is run once to find out. */
export const reaching = (tests: ReadonlyArray<string>, code: string) => {
  const known = new Map(tests.map((test) => [test, coveredBy(test, code)]))
  return (test: string, { column, file, line }: Mutant): boolean => {
    const covered = known.get(test)?.get(file)
    if (covered === undefined) return false
    const around = Object.entries(covered.statementMap).filter(([, { end, start }]) => {
      const isAfterStart = line > start.line || (line === start.line && column >= (start.column ?? 0))
      return isAfterStart && (line < end.line || (line === end.line && column <= (end.column ?? Infinity)))
    })
    const [innermost] = around.toSorted(([, one], [, other]) => sizeOf(one) - sizeOf(other))
    // What is in no statement belongs to the module, which is run as it is loaded.
    return innermost === undefined || (covered.s[innermost[0]] ?? 1) > 0
  }
}

const sizeOf = ({ end, start }: { readonly start: Place; readonly end: Place }): number =>
  (end.line - start.line) * 1_000 + (end.column ?? 999) - (start.column ?? 0)

const coveredBy = (test: string, code: string): ReadonlyMap<string, Covered> => {
  const file = `${folder}/${fingerprint([test])}-${code}.json`
  if (!existsSync(file)) {
    const fresh = `${folder}/fresh`
    const options = ["enabled", "provider=v8", "reporter=json", `reportsDirectory=${fresh}`, "thresholds.lines=0"]
    const vitest = ["node_modules/vitest/vitest.mjs", "run", "--project", "code", test]
    spawnSync(process.execPath, [...vitest, ...options.map((option) => `--coverage.${option}`)], { stdio: "ignore" })
    if (!existsSync(`${fresh}/coverage-final.json`)) throw new Error(`${test} fails without any fault: npm test`)
    mkdirSync(folder, { recursive: true })
    renameSync(`${fresh}/coverage-final.json`, file)
    rmSync(fresh, { recursive: true })
  }
  const found: Record<string, Covered> = JSON.parse(readFileSync(file, "utf8"))
  return new Map(Object.entries(found).map(([path, covered]) => [path.slice(path.indexOf("packages/core/")), covered]))
}
