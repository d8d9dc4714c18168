// The architecture of RagApp: stores, services and the edges between them. See docs/architecture.md.

using RagApp.AppHost;
using RagApp.AppHost.Dashboard;
using RagApp.AppHost.Deployment;
using RagApp.AppHost.Running;
using RagApp.Kubernetes;

try
{
    var options = new DistributedApplicationOptions { Args = PublishCommand.Translate(args), DisableDashboard = !RunSettings.WantsDashboard(args) };
    var builder = DistributedApplication.CreateBuilder(options);

    builder.AddCluster();
    var stores = Stores.AddTo(builder);
    var signingKey = builder.AddParameter(
        "identity-signing-key", new GenerateParameterDefault { MinLength = 48, Special = false }, secret: true, persist: true).WithHidden()
        .PublishAsSecret("identity-secret", "signing-key");

    var auditKey = AuditKey.AddTo(builder);
    var encryptionKey = EncryptionKey.AddTo(builder);
    var chat = ChatModelParameters.AddTo(builder);
    var models = ModelPoolSettings.AddTo(builder);

    var embedding = builder.AddService<Projects.RagApp_Embedding>("embedding")
        .WithEnvironment("Identity__SigningKey", signingKey)
        .WithRedis(stores)
        .WithUsageJournal(stores)
        .WithModelPool(models)
        // ONNX Runtime would otherwise report to its maker and store an identifier of the machine in the user's home folder.
        .WithEnvironment("ORT_DISABLE_TELEMETRY", "1")
        .WithInference()
        .WithInnerAddresses()
        .WithDeployment(WorkloadNeeds.Embedding)
        .WithIconName("BrainCircuit");

    var ingestion = builder.AddService<Projects.RagApp_Ingestion>("document-ingestion")
        .WithEnvironment("Identity__SigningKey", signingKey)
        .WithRedis(stores)
        .WithIndex(stores)
        .WithAuditKey(auditKey)
        .WithDocuments(stores)
        .WithEncryption(encryptionKey)
        .WithBackups()
        .WithUnstructured()
        .WithReference(embedding).WaitFor(embedding)
        .WithMaintenance(stores.DataPath)
        .WithQuickEnd("Processing:Drain", TimeSpan.FromSeconds(4))
        .WithInnerAddresses()
        .WithDeployment(WorkloadNeeds.Ingestion)
        .WithIconName("DocumentArrowUp");

    var query = builder.AddService<Projects.RagApp_Query>("query-router")
        .WithReplicas(2)
        .WithEnvironment("Identity__SigningKey", signingKey)
        .WithRedis(stores)
        .WithIndex(stores)
        .WithDocuments(stores)
        .WithChatModel(chat)
        .WithModelPool(models)
        .WithReference(embedding).WaitFor(embedding)
        .WithInnerAddresses()
        .WithDeployment(WorkloadNeeds.Query)
        .WithIconName("SearchSquare");

    var port = GatewayPort.Of(builder);
    builder.AddService<Projects.RagApp_Gateway>("api-gateway", port)
        .WithOwnPort(port)
        .WithExternalHttpEndpoints()
        .WithEnvironment("Identity__SigningKey", signingKey)
        .WithRedis(stores)
        .WithAuditKey(auditKey)
        .WithUsageJournal(stores)
        .WithEncryption(encryptionKey)
        .WithChatModel(chat)
        .WithModelPool(models)
        .WithReference(ingestion).WaitFor(ingestion)
        .WithReference(query).WaitFor(query)
        .WithReference(embedding).WaitFor(embedding)
        .WithPageLinks()
        .WithQuickEnd("Drain:Time", TimeSpan.FromSeconds(2))
        .WithDeployment(WorkloadNeeds.Gateway).WithHostNames()
        .WithIconName("Chat");

    return await Run.ToTheEndAsync(builder, options);
}
catch (Exception e) when (e is DistributedApplicationException or FileNotFoundException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
