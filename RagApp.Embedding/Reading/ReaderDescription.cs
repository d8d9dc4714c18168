using System.Text.Json.Serialization;
using RagApp.Embedding.Embedded;

namespace RagApp.Embedding.Reading;

/// <summary>
/// <c>reader.json</c> of a model folder: name, limits, inputs and outputs of the reader. The tokenizer is that of the folder's <c>model.json</c>.
/// <code>{ "id": "my-reader", "model": "reader.onnx", "maxTokens": 384, "maxQuestionTokens": 64, "maxSpanTokens": 40,
///   "inputs": { "ids": "input_ids", "mask": "attention_mask" },
///   "outputs": { "start": "start", "end": "end", "answerable": "answerable" } }</code>
/// </summary>
internal sealed record ReaderDescription
{
    public required string Id { get; init; }

    /// <summary>File of the graph.</summary>
    public required string Model { get; init; }

    /// <summary>Longest input in tokens: question, passage and four marks.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Longest question in tokens; the rest of a longer one is not read.</summary>
    public required int MaxQuestionTokens { get; init; }

    /// <summary>Longest answer in tokens.</summary>
    public required int MaxSpanTokens { get; init; }

    public required ModelInputs Inputs { get; init; }

    public required ReaderOutputs Outputs { get; init; }
}

/// <param name="Start">Name of the output [1, tokens]: a logit for each token as the first one of the answer.</param>
/// <param name="End">Name of the output [1, tokens]: a logit for each token as the last one of the answer.</param>
/// <param name="Answerable">Name of the output [1]: the logit that the passage answers the question.</param>
internal sealed record ReaderOutputs(string Start, string End, string Answerable);

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReaderDescription))]
internal sealed partial class ReaderJson : JsonSerializerContext;
