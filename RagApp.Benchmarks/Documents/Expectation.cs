using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace RagApp.Benchmarks.Documents;

/// <summary>
/// The set of results that are right for a file: the one its manifest row expects, and those that the row's note also
/// permits, as in "a bomb; error:limits or empty also acceptable". Results are named in the manifest's vocabulary.
/// </summary>
internal static partial class Expectation
{
    public const string Text = "text";
    public const string Empty = "empty";
    public const string Corrupt = "error:corrupt";
    public const string Encrypted = "error:encrypted";
    public const string Limits = "error:limits";

    /// <summary>An empty result with a warning that says what is missing.</summary>
    public const string EmptyWithWarning = "empty with a warning";

    public static FrozenSet<string> AllowedBy(ManifestRow row)
    {
        var allowed = new HashSet<string>(StringComparer.Ordinal) { row.Expectation };
        foreach (var clause in row.Note.Split(';').Where(Allows))
            allowed.UnionWith(Result().Matches(clause).Select(match => match.Value));
        // For a damaged file, text that can be recovered is also right; for XML with a DTD it is not.
        if (row.Expectation == Corrupt && !Entities().IsMatch(row.Note))
            allowed.UnionWith([Text, EmptyWithWarning]);
        if (allowed.Contains(Empty))
            allowed.Add(EmptyWithWarning);
        return allowed.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>A clause with "acceptable if ..." does not count: it is about programs that work differently from this one.</summary>
    private static bool Allows(string clause) =>
        (clause.Contains("acceptable", StringComparison.Ordinal) && !clause.Contains("acceptable if", StringComparison.Ordinal))
        || clause.Contains("also right", StringComparison.Ordinal);

    [GeneratedRegex(@"\btext\b|\bempty\b|\berror:(corrupt|encrypted|limits)\b", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Result();

    [GeneratedRegex(@"\bDTD\b|\bentity\b|\bentities\b", RegexOptions.None, 1_000)]
    private static partial Regex Entities();
}
