import * as Effect from "effect/Effect"

/**
 * Kills this process as `kill -9` does, in the middle of whatever it does, and starts the program anew under the same id:
 * the terminal, npm or systemd that waits for it notices nothing. Nothing is tidied up, and what it had in memory is
 * gone. Undefined where the system has no `execve`, as on Windows.
 */
export const reborn: Effect.Effect<void> | undefined =
  process.execve === undefined || process.platform === "win32"
    ? undefined
    : Effect.sync(() => {
        process.execve?.(
          process.execPath,
          [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
          process.env,
        )
      })
