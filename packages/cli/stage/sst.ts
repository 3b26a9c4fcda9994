import { type StdioOptions, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { BadInput } from "../BadInput.ts"
import { sstEnvironment, sstRoot } from "../places/again.ts"

const printResources = fileURLToPath(new URL("./printResources.ts", import.meta.url))

interface Run {
  /** Never as an argument: every user of the machine can read those. */
  readonly input?: Redacted.Redacted<string>
  /** What it writes goes to stderr as it comes, and is not kept. */
  readonly isShown?: boolean
}

/** Runs a program in the repository. What it wrote, if it is not shown; of a failure, its last line. */
const run = (program: string, args: ReadonlyArray<string>, { input, isShown = false }: Run = {}) =>
  Effect.callback<string, BadInput>((resume, signal) => {
    const env = { ...sstEnvironment(), NO_COLOR: "1" }
    const stdio: StdioOptions = [input === undefined ? "ignore" : "pipe", isShown ? 2 : "pipe", isShown ? 2 : "pipe"]
    const child = spawn(program, args, { cwd: sstRoot, env, stdio, signal })
    const [written, complaints]: [Array<Buffer>, Array<Buffer>] = [[], []]
    child.stdout?.on("data", (chunk) => void written.push(chunk))
    child.stderr?.on("data", (chunk) => void complaints.push(chunk))
    child.once("error", () =>
      resume(Effect.fail(new BadInput({ advice: `${program} cannot be run: npm ci, and again` }))),
    )
    child.once("close", (code) => {
      const text = Buffer.concat(written).toString()
      if (code === 0) return resume(Effect.succeed(text))
      const lines = `${text}\n${Buffer.concat(complaints)}`.split("\n").filter((line) => line.trim() !== "")
      const why = isShown ? "see above" : (lines.at(-1)?.trim() ?? `exit code ${code}`)
      const what = [program, ...args.filter((arg) => !arg.includes("/"))].join(" ")
      resume(Effect.fail(new BadInput({ advice: `${what} failed: ${why}. What was done before stays; run it again` })))
    })
    // It may end before it has read that: its exit code says so.
    child.stdin?.on("error", () => {})
    if (input !== undefined) child.stdin?.end(Redacted.value(input))
  })

/** What `sst secret list` prints: `NAME=value`, a line each. */
const secretsIn = (text: string) =>
  new Map(
    text.split("\n").flatMap((line) => {
      const found = /^([A-Z]\w*)=(.*)$/.exec(line.trim())
      return found === null ? [] : [[found[1] ?? "", Redacted.make((found[2] ?? "").trim())] as const]
    }),
  )

/** SST's own command, for one stage. */
export const sst = (stage: string) => ({
  secrets: Effect.map(run("sst", ["secret", "list", "--stage", stage]), secretsIn),
  setSecret: (name: string, value: Redacted.Redacted<string>) =>
    Effect.asVoid(run("sst", ["secret", "set", name, "--stage", stage], { input: value })),
  removeSecret: (name: string) => Effect.asVoid(run("sst", ["secret", "remove", name, "--stage", stage])),
  deploy: Effect.asVoid(run("sst", ["deploy", "--stage", stage], { isShown: true })),
  /** New versions take the traffic from the old ones. On a stage without versions there is nothing to do. */
  release: Effect.asVoid(run("npm", ["run", "--silent", "release", "--", "--stage", stage], { isShown: true })),
  /** What was deployed last, by name, as a command in `sst shell` finds it. */
  resources: Effect.flatMap(run("sst", ["shell", "--stage", stage, "--", "node", printResources]), (text) =>
    Effect.try({
      try: (): Readonly<Record<string, unknown>> =>
        JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)),
      catch: () => new BadInput({ advice: `stage ${stage} is not deployed: npx sst deploy --stage ${stage}` }),
    }),
  ),
})

export type Sst = ReturnType<typeof sst>
