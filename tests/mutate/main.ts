import { execFile } from "node:child_process"
import { globSync, readFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { type Mutant, nameOf } from "./Mutant.ts"
import { mutantsOf } from "./mutantsOf.ts"

const folders = ["delivery", "onboarding", "forgetting", "groups"]

const { values } = parseArgs({
  options: {
    /** Of one folder or file only. */
    of: { type: "string", default: "" },
    /** Every n-th of them, from the first. */
    every: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
  },
})

const run = (folders: ReadonlyArray<string>, mutant?: Mutant): Promise<boolean> =>
  new Promise((done) => {
    const args = ["node_modules/vitest/vitest.mjs", "run", "--config", "tests/mutate/vitest.config.ts"]
    const env = { ...process.env, ...(mutant !== undefined && { MUTANT: JSON.stringify(mutant) }) }
    const tests = folders.map((folder) => `tests/unit/${folder}/`)
    execFile(process.execPath, [...args, ...tests], { env, timeout: 300_000, maxBuffer: 1e8 }, (error) =>
      done(error === null),
    )
  })

/** Whether any test notices, those about the same folder first. A program that does not even load is noticed. */
const isNoticed = async (mutant: Mutant): Promise<boolean> => {
  const own = folders.filter((folder) => mutant.file.includes(`/${folder}/`))
  if (!(await run(own, mutant))) return true
  return !(await run(
    folders.filter((folder) => !own.includes(folder)),
    mutant,
  ))
}

const files = folders.flatMap((folder) => globSync(`packages/core/${folder}/**/*.ts`)).toSorted()
const planted = files
  .filter((file) => file.includes(values.of))
  .flatMap((file) => mutantsOf(file, readFileSync(file, "utf8")))
  .filter((_, index) => index % Number(values.every) === Number(values.from))

if (!(await run(folders))) throw new Error("the tests fail without any fault: npm test")
let noticed = 0
for (const mutant of planted) {
  if (await isNoticed(mutant)) noticed++
  else console.log(`not noticed: ${nameOf(mutant)}`)
}
console.log(
  `${noticed} of ${planted.length} faults were noticed, ${((100 * noticed) / planted.length).toFixed(1)} in 100`,
)
process.exitCode = noticed >= 0.95 * planted.length ? 0 : 1
