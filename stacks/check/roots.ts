/** Which call of which service makes a resource, and where in the call its properties stand. */
export interface Root {
  readonly service: string
  readonly operation: string
  readonly member?: string
  /** Properties that the provider calls otherwise than the service does. */
  readonly names?: Readonly<Record<string, string>>
}

export const roots: Readonly<Record<string, Root>> = {
  "aws:apigatewayv2/api:Api": { service: "apigatewayv2", operation: "CreateApi" },
  "aws:apigatewayv2/integration:Integration": { service: "apigatewayv2", operation: "CreateIntegration" },
  "aws:apigatewayv2/route:Route": { service: "apigatewayv2", operation: "CreateRoute" },
  "aws:apigatewayv2/stage:Stage": { service: "apigatewayv2", operation: "CreateStage", names: { name: "StageName" } },
  "aws:backup/plan:Plan": {
    service: "backup",
    operation: "CreateBackupPlan",
    member: "BackupPlan",
    names: { name: "BackupPlanName", schedule: "ScheduleExpression", targetVaultName: "TargetBackupVaultName" },
  },
  "aws:backup/selection:Selection": {
    service: "backup",
    operation: "CreateBackupSelection",
    member: "BackupSelection",
    names: { name: "SelectionName" },
  },
  "aws:backup/vault:Vault": {
    service: "backup",
    operation: "CreateBackupVault",
    names: { name: "BackupVaultName", kmsKeyArn: "EncryptionKeyArn" },
  },
  "aws:budgets/budget:Budget": {
    service: "budgets",
    operation: "CreateBudget",
    member: "Budget",
    names: { name: "BudgetName" },
  },
  "aws:cloudfront/distribution:Distribution": {
    service: "cloudfront",
    operation: "CreateDistribution",
    member: "DistributionConfig",
  },
  "aws:cloudwatch/dashboard:Dashboard": { service: "cloudwatch", operation: "PutDashboard" },
  "aws:cloudwatch/logGroup:LogGroup": { service: "logs", operation: "CreateLogGroup", names: { name: "logGroupName" } },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": { service: "logs", operation: "PutResourcePolicy" },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    service: "cloudwatch",
    operation: "PutMetricAlarm",
    names: {
      name: "AlarmName",
      metricQueries: "Metrics",
      "metricQueries.metric": "MetricStat",
      okActions: "OKActions",
    },
  },
  "aws:codedeploy/application:Application": {
    service: "codedeploy",
    operation: "CreateApplication",
    names: { name: "applicationName" },
  },
  "aws:codedeploy/deploymentGroup:DeploymentGroup": {
    service: "codedeploy",
    operation: "CreateDeploymentGroup",
    names: { appName: "applicationName" },
  },
  "aws:costexplorer/anomalyMonitor:AnomalyMonitor": {
    service: "ce",
    operation: "CreateAnomalyMonitor",
    member: "AnomalyMonitor",
    names: { name: "MonitorName" },
  },
  "aws:costexplorer/anomalySubscription:AnomalySubscription": {
    service: "ce",
    operation: "CreateAnomalySubscription",
    member: "AnomalySubscription",
    names: { name: "SubscriptionName", monitorArnLists: "MonitorArnList" },
  },
  "aws:dynamodb/table:Table": {
    service: "dynamodb",
    operation: "CreateTable",
    names: { name: "TableName", "globalSecondaryIndexes.name": "IndexName" },
  },
  "aws:iam/role:Role": { service: "iam", operation: "CreateRole", names: { name: "RoleName" } },
  "aws:kms/alias:Alias": {
    service: "kms",
    operation: "CreateAlias",
    names: { name: "AliasName", targetKeyId: "TargetKeyId" },
  },
  "aws:kms/key:Key": { service: "kms", operation: "CreateKey" },
  "aws:lambda/alias:Alias": { service: "lambda", operation: "CreateAlias" },
  "aws:lambda/eventSourceMapping:EventSourceMapping": { service: "lambda", operation: "CreateEventSourceMapping" },
  "aws:lambda/function:Function": {
    service: "lambda",
    operation: "CreateFunction",
    names: { name: "FunctionName", timeout: "Timeout", memorySize: "MemorySize" },
  },
  "aws:lambda/permission:Permission": {
    service: "lambda",
    operation: "AddPermission",
    names: { function: "FunctionName" },
  },
  "aws:s3/bucket:Bucket": { service: "s3", operation: "CreateBucket" },
  "aws:sns/topic:Topic": { service: "sns", operation: "CreateTopic" },
  "aws:sns/topicSubscription:TopicSubscription": {
    service: "sns",
    operation: "Subscribe",
    names: { topic: "TopicArn" },
  },
  "aws:wafv2/ipSet:IpSet": {
    service: "wafv2",
    operation: "CreateIPSet",
    names: { ipAddressVersion: "IPAddressVersion" },
  },
  "aws:wafv2/webAcl:WebAcl": { service: "wafv2", operation: "CreateWebACL" },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    service: "wafv2",
    operation: "PutLoggingConfiguration",
    member: "LoggingConfiguration",
  },
}
