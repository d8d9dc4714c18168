using System.Text.RegularExpressions;
using RagApp.Text;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>Recognizes lists of references, which name the subject of a question and do not answer it.</summary>
internal static partial class References
{
    /// <summary>Least number of marks of references in a passage that is one.</summary>
    private const int LeastMarks = 4;

    /// <summary>Characters of a passage for each further mark that it must have: a long passage may cite a work or two.</summary>
    private const int CharactersPerMark = 150;

    /// <summary>
    /// True when a passage is a list of references or a part of one. Rows of a table are none: in <c>Norway | 2024: 95</c> the year names a column.
    /// </summary>
    public static bool AreIn(string text)
    {
        var prose = string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !TableHeader.IsRow(line)));
        return Mark().Count(prose) >= Math.Max(LeastMarks, prose.Length / CharactersPerMark);
    }

    /// <summary>A surname with initials, a year with a volume or in brackets, a range of pages, "et al.", "Vol.", "No.", "pp.", a DOI.</summary>
    [GeneratedRegex(
        @"\b\p{Lu}[\p{Ll}'’-]+,? (?:\p{Lu}\.? ?){1,3}(?=[,.&(]|and\b|et\b)|\b(?:19|20)[0-9]{2}\s?[;:]\s?[0-9]|\((?:19|20)[0-9]{2}[a-z]?\)|\b[0-9]+[–-][0-9]+\.|\bet al\b|\bVol\.|\bNo\.\s?[0-9]|\bpp\.|\bdoi\b",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
