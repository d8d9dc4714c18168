using RagApp.Contracts.Documents;

namespace RagApp.Ingestion.Intake;

/// <summary>Tags as people send them.</summary>
internal static class GivenTags
{
    /// <summary>Each once, in ordinal order.</summary>
    /// <exception cref="IntakeException">400: one is wrong, or they are too many.</exception>
    public static IReadOnlyList<string> Check(IReadOnlyList<string> given) => DocumentTag.TryNormalize(given, out var tags, out var error)
        ? tags
        : throw new IntakeException(StatusCodes.Status400BadRequest, error);
}
