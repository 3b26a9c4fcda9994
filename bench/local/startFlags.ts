import { readFileSync } from "node:fs"

const { scripts }: { scripts: { start: string } } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
)

/** What `npm start` tells Node: what is measured runs as what is used. */
export const startFlags: ReadonlyArray<string> = scripts.start.split(" ").filter((word) => word.startsWith("--"))
