import { execFile } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { listen } from "../../layers/listen.ts"

const script = fileURLToPath(new URL("../../../.ci/advisories", import.meta.url))

/** Runs npm against a registry that answers so when it is asked for advisories. */
const check = (status: number, advisories: object) =>
  Effect.gen(function* () {
    const registry = createServer(({ url = "" }, response) => {
      const isAsked = url.endsWith("/advisories/bulk")
      response.writeHead(isAsked ? status : 404).end(JSON.stringify(isAsked ? advisories : {}))
    })
    // npm keeps what it has made of an advisory.
    const cache = yield* Effect.acquireRelease(
      Effect.promise(() => mkdtemp(join(tmpdir(), "concierge-npm-"))),
      (path) => Effect.promise(() => rm(path, { recursive: true, force: true })),
    )
    const env = { ...process.env, npm_config_registry: yield* listen(registry), npm_config_cache: cache }
    return yield* Effect.promise(
      () =>
        new Promise<{ readonly code: unknown; readonly output: string }>((resolve) =>
          execFile(script, { env }, (error, stdout) => resolve({ code: error?.code ?? 0, output: stdout })),
        ),
    )
  })

const advisory = (severity: string) => [
  { id: 1, url: "https://advisories.test/1", title: "It leaks", severity, vulnerable_versions: "*" },
]

// npm takes seconds to look at everything: what is asked of it is asked in as few runs as tell one cause from another.
describe("what ships is checked for vulnerabilities", () => {
  it.live.each([
    ["none that is known", {}],
    [
      "one that is not severe, and a severe one of a tool that does not ship",
      {
        effect: advisory("moderate"),
        vitest: advisory("critical"),
      },
    ],
  ] as const)("of which there is %s", ([, advisories]) =>
    Effect.gen(function* () {
      const { code, output } = yield* check(200, advisories)
      assert.strictEqual(code, 0, output)
    }),
  )

  it.live(
    "of which a severe one is named: of its own, of what the functions carry of SST, of what another brings",
    () =>
      Effect.gen(function* () {
        const severe = { effect: advisory("high"), sst: advisory("critical"), undici: advisory("critical") }
        const { code, output } = yield* check(200, severe)
        assert.strictEqual(code, 1, output)
        assert.include(output, "It leaks")
        for (const [name, [{ severity } = assert.fail()]] of Object.entries(severe)) {
          assert.match(output, new RegExp(`^${name} [^\\n]*\\nSeverity: ${severity}$`, "m"))
        }
      }),
  )

  it.live("where the registry can tell, and says so where it cannot", () =>
    Effect.gen(function* () {
      const { code, output } = yield* check(405, {})
      assert.strictEqual(code, 0)
      assert.match(output, /^What ships could not be checked.*\n$/)
    }),
  )
})
