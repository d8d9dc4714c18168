using System.Diagnostics;

namespace RagApp.Embedding;

/// <summary>
/// What the embedding service does for a call, as spans; the call of a model itself is one of Microsoft.Extensions.AI.
/// They carry counts and names of ours, never a text.
/// </summary>
internal static class Spans
{
    public const string Source = "RagApp.Embedding";

    private static readonly ActivitySource Activities = new(Source);

    /// <param name="stage">One of <see cref="Stages"/>.</param>
    public static Activity? Start(string stage) => Activities.StartActivity(stage);

    public static class Stages
    {
        public const string LookUp = "look up vectors";
        public const string Run = "run model";
    }

    public static class Tags
    {
        public const string Texts = "ragapp.embedding.texts";
        public const string Hits = "ragapp.embedding.cache.hits";
        public const string Lane = "ragapp.embedding.lane";
        public const string Tokens = "ragapp.embedding.tokens";
    }
}
