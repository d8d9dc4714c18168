// The architecture of RagApp: stores, services and the edges between them. See docs/architecture.md.

using RagApp.AppHost;

try
{
    var builder = DistributedApplication.CreateBuilder(args);
    Console.WriteLine(HostName.Line());

    var stores = Stores.AddTo(builder);
    var signingKey = builder.AddParameter(
        "identity-signing-key", new GenerateParameterDefault { MinLength = 48, Special = false }, secret: true, persist: true);

    var chat = ChatModel.AddTo(builder);

    var embedding = AddService<Projects.RagApp_Embedding>("embedding")
        .WithRedis(stores);

    var ingestion = AddService<Projects.RagApp_Ingestion>("document-ingestion")
        .WithRedis(stores)
        .WithIndex(stores)
        .WithDocuments(stores)
        .WithUnstructured()
        .WithReference(embedding).WaitFor(embedding);

    var query = AddService<Projects.RagApp_Query>("query-router")
        .WithReplicas(2)
        .WithRedis(stores)
        .WithIndex(stores)
        .WithDocuments(stores)
        .WithChatModel(chat)
        .WithReference(embedding).WaitFor(embedding);

    AddService<Projects.RagApp_Gateway>("api-gateway", GatewayPort.Of(builder))
        .WithExternalHttpEndpoints()
        .WithRedis(stores)
        .WithChatModel(chat)
        .WithReference(ingestion).WaitFor(ingestion)
        .WithReference(query).WaitFor(query)
        .WithReference(embedding).WaitFor(embedding);

#if ASPIRE_PACKAGES
    builder.AddKubernetesEnvironment("kubernetes");
#endif

    builder.Build().Run();
    return 0;

    // What every service has: an HTTP endpoint, readiness, and the key that internal tokens are signed with.
    IResourceBuilder<ProjectResource> AddService<TProject>(string name, int? port = null)
        where TProject : IProjectMetadata, new()
    {
        var service = builder.AddProject<TProject>(name, launchProfileName: null)
            .WithHttpEndpoint(port)
            .WithHttpHealthCheck("/ready")
            .WithEnvironment("Identity__SigningKey", signingKey);
        return builder.ExecutionContext.IsRunMode
            ? service.WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName)
            : service;
    }
}
catch (DistributedApplicationException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
