using System.Text.Json.Serialization;

namespace RagApp.Embedding.Embedded;

/// <summary>
/// <c>model.json</c> of a model folder: what a program must know of the model beside it.
/// <code>{ "id": "my-model", "dimension": 384, "maxTokens": 512,
///   "tokenizer": { "type": "sentencepiece-unigram", "file": "sentencepiece.model", "prefixId": 0, "suffixId": 2 },
///   "inputs": { "ids": "input_ids", "mask": "attention_mask" }, "output": "embedding", "pooling": "in-graph",
///   "normalized": true, "queryPrefix": "query: ", "passagePrefix": "passage: ", "fusionWeight": 0.5 }</code>
/// </summary>
internal sealed record ModelDescription
{
    /// <summary>Name on the wire and on every indexed vector: another model needs another id.</summary>
    public required string Id { get; init; }

    /// <summary>Numbers per vector.</summary>
    public required int Dimension { get; init; }

    /// <summary>Longest input in tokens, prefix and marks included.</summary>
    public required int MaxTokens { get; init; }

    public required TokenizerDescription Tokenizer { get; init; }

    public required ModelInputs Inputs { get; init; }

    /// <summary>Name of the graph's output.</summary>
    public required string Output { get; init; }

    public required Pooling Pooling { get; init; }

    /// <summary>Whether the graph's vectors already have length one.</summary>
    public required bool Normalized { get; init; }

    public string QueryPrefix { get; init; } = "";

    public string PassagePrefix { get; init; } = "";

    /// <summary>Weight of the dense list in hybrid search, 0 to 1.</summary>
    public required double FusionWeight { get; init; }
}

/// <param name="File">The SentencePiece file, with ids as the model wants them.</param>
/// <param name="PrefixId">Id in front of every text.</param>
/// <param name="SuffixId">Id behind every text.</param>
internal sealed record TokenizerDescription(TokenizerType Type, string File, int PrefixId, int SuffixId);

/// <param name="Ids">Name of the graph's input for token ids, int64 [1, tokens].</param>
/// <param name="Mask">Name of the graph's input for the attention mask, int64 [1, tokens].</param>
internal sealed record ModelInputs(string Ids, string Mask);

internal enum TokenizerType
{
    [JsonStringEnumMemberName("sentencepiece-unigram")]
    SentencePieceUnigram,
}

/// <summary>How the graph's output becomes one vector.</summary>
internal enum Pooling
{
    /// <summary>The output is the vector: [1, dimension].</summary>
    [JsonStringEnumMemberName("in-graph")]
    InGraph,

    /// <summary>The mean over the tokens of [1, tokens, dimension].</summary>
    [JsonStringEnumMemberName("mean")]
    Mean,

    /// <summary>The first token of [1, tokens, dimension].</summary>
    [JsonStringEnumMemberName("cls")]
    First,
}

[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true, UseStringEnumConverter = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelDescription))]
internal sealed partial class ModelJson : JsonSerializerContext;
