namespace RagApp.Benchmarks.Retrieval;

/// <summary>Settings that select the index of a run: the embedded one or Qdrant.</summary>
internal static class IndexChoice
{
    /// <param name="name"><c>lucene</c> or <c>qdrant</c>; null means <c>lucene</c>.</param>
    /// <exception cref="UsageException">The name is neither of the two, or the address of the Qdrant server is not set.</exception>
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
