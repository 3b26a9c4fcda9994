import { execFile, execFileSync } from "node:child_process"
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { dirname, join, relative } from "node:path"
import * as Effect from "effect/Effect"
import { root, temporaryDirectory } from "./process.ts"

/** A copy of all that is ours, for somebody who changes it. */
export interface Tree {
  readonly path: string
  /** Writes a file, or what a change makes of the one there is. */
  readonly write: (file: string, text: string | ((before: string) => string)) => void
  readonly copy: (from: string, to: string) => void
  /** Files that are new or other than ours, in the order of their names. */
  readonly changed: () => ReadonlyArray<string>
  /** As it was copied. */
  readonly restore: () => void
  /** What `npm run types` says; empty when all is well. */
  readonly types: Effect.Effect<string>
}

const ours = (): ReadonlyArray<string> =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n")

export const copiedTree: Effect.Effect<Tree, never, Effect.Services<typeof temporaryDirectory>> = Effect.map(
  temporaryDirectory,
  (path) => {
    const files = ours()
    for (const file of files) {
      mkdirSync(dirname(join(path, file)), { recursive: true })
      cpSync(join(root, file), join(path, file))
    }
    linkModules(path)
    const read = (file: string) => readFileSync(join(path, file))
    const changed = () =>
      filesIn(path)
        .map((file) => relative(path, file))
        .filter((file) => !files.includes(file) || !read(file).equals(readFileSync(join(root, file))))
        .toSorted()
    return {
      path,
      write: (file, text) => {
        mkdirSync(dirname(join(path, file)), { recursive: true })
        writeFileSync(join(path, file), typeof text === "string" ? text : text(read(file).toString()))
      },
      copy: (from, to) => cpSync(join(path, from), join(path, to), { recursive: true }),
      changed,
      restore: () => {
        for (const file of changed()) {
          if (files.includes(file)) cpSync(join(root, file), join(path, file))
          else rmSync(join(path, file))
        }
      },
      types: Effect.promise(() => typeCheck(path)),
    }
  },
)

/** What others wrote is shared; packages of ours, and the commands that lead to them, are those of the copy. */
const linkModules = (path: string): void => {
  const linked = (name: string) => {
    mkdirSync(join(path, "node_modules", name), { recursive: true })
    for (const entry of readdirSync(join(root, "node_modules", name))) {
      // As npm links a workspace or a command, relative to the link: in the copy it leads to the copy's.
      const link = join("node_modules", name, entry)
      symlinkSync(readlinkSync(join(root, link)), join(path, link))
    }
  }
  for (const name of ["@concierge", ".bin"]) linked(name)
  for (const name of readdirSync(join(root, "node_modules"))) {
    // What is kept there from run to run is of the tree that made it.
    if (name === ".cache" || name === "@concierge" || name === ".bin") continue
    symlinkSync(join(root, "node_modules", name), join(path, "node_modules", name))
  }
}

/** What `npm run types` leaves: with it the compiler looks at what has changed, and at what that concerns. */
const checked = "node_modules/.cache/types.tsbuildinfo"

/** The same for the copy, seen from which the modules of others are elsewhere. */
const copyChecked = (path: string): void => {
  if (!existsSync(join(root, checked))) return
  const known: { readonly fileNames: ReadonlyArray<string> } = JSON.parse(readFileSync(join(root, checked), "utf8"))
  const to = join(path, checked)
  const modules = relative(dirname(to), join(root, "node_modules"))
  const fileNames = known.fileNames.map((name) => name.replace(/^\.\.(?=\/(?!\.\.))/, modules))
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, JSON.stringify({ ...known, fileNames }))
}

const filesIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules") return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })

const typeCheck = (path: string): Promise<string> =>
  new Promise((resolve) => {
    copyChecked(path)
    const tsc = join(root, "node_modules/typescript/bin/tsc")
    // Several checkers work out the same types each for itself, which is half as much work again.
    execFile(
      process.execPath,
      [tsc, "--noEmit", "--singleThreaded"],
      { cwd: path, encoding: "utf8" },
      (error, stdout) => resolve(error === null ? "" : stdout || String(error)),
    )
  })
