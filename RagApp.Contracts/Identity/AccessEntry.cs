using System.Diagnostics.CodeAnalysis;

namespace RagApp.Contracts.Identity;

/// <summary>
/// One entry of a document's access list: <c>public</c> (everyone of the tenant), <c>user:SUBJECT</c>
/// or <c>group:NAME</c>. A document is invisible to a principal that matches none of its entries.
/// </summary>
public static class AccessEntry
{
    public const string Public = "public";

    /// <summary>Longest entry accepted, in characters.</summary>
    public const int MaxLength = 256;

    /// <summary>Largest number of entries of a document.</summary>
    public const int MaxCount = 100;

    private const string UserPrefix = "user:";
    private const string GroupPrefix = "group:";

    public static string User(string subject) => UserPrefix + subject;

    public static string Group(string name) => GroupPrefix + name;

    /// <summary>
    /// Removes repeated entries and sorts the rest in ordinal order; false when one is malformed or there are too many, see
    /// <paramref name="error"/>.
    /// </summary>
    public static bool TryNormalize(
        IEnumerable<string> given, [NotNullWhen(true)] out IReadOnlyList<string>? entries, [NotNullWhen(false)] out string? error)
    {
        string[] distinct = [.. given.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        error = distinct.Length > MaxCount
            ? $"A document has at most {MaxCount} access entries; these are {distinct.Length:N0}. Put the people into a group, and name that as 'group:NAME'."
            : distinct.Select(entry => IsValid(entry, out var wrong) ? null : wrong).FirstOrDefault(wrong => wrong is not null);
        entries = error is null ? distinct : null;
        return error is null;
    }

    /// <summary>True when <paramref name="entry"/> is well formed; else <paramref name="error"/> says why not.</summary>
    public static bool IsValid(string entry, [NotNullWhen(false)] out string? error)
    {
        error = entry switch
        {
            { Length: > MaxLength } => $"An access entry has at most {MaxLength} characters; one of these has {entry.Length:N0}. Name a group with a shorter name.",
            Public => null,
            _ when HasName(entry, UserPrefix) || HasName(entry, GroupPrefix) => null,
            _ => $"'{entry}' is no access entry: use 'public', 'user:NAME' or 'group:NAME'.",
        };
        return error is null;
    }

    private static bool HasName(string entry, string prefix) =>
        entry.StartsWith(prefix, StringComparison.Ordinal)
        && entry.Length > prefix.Length
        && !entry.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));
}
