using RagApp.Contracts.Documents;

namespace RagApp.Ingestion.Intake;

/// <summary>Tags as people send them.</summary>
internal static class GivenTags
{
    /// <summary>Each once, in ordinal order.</summary>
    /// <exception cref="IntakeException">400: one is wrong, or they are too many.</exception>
    public static IReadOnlyList<string> Check(IReadOnlyList<string> given)
    {
        foreach (var tag in given)
        {
            if (!DocumentTag.IsValid(tag, out var problem))
                throw new IntakeException(StatusCodes.Status400BadRequest, problem);
        }
        string[] tags = [.. given.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return tags.Length <= DocumentTag.MaxCount
            ? tags
            : throw new IntakeException(StatusCodes.Status400BadRequest, $"A document has at most {DocumentTag.MaxCount} tags.");
    }
}
