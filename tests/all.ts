import { spawn } from "node:child_process"
import { once } from "node:events"

// `npm test`: each of these alone would leave a core idle now and then.

/** Runs a script of package.json. What it prints comes whole when it ends, since others print meanwhile. */
const script = async (name: string): Promise<void> => {
  const begun = performance.now()
  const child = spawn("npm", ["run", "--silent", name], { stdio: ["ignore", "pipe", "pipe"] })
  const printed: Array<Buffer> = []
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => printed.push(part))
  const [status] = await once(child, "close")
  const seconds = Math.round((performance.now() - begun) / 1000)
  process.stdout.write(Buffer.concat([Buffer.from(`\n> ${name}, ${seconds} s\n`), ...printed]))
  if (status === 0) return
  console.log(`> ${name} failed`)
  process.exitCode = 1
}

// SST lays its files out in a new checkout: the types are among them, and the stages' plans come from the same folder.
await script("globals")
await Promise.all([script("test:system"), script("check").then(() => script("test:code"))])
