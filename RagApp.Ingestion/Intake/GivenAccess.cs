using RagApp.Contracts.Identity;

namespace RagApp.Ingestion.Intake;

/// <summary>Access lists as people send them.</summary>
internal static class GivenAccess
{
    /// <summary>Each entry once, in ordinal order.</summary>
    /// <exception cref="IntakeException">400: one is wrong, or they are too many.</exception>
    public static IReadOnlyList<string> Check(IReadOnlyList<string> given) => AccessEntry.TryNormalize(given, out var entries, out var error)
        ? entries
        : throw new IntakeException(StatusCodes.Status400BadRequest, error);
}
