import { execFileSync } from "node:child_process"

/** A command of AWS's or GitHub's, signed in already; the answer is what it printed. */
export type Tool = (args: ReadonlyArray<string>, input?: string) => string

export const tool =
  (command: "aws" | "gh"): Tool =>
  (args, input) =>
    execFileSync(command, args, {
      encoding: "utf8",
      input,
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    })

/** The answer, or nothing where the thing asked for does not exist. Every other failure stays one. */
export const found = (ask: () => string): string | undefined => {
  try {
    return ask()
  } catch (fault) {
    if (/NoSuchEntity|HTTP 404/.test(saidBy(fault))) return undefined
    throw fault
  }
}

/** What a failed command wrote to standard error. */
export const saidBy = (fault: unknown): string =>
  typeof fault === "object" && fault !== null && "stderr" in fault ? String(fault.stderr).trim() : String(fault)
