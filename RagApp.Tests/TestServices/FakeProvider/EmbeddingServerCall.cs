using System.Text.Json.Nodes;

namespace RagApp.Tests.TestServices.FakeProvider;

/// <summary>A request that an <see cref="EmbeddingServer"/> has received.</summary>
/// <param name="Texts">The texts to embed, or the documents to rank.</param>
internal sealed record EmbeddingServerCall(string Path, JsonNode Body, IReadOnlyList<string> Texts, string Authorization);
