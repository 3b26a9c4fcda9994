import { appendFileSync, existsSync, globSync, mkdirSync, readFileSync } from "node:fs"
import { dirname } from "node:path"
import { flagsOf } from "../../bench/flags.ts"
import type { Answered } from "./Asked.ts"
import { Bench } from "./Bench.ts"
import { fingerprint } from "./fingerprint.ts"
import { harmless } from "./harmless.ts"
import { keyOf, type Mutant, nameOf } from "./Mutant.ts"
import { mutantsOf } from "./mutantsOf.ts"
import { learn, testsOf } from "./order.ts"
import { reaching } from "./reached.ts"
import { sample } from "./sample.ts"

// `npm run mutate`: plants one small fault after the other, and tells which of them no test notices.

const { values } = flagsOf(
  {
    options: {
      /** Those of files whose path has this in it. */
      file: { type: "string", default: "" },
      /** So many of them, picked by the seed; without it all. */
      sample: { type: "string" },
      seed: { type: "string", default: "1" },
      /** Ends after so many minutes; the next run goes on from there. Without it: when all are asked. */
      minutes: { type: "string" },
      /** Asks again only about those that nothing noticed: while tests are being added. */
      again: { type: "boolean", default: false },
      /** Asks the slow tests too about those that nothing noticed. */
      deep: { type: "boolean", default: false },
      /** Where each answer is kept, a line each. */
      results: { type: "string", default: "coverage/mutants.jsonl" },
    },
  },
  { sample: "a whole number above 0", minutes: "a number above 0" },
)

const folders = ["delivery", "onboarding", "forgetting", "groups"]
const all = folders
  .flatMap((folder) => globSync(`packages/core/${folder}/**/*.ts`))
  .toSorted()
  .flatMap((file) => mutantsOf(file, readFileSync(file, "utf8")))
  .filter((mutant) => mutant.file.includes(values.file))
const wanted = values.sample === undefined ? all : sample(all, keyOf, Number(values.sample), values.seed)
const planted = wanted.filter((mutant) => harmless[keyOf(mutant)] === undefined)

/** What the tests run. */
const code = fingerprint(["packages/**/*.ts", "brands/**/*.ts", "tests/{layers,fixtures}/**/*.ts"])
const allTests = fingerprint(["tests/unit/**/*.ts"])
/** What an answer holds for: a fault stays noticed as long as that test is the same, and unnoticed as long as all are. */
const testsBehind = (by: string | null): string => (by?.startsWith("tests/") ? fingerprint([by]) : allTests)

interface Result {
  readonly key: string
  readonly code: string
  readonly tests: string
  readonly name: string
  readonly by: string | null
  readonly deep: boolean
  readonly seconds: number
}
const known = new Map<string, Result>()
if (existsSync(values.results))
  for (const line of readFileSync(values.results, "utf8").split("\n").filter(Boolean)) {
    const result: Result = JSON.parse(line)
    known.set(result.key, result)
    learn(result.name.split(":")[0] ?? "", result.by?.startsWith("tests/") ? result.by : undefined, {})
  }
mkdirSync(dirname(values.results), { recursive: true })

/** No test comes that way. */
const nobody: Answered = { by: undefined, took: {} }

const bench = new Bench()
const until = Date.now() + Number(values.minutes ?? Number.POSITIVE_INFINITY) * 60_000
const answerTo = (mutant: Mutant): Result | undefined => {
  const result = known.get(keyOf(mutant))
  return result?.code === code && result.tests === testsBehind(result.by) ? result : undefined
}
const isOpen = (mutant: Mutant): boolean => {
  const answer = answerTo(mutant)
  if (values.deep) return answer?.by === null && !answer.deep
  return answer === undefined && !(values.again && known.get(keyOf(mutant))?.by !== null)
}
const open = planted.filter(isOpen)

if (open.length > 0) {
  const tests = testsOf("", values.deep)
  const { by, took } = await bench.ask({ mutant: undefined, tests }, 600_000)
  if (by !== undefined) throw new Error(`${by} fails without any fault: npm test`)
  learn("", undefined, took)
}
const reaches = values.deep || open.length === 0 ? () => true : reaching(testsOf("", false), code)
for (const mutant of open) {
  if (Date.now() > until) break
  const began = Date.now()
  const before = known.get(keyOf(mutant))?.by
  const tests = testsOf(mutant.file, values.deep)
    .filter((test) => reaches(test, mutant))
    .toSorted((one, other) => Number(other === before) - Number(one === before))
  const { by, took } = tests.length === 0 ? nobody : await bench.ask({ mutant, tests }, 180_000)
  learn(mutant.file, by, by === undefined ? took : {})
  const seconds = (Date.now() - began) / 1000
  const about = { key: keyOf(mutant), name: nameOf(mutant), code, tests: testsBehind(by ?? null) }
  const result: Result = { ...about, by: by ?? null, deep: values.deep, seconds }
  known.set(result.key, result)
  appendFileSync(values.results, `${JSON.stringify(result)}\n`)
  if (by === undefined) console.log(`not noticed: ${result.name}`)
}
bench.close()

const answers = planted.flatMap((mutant) => answerTo(mutant) ?? [])
const noticed = answers.filter(({ by }) => by !== null).length
for (const { by, name } of answers) if (by === null) console.log(`noticed by nothing: ${name}`)
console.log(
  `${noticed} of ${answers.length} faults were noticed, ${((100 * noticed) / answers.length).toFixed(1)} in 100` +
    `${answers.length < planted.length ? `; ${planted.length - answers.length} are still to be asked` : ""}` +
    `; ${wanted.length - planted.length} change nothing and were left out (tests/mutate/harmless.ts)`,
)
process.exitCode = noticed >= 0.95 * answers.length ? 0 : 1
