import { layer as otlp } from "@concierge/core/observe/otlp.ts"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Layer from "effect/Layer"

/** From Lambda, by OpenTelemetry's conventions for functions. A module of its own that is loaded late. */
export const layer = (environment: NodeJS.ProcessEnv) => {
  const { AWS_LAMBDA_FUNCTION_NAME: name = "concierge", AWS_LAMBDA_FUNCTION_VERSION: version, AWS_REGION } = environment
  const attributes = {
    "cloud.provider": "aws",
    "cloud.platform": "aws_lambda",
    "faas.name": name,
    ...(AWS_REGION !== undefined && { "cloud.region": AWS_REGION }),
    ...(version !== undefined && { "faas.version": version, "service.version": version }),
  }
  return Layer.provide(otlp({ service: name, attributes, isFrozen: true }), NodeHttpClient.layerNodeHttp)
}
