import { globSync } from "node:fs"

/** What is asked of every fault: the tests of one module or program. */
const near = ["delivery", "onboarding", "forgetting", "groups", "attribution", "observe"]

/** What is asked of a fault that none of those noticed. */
const far = [
  "tests/unit/{brand,functions,pace,services,updates}/*.test.ts",
  "tests/contract/{Queue,Users,Events,differential,replay,Greetings,limitedVoice,MediaFiles}*.test.ts",
  "tests/faults/*.test.ts",
  "tests/simulator/simulate*.test.ts",
]

/** Whatever builds, or starts AWS's stand-ins, takes too long to be asked. */
const slow = /bundle|Aws|secrecy|realBot|configuration|codeCache|access|teeth/

const cost = new Map<string, number>()
const lastBy = new Map<string, ReadonlyArray<string>>()

/** What a run taught: how long tests take, and which of them notice faults of a file. */
export const learn = (file: string, by: string | undefined, took: Readonly<Record<string, number>>): void => {
  for (const [test, ms] of Object.entries(took)) if (ms > 0) cost.set(test, ms)
  const known = lastBy.get(file) ?? []
  if (by !== undefined) lastBy.set(file, [by, ...known.filter((test) => test !== by)].slice(0, 5))
}

/** The tests to ask about a file, the likeliest and the shortest first. */
export const testsOf = (file: string, deep: boolean): ReadonlyArray<string> => {
  const found = deep
    ? far.flatMap((pattern) => globSync(pattern)).filter((test) => !slow.test(test))
    : near.flatMap((folder) => globSync(`tests/unit/${folder}/*.test.ts`))
  const first = lastBy.get(file) ?? []
  const rank = (test: string): number => {
    const at = first.indexOf(test)
    if (at >= 0) return at - first.length
    const own = near.find((folder) => file.includes(`/core/${folder}/`))
    return (cost.get(test) ?? 100) * (test.startsWith(`tests/unit/${own}/`) ? 1 : 5)
  }
  return found.toSorted((one, other) => rank(one) - rank(other))
}
