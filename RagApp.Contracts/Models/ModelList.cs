using System.Text.Json.Serialization;

namespace RagApp.Contracts.Models;

/// <summary>Answer of <c>GET /v1/models</c>: the models that can write answers here.</summary>
/// <param name="Models">Names of the configured chat models, the default one first.</param>
/// <param name="Quotes">True when no chat model is configured, so that answers quote the documents.</param>
/// <param name="Found">Models that programs on the gateway's machine serve and that are not used; empty when nothing was looked for.</param>
public sealed record ModelList(IReadOnlyList<string> Models, bool Quotes, IReadOnlyList<FoundModels> Found)
{
    /// <summary>Type of this object, for OpenAI's clients.</summary>
    [JsonPropertyName("object")]
    public string ObjectType => "list";

    /// <summary>The configured chat models in OpenAI's format.</summary>
    public IReadOnlyList<ListedModel> Data => [.. Models.Select(id => new ListedModel(id))];
}

/// <summary>A model in OpenAI's format.</summary>
public sealed record ListedModel(string Id)
{
    [JsonPropertyName("object")]
    public string ObjectType => "model";

    /// <summary>Time of the model's making, which is not known here: 0.</summary>
    [JsonPropertyName("created")]
    public long Created => 0;

    [JsonPropertyName("owned_by")]
    public string OwnedBy => "ragapp";
}

/// <summary>The chat models of a program on the gateway's machine.</summary>
/// <param name="Server">Name of the program, such as <c>Ollama</c>.</param>
/// <param name="Endpoint">Base address of its OpenAI-compatible API.</param>
/// <param name="Models">Names of its models.</param>
/// <param name="Setting">The setting that connects the first of them, such as <c>Chat:Local=ollama/llama3.2</c>.</param>
public sealed record FoundModels(string Server, string Endpoint, IReadOnlyList<string> Models, string Setting);
