/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  async app({ stage: name }) {
    const { appSettings } = await import("./stacks/stage.ts")
    const { fileOptions } = await import("./stacks/stageFile.ts")
    const { permanent, region } = appSettings(name, { ...process.env, ...fileOptions(name, process.env) })
    return {
      name: "concierge",
      home: "aws",
      removal: permanent ? "retain" : "remove",
      protect: permanent,
      providers: { aws: { version: "7.20.0", region: region as aws.Region }, random: "4.16.6" },
    }
  },
  async run() {
    const { main } = await import("./stacks/main.ts")
    return main()
  },
})
