using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace RagApp.Contracts.Documents;

/// <summary>The name of the place that documents come from, such as <c>confluence</c>.</summary>
public static partial class DocumentSource
{
    /// <summary>True when <paramref name="source"/> is well formed; else <paramref name="error"/> says why not.</summary>
    public static bool IsValid(string source, [NotNullWhen(false)] out string? error)
    {
        error = Name().IsMatch(source) ? null : "A source is 1 to 32 of the characters a-z, 0-9, '-', '_' and '.', and begins with a letter or digit.";
        return error is null;
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,31}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
