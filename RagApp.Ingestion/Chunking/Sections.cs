using RagApp.Parsing;

namespace RagApp.Ingestion.Chunking;

/// <summary>Groups the blocks of a document by the headings above them.</summary>
internal static class Sections
{
    public const string Separator = " › ";

    public static IEnumerable<Section> Of(string title, IReadOnlyList<TextBlock> blocks)
    {
        var headings = new List<TextBlock>();
        var under = new List<TextBlock>();
        foreach (var block in blocks)
        {
            if (block.Kind != BlockKind.Heading)
            {
                under.Add(block);
                continue;
            }
            if (Close(title, headings, under, block.Level) is { } section)
                yield return section;
            under = [];
            headings.RemoveAll(heading => heading.Level >= block.Level);
            headings.Add(block);
        }
        if (Close(title, headings, under, nextLevel: 0) is { } last)
            yield return last;
    }

    /// <summary>
    /// Ends the current section. A heading with nothing below it becomes text, since its words would be lost otherwise;
    /// a heading with only deeper headings below it is kept in their paths.
    /// </summary>
    private static Section? Close(string title, List<TextBlock> headings, List<TextBlock> under, int nextLevel)
    {
        if (under.Count > 0)
            return new Section(PathOf(title, headings), under);
        if (headings is [.., var last] && nextLevel <= last.Level && !IsTitle(title, last))
            return new Section(PathOf(title, headings.Take(headings.Count - 1)), [last with { Kind = BlockKind.Paragraph, Level = 0 }]);
        return null;
    }

    private static string PathOf(string title, IEnumerable<TextBlock> headings) =>
        string.Join(Separator, headings.Where(heading => !IsTitle(title, heading)).Select(heading => heading.Text));

    /// <summary>True when the heading repeats the title, which is put in front of every chunk anyway.</summary>
    private static bool IsTitle(string title, TextBlock heading) => string.Equals(heading.Text, title, StringComparison.Ordinal);
}
