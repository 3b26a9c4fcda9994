// Beside a bundle as index.mjs, where Lambda looks for the handler.
// Not by `import`, which asks a module of Node's for all that it has, and so loads streams, readline and source maps.
const { readFileSync } = process.getBuiltinModule("node:fs")
const { createRequire } = process.getBuiltinModule("node:module")
const { Script } = process.getBuiltinModule("node:vm")

const filename = `${import.meta.dirname}/bundle.cjs`

// What V8 made of the bundle before. It goes by the processor and V8's flags; for another Node's it is rejected, and the
// bundle is compiled as it always would be.
const cacheName = `bundle.${process.arch}${globalThis.gc === undefined ? "" : ".gc"}.cache`
const cached = () => {
  try {
    return readFileSync(`${import.meta.dirname}/${cacheName}`)
  } catch {
    return undefined
  }
}

// The bundle is ASCII: read as Latin-1 it needs no decoding.
const source = `(function(exports,require,module,__filename){${readFileSync(filename, "latin1")}\n})`
const script = new Script(source, { filename, cachedData: cached() })

// Once a container, for whoever wonders why starts take longer than they could.
if (script.cachedDataRejected !== false) {
  const { arch, version } = process
  const line = {
    timestamp: new Date().toISOString(),
    level: "INFO",
    message: "no code cache for this Node",
    version,
    arch,
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

const module = { exports: {} }
script.runInThisContext()(module.exports, createRequire(filename), module, filename)

// INIT has the CPU for what is got ready, and is over when it is.
await module.exports.ready

export const { handler } = module.exports

/** For the build, once the handler was called. */
export const compiled = { script, cacheName }
