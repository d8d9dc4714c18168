namespace RagApp.Cli.Estimate;

/// <summary>List prices of embedding models, as examples to start from; docs/costs.md has them too.</summary>
internal static class PriceExamples
{
    /// <summary>Day on which the prices were collected.</summary>
    public const string Date = "2026-11-30";

    /// <summary>Models with their prices in US dollars per million tokens.</summary>
    public static IReadOnlyList<(string Model, decimal Price)> All { get; } =
    [
        ("OpenAI text-embedding-3-small", 0.02m),
        ("OpenAI text-embedding-ada-002", 0.10m),
        ("Cohere Embed 4", 0.12m),
        ("OpenAI text-embedding-3-large", 0.13m),
    ];
}
