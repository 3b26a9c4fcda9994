import http from "node:http"
import type { AddressInfo } from "node:net"
import { account } from "./mocks.ts"

/** Where SST keeps its state and assets, once an account is bootstrapped. */
const bootstrap = JSON.stringify({
  // Higher than any that SST knows, so that it finds nothing to bring up to date.
  version: 99,
  asset: "sst-asset-offline",
  state: "sst-state-offline",
  assetEcrRegistryId: account,
  assetEcrUrl: `${account}.dkr.ecr.offline.amazonaws.com/sst-asset`,
})

/** AWS as far as the SST CLI itself asks it: a bootstrapped account in which nothing was ever deployed. */
export const startEndpoint = async () => {
  const parameters = new Map([["/sst/bootstrap", bootstrap]])
  const server = http.createServer(async (request, response) => {
    let body = ""
    for await (const chunk of request) body += chunk
    const answer = (status: number, type: string, text: string) => {
      response.writeHead(status, { "content-type": type })
      response.end(text)
    }
    const json = (status: number, value: unknown) => answer(status, "application/x-amz-json-1.1", JSON.stringify(value))

    const target = String(request.headers["x-amz-target"] ?? "")
    if (target === "AmazonSSM.GetParameter") {
      const { Name } = JSON.parse(body)
      const Value = parameters.get(Name)
      return Value === undefined
        ? json(400, { __type: "ParameterNotFound" })
        : json(200, { Parameter: { Name, Value } })
    }
    if (target === "AmazonSSM.PutParameter") {
      const { Name, Value } = JSON.parse(body)
      parameters.set(Name, Value)
      return json(200, { Version: 1 })
    }
    const [, app, stage] = /^\/[^/]+\/app\/([^/]+)\/([^/]+)\.json/.exec(request.url ?? "") ?? []
    if (request.method === "GET" && app && stage) return json(200, emptyState(app, stage))
    return answer(404, "application/xml", "<Error><Code>NoSuchKey</Code><Message>offline</Message></Error>")
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

/** With a state to read, SST does not ask the engine to make one. */
const emptyState = (app: string, stage: string) => ({
  version: 3,
  checkpoint: {
    stack: `organization/${app}/${stage}`,
    latest: { manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "v3.215.0" }, resources: [] },
  },
})
