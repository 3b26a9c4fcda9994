const tunables = [
  "glibc.malloc.arena_max=1",
  "glibc.malloc.mmap_threshold=131072",
  "glibc.malloc.trim_threshold=524288",
].join(":")

/**
 * An environment with what glibc reads when a process starts, unless it has been told something already. One arena: each
 * thread would have its own, and 25 MB of them lie idle. A buffer of 128 KiB and more is given back at once, and so is half a
 * megabyte that is free at the end: left to itself, glibc keeps what large buffers and compilers have once used, 15 MB.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export const tuned = (env) => ({ GLIBC_TUNABLES: tunables, ...env })
