import { code } from "./code.ts"
import { logs } from "./limits.ts"
import { gradual } from "./release.ts"
import type { Stage } from "./stage.ts"

export interface Permission {
  actions: Array<string>
  resources: Array<$util.Input<string>>
}

export type FunctionName = "webhook" | "worker" | "watcher"

interface FunctionOptions {
  readonly name: FunctionName
  readonly memoryMb: number
  readonly timeoutSeconds: number
  readonly link: ReadonlyArray<unknown>
  readonly permissions: ReadonlyArray<Permission>
  readonly environment: Record<string, $util.Input<string>>
}

export const functionName = (stage: Stage, name: FunctionName) => `${$app.name}-${stage.name}-${name}`

/** What all functions have in common; what a role may do is written out, nothing comes by a managed policy. */
export const lambda = (stage: Stage, logicalName: string, options: FunctionOptions) =>
  new sst.aws.Function(logicalName, {
    ...code(options.name, stage.brand),
    name: functionName(stage, options.name),
    runtime: "nodejs24.x",
    architecture: stage.architecture,
    memory: `${options.memoryMb} MB`,
    timeout: `${options.timeoutSeconds} seconds`,
    logging: { retention: logs.retention, format: "json" },
    // What is released is a version, which nothing changes any more (stacks/release.ts).
    versioning: gradual(stage),
    link: [...options.link],
    environment: {
      STAGE: stage.name,
      LOG_LEVEL: stage.logLevel,
      ...(stage.otlpEndpoint !== undefined && { OTEL_EXPORTER_OTLP_ENDPOINT: stage.otlpEndpoint }),
      ...options.environment,
    },
    permissions: [...options.permissions, ownLogs(functionName(stage, options.name)), traces],
    // For sst dev, which bundles from source; what is deployed comes from the build.
    nodejs: { esbuild: { mainFields: ["module", "main"] } },
    transform: {
      function: (args) => {
        args.tracingConfig = { mode: "Active" }
        // Lambda filters by its own level before ours is asked.
        const applicationLogLevel = stage.logLevel.toUpperCase()
        args.loggingConfig = $output(args.loggingConfig).apply((config) => ({
          ...config,
          logFormat: "JSON",
          applicationLogLevel,
        }))
        return undefined
      },
      role: (args) => {
        // The basic execution policy lets a function write to every log group of the account.
        args.managedPolicyArns = []
        // SST 4.17.1 also trusts the account's root, needed by nobody once deployed.
        if (!$dev) args.assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" })
        return undefined
      },
    },
  })

const ownLogs = (name: string): Permission => {
  const { partition } = aws.getPartitionOutput()
  const { region } = aws.getRegionOutput()
  const { accountId } = aws.getCallerIdentityOutput()
  return {
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    // Streams are named by Lambda; the group is this function's alone.
    resources: [$interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:/aws/lambda/${name}:*`],
  }
}

/** X-Ray has no resource that these could be narrowed to. */
const traces: Permission = { actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources: ["*"] }
