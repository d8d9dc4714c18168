using System.Diagnostics;

namespace RagApp.Embedding;

/// <summary>
/// Spans of the embedding service; Microsoft.Extensions.AI makes the span of the model call itself. Spans carry counts and
/// fixed names, never a text.
/// </summary>
internal static class Spans
{
    public static readonly ActivitySource Source = new("RagApp.Embedding");

    public static class Stages
    {
        public const string LookUp = "look up cache";
        public const string Read = "read passages";
        public const string Run = "run model";
        public const string Call = "call provider";
        public const string Rerank = "rerank documents";
    }

    public static class Tags
    {
        public const string Work = "ragapp.embedding.work";
        public const string Passages = "ragapp.embedding.reader.passages_read";
        public const string PassagesLeftOut = "ragapp.embedding.reader.passages_left_out";
        public const string Texts = "ragapp.embedding.texts";
        public const string Hits = "ragapp.embedding.cache.hits";
        public const string Lane = "ragapp.embedding.lane";
        public const string Tokens = "ragapp.embedding.tokens";
        public const string Model = "ragapp.embedding.model";
        public const string Requests = "ragapp.embedding.requests";
    }
}
