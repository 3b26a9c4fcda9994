// What Node needs before it reads the first module of the host: `npm start` has it imported (`--import`).
import { enableCompileCache } from "node:module"
import { fileURLToPath } from "node:url"
import { isMainThread } from "node:worker_threads"
import { tuned } from "./malloc.js"

const { argv, env, execArgv, execPath, execve, platform } = process
if (platform === "linux" && isMainThread && execve !== undefined && env.GLIBC_TUNABLES === undefined) {
  execve(execPath, [execPath, ...execArgv, ...argv.slice(1)], tuned(env))
}

// What strips the types takes 15 MB for good, and is not asked for what it has stripped before.
enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/concierge/compiled", import.meta.url)))
