using System.Globalization;

namespace RagApp.Storage.Journals.Chain;

/// <summary>A signed statement that the beginning of a chain was removed, since its records had reached the end of their retention.</summary>
/// <param name="Through">Number of the last link that was removed.</param>
/// <param name="Head">Hash of that link, which the next one follows.</param>
/// <param name="Records">Number of all records that were removed so far.</param>
/// <param name="Until">Time at which the last removed link was written.</param>
/// <param name="At">Time of the removal.</param>
/// <param name="Signature">Signature of all the above and of the journal's folder.</param>
public sealed record AuditRemoval(long Through, string Head, long Records, DateTimeOffset Until, DateTimeOffset At, string Signature)
{
    internal string SignedText(string folder) => string.Create(
        CultureInfo.InvariantCulture, $"removal\n{folder}\n{Through}\n{Head}\n{Records}\n{Until.ToUniversalTime():O}\n{At.ToUniversalTime():O}");
}
