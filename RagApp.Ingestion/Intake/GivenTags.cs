using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;

namespace RagApp.Ingestion.Intake;

/// <summary>Checks tags sent by people.</summary>
internal static class GivenTags
{
    /// <summary>The normalized tags without duplicates, in ordinal order.</summary>
    /// <exception cref="ProblemException">400: a tag is wrong, or there are too many.</exception>
    public static IReadOnlyList<string> Normalize(IReadOnlyList<string> given) => DocumentTag.TryNormalize(given, out var tags, out var error)
        ? tags
        : throw ProblemException.BadRequest(error);
}
