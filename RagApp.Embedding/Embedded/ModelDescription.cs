using System.Text.Json.Serialization;

namespace RagApp.Embedding.Embedded;

/// <summary>
/// <c>model.json</c> of a model folder: name, dimension, limits, tokenizer, inputs and output of the model.
/// <code>{ "id": "my-model", "dimension": 384, "maxTokens": 512,
///   "tokenizer": { "type": "sentencepiece-unigram", "file": "sentencepiece.model", "prefixId": 0, "suffixId": 2 },
///   "inputs": { "ids": "input_ids", "mask": "attention_mask" }, "output": "embedding", "pooling": "in-graph",
///   "normalized": true, "queryPrefix": "query: ", "passagePrefix": "passage: ", "fusionWeight": 0.5 }</code>
/// </summary>
internal sealed record ModelDescription
{
    /// <summary>Id of the model in requests and with every indexed vector: another model needs another id.</summary>
    public required string Id { get; init; }

    /// <summary>Dimension of the vectors.</summary>
    public required int Dimension { get; init; }

    /// <summary>Longest input in tokens, prefix and start and end marks included.</summary>
    public required int MaxTokens { get; init; }

    public required TokenizerDescription Tokenizer { get; init; }

    public required ModelInputs Inputs { get; init; }

    /// <summary>Name of the graph's output.</summary>
    public required string Output { get; init; }

    public required Pooling Pooling { get; init; }

    /// <summary>True when the graph's vectors already have length one.</summary>
    public required bool Normalized { get; init; }

    public string QueryPrefix { get; init; } = "";

    public string PassagePrefix { get; init; } = "";

    /// <summary>Weight of the dense list in hybrid search, 0 to 1.</summary>
    public required double FusionWeight { get; init; }

    /// <summary>Cosine from which two questions are similar enough to share an answer, 0 to 1; without it only the same question shares one.</summary>
    public double? AnswerSimilarity { get; init; }
}

/// <param name="File">Name of the SentencePiece file or of the WordPiece vocabulary (<c>vocab.txt</c>), whose ids are those of the model.</param>
/// <param name="PrefixId">Id of the start mark.</param>
/// <param name="SuffixId">Id of the end mark.</param>
/// <param name="LowerCase">True for a WordPiece model that knows neither capital letters nor accents ("uncased"); the other tokenizer does without.</param>
internal sealed record TokenizerDescription(TokenizerType Type, string File, int PrefixId, int SuffixId, bool LowerCase = true);

/// <param name="Ids">Name of the graph's input for token ids, int64 [1, tokens].</param>
/// <param name="Mask">Name of the graph's input for the attention mask, int64 [1, tokens].</param>
/// <param name="Types">Name of the graph's input for token types, int64 [1, tokens], which are all 0; null for a graph without.</param>
internal sealed record ModelInputs(string Ids, string Mask, string? Types = null)
{
    /// <summary>The names in the order in which a run passes the inputs.</summary>
    public string[] Names => Types is null ? [Ids, Mask] : [Ids, Mask, Types];
}

internal enum TokenizerType
{
    [JsonStringEnumMemberName("sentencepiece-unigram")]
    SentencePieceUnigram,

    [JsonStringEnumMemberName("wordpiece")]
    WordPiece,
}

/// <summary>The way in which the graph's output is reduced to one vector.</summary>
internal enum Pooling
{
    /// <summary>None: the output [1, dimension] is the vector.</summary>
    [JsonStringEnumMemberName("in-graph")]
    InGraph,

    /// <summary>The mean of the tokens' vectors; the output is [1, tokens, dimension].</summary>
    [JsonStringEnumMemberName("mean")]
    Mean,

    /// <summary>The vector of the first token; the output is [1, tokens, dimension].</summary>
    [JsonStringEnumMemberName("cls")]
    First,
}

[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true, UseStringEnumConverter = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelDescription))]
internal sealed partial class ModelJson : JsonSerializerContext;
