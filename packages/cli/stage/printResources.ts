// Run by `sst shell`: the stage's resources, which it has in its environment, for the command outside.
const prefix = "SST_RESOURCE_"
const resources = Object.entries(process.env).flatMap(([name, value]) =>
  name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), JSON.parse(value)]] : [],
)
process.stdout.write(`${JSON.stringify(Object.fromEntries(resources))}\n`)
