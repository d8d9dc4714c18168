using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;

namespace RagApp.Ingestion.Intake;

/// <summary>Checks access lists sent by people.</summary>
internal static class GivenAccess
{
    /// <summary>The normalized entries without duplicates, in ordinal order.</summary>
    /// <exception cref="ProblemException">400: an entry is wrong, or there are too many.</exception>
    public static IReadOnlyList<string> Normalize(IReadOnlyList<string> given) => AccessEntry.TryNormalize(given, out var entries, out var error)
        ? entries
        : throw ProblemException.BadRequest(error);
}
