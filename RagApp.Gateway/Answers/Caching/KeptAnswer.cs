using System.Text.Json.Serialization;
using RagApp.Contracts.Answers;

namespace RagApp.Gateway.Answers.Caching;

/// <summary>An answer in the cache. It holds no text of a document but what the model wrote; quotes are taken from the passages when it is given again.</summary>
/// <param name="Found">Marks of all passages that were found for the question, see <see cref="PassageMarks"/>.</param>
/// <param name="Given">Marks of those that the model was given.</param>
/// <param name="Citations">Number of each citation with the mark of its passage.</param>
internal sealed record KeptAnswer(
    DateTimeOffset MadeAt,
    string Question,
    string Text,
    IReadOnlyList<string> Found,
    IReadOnlyList<string> Given,
    IReadOnlyList<KeptCitation> Citations,
    int InputTokens,
    int OutputTokens)
{
    public IReadOnlyList<UnsupportedCitation> Unsupported { get; init; } = [];
}

internal sealed record KeptCitation(int Number, string Mark);

/// <summary>The question of an answer in the cache, by which similar questions find it.</summary>
/// <param name="Model">Embedding model of the vector.</param>
/// <param name="Vector">The question's vector of length one, in numbers of half precision.</param>
internal sealed record KeptQuestion(DateTimeOffset MadeAt, string Question, string Model, byte[] Vector);

[JsonSerializable(typeof(KeptAnswer))]
[JsonSerializable(typeof(KeptQuestion))]
internal sealed partial class KeptJson : JsonSerializerContext;
