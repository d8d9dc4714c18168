using RagApp.Contracts.Search;

namespace RagApp.Query.Glossaries;

/// <summary>Checks a glossary before it is saved; an error is a sentence that says how to mend it.</summary>
internal static class GlossaryValidation
{
    private const int MaxEntries = 2000;
    private const int MaxExpansions = 8;
    private const int MaxLength = 100;

    /// <summary>Returns the first error; null when the glossary is valid.</summary>
    public static string? WhatIsWrong(Glossary glossary)
    {
        if (glossary.Entries is not { } entries)
            return "'entries' is missing: send a list, an empty one to have no glossary.";
        if (entries.Count > MaxEntries)
            return $"The glossary has {entries.Count:N0} entries; at most {MaxEntries:N0} are accepted.";
        var terms = new HashSet<string>(StringComparer.Ordinal);
        return entries.Select((entry, i) => WhatIsWrong(entry, i, terms)).FirstOrDefault(error => error is not null);
    }

    private static string? WhatIsWrong(GlossaryEntry? entry, int position, HashSet<string> terms) => entry switch
    {
        null => $"Entry {position} is empty: give it a 'term' and 'expansions'.",
        { Term: var term } when !IsTerm(term) => $"The term of entry {position} has to have a letter or digit and at most {MaxLength} characters.",
        { Expansions: null or { Count: 0 or > MaxExpansions } } => $"'{entry.Term}' needs 1 to {MaxExpansions} expansions.",
        _ when !entry.Expansions.All(IsTerm) =>
            $"Each expansion of '{entry.Term}' has to have a letter or digit and at most {MaxLength} characters.",
        _ when !terms.Add(entry.Term) => $"'{entry.Term}' is there twice: put its expansions into one entry.",
        _ => null,
    };

    private static bool IsTerm(string? text) => text is { Length: > 0 and <= MaxLength } && text.Any(char.IsLetterOrDigit) && !text.Any(char.IsControl);
}
