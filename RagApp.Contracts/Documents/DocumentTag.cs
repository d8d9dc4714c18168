using System.Diagnostics.CodeAnalysis;

namespace RagApp.Contracts.Documents;

/// <summary>A label of one or two words that a document can be found by, such as <c>handbook</c>. Upper and lower case differ.</summary>
public static class DocumentTag
{
    /// <summary>Longest tag, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Largest number of tags of a document.</summary>
    public const int MaxCount = 50;

    /// <summary>Prefix of the tags that are set for confidential data found in a document; people cannot give such tags.</summary>
    public const string FindingPrefix = "dlp:";

    /// <summary>
    /// Removes repeated tags and sorts the rest in ordinal order; false when a tag is malformed or there are too many, see
    /// <paramref name="error"/>.
    /// </summary>
    public static bool TryNormalize(
        IEnumerable<string> given, [NotNullWhen(true)] out IReadOnlyList<string>? tags, [NotNullWhen(false)] out string? error)
    {
        string[] distinct = [.. given.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        error = distinct.Length > MaxCount
            ? $"A document has at most {MaxCount} tags; these are {distinct.Length:N0}. Keep those that people look for."
            : distinct.Select(tag => IsValid(tag, out var wrong) ? null : wrong).FirstOrDefault(wrong => wrong is not null);
        tags = error is null ? distinct : null;
        return error is null;
    }

    /// <summary>True when <paramref name="tag"/> is well formed; else <paramref name="error"/> says why not.</summary>
    public static bool IsValid(string tag, [NotNullWhen(false)] out string? error)
    {
        error = tag switch
        {
            null or "" => "A tag is empty: leave it out.",
            { Length: > MaxLength } => $"A tag has at most {MaxLength} characters.",
            _ when char.IsWhiteSpace(tag[0]) || char.IsWhiteSpace(tag[^1]) => "A tag neither begins nor ends with a space.",
            _ when tag.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c == ',') => "A tag has no commas, control characters or emoji.",
            _ when tag.StartsWith(FindingPrefix, StringComparison.OrdinalIgnoreCase) => $"Tags that begin with '{FindingPrefix}' say what was found in a document, and are not given.",
            _ => null,
        };
        return error is null;
    }
}
