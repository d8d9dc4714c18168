namespace RagApp.Benchmarks.Retrieval;

/// <summary>Which index a run is on, as the settings that a service would have.</summary>
internal static class IndexChoice
{
    /// <param name="name"><c>lucene</c>, also when it is null, or <c>qdrant</c>.</param>
    /// <exception cref="UsageException">It is neither, or nothing says where the server is.</exception>
    public static string[] SettingsFor(string? name) => name switch
    {
        null or "lucene" => ["--ConnectionStrings:qdrant=", "--Storage:Qdrant:Nodes="],
        "qdrant" =>
        [
            $"--Storage:Qdrant:Nodes={Required("QDRANT_URL")}",
            $"--Storage:Qdrant:Key={Environment.GetEnvironmentVariable("QDRANT_API_KEY")}",
            $"--ConnectionStrings:redis={Required("ConnectionStrings__redis")}",
            "--Storage:Qdrant:Prefix=ragapp_retrieval",
        ],
        _ => throw new UsageException($"There is no index '{name}': lucene or qdrant."),
    };

    private static string Required(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
        ? value
        : throw new UsageException($"For Qdrant set {variable}.");
}
