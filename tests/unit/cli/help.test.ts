import { spawnSync } from "node:child_process"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { concierge } from "../../e2e/operator/concierge.ts"
import { tree } from "../../fixtures/cli/tree.ts"

const colour = new URL("../../../packages/cli/print/colour.ts", import.meta.url).href

describe("the help", () => {
  it.effect("of every command fits 80 columns, and of each that does something has examples and --json", () =>
    Effect.gen(function* () {
      const { leaves, words } = yield* Effect.promise(tree)
      assert.isAbove(leaves.length, 30)
      for (const command of ["", ...words]) {
        const { status, stderr, stdout } = yield* concierge(...command.split(" ").filter(Boolean), "--help")
        assert.deepStrictEqual([status, stderr], [0, ""], command)
        for (const line of stdout.split("\n")) assert.isAtMost(line.length, 80, `${command}: ${line}`)
        if (!leaves.includes(command)) continue
        assert.include(stdout, "--json", command)
        const examples = [...stdout.matchAll(/^ +(?:\$ )?(concierge .*)$/gm)].map(([, example]) => example)
        assert.isNotEmpty(
          examples.filter((example) => example?.includes(command)),
          `${command} has no example`,
        )
      }
    }),
  )

  it.effect.each([
    [["funel"], /funnel/],
    [["dlq", "redriv"], /redrive/],
    [["user", "forgt", "7"], /forget/],
    [["funnel", "--stge", "prod"], /--stage/],
  ] as const)("of what is mistyped (%j) says what was meant, in one line, with exit code 2", ([typed, meant]) =>
    Effect.gen(function* () {
      const { status, stderr, stdout } = yield* concierge(...typed)
      assert.deepStrictEqual([status, stdout], [2, ""])
      assert.match(stderr, meant)
      assert.lengthOf(stderr.trimEnd().split("\n"), 1)
    }),
  )

  it.effect.each([
    ["bash", "bash"],
    ["zsh", "zsh"],
    ["fish", "fish"],
  ] as const)("completes every command in %s", ([shell, interpreter]) =>
    Effect.gen(function* () {
      const { leaves } = yield* Effect.promise(tree)
      const { status, stdout } = yield* concierge("--completions", shell)
      assert.strictEqual(status, 0)
      for (const word of leaves.flatMap((leaf) => leaf.split(" "))) assert.include(stdout, word)
      // By the shell itself, where it is there.
      const checked = spawnSync(interpreter, ["-n"], { input: stdout, encoding: "utf8" })
      if (checked.error === undefined) assert.deepStrictEqual([checked.status, checked.stderr], [0, ""])
    }),
  )

  it("has colours on a terminal, and never with NO_COLOR or in a pipe", () => {
    const terminal = `
      import { WriteStream } from "node:tty"
      process.stdout.isTTY = true
      for (const name of ["hasColors", "getColorDepth"]) process.stdout[name] = WriteStream.prototype[name]`
    const shown = `const { bold, isColoured } = await import(${JSON.stringify(colour)}); process.stdout.write(bold("x") + isColoured)`
    const printed = (script: string, change: object = {}) => {
      const { CI: _ci, FORCE_COLOR: _force, NO_COLOR: _no, ...rest } = process.env
      const env = { ...rest, TERM: "xterm-256color", ...change }
      return spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8", env }).stdout
    }
    assert.strictEqual(printed(`${terminal}\n${shown}`), "\u001b[1mx\u001b[22mtrue")
    assert.strictEqual(printed(`${terminal}\n${shown}`, { NO_COLOR: "1" }), "xfalse")
    assert.match(printed(shown), /^x(false|undefined)$/)
  })
})
